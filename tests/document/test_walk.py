"""Walks: reading order, places, counts and who refers to whom."""

from hypothesis import given

from document.nodes import Action, Objective, Reference
from document.walk import count, count_branch, places, referring, walk, walk_branch
from tests.document.making import axis, document, objective, theme
from tests.document.strategies import documents

CHAIN = 2_000

TREE = document(
    axis("1", theme("t", objective("a", "1.1"), objective("b", "1.2")), objective("c", "1.3")),
    axis("2", transversal=True),
)


def test_reading_order():
    assert [place.objective.key for place in walk(TREE)] == ["axe-1", "t", "a", "b", "c", "axe-2"]


def test_places():
    stand = {
        key: (place.depth, place.position, place.parent and place.parent.key, place.root.key)
        for key, place in places(TREE).items()
    }
    assert stand == {
        "axe-1": (0, 0, None, "axe-1"),
        "t": (1, 0, "axe-1", "axe-1"),
        "a": (2, 0, "t", "axe-1"),
        "b": (2, 1, "t", "axe-1"),
        "c": (1, 1, "axe-1", "axe-1"),
        "axe-2": (0, 1, None, "axe-2"),
    }


def test_ancestors_go_from_the_root_down():
    assert [node.key for node in places(TREE)["b"].ancestors] == ["axe-1", "t"]


def test_a_branch_begins_with_itself():
    assert [node.key for node in walk_branch(TREE.objectives[0])] == ["axe-1", "t", "a", "b", "c"]


def test_counts_have_every_level_in_order_then_what_hangs_under():
    empty = document()
    assert list(count(TREE).items()) == [
        ("axe", 2),
        ("theme", 1),
        ("objectif", 3),
        ("actions", 3),
        ("clauses", 3),
        ("indicators", 3),
    ]
    assert set(count(empty).values()) == {0}


def test_a_branch_does_not_count_its_own_root_but_what_it_holds():
    node = objective("a", children=(objective("b"), objective("c")))
    assert +count_branch(node) == {"objectif": 2, "actions": 3, "clauses": 3, "indicators": 3}


def test_who_refers_to_whom_each_once():
    twice = objective(
        "a",
        references=(Reference(text="Cf. b", targets=("b", "c")), Reference(text="Cf. encore b", targets=("b",))),
        actions=(Action(key="a-1", title="Action", references=(Reference(text="Cf. b", targets=("b",)),)),),
    )
    by_action = objective(
        "d", actions=(Action(key="d-1", title="Action", references=(Reference(text="Cf. b", targets=("b",)),)),)
    )
    found = referring(document(twice, objective("b"), objective("c"), by_action))
    assert {key: [node.key for node in nodes] for key, nodes in found.items()} == {"b": ["a", "d"], "c": ["a"]}


def test_a_level_is_found_by_its_key():
    assert TREE.level("theme") is TREE.levels[1]
    assert TREE.level("pilier") is None


def test_depth_costs_no_stack():
    node = Objective(key="o-0", level="axe", title="Le plus bas")
    for rank in range(1, CHAIN):
        node = Objective(key=f"o-{rank}", level="axe", title="Plus haut", children=(node,))
    assert count(document(node))["axe"] == CHAIN
    assert max(place.depth for place in walk(document(node))) == CHAIN - 1


@given(documents())
def test_walks_agree(drawn):
    found = list(walk(drawn))
    branches = [node for root in drawn.objectives for node in walk_branch(root)]
    assert [place.objective for place in found] == branches
    assert list(places(drawn)) == [place.objective.key for place in found]
    for place in found:
        siblings = place.parent.children if place.parent else drawn.objectives
        assert siblings[place.position] is place.objective


@given(documents())
def test_the_counts_of_the_branches_and_their_roots_are_the_counts_of_the_whole(drawn):
    counted = count(drawn)
    for level in drawn.levels:
        roots = sum(1 for root in drawn.objectives if root.level == level.key)
        assert counted[level.key] == roots + sum(count_branch(root)[level.key] for root in drawn.objectives)
