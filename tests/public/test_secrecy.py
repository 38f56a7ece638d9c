"""What is not published for everyone does not exist for a visitor: drafts, and versions kept for members."""

from dataclasses import replace

import pytest
from django.test import Client

from document.nodes import Objective
from drafts.write import write_draft
from objectives.models import Membership
from publications.models import Publication
from tests.factories import make_contract, make_document, make_publication, make_user
from tests.public.reading import answer, get

pytestmark = pytest.mark.django_db
SECRET = "Zanzibar"
MEMBERS = Publication.Visibility.MEMBERS


def secret(slug: str = "essai"):
    """A document whose only objective bears a word that is nowhere else."""
    node = Objective(key="zz", level="axe", code="9", title=SECRET, tags=(SECRET,))
    return replace(make_document(slug), objectives=(node,))


def addresses(slug: str, number: int) -> list[str]:
    """Every address that names a contract or one of its versions."""
    version = f"/contrats/{slug}/v/{number}/"
    stem = f"{version}telecharger/{slug}-v{number}"
    return [
        f"/contrats/{slug}/",
        f"/contrats/{slug}/?mots={SECRET}",
        f"/contrats/{slug}/objectifs/zz/",
        f"/contrats/{slug}/versions/",
        f"/contrats/{slug}/en-vigueur/",
        f"/contrats/{slug}/en-vigueur/?le=2024-06-01",
        version,
        f"{version}?mots={SECRET}",
        f"{version}objectifs/zz/",
        f"{version}objectifs/zz/branche.pdf",
        f"{version}telecharger/",
        f"{version}arbre/",
        f"{version}arbre.svg",
        *(f"{stem}{ending}" for ending in (".json", ".pdf", ".csv", "-excel.csv")),
    ]


LISTS = ["/", "/recherche/", f"/recherche/?mots={SECRET}", "/plan-du-site/", "/donnees-ouvertes/"]


def test_a_contract_that_was_never_published():
    make_contract(secret("cache"))
    for address in addresses("cache", 1):
        answer(address, status=404)
    for address in LISTS:
        body = answer(address).content.decode()
        assert ("cache" in body, "Contrat cache" in body, body.count(SECRET)) == (
            False,
            False,
            3 if "mots" in address else 0,
        )
    answer("/recherche/?contrat=cache", status=400)


def test_a_draft_that_went_on_after_publication():
    make_publication()
    write_draft(secret(), by=None)
    for address in [*addresses("essai", 1), *LISTS]:
        if "/zz/" in address:
            answer(address, status=404)
        elif "mots" not in address and not address.endswith(".pdf"):
            assert SECRET.encode() not in answer(address).content


@pytest.mark.parametrize("who", ["visitor", "stranger"])
def test_a_version_for_members_does_not_exist_for_others(who):
    contract = make_contract()
    make_publication(contract)
    write_draft(secret(), by=None)
    make_publication(contract, visibility=MEMBERS, label=SECRET)
    user = make_user(role=Membership.Role.MANAGER, contract=make_contract(make_document("autre")))
    person = user if who == "stranger" else None
    hidden, absent = addresses("essai", 2), addresses("essai", 7)
    for address, nowhere in zip(hidden, absent, strict=True):
        if "/v/2/" in address:
            kept = answer(address, status=404, user=person)
            missing = answer(nowhere, status=404, user=person)
            assert kept.content == missing.content
            assert {**kept.headers} == {**missing.headers}
    for address in [*LISTS, "/contrats/essai/", "/contrats/essai/versions/", "/contrats/essai/v/1/"]:
        body = answer(address, user=person).content.decode()
        assert body.count(SECRET) == (3 if "mots" in address else 0)


def test_a_contract_of_which_all_is_for_members():
    contract = make_contract(secret("cache"))
    make_publication(contract, visibility=MEMBERS)
    for address in addresses("cache", 1):
        answer(address, status=404)
    for address in LISTS:
        assert "cache" not in answer(address).content.decode()


@pytest.mark.parametrize("role", [*Membership.Role.values, "administrator"])
def test_members_read_what_is_kept_for_them(role):
    contract = make_contract(secret())
    make_publication(contract, visibility=MEMBERS)
    person = make_user(admin=True) if role == "administrator" else make_user(role=role, contract=contract)
    for address in addresses("essai", 1):
        if "/v/1/" in address and not address.endswith(".pdf"):
            response = answer(address, user=person)
            assert response["Cache-Control"] == "private, no-store"
            assert "Cookie" in response["Vary"]
    page = get("/contrats/essai/v/1/", user=person)
    standing = page.select_one(".standing").get_text(" ", strip=True)
    assert standing.startswith("Version réservée aux membres du contrat.")


def test_what_members_read_is_not_kept_for_others():
    """The same page, asked for by a member and then by a visitor, in the same process."""
    contract = make_contract(secret())
    make_publication(contract, visibility=MEMBERS)
    member = make_user(role=Membership.Role.READER, contract=contract)
    for address in ("/contrats/essai/v/1/", "/contrats/essai/v/1/telecharger/essai-v1.csv"):
        answer(address, user=member)
        answer(address, status=404)


def test_someone_who_left_reads_no_more():
    contract = make_contract(secret())
    make_publication(contract, visibility=MEMBERS)
    member = make_user(role=Membership.Role.READER, contract=contract)
    client = Client()
    client.force_login(member)
    assert client.get("/contrats/essai/v/1/").status_code == 200
    member.is_active = False
    member.save()
    assert client.get("/contrats/essai/v/1/").status_code == 404
