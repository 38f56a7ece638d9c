"""The tree page: seen whole, filtered, moved by plain buttons, in a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from objectives.edits import change_objective, move_objective
from objectives.models import Objective
from objectives.tree import disordered
from tests.editor.forms import said, soup_of
from tests.factories import make_contract, make_document


def tree_url(contract):
    return reverse("admin:objectives_contract_tree", args=[contract.pk])


@pytest.fixture
def grown(bench):
    """The bench's contract with two axes of three objectives."""
    bench.contract = make_contract(make_document("grand", axes=2, objectives=3))
    return bench


def shape(contract):
    """Keys as nested lists, by parents and positions alone."""
    rows = Objective.objects.of(contract).order_by("position", "pk").values_list("pk", "parent_id", "key")
    below = lambda parent: {key: below(pk) for pk, above, key in rows if above == parent}  # noqa: E731
    return below(None)


def press(client, bench, direction, key, *, revision=None, query=""):
    node = bench.objective(key)
    value = f"{direction}:{node.pk}:{node.revision if revision is None else revision}"
    return client.post(tree_url(bench.contract) + query, {"move": value})


@pytest.mark.parametrize(
    ("direction", "key", "after", "back"),
    [
        ("up", "1-2", {"axe-1": ["1-2", "1-1", "1-3"], "axe-2": ["2-1", "2-2", "2-3"]}, "n-1-2"),
        ("up", "1-3", {"axe-1": ["1-1", "1-3", "1-2"], "axe-2": ["2-1", "2-2", "2-3"]}, "up-1-3"),
        ("down", "1-1", {"axe-1": ["1-2", "1-1", "1-3"], "axe-2": ["2-1", "2-2", "2-3"]}, "down-1-1"),
        ("out", "1-2", {"axe-1": ["1-1", "1-3"], "1-2": [], "axe-2": ["2-1", "2-2", "2-3"]}, "n-1-2"),
        ("in", "axe-2", {"axe-1": ["1-1", "1-2", "1-3", "axe-2"]}, "in-axe-2"),
        ("down", "axe-1", {"axe-2": ["2-1", "2-2", "2-3"], "axe-1": ["1-1", "1-2", "1-3"]}, "n-axe-1"),
    ],
)
def test_a_step_moves_one_objective_and_focus_comes_back_to_its_button(grown, signed_in, direction, key, after, back):
    client = signed_in("admin")
    response = press(client, grown, direction, key)
    assert {root: list(below) for root, below in shape(grown.contract).items()} == after
    assert response["Location"] == f"{tree_url(grown.contract)}?at={key}#{back}"
    assert said(client.get(response["Location"]), "[role=status] li")[0].startswith("« ")
    assert grown.log() == [("move_objective", key)]
    assert disordered(Objective.objects.of(grown.contract)) == []


@pytest.mark.parametrize(
    ("direction", "key"), [("up", "1-1"), ("down", "1-3"), ("in", "1-1"), ("out", "axe-1"), ("in", "axe-1")]
)
def test_a_step_that_leads_nowhere_is_said_and_writes_nothing(grown, signed_in, direction, key):
    client = signed_in("admin")
    response = press(client, grown, direction, key)
    assert "ne peut pas aller plus loin" in said(client.get(response["Location"]), ".messagelist li")[0]
    assert grown.log() == []


def test_a_stale_step_is_refused_in_french_and_overwrites_nothing(grown, signed_in):
    client = signed_in("admin")
    seen = grown.objective("1-1").revision
    change_objective(grown.objective("1-1"), by=None, revision=None, title="Autre titre")
    before = shape(grown.contract)
    response = press(client, grown, "down", "1-1", revision=seen)
    assert "a été modifié entre-temps" in said(client.get(response["Location"]), ".messagelist li.error")[0]
    assert shape(grown.contract) == before


@pytest.mark.parametrize("move", ["", "up", "up:", "up:x:1", "sideways:1:1", "up:-1:1", "up:1"])
def test_a_step_that_makes_no_sense_is_answered_400_or_refused(grown, signed_in, move):
    response = signed_in("admin").post(tree_url(grown.contract), {"move": move})
    assert response.status_code in (400, 404)
    assert grown.log() == []


def test_an_objective_of_another_contract_is_not_moved(grown, signed_in):
    node = grown.objective("1-2", grown.other)
    response = signed_in("admin").post(tree_url(grown.contract), {"move": f"up:{node.pk}:{node.revision}"})
    assert response.status_code == 404
    assert Objective.objects.get(pk=node.pk).position == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=OBJECTIF 2.1", ["axe-2", "2-1"]),
        ("?level=axe", ["axe-1", "axe-2"]),
        ("?tag=PRE&q=1.3", ["axe-1", "1-3"]),
        ("?q=rien de tel", []),
        ("", ["axe-1", "1-1", "1-2", "1-3", "axe-2", "2-1", "2-2", "2-3"]),
    ],
)
def test_the_tree_is_filtered_by_words_level_and_tag(grown, signed_in, query, found):
    page = soup_of(signed_in("admin").get(tree_url(grown.contract) + query))
    assert [node["id"].removeprefix("n-") for node in page.select(".tree li")] == found


@pytest.mark.parametrize("query", ["?level=inconnu", "?tag=INCONNU", "?open=peut-etre", "?q=" + "x" * 300])
def test_a_filter_that_makes_no_sense_is_answered_404(grown, signed_in, query):
    assert signed_in("admin").get(tree_url(grown.contract) + query).status_code == 404


def test_the_tree_is_well_nested(grown, signed_in):
    page = soup_of(signed_in("admin").get(tree_url(grown.contract)))
    nested = {
        root["id"]: [one["id"] for one in root.select(":scope > details > ul > li")]
        for root in page.select(".tree > li")
    }
    assert nested == {"n-axe-1": ["n-1-1", "n-1-2", "n-1-3"], "n-axe-2": ["n-2-1", "n-2-2", "n-2-3"]}


def test_a_big_tree_is_closed_but_where_the_person_is(bench, signed_in):
    contract = make_contract(make_document("vaste", axes=2, objectives=100))
    page = soup_of(signed_in("admin").get(f"{tree_url(contract)}?at=2-7"))
    assert [node.has_attr("open") for node in page.select(".tree > li > details")] == [False, True]


def test_of_a_huge_tree_only_the_branch_where_the_person_is_is_sent(bench, signed_in):
    contract = make_contract(make_document("immense", axes=3, objectives=250))
    client = signed_in("admin")
    page = soup_of(client.get(tree_url(contract)))
    assert [node["id"] for node in page.select(".tree li")] == ["n-axe-1", "n-axe-2", "n-axe-3"]
    assert said(client.get(tree_url(contract)), ".tree-unseen")[0].startswith("250 objectifs au-dessous : déplier")
    page = soup_of(client.get(f"{tree_url(contract)}?at=2-7"))
    assert len(page.select("#n-axe-2 li")) == 250
    assert len(page.select(".tree li")) == 253
    assert len(soup_of(client.get(f"{tree_url(contract)}?q=2.7")).select("#n-axe-2 li")) == 11


@pytest.mark.parametrize(
    "name", ["tree", "findings", "words", "change", "publish", "members", "sheets", "objective", "objective_add"]
)
def test_pages_ask_as_many_queries_for_300_objectives_as_for_3(name, bench, signed_in):
    counts = []
    for document in (make_document("petit", axes=1, objectives=2), make_document("vaste", axes=3, objectives=99)):
        contract = make_contract(document)
        client = signed_in("admin")
        url = {
            "objective": reverse("admin:objectives_objective_change", args=[bench.objective("1-1", contract).pk]),
            "objective_add": reverse("admin:objectives_objective_add") + f"?contract={contract.pk}&under=axe-1",
        }.get(name) or reverse(f"admin:objectives_contract_{name}", args=[contract.pk])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


def test_a_step_asks_as_many_queries_for_300_objectives_as_for_3(bench, signed_in):
    counts = []
    for document in (make_document("petit", axes=1, objectives=3), make_document("vaste", axes=3, objectives=99)):
        bench.contract = make_contract(document)
        client = signed_in("admin")
        with CaptureQueriesContext(connection) as queries:
            assert press(client, bench, "up", "1-2").status_code == 302
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


def test_what_was_moved_by_somebody_else_is_shown_where_it_is(grown, signed_in):
    move_objective(grown.objective("1-1"), under=grown.objective("axe-2"), position=0, by=None, revision=None)
    page = soup_of(signed_in("admin").get(tree_url(grown.contract)))
    assert [one["id"] for one in page.select("#n-axe-2 > details > ul > li")] == ["n-1-1", "n-2-1", "n-2-2", "n-2-3"]
