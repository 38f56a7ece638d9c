"""The levels, tags, quartiers and head of a draft through the API: at the revision that was read, and undone."""

from urllib.parse import quote

import pytest

from document import nodes
from drafts.read import read_draft
from objectives.models import Change, Contract
from tests.api.asking import done, program_of, refusal, tell
from tests.factories import make_contract, make_document, make_publication, make_user

pytestmark = pytest.mark.django_db
V1 = "http://testserver/api/v1/contracts/essai/draft"
#: Of each kind, a new one, and what names it in an address.
NEW = {
    "levels": ({"name": "Action-cadre", "plural": "Actions-cadres", "numbering": "{parent}.{a}"}, "action-cadre"),
    "tags": ({"name": "Santé / PRE ?"}, "Santé / PRE ?"),
    "neighbourhoods": ({"code": "QP000002", "name": "Sud"}, "QP000002"),
}
KEPT = {"levels": "axe", "tags": "PRE", "neighbourhoods": "QP000001"}
ORDERED = ("levels", "neighbourhoods")


@pytest.fixture
def contract():
    return make_contract(make_document(neighbourhoods=(nodes.Neighbourhood(code="QP000001", name="Centre"),)))


@pytest.fixture
def editor(contract):
    return program_of(make_user(role="editor", contract=contract))


@pytest.mark.parametrize("kind", NEW)
def test_words_are_added_listed_changed_deleted_and_all_is_undone(editor, contract, kind):
    before, (values, key) = read_draft(contract), NEW[kind]
    response = tell(editor, "post", f"{kind}/", values)
    added = done(response, 201)
    assert added == ({"key": key} if kind == "levels" else {}) | values | {"revision": 2}
    assert done(editor.get(response["Location"])) == added
    listed = done(tell(editor, "get", f"{kind}/"))["results"]
    assert added in listed
    changed = done(tell(editor, "patch", f"{kind}/{{key}}/", {"name": "Autre"}, revision=2, key=quote(key)))
    assert changed == added | {"name": "Autre", "revision": 3}
    key = "Autre" if kind == "tags" else key
    assert done(tell(editor, "patch", f"{kind}/{{key}}/", {}, revision=3, key=key)) == changed
    assert done(tell(editor, "delete", f"{kind}/{{key}}/", revision=3, key=key), 204) == b""
    assert refusal(tell(editor, "get", f"{kind}/{{key}}/", key=key)) == (404, None)
    assert read_draft(contract) == before
    for revision in (4, 5, 6):
        done(tell(editor, "post", "undo/", revision=revision))
    assert [one["revision"] for one in done(tell(editor, "get", f"{kind}/"))["results"]] == [7] * (len(listed) - 1)
    assert read_draft(contract) == before


@pytest.mark.parametrize("kind", ORDERED)
def test_words_with_a_rank_are_added_and_moved_to_it(editor, contract, kind):
    values, key = NEW[kind]

    def names():
        return [one["name"] for one in done(tell(editor, "get", f"{kind}/"))["results"]]

    first = names()
    done(tell(editor, "post", f"{kind}/", values | {"position": 0}), 201)
    assert names() == [values["name"], *first]
    moved = done(tell(editor, "post", f"{kind}/{{key}}/move/", {}, revision=2, key=key))
    assert (moved["revision"], names()) == (3, [*first, values["name"]])


def test_a_tag_and_a_quartier_change_wherever_they_are_borne(editor, contract):
    done(tell(editor, "patch", "objectives/{key}/", {"neighbourhoods": ["QP000001"]}, revision=1, key="1-1"))
    done(tell(editor, "patch", "tags/{key}/", {"name": "Réussite"}, revision=2, key="PRE"))
    done(tell(editor, "patch", "neighbourhoods/{key}/", {"code": "QN000009"}, revision=2, key="QP000001"))
    found = done(tell(editor, "get", "objectives/{key}/", key="1-1"))
    assert (found["tags"], found["neighbourhoods"], found["revision"]) == (["Réussite"], ["QN000009"], 4)
    done(tell(editor, "delete", "tags/{key}/", revision=4, key="Réussite"), 204)
    assert [one.tags for one in read_draft(contract).objectives[0].children] == [(), ()]


def test_the_head_is_read_and_changed_field_by_field(editor, contract):
    head = done(tell(editor, "get", "head/"))
    assert (head["title"], head["territory"], head["end_year"], head["revision"]) == (
        "Contrat essai",
        "Ville d’essai",
        2030,
        1,
    )
    values = {"territory": "Autre ville", "start_year": None, "sources": ["Texte signé"]}
    values |= {"declared": [{"of": "axe", "count": 1}], "remarks": ["Relu."], "slug": "autre"}
    changed = done(tell(editor, "patch", "head/", values, revision=1))
    assert changed == head | values | {"revision": 2}
    done(tell(editor, "post", "undo/", revision=2, slug="autre"))
    assert done(tell(editor, "get", "head/")) == head | {"revision": 3}


@pytest.mark.parametrize("path", ["head/", *(f"{kind}/{key}/" for kind, key in KEPT.items())])
def test_who_read_an_old_revision_is_shown_both(editor, contract, path):
    kind, _, key = path.strip("/").partition("/")
    path, field = (f"{kind}/{{key}}/", "name") if key else ("head/", "title")

    def ask(text, revision):
        return tell(editor, "patch", path, {field: text}, revision=revision, key=key)

    assert refusal(ask("Un", None)) == (428, None)
    assert refusal(ask("Un", 99)) == (412, None)
    kept = done(ask("Un", 1))
    if kind == "tags":
        key = "Un"
    done(tell(editor, "patch", "objectives/{key}/", {"title": "Ailleurs"}, revision=1, key="axe-1"))
    stale = ask("Deux", 1)
    assert refusal(stale) == (412, None)
    assert stale.json()["current"] == kept | {"revision": 3}
    assert stale.json()["sent"] == {field: "Deux", "revision": 1}
    assert done(ask("Deux", 2))[field] == "Deux"  # what others wrote elsewhere since does no harm
    assert Change.objects.latest("pk").revision == 4


@pytest.mark.parametrize(
    ("method", "path", "data", "status", "faults"),
    [
        ("post", "levels/", {"name": "Axe"}, 400, ["plural"]),
        ("post", "levels/", {"name": 3, "plural": "x", "numbering": "n"}, 400, ["name", "numbering"]),
        ("post", "levels/", {"name": "x", "plural": "x", "position": -1}, 400, ["position"]),
        ("post", "levels/", {"name": "x", "plural": "x", "key": "x"}, 400, ["key"]),
        ("post", "levels/", {"name": " ", "plural": "x"}, 409, ["name"]),
        ("post", "tags/", {"name": "PRE"}, 409, ["name"]),
        ("post", "tags/", {"name": "x", "position": 0}, 400, ["position"]),
        ("post", "neighbourhoods/", {"code": "QP000001", "name": "x"}, 409, ["code"]),
        ("post", "neighbourhoods/", {"code": " ", "name": ""}, 409, ["code", "name"]),
        ("patch", "neighbourhoods/QP000001/", {"code": None}, 400, ["code"]),
        ("delete", "levels/axe/", None, 409, None),
        ("patch", "head/", {"end_year": "2030", "levels": []}, 400, ["levels"]),
        ("patch", "head/", {"end_year": "2030", "declared": [{"of": "axe"}]}, 400, ["end_year"]),
        ("patch", "head/", {"declared": [{"of": "axe"}]}, 400, ["declared[0].count"]),
        ("patch", "head/", {"declared": [{"of": "autre", "count": 1}]}, 409, ["declared"]),
        ("patch", "head/", {"title": " "}, 409, ["title"]),
        ("patch", "head/", {"slug": "essai-2"}, 409, ["slug"]),
        ("patch", "tags/absent/", {"name": "x"}, 404, None),
        ("patch", "tags/a%00b/", {"name": "x"}, 404, None),
    ],
)
def test_what_is_refused_leaves_the_draft_as_it_is(editor, contract, method, path, data, status, faults):
    make_publication(contract)
    before, revision = read_draft(contract), Contract.objects.get().revision
    content = {} if data is None else {"data": data, "content_type": "application/json"}
    headers = {} if method == "post" else {"If-Match": f'"{revision}"'}
    found, told = refusal(getattr(editor, method)(f"{V1}/{path}", headers=headers, **content))
    assert (found, told and [name for name, _ in told]) == (status, faults)
    assert (read_draft(contract), Contract.objects.get().revision) == (before, revision)


@pytest.mark.parametrize("kind", NEW)
def test_a_list_costs_the_same_whatever_its_length(editor, contract, django_assert_num_queries, kind):
    values, _ = NEW[kind]
    for rank in range(6):
        given = {name: f"{value}{rank}" for name, value in values.items() if name != "numbering"}
        done(tell(editor, "post", f"{kind}/", given), 201)
    with django_assert_num_queries(7):
        assert done(tell(editor, "get", f"{kind}/?page_size=5"))["count"] >= 7
