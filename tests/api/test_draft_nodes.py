"""The nodes of a draft through the API: added, listed, read, changed, moved, deleted, at the revision that was read."""

import pytest

from accounts.models import User
from document import nodes
from drafts.read import read_draft
from objectives.models import Change, Contract
from tests.api.asking import done, program_of, refusal, tell
from tests.factories import make_contract, make_document, make_publication, make_user

pytestmark = pytest.mark.django_db
V1 = "http://testserver/api/v1/contracts/essai/draft"
ITEMS = ("action", "clause", "indicator")
ONE, ITEM = "objectives/{key}/", {kind: f"{kind}s/{{key}}/" for kind in ITEMS}
FIRST = {"action": "1-1-a", "clause": "1-1-c1", "indicator": "1-1-i1"}
WORDING = {"action": "title", "clause": "text", "indicator": "title"}


@pytest.fixture
def contract():
    return make_contract()


@pytest.fixture
def editor(contract):
    return program_of(make_user(role="editor", contract=contract))


def tree(contract):
    """The keys of the draft, each with those below it and its items."""

    def told(node):
        items = [item.key for kind in nodes.ITEMS for item in getattr(node, kind)]
        return (node.key, items, [told(one) for one in node.children])

    return [told(one) for one in read_draft(contract).objectives]


def test_an_objective_is_added_with_all_its_own_fields(editor, contract):
    values = {
        "code": "9",
        "title": "Emploi",
        "description": "Un texte,\nsur deux lignes.",
        "transversal": True,
        "tags": ["NPNRU", "PRE"],
        "neighbourhoods": [],
        "notes": [{"kind": "funding", "text": "PRIORISER"}, {"kind": "other", "text": "Autre"}],
        "declared": [{"of": "actions", "count": 3}],
        "remarks": ["Lu deux fois."],
        "references": [{"text": "Cf. 1.1", "targets": ["1-1", "axe-1"]}, {"text": "Cf. la loi", "targets": []}],
    }
    response = tell(editor, "post", "objectives/", values | {"level": "axe", "position": 0})
    found = done(response, 201)
    key = found["key"]
    assert found == {"key": key, "level": "axe", **values, "under": None, "revision": 2}
    assert response["Location"] == f"{V1}/objectives/{key}/"
    assert done(editor.get(response["Location"])) == found
    assert [key for key, *_ in tree(contract)] == [key, "axe-1"]
    assert (Change.objects.latest("pk").verb, Change.objects.latest("pk").by) == ("add_objective", User.objects.get())


def test_without_a_code_it_takes_the_next_of_its_level(editor, contract):
    found = done(tell(editor, "post", "objectives/", {"level": "objectif", "title": "Suite", "under": "axe-1"}), 201)
    assert (found["code"], found["under"]) == ("1.3", "axe-1")
    none = done(tell(editor, "post", "objectives/", {"level": "objectif", "title": "Sans", "code": None}), 201)
    assert (none["code"], none["under"]) == (None, None)


def test_objectives_are_listed_in_reading_order_page_by_page(editor, contract):
    done(tell(editor, "post", "objectives/", {"level": "axe", "title": "Avant", "position": 0, "code": "0"}), 201)
    first = done(tell(editor, "get", "objectives/?page_size=3"))
    assert [(one["code"], one["under"]) for one in first["results"]] == [("0", None), ("1", None), ("1.1", "axe-1")]
    last = done(editor.get(first["next"]))
    assert (last["count"], [one["key"] for one in last["results"]], last["next"]) == (4, ["1-2"], None)
    assert last["results"][0] == done(tell(editor, "get", ONE, key="1-2"))


@pytest.mark.parametrize("kind", ITEMS)
def test_items_are_added_listed_changed_moved_and_deleted(editor, contract, kind):
    wording = WORDING[kind]
    response = tell(editor, "post", f"objectives/{{key}}/{kind}s/", {wording: "Nouveau", "position": 0}, key="1-1")
    added = done(response, 201)
    assert (added["under"], added[wording]) == ("1-1", "Nouveau")
    assert response["Location"] == f"{V1}/{kind}s/{added['key']}/"
    listed = done(tell(editor, "get", f"objectives/{{key}}/{kind}s/", key="1-1"))
    assert [one["key"] for one in listed["results"]] == [added["key"], FIRST[kind]]
    assert listed["results"][0] == added
    changed = done(
        tell(
            editor,
            "patch",
            ITEM[kind],
            {wording: "Autre", "remarks": ["À voir"]},
            revision=added["revision"],
            key=added["key"],
        )
    )
    assert changed == added | {wording: "Autre", "remarks": ["À voir"], "revision": added["revision"] + 1}
    moved = done(
        tell(editor, "post", f"{ITEM[kind]}move/", {"under": "1-2"}, revision=changed["revision"], key=added["key"])
    )
    assert moved == changed | {"under": "1-2", "revision": changed["revision"] + 1}
    first = done(
        tell(editor, "post", f"{ITEM[kind]}move/", {"position": 0}, revision=moved["revision"], key=added["key"])
    )
    assert first["under"] == "1-2"
    part = getattr(read_draft(contract).objectives[0].children[1], f"{kind}s")
    assert [one.key for one in part] == [added["key"], FIRST[kind].replace("1-1", "1-2")]
    assert done(tell(editor, "delete", ITEM[kind], revision=first["revision"], key=added["key"]), 204) == b""
    assert refusal(tell(editor, "get", ITEM[kind], key=added["key"])) == (404, None)


def test_a_change_writes_what_it_names_and_nothing_else(editor, contract):
    before = done(tell(editor, "get", ONE, key="1-1"))
    changed = done(tell(editor, "patch", ONE, {"notes": [{"text": "Mention"}], "tags": []}, revision=1, key="1-1"))
    assert changed == before | {"notes": [{"kind": "other", "text": "Mention"}], "tags": [], "revision": 2}
    same = done(tell(editor, "patch", ONE, {"tags": []}, revision=2, key="1-1"))
    assert (same, Contract.objects.get().revision) == (changed, 2)
    assert done(tell(editor, "patch", ONE, {}, revision=2, key="1-1")) == changed


def test_a_branch_moves_with_all_below_it(editor, contract):
    axis = done(tell(editor, "post", "objectives/", {"level": "axe", "title": "B"}), 201)["key"]
    moved = done(tell(editor, "post", f"{ONE}move/", {"under": axis}, revision=1, key="1-1"))
    assert (moved["under"], moved["revision"]) == (axis, 3)
    first = done(tell(editor, "post", f"{ONE}move/", {"under": None, "position": 0}, revision=3, key="1-1"))
    assert first["under"] is None
    assert [key for key, *_ in tree(contract)] == ["1-1", "axe-1", axis]
    assert done(tell(editor, "post", f"{ONE}move/", {"position": 9}, revision=4, key="1-1"))["under"] is None
    assert [key for key, *_ in tree(contract)] == ["axe-1", axis, "1-1"]


def test_a_branch_is_deleted_on_purpose_alone(editor, contract):
    status, faults = refusal(tell(editor, "delete", ONE, revision=1, key="axe-1"))
    assert (status, faults) == (409, None)
    assert refusal(tell(editor, "delete", f"{ONE}?with_all=false", revision=1, key="axe-1"))[0] == 409
    assert done(tell(editor, "delete", f"{ONE}?with_all=true", revision=1, key="axe-1"), 204) == b""
    assert tree(contract) == []


@pytest.mark.parametrize(("kind", "key"), [("objective", "1-1"), *FIRST.items()])
def test_nothing_changes_without_the_revision_that_was_read(editor, contract, kind, key):
    wording, path = WORDING.get(kind, "title"), f"{kind}s/{{key}}/"
    asked = [("patch", path, {wording: "Mien"}), ("post", f"{path}move/", {"position": 0}), ("delete", path, None)]
    for method, address, data in asked:
        assert refusal(tell(editor, method, address, data, key=key)) == (428, None)
    theirs = done(tell(editor, "patch", path, {wording: "Leur texte"}, revision=1, key=key))
    for method, address, data in asked:
        response = tell(editor, method, address, data, revision=1, key=key)
        assert refusal(response) == (412, None)
        found = response.json()
        assert (found["current"], found["sent"]) == (theirs, (data or {}) | {"revision": 1})
        assert found["detail"].endswith("relisez la version actuelle, puis reprenez votre modification.")
    assert done(tell(editor, "get", path, key=key)) == theirs


@pytest.mark.parametrize("given", ["*", "1", '"un"', '"1", "2"', '""', "W/1", '"-1"', '"1.0"', '"' + "9" * 5000 + '"'])
def test_an_etag_that_is_none(editor, given):
    response = editor.delete("/api/v1/contracts/essai/draft/objectives/1-1/", headers={"If-Match": given})
    said = "Donnez l’ETag que vous avez lu, seul et tel quel\u00a0: un nombre entre guillemets."
    assert refusal(response) == (400, [("If-Match", said)])


def test_an_etag_that_a_proxy_has_marked_weak_is_the_same(editor, contract):
    address = "/api/v1/contracts/essai/draft/objectives/1-1/"
    assert editor.delete(address, headers={"If-Match": 'W/"1"'}).status_code == 204


@pytest.mark.parametrize(
    ("method", "path", "data", "status", "faults"),
    [
        ("post", "objectives/", {"level": "axe"}, 400, [("title", "cette clé est obligatoire et manque.")]),
        (
            "post",
            "objectives/",
            {"level": "nul", "title": "x"},
            409,
            [("level", "Le contrat n’a pas de niveau «\u00a0nul\u00a0».")],
        ),
        (
            "post",
            "objectives/",
            {"level": "axe", "title": "x", "under": "rien"},
            409,
            [("under", "Aucun objectif n’a la clé «\u00a0rien\u00a0».")],
        ),
        (
            "post",
            "objectives/",
            {"level": "axe", "title": "x", "position": -1},
            400,
            [("position", "un nombre de 0 à 999 999 est attendu ici.")],
        ),
        ("patch", ONE, {"level": 3}, 400, [("level", "un texte est attendu ici (entre guillemets) et non 3.")]),
        (
            "patch",
            ONE,
            {"notes": [{"text": "x"}, {"kind": "rien", "text": "x"}]},
            400,
            [("notes[1].kind", "valeur inconnue\u00a0; valeurs admises\u00a0: funding, scope, other.")],
        ),
        ("patch", ONE, {"references": [{"text": "Cf.", "targets": ["rien"]}]}, 409, None),
        ("patch", ONE, {"neighbourhoods": ["QP000000"]}, 409, None),
        ("post", f"{ONE}move/", {"under": "1-1"}, 409, None),
        (
            "post",
            f"{ONE}move/",
            {"under": 3},
            400,
            [("under", "un texte est attendu ici (entre guillemets) et non 3.")],
        ),
        (
            "delete",
            f"{ONE}?with_all=oui",
            None,
            400,
            [("with_all", "Écrivez «\u00a0true\u00a0» ou «\u00a0false\u00a0».")],
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(editor, contract, method, path, data, status, faults):
    before = read_draft(contract)
    places = {"key": "1-1"} if "{key}" in path else {}
    assert refusal(tell(editor, method, path, data, revision=1, **places)) == (status, faults)
    assert (read_draft(contract), Contract.objects.get().revision) == (before, 1)


def test_unknown_fields_are_refused_with_those_that_are_known(editor):
    known = "baseline, breakdown, kind, remarks, target, title, unit"
    status, faults = refusal(
        tell(editor, "patch", ITEM["indicator"], {"key": "x", "titre": "x"}, revision=1, key="1-1-i1")
    )
    said = f"clé inconnue\u00a0; clés admises\u00a0: {known}."
    assert (status, faults) == (400, [("key", said), ("titre", said)])


def test_a_key_of_another_contract_or_of_another_kind_is_not_there(editor):
    make_contract(make_document("autre", axes=2))
    for key in ("axe-2", "1-1-a", "rien"):
        assert refusal(tell(editor, "get", ONE, key=key)) == (404, None)
        assert refusal(tell(editor, "patch", ONE, {"title": "x"}, revision=1, key=key)) == (404, None)
    assert refusal(tell(editor, "post", f"{ONE}move/", {"under": "axe-2"}, revision=1, key="1-1"))[0] == 409


@pytest.mark.parametrize("axes", [1, 60])
@pytest.mark.parametrize(
    ("method", "path", "data", "number"),
    [
        ("get", "objectives/", None, 15),
        ("get", ONE, None, 14),
        ("get", f"{ONE}actions/", None, 12),
        ("patch", ONE, {"title": "Autre", "tags": ["PRE", "CLAS"]}, 38),
        ("post", "objectives/", {"level": "objectif", "title": "x", "under": "axe-1"}, 38),
        ("post", f"{ONE}move/", {"position": 1}, 31),
        ("delete", ONE, None, 54),
        ("post", f"{ONE}actions/", {"title": "x"}, 27),
    ],
)
def test_the_same_number_of_queries_whatever_the_size(django_assert_num_queries, axes, method, path, data, number):
    contract = make_contract(make_document(axes=axes))
    editor = program_of(make_user(role="editor", contract=contract))
    places = {"key": "1-1"} if "{key}" in path else {}
    with django_assert_num_queries(number):
        response = tell(editor, method, path, data, revision=1, **places)
    assert response.status_code in (200, 201, 204)


def test_a_publication_says_nothing_of_what_came_after(editor, contract, client):
    make_publication(contract)
    before = client.get("/api/v1/contracts/essai/document").content
    done(tell(editor, "patch", ONE, {"title": "Secret"}, revision=1, key="1-1"))
    assert client.get("/api/v1/contracts/essai/document").content == before
