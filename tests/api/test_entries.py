"""The flat lists: what is in them, in which order, and what the filters keep."""

from datetime import date

import pytest

from document import nodes
from document.walk import walk
from publications.entries import entries_of
from publications.publish import publish
from tests.api.asking import read
from tests.factories import LEVELS, make_contract, make_document, make_publication, real_document

pytestmark = pytest.mark.django_db
LISTS = ("objectives", "actions", "clauses", "indicators")
CHILD = {
    "page": "http://testserver/contrats/essai/objectifs/1-1/",
    "path": [{"key": "axe-1", "code": "1", "title": "Axe 1"}],
}
HOLDER = {"key": "1-1", "code": "1.1", "title": "Objectif 1.1"}


def rows(client, name: str, query: str = "") -> list[dict]:
    address = f"/api/v1/{name}/"
    return read(client, f"{address}?page_size=200&{query}", address)["results"]


def keys(client, name: str, query: str = "") -> list[str]:
    return [row["key"] for row in rows(client, name, query)]


def make_tree() -> nodes.Document:
    """An axis « Égalité », transversal, with two objectives under the code 1.10, one of which has an action."""
    held = {
        "actions": (nodes.Action(key="a", code="1.10.a", title="Former les œuvres sociales"),),
        "clauses": (nodes.Clause(key="c", text="Rendre compte"),),
        "indicators": (
            nodes.Indicator(key="i", title="Bilan moral", kind="document"),
            nodes.Indicator(key="j", title="Taux de réussite", kind="rate"),
        ),
    }
    children = (
        nodes.Objective(key="x", level="objectif", code="1.10", title="Égalité", tags=("Jeunesse 100%",), **held),
        nodes.Objective(key="y", level="objectif", code="1.10", title="Emploi", tags=("PRE",)),
    )
    root = nodes.Objective(key="r", level="axe", code="1", title="Vivre", transversal=True, children=children)
    return nodes.Document(contract=make_document("arbre").contract, levels=LEVELS, objectives=(root,))


def test_an_objective_is_its_own_fields_and_its_place(client):
    make_publication()
    assert rows(client, "objectives")[1] == {
        "contract": "essai",
        "publication": 1,
        "key": "1-1",
        "level": "objectif",
        "code": "1.1",
        "title": "Objectif 1.1",
        "description": "",
        "transversal": False,
        "tags": ["PRE"],
        "neighbourhoods": [],
        "notes": [],
        "declared": [],
        "remarks": [],
        "references": [],
        "parent": "axe-1",
        "depth": 1,
        "position": 0,
        **CHILD,
    }


@pytest.mark.parametrize(
    ("name", "own"),
    [
        (
            "actions",
            {
                "key": "1-1-a",
                "code": "1.1.a",
                "title": "Action de 1.1",
                "description": "",
                "references": [],
            },
        ),
        ("clauses", {"key": "1-1-c1", "text": "L’opérateur s’engage pour 1.1"}),
        (
            "indicators",
            {
                "key": "1-1-i1",
                "title": "Nombre de participants à 1.1 (F/H)",
                "kind": "count",
                "unit": "",
                "breakdown": ["F/H"],
                "baseline": "",
                "target": "",
            },
        ),
    ],
)
def test_an_item_is_its_own_fields_and_the_objective_that_holds_it(client, name, own):
    make_publication()
    assert rows(client, name)[0] == {
        "contract": "essai",
        "publication": 1,
        **own,
        "remarks": [],
        "objective": "1-1",
        "level": "objectif",
        "path": [*CHILD["path"], HOLDER],
        "page": f"{CHILD['page']}#{own['key']}",
    }


@pytest.mark.parametrize("slug", ["ales-2015-2020", "metz-2015-2020", "quartiers-2030", "six-thematiques"])
def test_the_four_contracts_are_listed_whole_in_reading_order(client, slug):
    document = real_document(slug)
    publication = make_publication(make_contract(document))
    entries = list(entries_of(publication, document))
    for name in LISTS:
        found, address = [], f"/api/v1/{name}/?page_size=40"
        while address:
            page = read(client, address, f"/api/v1/{name}/")
            found, address = found + [row["key"] for row in page["results"]], page["next"]
        assert found == [entry.key for entry in entries if f"{entry.kind}s" == name]
        assert page["count"] == len(found)
    assert keys(client, "objectives", "page=1") == [place.objective.key for place in walk(document)][:200]


def test_only_what_a_visitor_reads_first_is_listed_contract_by_contract(client):
    for slug in ("b", "a"):
        contract = make_contract(make_document(slug))
        make_publication(contract)
    make_publication(contract, in_force_on=date(2025, 1, 1))
    make_publication(contract, in_force_on=date(2026, 1, 1), visibility="members")
    make_publication(make_contract(make_document("c")), visibility="members")
    found = [(row["contract"], row["publication"], row["key"]) for row in rows(client, "objectives")]
    order = ("axe-1", "1-1", "1-2")
    assert found == [("a", 2, key) for key in order] + [("b", 1, key) for key in order]


@pytest.mark.parametrize(
    ("name", "query", "found"),
    [
        ("objectives", "contract=arbre", ["r", "x", "y"]),
        ("objectives", "contract=autre", []),
        ("objectives", "level=axe", ["r"]),
        ("objectives", "tag=jeunesse%20100", ["x"]),
        ("objectives", "tag=%25", []),
        ("objectives", "code=1.10", ["x", "y"]),
        ("objectives", "code=1.1", []),
        ("objectives", "q=EGALITE", ["x"]),
        ("objectives", "q=%22%27%3B--*", []),
        ("objectives", "parent=r", ["x", "y"]),
        ("objectives", "transversal=true", ["r"]),
        ("objectives", "transversal=false", ["x", "y"]),
        ("objectives", "contract=arbre&code=1.10&tag=pre", ["y"]),
        ("actions", "q=oeuvre+sociale", ["a"]),
        ("actions", "code=1.10.a", ["a"]),
        ("actions", "objective=x", ["a"]),
        ("actions", "objective=y", []),
        ("clauses", "code=1.10", ["c"]),
        ("clauses", "code=1.10.a", []),
        ("clauses", "tag=Jeunesse+100%25", ["c"]),
        ("indicators", "kind=rate", ["j"]),
        ("indicators", "level=objectif", ["i", "j"]),
        ("indicators", "code=1.10&q=bilan", ["i"]),
        ("indicators", "q=%20", []),
    ],
)
def test_filters(client, name, query, found):
    publish(make_contract(make_tree()), label="Texte", in_force_on=date(2024, 1, 1), by=None)
    assert keys(client, name, query) == found


@pytest.mark.parametrize("objectives", [2, 299])
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("query", ["", "q=1.1&contract=essai&tag=pre&level=objectif"])
def test_two_queries_whatever_the_size(client, django_assert_num_queries, objectives, name, query):
    make_publication(make_contract(make_document(objectives=objectives)))
    with django_assert_num_queries(2):
        rows(client, name, query)


def test_a_long_page_is_compressed_for_who_takes_it(client):
    make_publication(make_contract(make_document(objectives=60)))
    response = client.get("/api/v1/objectives/", headers={"Accept-Encoding": "gzip"})
    assert (response.status_code, response["Content-Encoding"]) == (200, "gzip")
    assert response["Vary"] == "Authorization, Cookie, Accept-Encoding"
