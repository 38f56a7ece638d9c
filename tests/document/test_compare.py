"""Comparison: complete (applying it gives the second version), as small as it can be, and quick."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.compare import Change, apply_changes, compare, count_changes
from document.nodes import ITEMS, Objective
from document.wording import Run, compare_wording
from tests.document.amending import amended
from tests.document.strategies import documents
from tests.factories import make_document, real_document

SLUGS = ["ales-2015-2020", "metz-2015-2020", "quartiers-2030", "six-thematiques"]


@given(documents(), documents(), st.randoms(use_true_random=False))
def test_applying_the_comparison_gives_the_second_version(before, other, chance):
    """On documents that carry all there is: two without a bond, then one and what a hand may make of it."""
    after = amended(before, other, chance)
    for first, second in ((before, after), (after, before), (before, other)):
        assert apply_changes(first, compare(first, second)) == second


def test_a_real_contract_that_was_much_amended():
    ales, metz = real_document("ales-2015-2020"), real_document("metz-2015-2020")
    for seed in range(5):
        after = amended(ales, metz, random.Random(seed))
        changes = compare(ales, after)
        assert min(count_changes(changes).values()) > 0
        assert {change.of for change in changes} >= {"children", *ITEMS}
        assert apply_changes(ales, changes) == after


@pytest.mark.parametrize("slug", SLUGS)
def test_a_version_does_not_differ_from_itself(slug):
    assert compare(real_document(slug), real_document(slug)) == []


def test_two_contracts_can_be_compared_whatever_they_share():
    ales, metz = real_document("ales-2015-2020"), real_document("metz-2015-2020")
    assert apply_changes(ales, compare(ales, metz)) == metz


def test_each_kind_of_change_is_named():
    before = make_document(axes=2, objectives=3)
    first, second = before.objectives
    one, two, three = first.children
    after = replace(
        before,
        objectives=(
            replace(first, children=(three, replace(one, title="Reformulé", code="1.9"))),
            replace(
                second, children=(two, *second.children[1:], Objective(key="neuf", level="objectif", title="Neuf"))
            ),
        ),
    )
    gone = second.children[0]
    assert compare(before, after) == [
        Change(
            "removed",
            "children",
            gone.key,
            before=replace(gone, actions=(), clauses=(), indicators=()),
            spot=("axe-2", 0),
        ),
        Change("removed", "actions", "2-1-a", before=gone.actions[0], spot=("2-1", 0)),
        Change("removed", "clauses", "2-1-c1", before=gone.clauses[0], spot=("2-1", 0)),
        Change("removed", "indicators", "2-1-i1", before=gone.indicators[0], spot=("2-1", 0)),
        Change("reordered", "children", "1-3", before=("axe-1", 2), after=("axe-1", 0)),
        Change("renumbered", "children", "1-1", "code", "1.1", "1.9"),
        Change("reworded", "children", "1-1", "title", "Objectif 1.1", "Reformulé"),
        Change("moved", "children", "1-2", before=("axe-1", 1), after=("axe-2", 0)),
        Change("added", "children", "neuf", after=after.objectives[1].children[-1], spot=("axe-2", 3)),
    ]
    assert count_changes(compare(before, after)) == {
        "added": 1,
        "removed": 4,
        "moved": 1,
        "reordered": 1,
        "renumbered": 1,
        "reworded": 1,
        "changed": 0,
    }


def test_one_node_carried_to_the_end_is_one_change():
    before = make_document(objectives=9)
    axis = before.objectives[0]
    after = replace(before, objectives=(replace(axis, children=(*axis.children[1:], axis.children[0])),))
    assert [change.key for change in compare(before, after)] == ["1-1"]


def test_wordings_are_compared_by_words():
    assert compare_wording("Développer des espaces de rencontre", "Développer des lieux de rencontre et de jeu") == [
        Run("same", "Développer des "),
        Run("gone", "espaces"),
        Run("new", "lieux"),
        Run("same", " de rencontre"),
        Run("new", " et de jeu"),
    ]


def test_wordings_that_share_words_by_chance_are_told_one_after_the_other():
    before = "Soutenir les associations de quartier dans leurs projets"
    after = "Rénover les logements anciens, les écoles et la voirie communale"
    assert compare_wording(before, after) == [Run("gone", before), Run("new", after)]


@pytest.mark.parametrize(("before", "after"), [("", ""), ("", "a"), ("a b", ""), ("a  b\nc", "a b c"), ("x", "x")])
def test_the_runs_make_both_wordings(before, after):
    runs = compare_wording(before, after)
    assert "".join(run.text for run in runs if run.sign != "new") == before
    assert "".join(run.text for run in runs if run.sign != "gone") == after
