"""The way back through the API: undoing, doing again, restoring."""

import pytest

from drafts.read import read_draft
from tests.api.asking import done, program_of, refusal, tell
from tests.factories import make_contract, make_user

pytestmark = pytest.mark.django_db
ONE = "objectives/{key}/"


@pytest.fixture
def contract():
    return make_contract()


@pytest.fixture
def editor(contract):
    return program_of(make_user(role="editor", contract=contract))


def test_one_s_last_change_is_undone_and_done_again(editor, contract):
    before = read_draft(contract)
    changed = done(tell(editor, "patch", ONE, {"title": "Autre", "tags": []}, revision=1, key="1-1"))
    undone = done(tell(editor, "post", "undo/", revision=2))
    assert ([one["verb"] for one in undone["changes"]], read_draft(contract)) == (["change_objective"], before)
    redone = done(tell(editor, "post", "redo/", revision=undone["revision"]))
    assert done(tell(editor, "get", ONE, key="1-1")) == changed | {"revision": redone["revision"]}


def test_nothing_is_undone_but_at_the_revision_that_was_read(editor, contract):
    done(tell(editor, "patch", ONE, {"title": "Autre"}, revision=1, key="1-1"))
    for step in ("undo/", "redo/"):
        assert refusal(tell(editor, "post", step)) == (428, None)
        response = tell(editor, "post", step, revision=1)
        assert refusal(response) == (412, None)
        assert response.json()["current"]["last_change"]["verb"] == "change_objective"


def test_what_another_has_changed_since_is_not_undone(editor, contract):
    done(tell(editor, "patch", ONE, {"title": "Autre"}, revision=1, key="1-1"))
    other = program_of(make_user(role="editor", contract=contract))
    assert refusal(tell(other, "post", "undo/", revision=2)) == (409, None)
    done(tell(other, "patch", ONE, {"title": "Le leur"}, revision=2, key="1-1"))
    response = tell(editor, "post", "undo/", revision=3)
    assert refusal(response) == (409, None)
    assert response.json()["detail"].startswith("Rien n’a été annulé.")
    assert done(tell(editor, "get", ONE, key="1-1"))["title"] == "Le leur"


@pytest.mark.parametrize(
    ("kind", "key", "query"),
    [
        ("objective", "axe-1", "?with_all=true"),
        ("action", "1-1-a", ""),
        ("clause", "1-1-c1", ""),
        ("indicator", "1-1-i1", ""),
    ],
)
def test_what_was_deleted_returns_with_all_it_held(editor, contract, kind, key, query):
    before = read_draft(contract)
    done(tell(editor, "delete", f"{kind}s/{{key}}/{query}", revision=1, key=key), 204)
    assert read_draft(contract) != before
    response = tell(editor, "post", "restore/", {"key": key})
    found = done(response, 201)
    assert found == {"kind": kind, "key": key, "revision": 3}
    assert response["Location"] == f"http://testserver/api/v1/contracts/essai/draft/{kind}s/{key}/"
    assert (read_draft(contract), done(editor.get(response["Location"]))["revision"]) == (before, 3)
    assert refusal(tell(editor, "post", "restore/", {"key": key}))[0] == 409


def test_what_was_never_deleted_does_not_return(editor):
    said = "Rien de supprimé n’avait la clé «\u00a0rien\u00a0»."
    assert refusal(tell(editor, "post", "restore/", {"key": "rien"})) == (409, [("key", said)])


def test_what_has_lost_its_place_says_so(editor):
    done(tell(editor, "delete", "actions/{key}/", revision=1, key="1-1-a"), 204)
    done(tell(editor, "delete", ONE, revision=1, key="1-1"), 204)
    response = tell(editor, "post", "restore/", {"key": "1-1-a"})
    assert refusal(response) == (409, None)
    assert "L’objectif sous lequel il était n’est plus dans ce contrat." in response.json()["detail"]
