"""Batches of changes of a draft: in one transaction, all or nothing, with provisional names."""

import pytest

from drafts.read import read_draft
from objectives.models import Contract
from tests.api.asking import done, program_of, refusal, tell
from tests.factories import make_contract, make_document, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract():
    return make_contract()


@pytest.fixture
def editor(contract):
    return program_of(make_user(role="editor", contract=contract))


def ask(client, *operations):
    return tell(client, "post", "batch/", {"operations": list(operations)})


def add(name=None, kind="objective", **values):
    return {"verb": f"add_{kind}", "values": values} | ({"name": name} if name else {})


def alter(verb, key, revision=None, **values):
    return (
        {"verb": verb, "key": key}
        | ({"revision": revision} if revision else {})
        | ({"values": values} if values else {})
    )


def test_a_whole_branch_in_one_request(editor, contract):
    response = ask(
        editor,
        add("@axe", level="axe", title="Emploi"),
        add("@un", level="objectif", title="Premier", under="@axe"),
        add(
            "@deux",
            level="objectif",
            title="Second",
            under="@axe",
            references=[{"text": "Cf. 2.1", "targets": ["@un"]}],
        ),
        add(kind="action", title="Agir", under="@un"),
        add("@clause", kind="clause", text="S’engager", under="@deux"),
        add(kind="indicator", title="Compter", under="@un"),
        alter("change_objective", "@axe", transversal=True),
        alter("move_objective", "@deux", under="@axe", position=0),
        alter("move_objective", "1-1", 1, under="@axe"),
        alter("change_objective", "1-1", 1, tags=[]),
        alter("delete_clause", "@clause"),
        alter("delete_action", "1-2-a", 1),
        alter("delete_objective", "1-2", 1),
    )
    found = done(response)
    names = found["names"]
    assert list(names) == ["@axe", "@un", "@deux", "@clause"]
    assert [one["key"] for one in found["results"][6:]] == [
        names["@axe"],
        names["@deux"],
        "1-1",
        "1-1",
        names["@clause"],
        "1-2-a",
        "1-2",
    ]
    assert [one["revision"] for one in found["results"]] == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, None, None, None]
    assert found["revision"] == Contract.objects.get().revision == 14
    first, axis = read_draft(contract).objectives
    assert (first.key, first.children) == ("axe-1", ())
    assert (axis.key, axis.code, axis.transversal) == (names["@axe"], "2", True)
    assert [(one.key, one.code) for one in axis.children] == [
        (names["@deux"], "2.2"),
        (names["@un"], "2.1"),
        ("1-1", "1.1"),
    ]
    assert axis.children[0].references[0].targets == (names["@un"],)
    assert [one.title for one in axis.children[1].actions] == ["Agir"]
    assert axis.children[2].tags == ()


def test_none_is_done_unless_all_are(editor, contract):
    before = read_draft(contract)
    response = ask(
        editor, add("@a", level="axe", title="A"), alter("delete_objective", "1-1", 1), add(level="axe", title=3)
    )
    said = "un texte est attendu ici (entre guillemets) et non 3."
    assert refusal(response) == (400, [("operations[2].values.title", said)])
    assert response.json()["operation"] == 2
    assert (read_draft(contract), Contract.objects.get().revision) == (before, 1)


@pytest.mark.parametrize(
    ("operation", "status", "faults"),
    [
        ("x", 400, [("operations[1]", "un objet (des clés et des valeurs) est attendu ici.")]),
        ({"verb": "publish"}, 400, None),
        ({"verb": ["add_objective"]}, 400, None),
        ({"verb": "add_objective"}, 400, [("operations[1].values", "cette clé est obligatoire et manque.")]),
        (add("axe", level="axe", title="x"), 400, None),
        (
            add("@a", level="axe", title="x"),
            400,
            [("operations[1].name", "le nom «\u00a0@a\u00a0» est déjà donné plus haut.")],
        ),
        (
            add(level="objectif", title="x", under="@b"),
            409,
            [("operations[1].values.under", "Aucun objectif n’a la clé «\u00a0@b\u00a0».")],
        ),
        (
            add(kind="action", title="x"),
            400,
            [("operations[1].values.under", "cette clé est obligatoire et manque.")],
        ),
        (add(kind="action", title="x", under=None), 400, None),
        (
            alter("change_objective", "rien", 1, title="x"),
            409,
            [("operations[1].key", "Rien de tel n’a la clé «\u00a0rien\u00a0», ou plus rien.")],
        ),
        (alter("change_action", "@a", title="x"), 409, None),
        (alter("change_objective", "1-1", title="x"), 428, None),
        (alter("change_objective", "1-1", 7, title="x"), 412, None),
        (
            {"verb": "change_objective", "key": "1-1", "revision": "1", "values": {}},
            400,
            [("operations[1].revision", "un nombre entier est attendu ici.")],
        ),
        (
            {"verb": "change_objective", "key": 3, "revision": 1, "values": {}},
            400,
            [("operations[1].key", "un texte est attendu ici (entre guillemets).")],
        ),
        (
            {"verb": "move_objective", "key": "1-1", "revision": 1, "values": []},
            400,
            [("operations[1].values", "un objet (des clés et des valeurs) est attendu ici.")],
        ),
        (alter("move_objective", "axe-1", 1, under="1-1"), 409, None),
        (alter("delete_objective", "axe-1", 1), 409, None),
    ],
)
def test_what_is_refused_names_its_operation(editor, contract, operation, status, faults):
    before = read_draft(contract)
    response = ask(editor, add("@a", level="axe", title="A"), operation)
    found = refusal(response)
    assert found[0] == status
    if faults is not None:
        assert found[1] == faults
    assert response.json()["operation"] == 1
    assert (read_draft(contract), Contract.objects.get().revision) == (before, 1)


def test_a_stale_operation_tells_what_is_kept(editor, contract):
    theirs = done(tell(editor, "patch", "objectives/{key}/", {"title": "Leur titre"}, revision=1, key="1-1"))
    response = ask(editor, alter("move_objective", "1-1", 1, position=1))
    assert refusal(response) == (412, None)
    assert response.json()["current"] == theirs


def test_one_operation_may_follow_another_on_the_same_thing(editor, contract):
    """Both name the revision that was read before the batch, whatever the first has made of it."""
    done(ask(editor, alter("delete_objective", "1-2", 1), alter("change_objective", "1-1", 1, title="A")))
    twice = ask(editor, alter("change_objective", "1-1", 3, title="B"), alter("change_objective", "1-1", 3, title="C"))
    assert [one["revision"] for one in done(twice)["results"]] == [4, 5]
    gone = ask(editor, alter("delete_objective", "1-1", 5), alter("change_objective", "1-1", 5, title="D"))
    assert refusal(gone)[0] == 409


def test_a_batch_is_one_step_to_undo(editor, contract):
    before = read_draft(contract)
    found = done(ask(editor, add("@a", level="axe", title="A"), alter("move_objective", "1-1", 1, under="@a")))
    after = read_draft(contract)
    undone = done(tell(editor, "post", "undo/", revision=found["revision"]))
    assert [one["verb"] for one in undone["changes"]] == ["move_objective", "delete_objective"]
    assert (undone["revision"], undone["last_change"], read_draft(contract)) == (5, undone["changes"][-1], before)
    redone = done(tell(editor, "post", "redo/", revision=5))
    assert (redone["revision"], read_draft(contract)) == (7, after)


def test_a_batch_has_a_length(editor, contract):
    said = "une liste d’au plus 200 opérations est attendue ici."
    for operations in ([{}] * 201, "x", {}, None):
        response = tell(editor, "post", "batch/", {"operations": operations})
        assert refusal(response) == (400, [("operations", said)])
    assert done(ask(editor)) == {"revision": 1, "names": {}, "results": []}


@pytest.mark.parametrize("axes", [1, 60])
def test_the_same_number_of_queries_whatever_the_size(django_assert_num_queries, axes):
    contract = make_contract(make_document(axes=axes))
    editor = program_of(make_user(role="editor", contract=contract))
    with django_assert_num_queries(57):
        done(ask(editor, add("@a", level="axe", title="A"), alter("move_objective", "1-1", 1, under="@a")))
