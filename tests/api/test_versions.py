"""The version in force on a day, and two versions compared: for a program as the pages say them to people."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from document import nodes
from document.codec import to_plain
from drafts.write import write_draft
from tests.api.asking import program_of, read, refusal
from tests.factories import make_contract, make_document, make_publication, make_user

pytestmark = pytest.mark.django_db
ESSAI = "/api/v1/contracts/essai/"
IN_FORCE = "/api/v1/contracts/{slug}/in-force/"
COMPARE = "/api/v1/contracts/{slug}/publications/{number}/compare/{other}/"


@pytest.fixture
def contract():
    """Versions of 2024 and 2025 for everyone, of 2026 for members, and one to come."""
    contract = make_contract()
    make_publication(contract, in_force_on=date(2024, 1, 1))
    write_draft(second(), by=None)
    make_publication(contract, in_force_on=date(2025, 1, 1), label="Avenant n° 1")
    make_publication(contract, in_force_on=date(2026, 1, 1), visibility="members")
    make_publication(contract, in_force_on=timezone.localdate() + timedelta(days=400))
    return contract


def second() -> nodes.Document:
    """The document of the factories, with one change of each kind."""
    document = make_document()
    first, other = document.objectives[0].children
    axis = replace(document.objectives[0], title="Axe premier", children=(replace(other, clauses=()),))
    new = nodes.Objective(key="axe-2", level="axe", code="3", title="Axe 2", tags=("NPNRU",))
    moved = replace(first, code="3.1", tags=())
    return replace(document, objectives=(axis, replace(new, children=(moved,))), remarks=("Relu.",))


@pytest.mark.parametrize(
    ("day", "public", "members"),
    [("2024-01-01", 1, 1), ("2024-12-31", 1, 1), ("2025-06-01", 2, 2), ("2026-01-01", 2, 3)],
)
def test_the_version_in_force_that_who_asks_may_read(client, contract, day, public, members):
    reader = program_of(make_user(role="reader", contract=contract))
    for who, number in ((client, public), (reader, members)):
        found = read(who, f"{ESSAI}in-force/?on={day}", IN_FORCE)
        assert found == read(who, f"{ESSAI}publications/{number}/")
    today = read(client, f"{ESSAI}in-force/", IN_FORCE)
    assert (today["number"], today["current"]) == (2, True)


def test_none_was_in_force_before_the_first(client, contract):
    response = client.get(f"{ESSAI}in-force/?on=2023-12-31")
    assert refusal(response) == (404, None)
    assert response.json()["detail"] == "Aucune version de ce contrat n’était en vigueur le 31 décembre 2023."


@pytest.mark.parametrize("day", ["hier", "2024-02-30", "25/11/2024", "0000-01-01"])
def test_a_day_that_is_none(client, contract, day):
    said = "Donnez un jour sous la forme AAAA-MM-JJ."
    assert refusal(client.get(f"{ESSAI}in-force/?on={day}")) == (400, [("on", said)])


def test_a_comparison_tells_each_change_with_its_key(client, contract):
    found = read(client, f"{ESSAI}publications/1/compare/2/", COMPARE)
    assert (found["before"]["number"], found["after"]["label"]) == (1, "Avenant n° 1")
    clause = to_plain(make_document())["objectives"][0]["children"][1]["clauses"][0]
    new = {"level": "axe", "code": "3", "title": "Axe 2", "description": "", "transversal": False, "tags": ["NPNRU"]}
    new |= {name: [] for name in ("neighbourhoods", "notes", "declared", "remarks", "references")}
    objective = {"of": "children", "key": "1-1"}
    assert found["changes"] == {
        "added": [
            {"of": "children", "key": "axe-2", "node": {"key": "axe-2"} | new, "under": None, "position": 1},
        ],
        "removed": [
            {"of": "clauses", "key": "1-2-c1", "node": clause | {"remarks": []}, "under": "1-2", "position": 0},
        ],
        "moved": [
            objective | {"before": {"under": "axe-1", "position": 0}, "after": {"under": "axe-2", "position": 0}}
        ],
        "reordered": [],
        "renumbered": [objective | {"before": "1.1", "after": "3.1"}],
        "reworded": [{"of": "children", "key": "axe-1", "field": "title", "before": "Axe 1", "after": "Axe premier"}],
        "changed": [
            {"of": "document", "key": "", "field": "remarks", "before": [], "after": ["Relu."]},
            objective | {"field": "tags", "before": ["PRE"], "after": []},
        ],
    }
    assert found["counts"] == {kind: len(rows) for kind, rows in found["changes"].items()}
    back = read(client, f"{ESSAI}publications/2/compare/1/", COMPARE)["changes"]
    assert back["removed"] == [found["changes"]["added"][0]]


def test_a_comparison_is_known_by_both_digests(client, contract, django_assert_num_queries):
    response = client.get(f"{ESSAI}publications/1/compare/2/")
    digests = [response.json()[side]["digest"] for side in ("before", "after")]
    assert response["ETag"] == '"{}-{}"'.format(*digests)
    with django_assert_num_queries(2):
        held = client.get(f"{ESSAI}publications/1/compare/2/", headers={"If-None-Match": response["ETag"]})
    assert (held.status_code, held.content, held["ETag"]) == (304, b"", response["ETag"])


@pytest.mark.parametrize("pair", ["1/compare/3", "3/compare/1", "1/compare/9"])
def test_both_versions_must_be_readable(client, contract, pair):
    assert refusal(client.get(f"{ESSAI}publications/{pair}/")) == (404, None)
    reader = program_of(make_user(role="reader", contract=contract))
    assert reader.get(f"{ESSAI}publications/{pair}/").status_code == (404 if "9" in pair else 200)
