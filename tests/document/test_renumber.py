"""Renumbering: what a branch would bear if each level counted on without gap."""

from dataclasses import replace

import pytest
from hypothesis import given

from document.renumber import Renumbering, plan_renumbering
from tests.document.strategies import sound_documents
from tests.factories import make_document, real_document


@pytest.mark.parametrize("slug", ["ales-2015-2020", "quartiers-2030", "six-thematiques"])
def test_a_well_numbered_contract_keeps_its_codes(slug):
    assert plan_renumbering(real_document(slug)) == []


@given(sound_documents())
def test_what_the_checks_find_sound_is_not_renumbered(document):
    assert plan_renumbering(document) == []


def test_a_code_printed_twice_is_what_would_change():
    assert plan_renumbering(real_document("metz-2015-2020")) == [
        Renumbering("children", "1-5-3-bis", "Développer et diffuser des contenus médiatiques", "1.5.3", "1.5.4"),
        Renumbering("children", "1-5-4", "En valorisant les talents et réussites des habitants", "1.5.4", "1.5.5"),
    ]


def test_a_branch_keeps_the_code_of_its_root_and_its_actions_follow():
    document = make_document(objectives=2)
    axis = document.objectives[0]
    document = replace(document, objectives=(replace(axis, code="7", children=axis.children[::-1]),))
    assert [(one.of, one.before, one.after) for one in plan_renumbering(document, "axe-1")] == [
        ("children", "1.2", "7.1"),
        ("actions", "1.2.a", "7.1.a"),
        ("children", "1.1", "7.2"),
        ("actions", "1.1.a", "7.2.a"),
    ]


def test_an_unknown_branch_is_a_key_error():
    with pytest.raises(KeyError):
        plan_renumbering(make_document(), "inconnu")
