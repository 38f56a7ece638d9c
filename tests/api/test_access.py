"""Who finds what in lists, and how the API asks who asks; statuses are in the table of `tests.editor`."""

import pytest

from tests.api.asking import program_of, refusal
from tests.factories import make_contract, make_document, make_publication, make_user

pytestmark = pytest.mark.django_db
MEMBERS = ("reader", "editor", "manager", "administrator")
EVERYONE = ("visitor", "stranger", *MEMBERS)
ADDRESSES = (
    "",
    "document",
    "publications/",
    "publications/1/",
    "publications/1/document",
    "draft/document",
    "draft/findings",
)


@pytest.fixture
def contract():
    """A contract, and another in which the stranger has every right."""
    return make_contract()


@pytest.fixture
def clients(contract, client):
    """A client for each of them, by a token."""
    other = make_contract(make_document("autre"))
    people = {role: make_user(role=role, contract=contract) for role in ("reader", "editor", "manager")}
    people |= {"administrator": make_user(admin=True), "stranger": make_user(role="manager", contract=other)}
    return {"visitor": client} | {who: program_of(user) for who, user in people.items()}


def listed(client) -> tuple[list[str], list[int]]:
    """The slugs of the contracts that it sees, and the numbers of the publications of « essai »."""
    contracts = client.get("/api/v1/contracts/").json()["results"]
    publications = client.get("/api/v1/contracts/essai/publications/").json().get("results", [])
    return [one["slug"] for one in contracts], [one["number"] for one in publications]


@pytest.mark.parametrize("who", EVERYONE)
def test_lists_hold_nothing_of_what_is_kept_for_members(clients, contract, who):
    make_publication(contract, visibility="members")
    expected = {"visitor": ([], []), "stranger": (["autre"], []), "administrator": (["autre", "essai"], [1])}
    assert listed(clients[who]) == expected.get(who, (["essai"], [1]))


@pytest.mark.parametrize("who", EVERYONE)
def test_lists_tell_public_versions_from_those_of_members(clients, contract, who):
    make_publication(contract)
    make_publication(contract, visibility="members")
    numbers = [2, 1] if who in MEMBERS else [1]
    assert listed(clients[who])[1] == numbers
    status = clients[who].get("/api/v1/contracts/essai/publications/2/").status_code
    assert status == (200 if who in MEMBERS else 404)
    assert clients[who].get("/api/v1/contracts/essai/document")["ETag"] is not None
    assert clients[who].get("/api/v1/contracts/essai/").json()["publication"]["number"] == 1


@pytest.mark.parametrize("who", EVERYONE)
def test_flat_lists_are_the_same_for_all(clients, contract, who):
    make_publication(contract, visibility="members")
    for name in ("objectives", "actions", "clauses", "indicators"):
        assert clients[who].get(f"/api/v1/{name}/").json()["count"] == 0


@pytest.mark.parametrize("address", ["draft/document", "draft/findings"])
def test_a_visitor_is_asked_who_they_are_whether_the_draft_exists_or_not(client, contract, address):
    for slug in ("essai", "aucun"):
        response = client.get(f"/api/v1/contracts/{slug}/{address}")
        assert (refusal(response), response["WWW-Authenticate"]) == ((401, None), "Token")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_token_that_is_none_is_refused_rather_than_forgotten(client, contract, address):
    make_publication(contract)
    for header in ("Token cv_inconnu", "Token", "Token a b", "Token é"):
        response = client.get(f"/api/v1/contracts/essai/{address}", headers={"Authorization": header})
        assert (refusal(response), response["WWW-Authenticate"]) == ((401, None), "Token")


def test_a_closed_account_and_a_revoked_token_read_nothing(contract):
    user = make_user(role="reader", contract=contract)
    program = program_of(user)
    user.is_active = False
    user.save()
    assert refusal(program.get("/api/v1/contracts/essai/draft/document")) == (401, None)
    other = make_user(role="reader", contract=contract)
    program = program_of(other)
    other.tokens.all().delete()
    assert refusal(program.get("/api/v1/contracts/essai/draft/document")) == (401, None)


@pytest.mark.parametrize(("role", "status"), [("reader", 200), (None, 404)])
def test_the_session_of_the_browser_opens_what_a_token_opens(client, contract, role, status):
    make_publication(contract, visibility="members")
    client.force_login(make_user(role=role, contract=contract), "django.contrib.auth.backends.ModelBackend")
    for address in ("draft/document", "draft/findings", "publications/1/document", "publications/1/"):
        response = client.get(f"/api/v1/contracts/essai/{address}")
        assert response.status_code == status
        assert response["Cache-Control"] in ("private, no-cache", "no-cache, private")
        assert "Access-Control-Allow-Origin" not in response.headers


def test_what_is_everyones_is_read_by_the_pages_of_other_sites(client, contract):
    make_publication(contract)
    for address in ("", "document", "publications/", "nothing"):
        assert client.get(f"/api/v1/contracts/essai/{address}")["Access-Control-Allow-Origin"] == "*"


def test_a_visitor_opens_no_session(client, contract):
    make_publication(contract)
    for address in ADDRESSES:
        assert client.get(f"/api/v1/contracts/essai/{address}").cookies == {}
