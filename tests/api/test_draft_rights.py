"""Who may change what through the API: each role at each operation, by a token and by the session of the browser."""

import pytest
from django.test import Client

from document.codec import to_plain
from document.nodes import Neighbourhood
from drafts.read import read_draft
from objectives.models import Contract
from publications.models import Publication
from tests.api.asking import description, program_of, refusal
from tests.factories import make_contract, make_document, make_user

pytestmark = pytest.mark.django_db
DRAFT = "/api/v1/contracts/{slug}/draft/"
ESSAI = "/api/v1/contracts/essai/draft/"
VERSION = {"label": "Avenant", "in_force_on": "2025-01-01"}
#: Every operation that writes: its method, address and body, and what it answers to whom it lets in.
#: 409: there is nothing yet to undo, to do again or to restore.
WRITES = {
    "draft_document_replace": ("put", "document", None, 200),
    "draft_objective_add": ("post", "objectives/", {"level": "axe", "title": "x"}, 201),
    "draft_objective_change": ("patch", "objectives/1-1/", {"title": "x"}, 200),
    "draft_objective_move": ("post", "objectives/1-1/move/", {"position": 1}, 200),
    "draft_objective_delete": ("delete", "objectives/1-1/", None, 204),
    "draft_action_add": ("post", "objectives/1-1/actions/", {"title": "x"}, 201),
    "draft_action_change": ("patch", "actions/1-1-a/", {"title": "x"}, 200),
    "draft_action_move": ("post", "actions/1-1-a/move/", {"under": "1-2"}, 200),
    "draft_action_delete": ("delete", "actions/1-1-a/", None, 204),
    "draft_clause_add": ("post", "objectives/1-1/clauses/", {"text": "x"}, 201),
    "draft_clause_change": ("patch", "clauses/1-1-c1/", {"text": "x"}, 200),
    "draft_clause_move": ("post", "clauses/1-1-c1/move/", {"under": "1-2"}, 200),
    "draft_clause_delete": ("delete", "clauses/1-1-c1/", None, 204),
    "draft_indicator_add": ("post", "objectives/1-1/indicators/", {"title": "x"}, 201),
    "draft_indicator_change": ("patch", "indicators/1-1-i1/", {"title": "x"}, 200),
    "draft_indicator_move": ("post", "indicators/1-1-i1/move/", {"under": "1-2"}, 200),
    "draft_indicator_delete": ("delete", "indicators/1-1-i1/", None, 204),
    "draft_level_add": ("post", "levels/", {"name": "Action-cadre", "plural": "Actions-cadres"}, 201),
    "draft_level_change": ("patch", "levels/axe/", {"name": "Pilier"}, 200),
    "draft_level_move": ("post", "levels/axe/move/", {"position": 1}, 200),
    "draft_level_delete": ("delete", "levels/axe/", None, 409),
    "draft_tag_add": ("post", "tags/", {"name": "NPNRU"}, 201),
    "draft_tag_change": ("patch", "tags/PRE/", {"name": "Réussite"}, 200),
    "draft_tag_delete": ("delete", "tags/PRE/", None, 204),
    "draft_neighbourhood_add": ("post", "neighbourhoods/", {"code": "QP000002", "name": "Sud"}, 201),
    "draft_neighbourhood_change": ("patch", "neighbourhoods/QP000001/", {"name": "Nord"}, 200),
    "draft_neighbourhood_move": ("post", "neighbourhoods/QP000001/move/", {"position": 0}, 200),
    "draft_neighbourhood_delete": ("delete", "neighbourhoods/QP000001/", None, 204),
    "draft_head_change": ("patch", "head/", {"end_year": 2031}, 200),
    "draft_batch": (
        "post",
        "batch/",
        {"operations": [{"verb": "add_objective", "values": {"level": "axe", "title": "x"}}]},
        200,
    ),
    "draft_undo": ("post", "undo/", None, 409),
    "draft_redo": ("post", "redo/", None, 409),
    "draft_restore": ("post", "restore/", {"key": "1-1"}, 409),
    "draft_publish": ("post", "publish/", VERSION, 201),
}
READS = (
    "document",
    "findings",
    "changes/",
    "objectives/",
    "objectives/1-1/",
    "objectives/1-1/actions/",
    "objectives/1-1/clauses/",
    "objectives/1-1/indicators/",
    "actions/1-1-a/",
    "clauses/1-1-c1/",
    "indicators/1-1-i1/",
    "levels/",
    "levels/axe/",
    "tags/",
    "tags/PRE/",
    "neighbourhoods/",
    "neighbourhoods/QP000001/",
    "head/",
)
ROLES = ("visitor", "stranger", "reader", "editor", "manager", "administrator")


@pytest.fixture
def contract():
    return make_contract(make_document(neighbourhoods=(Neighbourhood(code="QP000001", name="Centre"),)))


@pytest.fixture
def clients(contract, client):
    other = make_contract(make_document("autre"))
    people = {role: make_user(role=role, contract=contract) for role in ("reader", "editor", "manager")}
    people |= {"administrator": make_user(admin=True), "stranger": make_user(role="manager", contract=other)}
    return {"visitor": client} | {who: program_of(user) for who, user in people.items()}


def ask(client, name, **headers):
    method, path, data, _ = WRITES[name]
    if name == "draft_document_replace":
        data = to_plain(make_document(axes=2))
    content = {} if data is None else {"data": data, "content_type": "application/json"}
    return getattr(client, method)(f"{ESSAI}{path}", headers={"If-Match": '"1"'} | headers, **content)


def test_the_table_holds_every_operation_on_a_draft():
    told = {
        one["operationId"]: method
        for path, item in description()["paths"].items()
        if path.startswith(DRAFT)
        for method, one in item.items()
    }
    assert {name: method for name, method in told.items() if method != "get"} == {
        name: method for name, (method, *_) in WRITES.items()
    }
    assert len(told) - len(WRITES) == len(READS)


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("who", ROLES)
def test_each_role_at_each_operation(clients, contract, who, name):
    before, good = read_draft(contract), WRITES[name][3]
    allowed = {"visitor": 401, "stranger": 404, "reader": 403, "editor": 403 if name == "draft_publish" else good}
    status = allowed.get(who, good)
    response = ask(clients[who], name)
    assert response.status_code == status, response.content
    if status >= 400:
        refusal(response)
        assert (read_draft(contract), Contract.objects.get(slug="essai").revision) == (before, 1)
        assert Publication.objects.count() == 0


@pytest.mark.parametrize("who", ROLES)
def test_each_role_reads_what_it_may(clients, who):
    expected = {"visitor": 401, "stranger": 404}.get(who, 200)
    assert {path: clients[who].get(f"{ESSAI}{path}").status_code for path in READS} == dict.fromkeys(READS, expected)


@pytest.mark.parametrize("name", WRITES)
def test_what_does_not_exist_and_what_is_not_theirs_answer_alike(clients, contract, name):
    """Neither the address of a node, nor what is missing in the request, tells a stranger that the contract exists."""
    told = ask(clients["stranger"], name)
    method, path, _, _ = WRITES[name]
    nothing = getattr(clients["stranger"], method)(f"/api/v1/contracts/aucun/draft/{path}")
    assert (told.status_code, told.content) == (nothing.status_code, nothing.content)


def test_a_session_writes_with_its_csrf_token_alone(contract):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_user(role="editor", contract=contract), "django.contrib.auth.backends.ModelBackend")
    response = ask(browser, "draft_objective_change")
    assert refusal(response) == (403, None)
    said = "Une session modifie avec son jeton CSRF (en-tête X-CSRFToken)\u00a0; un programme, avec un jeton d’API."
    assert response.json()["detail"] == said
    browser.cookies["csrftoken"] = "a" * 32
    assert ask(browser, "draft_objective_change", **{"X-CSRFToken": "a" * 32}).status_code == 200


def test_a_right_withdrawn_meanwhile_is_withdrawn(contract):
    user = make_user(role="editor", contract=contract)
    program = program_of(user)
    assert ask(program, "draft_objective_change").status_code == 200
    user.memberships.update(role="reader")
    assert refusal(ask(program, "draft_objective_add")) == (403, None)
    user.memberships.all().delete()
    assert refusal(ask(program, "draft_objective_add")) == (404, None)
