"""The draft as a whole through the API: replaced by a document, its log, its publication; as a data team would."""

from dataclasses import replace
from datetime import date

import pytest

from document import nodes
from document.codec import encode, to_plain
from drafts.read import read_draft
from objectives.members import grant_role
from objectives.models import Contract
from publications.models import Publication
from tests.api.asking import done, program_of, refusal, tell
from tests.factories import make_contract, make_document, make_publication, make_user, real_document

pytestmark = pytest.mark.django_db
VERSION = {"label": "Avenant n° 1", "in_force_on": "2025-01-01"}


@pytest.fixture
def contract():
    return make_contract()


@pytest.fixture
def manager(contract):
    return program_of(make_user(role="manager", contract=contract))


def test_the_draft_is_replaced_by_a_document(manager, contract):
    other = make_document(axes=2, objectives=3)
    found = done(tell(manager, "put", "document", to_plain(other), revision=1))
    assert (found["revision"], found["last_change"]["verb"]) == (2, "write_draft")
    assert read_draft(contract) == other
    response = manager.get("/api/v1/contracts/essai/draft/document")
    assert (response.content, response["ETag"]) == (encode(other), '"2"')
    again = done(tell(manager, "put", "document", to_plain(other), revision=2))
    assert again == found


@pytest.mark.parametrize("slug", ["ales-2015-2020", "quartiers-2030"])
def test_a_real_contract_goes_in_and_comes_out_to_the_byte(manager, contract, slug):
    document = real_document(slug)
    document = replace(document, contract=replace(document.contract, slug="essai"))
    done(tell(manager, "put", "document", to_plain(document), revision=1))
    assert manager.get("/api/v1/contracts/essai/draft/document").content == encode(document)


def test_what_a_document_leaves_out_is_empty(manager, contract):
    head = {"slug": "essai", "title": "T", "territory": "Ville"}
    done(tell(manager, "put", "document", {"format": "contratville/1", "contract": head}, revision=1))
    assert read_draft(contract) == nodes.Document(contract=nodes.Contract(**head))


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"format": "contratville/9"}, "format"),
        ({"contract": {"slug": "autre", "title": "T", "territory": "Ville"}}, "contract.slug"),
        ({"objectives": [{"key": "a", "level": "nul", "title": "x"}]}, "objectives[0].level"),
        ({"titre": "x"}, "titre"),
        ({"levels": 3}, "levels"),
    ],
)
def test_a_document_that_is_none_is_refused_with_its_place(manager, contract, change, path):
    before = read_draft(contract)
    status, faults = refusal(tell(manager, "put", "document", to_plain(before) | change, revision=1))
    assert (status, [one for one, _ in faults]) == (400, [path])
    assert read_draft(contract) == before


def test_the_draft_is_not_replaced_over_what_others_wrote(manager, contract):
    mine = to_plain(make_document(axes=2))
    assert refusal(tell(manager, "put", "document", mine)) == (428, None)
    done(tell(manager, "patch", "objectives/{key}/", {"title": "Leur titre"}, revision=1, key="1-1"))
    before = read_draft(contract)
    response = tell(manager, "put", "document", mine, revision=1)
    assert refusal(response) == (412, None)
    found = response.json()
    assert (found["current"]["revision"], found["current"]["last_change"]["verb"]) == (2, "change_objective")
    assert (found["sent"], read_draft(contract)) == ({"revision": 1}, before)


def test_the_log_tells_who_changed_what(manager, contract):
    grant_role(contract, make_user(), role="reader", by=None)
    done(tell(manager, "patch", "objectives/{key}/", {"title": "A"}, revision=1, key="1-1"))
    done(tell(manager, "post", "objectives/{key}/move/", {"position": 1}, revision=3, key="1-1"))
    found = done(tell(manager, "get", "changes/"))["results"]
    told = [(one["revision"], one["verb"], one["key"], one["before"], one["after"]) for one in found]
    assert told[:2] == [
        (4, "move_objective", "1-1", {"under": "axe-1", "position": 0}, {"under": "axe-1", "position": 1}),
        (3, "change_objective", "1-1", {"title": "Objectif 1.1"}, {"title": "A"}),
    ]
    assert [(one[0], one[1]) for one in told[2:]] == [(1, "write_draft")]
    assert found[2]["by"] is None
    assert found[0]["by"].startswith("Personne ")
    assert [one["revision"] for one in done(tell(manager, "get", "changes/?after=3"))["results"]] == [4]
    assert done(tell(manager, "get", "changes/?key=1-2"))["results"] == []


@pytest.mark.parametrize("query", ["after=0", "after=x", "key=%00", "key=" + "a" * 121, "by=1"])
def test_filters_of_the_log_that_are_none(manager, query):
    status, faults = refusal(manager.get(f"/api/v1/contracts/essai/draft/changes/?{query}"))
    assert (status, [path for path, _ in faults]) == (400, [query.partition("=")[0]])


@pytest.mark.parametrize("changes", [0, 30])
def test_the_log_takes_the_same_queries_whatever_its_length(django_assert_num_queries, changes):
    contract = make_contract()
    editor = program_of(make_user(role="editor", contract=contract))
    for number in range(changes):
        done(tell(editor, "patch", "objectives/{key}/", {"title": f"{number}"}, revision=number + 1, key="1-1"))
    with django_assert_num_queries(4):
        done(tell(editor, "get", "changes/"))


@pytest.mark.parametrize("visibility", ["members", "link"])
def test_the_draft_is_published_as_it_was_read(manager, contract, visibility):
    response = tell(manager, "post", "publish/", VERSION | {"note": "Signé.", "visibility": visibility}, revision=1)
    assert response.status_code == 201, response.content
    assert response["Location"] == "http://testserver/api/v1/contracts/essai/publications/1/"
    publication = Publication.objects.get()
    assert (publication.label, publication.note, publication.visibility) == ("Avenant n° 1", "Signé.", visibility)
    assert (publication.in_force_on, publication.document) == (date(2025, 1, 1), read_draft(contract))
    assert manager.get(response["Location"]).json() == response.json()
    assert refusal(tell(manager, "post", "publish/", VERSION, revision=1)) == (412, None)
    assert refusal(tell(manager, "post", "publish/", VERSION)) == (428, None)
    assert Publication.objects.count() == 1


def test_grave_findings_keep_it_from_being_published(manager, contract):
    done(tell(manager, "patch", "objectives/{key}/", {"title": ""}, revision=1, key="1-1"))
    done(tell(manager, "patch", "objectives/{key}/", {"title": ""}, revision=1, key="1-2"))
    response = tell(manager, "post", "publish/", VERSION, revision=3)
    assert refusal(response) == (409, None)
    found = response.json()["findings"]
    assert [(one["kind"], one["severity"], one["key"]) for one in found] == [
        ("empty-title", "grave", "1-1"),
        ("empty-title", "grave", "1-2"),
    ]
    assert Publication.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"label": ""}, "label"),
        ({"label": " "}, "label"),
        ({"label": 3}, "label"),
        ({"label": "a" * 121}, "label"),
        ({"in_force_on": "2025-1-1"}, "in_force_on"),
        ({"in_force_on": "20250101"}, "in_force_on"),
        ({"in_force_on": "2025-02-30"}, "in_force_on"),
        ({"visibility": "nul"}, "visibility"),
        ({"number": 7}, "number"),
    ],
)
def test_a_version_that_is_none_is_refused_with_its_place(manager, change, path):
    status, faults = refusal(tell(manager, "post", "publish/", VERSION | change, revision=1))
    assert (status, [one for one, _ in faults]) == (400, [path])


def test_the_journey_of_a_data_team(manager, contract, client):
    """Reads, builds a branch, moves, corrects, deletes by mistake, undoes, publishes, and reads back what it made."""
    make_publication(contract)
    revision = int(manager.get("/api/v1/contracts/essai/draft/document")["ETag"].strip('"'))
    axis = done(tell(manager, "post", "objectives/", {"level": "axe", "title": "Emploi"}), 201)
    batch = [
        {"verb": "add_objective", "name": "@un", "values": {"level": "objectif", "title": "Un", "under": axis["key"]}},
        {"verb": "add_action", "values": {"under": "@un", "title": "Une action"}},
        {"verb": "move_objective", "key": "1-2", "revision": 1, "values": {"under": axis["key"], "position": 0}},
        {"verb": "delete_objective", "key": "1-1", "revision": 1},
    ]
    made = done(tell(manager, "post", "batch/", {"operations": batch}))
    one = done(tell(manager, "get", "objectives/{key}/", key=made["names"]["@un"]))
    done(tell(manager, "patch", "objectives/{key}/", {"title": "Premier"}, revision=one["revision"], key=one["key"]))
    action = done(tell(manager, "get", "objectives/{key}/actions/", key=one["key"]))["results"][0]
    assert action["code"] == "2.1.a"
    changes = done(tell(manager, "get", f"changes/?after={revision}"))["results"]
    assert [row["verb"] for row in reversed(changes)] == [
        "add_objective",
        "add_objective",
        "add_action",
        "move_objective",
        "delete_objective",
        "change_objective",
    ]
    done(
        tell(manager, "patch", "objectives/{key}/", {"code": "2.2"}, revision=made["results"][2]["revision"], key="1-2")
    )
    kept = read_draft(contract)
    done(tell(manager, "delete", "objectives/{key}/?with_all=true", revision=axis["revision"], key=axis["key"]), 204)
    state = int(manager.get("/api/v1/contracts/essai/draft/document")["ETag"].strip('"'))
    done(tell(manager, "post", "undo/", revision=state))
    assert read_draft(contract) == kept
    read = manager.get("/api/v1/contracts/essai/draft/document")
    published = tell(manager, "post", "publish/", VERSION, revision=int(read["ETag"].strip('"')))
    assert published.status_code == 201, published.content
    before = make_document()
    first, moved = before.objectives[0], before.objectives[0].children[1]
    expected = replace(
        before,
        objectives=(
            replace(first, children=()),
            nodes.Objective(
                key=axis["key"],
                level="axe",
                code="2",
                title="Emploi",
                children=(
                    replace(moved, code="2.2"),
                    nodes.Objective(
                        key=one["key"],
                        level="objectif",
                        code="2.1",
                        title="Premier",
                        actions=(nodes.Action(key=action["key"], code="2.1.a", title="Une action"),),
                    ),
                ),
            ),
        ),
    )
    assert client.get("/api/v1/contracts/essai/document").content == read.content == encode(expected)
    assert Publication.objects.get(number=2).document == expected == read_draft(Contract.objects.get())
