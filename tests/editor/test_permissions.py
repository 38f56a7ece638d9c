"""Who may see and send what, at every door and in every state of a contract: one table, and what no answer may tell."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Token
from document.nodes import Objective
from drafts.write import write_draft
from objectives.models import Membership
from objectives.tokens import issue_token
from tests.api.asking import program_of
from tests.factories import make_document, make_publication

WHO = ("visitor", "nobody", "stranger", "reader", "editor", "manager", "admin")
#: A page of the admin or of one's own account: its answer to each of WHO, to GET, then to an empty POST.
#: 302 for whoever must sign in first; 404 is for those who may not know that it is there.
PAGES = {
    "index": ("302 302 200 200 200 200 200", ""),
    "tree": ("302 302 404 200 200 200 200", "302 302 404 403 400 400 400"),
    "findings": ("302 302 404 200 200 200 200", ""),
    "words": ("302 302 404 200 200 200 200", "302 302 404 403 400 400 400"),
    "sheets": ("302 302 404 200 200 200 200", ""),
    "change": ("302 302 404 200 200 200 200", "302 302 404 403 400 400 400"),
    "members": ("302 302 404 403 403 200 200", "302 302 404 403 403 400 400"),
    "publish": ("302 302 404 403 403 200 200", "302 302 404 403 403 400 400"),
    "export": ("302 302 404 200 200 200 200", ""),
    "import": ("302 302 404 403 200 200 200", "302 302 404 403 400 400 400"),
    "renumber": ("302 302 404 403 200 200 200", "302 302 404 403 412 412 412"),
    "document": ("302 302 404 403 200 200 200", "302 302 404 403 400 400 400"),
    "new_document": ("302 302 403 403 403 403 200", "302 302 403 403 403 403 400"),
    "objective": ("302 302 404 200 200 200 200", "302 302 404 403 400 400 400"),
    "objective_add": ("302 302 404 403 200 200 200", "302 302 404 403 400 400 400"),
    "objective_move": ("302 302 404 403 200 200 200", "302 302 404 403 412 412 412"),
    "objective_delete": ("302 302 404 403 200 200 200", "302 302 404 403 412 412 412"),
    "contract_add": ("302 302 403 403 403 403 200", "302 302 403 403 403 403 400"),
    "objectives": ("302 302 200 200 200 200 200", ""),
    "actions": ("302 302 200 200 200 200 200", ""),
    "clauses": ("302 302 200 200 200 200 200", ""),
    "indicators": ("302 302 200 200 200 200 200", ""),
    "changes": ("302 302 200 200 200 200 200", ""),
    "change_row": ("302 302 404 200 200 200 200", "302 302 404 404 404 404 404"),
    "publications": ("302 302 200 200 200 200 200", ""),
    "tokens": ("302 302 403 403 403 403 200", ""),
    "token_add": ("302 302 403 403 403 403 403", "302 302 403 403 403 403 403"),
    "token_of_manager": ("302 302 403 403 403 403 200", "302 302 403 403 403 403 302"),
    "accounts": ("302 302 403 403 403 403 200", ""),
    "account": ("302 302 403 403 403 403 200", "302 302 403 403 403 403 200"),
    "account_add": ("302 302 403 403 403 403 200", "302 302 403 403 403 403 200"),
    "action": ("302 302 404 302 302 302 302", ""),
    "objective_history": ("302 302 404 404 404 404 404", ""),
    "contract_delete": ("302 302 403 403 403 403 403", "302 302 403 403 403 403 403"),
    "own_account": ("302 200 200 200 200 200 200", "302 400 400 400 400 400 400"),
    "own_password": ("302 200 200 200 200 200 200", "302 400 400 400 400 400 400"),
    "own_token": ("302 200 200 200 200 200 200", "302 400 400 400 400 400 400"),
    "own_revoke": ("302 404 404 404 404 200 404", "302 404 404 404 404 302 404"),
    "own_end": ("302 200 200 200 200 200 200", ""),
    "own_sessions": ("405 405 405 405 405 405 405", "302 302 302 302 302 302 302"),
    "axes": ("302 302 403 403 403 403 200", ""),
}

EVERYONE = "200 200 200 200 200 200 200"
NOBODY = "404 404 404 404 404 404 404"
MEMBERS = "404 404 404 200 200 200 200"
#: Where a program must say who it is before it is told whether there is anything.
NAMED = "401 404 404 200 200 200 200"
#: The states of a contract: never published; published for its members alone; published for everyone.
STATES = ("draft", "members", "public")
#: An address of the web, the atelier or the API, read or (« POST /… ») sent an empty JSON object: its answer to each of
#: WHO, in each of STATES.
ADDRESSES = {
    "/contrats/essai/": (NOBODY, NOBODY, EVERYONE),
    "/contrats/essai/?mots=objectif": (NOBODY, NOBODY, EVERYONE),
    "/contrats/essai/objectifs/1-1/": (NOBODY, NOBODY, EVERYONE),
    "/contrats/essai/versions/": (NOBODY, NOBODY, EVERYONE),
    "/contrats/essai/v/1/": (NOBODY, MEMBERS, EVERYONE),
    "/contrats/essai/v/1/?mots=objectif": (NOBODY, MEMBERS, EVERYONE),
    "/contrats/essai/v/1/objectifs/1-1/": (NOBODY, MEMBERS, EVERYONE),
    "/contrats/essai/v/1/telecharger/": (NOBODY, MEMBERS, EVERYONE),
    "/contrats/essai/v/1/telecharger/essai-v1.json": (NOBODY, MEMBERS, EVERYONE),
    "/contrats/essai/v/1/telecharger/essai-v1.csv": (NOBODY, MEMBERS, EVERYONE),
    "/contrats/essai/v/1/telecharger/essai-v1.md": (NOBODY, MEMBERS, EVERYONE),
    "/contrats/essai/v/2/": (NOBODY, NOBODY, NOBODY),
    "POST /contrats/essai/": ("405 405 405 405 405 405 405",) * 3,
    "/atelier/essai/apercu/": (MEMBERS, MEMBERS, MEMBERS),
    "/atelier/essai/apercu/objectifs/1-1/": (MEMBERS, MEMBERS, MEMBERS),
    "/api/v1/contracts/essai/": (MEMBERS, MEMBERS, EVERYONE),
    "/api/v1/contracts/essai/document": (NOBODY, NOBODY, EVERYONE),
    "/api/v1/contracts/essai/publications/": (MEMBERS, MEMBERS, EVERYONE),
    "/api/v1/contracts/essai/publications/1/": (NOBODY, MEMBERS, EVERYONE),
    "/api/v1/contracts/essai/publications/1/document": (NOBODY, MEMBERS, EVERYONE),
    "/api/v1/contracts/essai/publications/1/compare/1/": (NOBODY, MEMBERS, EVERYONE),
    "/api/v1/contracts/essai/publications/1/compare/2/": (NOBODY, NOBODY, NOBODY),
    "/api/v1/contracts/essai/in-force/": (NOBODY, MEMBERS, EVERYONE),
    "/api/v1/contracts/essai/draft/document": (NAMED, NAMED, NAMED),
    "/api/v1/contracts/essai/draft/changes/": (NAMED, NAMED, NAMED),
    "/api/v1/contracts/essai/draft/objectives/": (NAMED, NAMED, NAMED),
    "/api/v1/contracts/essai/draft/objectives/1-1/": (NAMED, NAMED, NAMED),
    "/api/v1/contracts/essai/draft/head/": (NAMED, NAMED, NAMED),
    "/api/v1/contracts/essai/draft/levels/": (NAMED, NAMED, NAMED),
    "/api/v1/contracts/essai/draft/levels/axe/": (NAMED, NAMED, NAMED),
    "/api/v1/contracts/essai/draft/tags/": (NAMED, NAMED, NAMED),
    "/api/v1/contracts/essai/draft/tags/PRE/": (NAMED, NAMED, NAMED),
    "/api/v1/contracts/essai/draft/neighbourhoods/": (NAMED, NAMED, NAMED),
    "PATCH /api/v1/contracts/essai/draft/head/": ("401 404 404 403 428 428 428",) * 3,
    "POST /api/v1/contracts/essai/draft/levels/": ("401 404 404 403 400 400 400",) * 3,
    "DELETE /api/v1/contracts/essai/draft/levels/axe/": ("401 404 404 403 428 428 428",) * 3,
    "PATCH /api/v1/contracts/essai/draft/tags/PRE/": ("401 404 404 403 428 428 428",) * 3,
    "POST /api/v1/contracts/essai/draft/neighbourhoods/": ("401 404 404 403 400 400 400",) * 3,
    "POST /api/v1/contracts/essai/draft/objectives/": ("401 404 404 403 400 400 400",) * 3,
    "POST /api/v1/contracts/essai/draft/batch/": ("401 404 404 403 400 400 400",) * 3,
    "PATCH /api/v1/contracts/essai/draft/objectives/1-1/": ("401 404 404 403 428 428 428",) * 3,
    "DELETE /api/v1/contracts/essai/draft/objectives/1-1/": ("401 404 404 403 428 428 428",) * 3,
    "POST /api/v1/contracts/essai/draft/publish/": ("401 404 404 403 403 428 428",) * 3,
    "/atelier/essai/": ("302 404 404 200 200 200 200",) * 3,
    "/atelier/essai/historique/": ("302 404 404 200 200 200 200",) * 3,
    "/atelier/essai/documents/": ("302 404 404 200 200 200 200",) * 3,
    "/atelier/essai/documents/essai-brouillon.json": ("302 404 404 200 200 200 200",) * 3,
    "/atelier/essai/documents/essai-brouillon.pdf": ("302 404 404 200 200 200 200",) * 3,
    "/atelier/essai/composer/": ("302 404 404 200 200 200 200",) * 3,
    "/atelier/essai/composer/apercu/?constats=1": ("302 404 404 200 200 200 200",) * 3,
    "/atelier/essai/composer/document.pdf?decisions=1": ("302 404 404 200 200 200 200",) * 3,
    "/atelier/essai/branches/axe-1/": ("302 404 404 200 200 200 200",) * 3,
    "/atelier/essai/recherche/?q=objectif": ("302 404 404 200 200 200 200",) * 3,
    "POST /atelier/essai/ajouter/": ("302 404 404 403 302 302 302",) * 3,
    "/atelier/essai/coller/": ("302 404 404 403 200 200 200",) * 3,
    "POST /atelier/essai/coller/": ("302 404 404 403 400 400 400",) * 3,
    "POST /atelier/essai/supprimer/": ("302 404 404 403 400 400 400",) * 3,
    "/api/v1/contracts/essai/draft/findings": (NAMED, NAMED, NAMED),
}
#: Tokens of someone who is responsable of both contracts, by what limits them.
TOKENS = ("reads", "writes", "chosen", "elsewhere", "expired")
#: What each of TOKENS is answered, where the one version of the contract is kept for its members.
BY_TOKEN = {
    "/api/v1/": "200 200 200 200 401",
    "/api/v1/contracts/essai/": "200 200 200 404 401",
    "/api/v1/contracts/essai/publications/1/document": "200 200 200 404 401",
    "/api/v1/contracts/essai/draft/document": "200 200 200 404 401",
    "/api/v1/contracts/essai/draft/changes/": "200 200 200 404 401",
    "POST /api/v1/contracts/essai/draft/objectives/": "403 400 400 404 401",
    "PATCH /api/v1/contracts/essai/draft/objectives/1-1/": "403 428 428 404 401",
    "PATCH /api/v1/contracts/essai/draft/head/": "403 428 428 404 401",
    "POST /api/v1/contracts/essai/draft/tags/": "403 400 400 404 401",
    "POST /api/v1/contracts/essai/draft/publish/": "403 428 428 404 401",
    "/api/v1/contracts/voisin/draft/findings": "200 200 404 200 401",
}


OWN = {
    "own_account": lambda _: "/compte/",
    "own_password": lambda _: "/compte/mot-de-passe/",
    "own_token": lambda _: "/compte/jetons/nouveau/",
    "own_revoke": lambda manager: f"/compte/jetons/{getattr(manager.tokens.first(), 'pk', 0)}/revoquer/",
    "own_end": lambda _: "/compte/fermer/",
    "own_sessions": lambda _: "/compte/sessions/fermer/",
}


def address(name: str, bench) -> str:
    """The page of that name about the bench's contract."""
    contract, objective = bench.contract.pk, bench.objective().pk
    own = {
        "index": ("index", []),
        "change": ("objectives_contract_change", [contract]),
        "export": ("objectives_contract_export", [contract, "tags", "csv"]),
        "import": ("objectives_contract_import", [contract, "tags"]),
        "objective": ("objectives_objective_change", [objective]),
        "objective_add": ("objectives_objective_add", []),
        "objective_move": ("objectives_objective_move", [objective]),
        "objective_delete": ("objectives_objective_delete", [bench.objective("axe-1").pk]),
        "objective_history": ("objectives_objective_history", [objective]),
        "contract_add": ("objectives_contract_add", []),
        "contract_delete": ("objectives_contract_delete", [contract]),
        "new_document": ("objectives_contract_new_document", []),
        "objectives": ("objectives_objective_changelist", []),
        "actions": ("actions_action_changelist", []),
        "action": ("actions_action_change", [bench.contract.actions.first().pk]),
        "clauses": ("actions_clause_changelist", []),
        "indicators": ("indicators_indicator_changelist", []),
        "changes": ("objectives_change_changelist", []),
        "change_row": ("objectives_change_change", [bench.contract.changes.first().pk]),
        "publications": ("publications_publication_changelist", []),
        "tokens": ("accounts_token_changelist", []),
        "token_add": ("accounts_token_add", []),
        "token_of_manager": ("accounts_token_delete", [getattr(Token.objects.first(), "pk", 0)]),
        "accounts": ("accounts_user_changelist", []),
        "account": ("accounts_user_change", [bench.people["reader"].pk]),
        "account_add": ("accounts_user_add", []),
        "axes": ("axes_accessattempt_changelist", []),
    }
    if name.startswith("own_"):
        return OWN[name](bench.people["manager"])
    view, args = own.get(name, (f"objectives_contract_{name}", [contract]))
    query = f"?contract={contract}" if name == "objective_add" else ""
    return reverse(f"admin:{view}", args=args) + query


@pytest.mark.parametrize("name", PAGES)
def test_pages_answer_each_person_as_the_table_says(name, bench, signed_in):
    gets, posts = PAGES[name]
    Token.objects.issue(bench.people["manager"], label="essai")
    found = {"GET": [], "POST": []}
    for who in WHO:
        client = signed_in(who)
        found["GET"].append(str(client.get(address(name, bench)).status_code))
    for who in WHO if posts else ():
        if not Token.objects.exists():
            Token.objects.issue(bench.people["manager"], label="essai")
        client = signed_in(who)
        data = {"post": "yes"} if name == "token_of_manager" else {}
        found["POST"].append(str(client.post(address(name, bench), data).status_code))
    assert (" ".join(found["GET"]), " ".join(found["POST"])) == (gets, posts)
    assert bench.log() == []


def ask(client: Client, row: str) -> str:
    """The status that the client gets for a row of ADDRESSES or BY_TOKEN."""
    method, _, address = row.rpartition(" ")
    sent = {"data": "{}", "content_type": "application/json"} if method else {}
    return str(client.generic(method or "GET", address, **sent).status_code)


def put_in(state: str, bench) -> None:
    """Puts the contract in that state; its draft has gone on since."""
    if state != "draft":
        make_publication(bench.contract, visibility=state)


@pytest.mark.parametrize("state", STATES)
def test_addresses_answer_each_person_as_the_table_says(state, bench, signed_in):
    put_in(state, bench)
    clients = [signed_in(who) for who in WHO]
    found = {row: " ".join(ask(one, row) for one in clients) for row in ADDRESSES}
    assert found == {row: answers[STATES.index(state)] for row, answers in ADDRESSES.items()}


@pytest.mark.parametrize("state", STATES)
def test_a_program_is_answered_as_its_owner(state, bench):
    put_in(state, bench)
    clients = [program_of(bench.people[who]) for who in WHO[1:]]
    asked = [row for row in ADDRESSES if "/api/" in row]
    found = {row: " ".join(ask(one, row) for one in clients) for row in asked}
    assert found == {row: ADDRESSES[row][STATES.index(state)].partition(" ")[2] for row in asked}


@pytest.fixture
def programs(bench) -> dict[str, Client]:
    """A program for each of TOKENS."""
    person, limits = bench.people["manager"], {"reads": {}, "writes": {"writes": True}}
    Membership.objects.create(contract=bench.other, user=person, role=Membership.Role.MANAGER)
    limits |= {"chosen": {"contracts": [bench.contract], "writes": True}, "elsewhere": {"contracts": [bench.other]}}
    secrets = {name: issue_token(person, label=name, **values)[1] for name, values in limits.items()}
    _, secrets["expired"] = Token.objects.issue(
        person, label="échu", writes=True, expires_on=timezone.localdate() - timedelta(days=1)
    )
    return {name: Client(headers={"Authorization": f"Token {secrets[name]}"}) for name in TOKENS}


def test_a_token_goes_no_further_than_its_limits(bench, programs):
    put_in("members", bench)
    assert {row: " ".join(ask(programs[name], row) for name in TOKENS) for row in BY_TOKEN} == BY_TOKEN


def test_lists_of_a_limited_token_hold_its_contracts_alone(programs):
    listed = {
        name: [one["slug"] for one in programs[name].get("/api/v1/contracts/").json()["results"]]
        for name in TOKENS[:-1]
    }
    both = ["essai", "voisin"]
    assert listed == {"reads": both, "writes": both, "chosen": ["essai"], "elsewhere": ["voisin"]}


def test_no_list_count_search_export_or_error_tells_of_a_draft(bench, signed_in, programs):
    """What only the draft holds is told by no address to whoever may not read it; what is kept for members neither."""
    hidden = Objective(key="zz", level="axe", code="9", title="Zanzibar", tags=("Zanzibar",))
    write_draft(replace(make_document(), objectives=(hidden,)), by=None)
    make_publication(bench.contract, visibility="members", label="Zanzibar")
    contract = bench.contract.pk
    admin = ["objectives_objective", "objectives_change", "publications_publication"]
    lists = [reverse(f"admin:{name}_changelist") for name in (*admin, "actions_action", "indicators_indicator")]
    pages = [f"{page}{query}" for page in lists for query in ("", "?q=Zanzi", f"?contract={contract}")]
    pages += ["/", "/plan-du-site/", "/donnees-ouvertes/", "/recherche/?mots=Zanzi", "/recherche/?contrat=essai"]
    pages += [f"/api/v1/{name}/" for name in ("contracts", "objectives", "actions", "clauses", "indicators")]
    pages += ["/api/v1/objectives/?q=Zanzi", "/api/v1/objectives/?contract=essai", "/admin/", "/admin/?q=Zanzi"]
    pages += [
        *(row for row in ADDRESSES if " " not in row),
        reverse("admin:objectives_contract_export", args=[contract, "tags", "csv"]),
    ]
    pages += [f"/admin/objectives/contract/{contract}/draft.json", "/atelier/essai/apercu/objectifs/zz/"]
    clients = {who: signed_in(who) for who in ("visitor", "nobody", "stranger")} | {"token": programs["elsewhere"]}
    told = [(who, page) for page in pages for who, one in clients.items() if b"Zanzibar" in one.get(page).content]
    assert told == []
    assert b"Zanzibar" in signed_in("reader").get(pages[0]).content


def test_what_one_may_not_know_of_is_answered_as_what_is_not_there(bench, signed_in):
    put_in("members", bench)
    reads = [row for row in ADDRESSES if " " not in row]
    absent = bench.contract.pk + 1_000
    pairs = [(one, one.replace("essai", "absent")) for one in reads if one.startswith("/contrats/")]
    pairs += [(one, one.replace("essai", "absent")) for one in reads if "/draft/" in one or "/atelier/" in one]
    pairs += [tuple(f"/admin/objectives/contract/{pk}/tree/" for pk in (bench.contract.pk, absent))]
    for who in ("nobody", "stranger"):
        client = signed_in(who)
        for kept, missing in pairs:
            one, other = client.get(kept), client.get(missing)
            assert (one.status_code, one.content.replace(b"essai", b"absent")) == (other.status_code, other.content)


def test_people_without_a_role_are_told_so_when_they_sign_in(bench, client):
    user = bench.people["nobody"]
    data = {"username": user.email, "password": f"mot-de-passe-{user.email.split('-')[1].split('@')[0]}"}
    response = client.post(reverse("admin:login"), data)
    assert "Ce compte n’a de rôle dans aucun contrat" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_officer_sees_their_contracts_alone(bench, signed_in):
    home = signed_in("editor").get(reverse("admin:index")).content.decode()
    assert ("Contrat essai" in home, "Contrat voisin" in home) == (True, False)
    everything = signed_in("admin").get(reverse("admin:index")).content.decode()
    assert ("Contrat essai" in everything, "Contrat voisin" in everything) == (True, True)


def test_a_reader_can_type_nothing(bench, signed_in):
    for name in ("objective", "change", "words"):
        page = signed_in("reader").get(address(name, bench)).content.decode()
        assert "Enregistrer" not in page
