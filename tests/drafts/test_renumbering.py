"""Renumbering a draft: what was planned, once, under the lock, in the log."""

import pytest

from document.renumber import plan_renumbering
from drafts.read import read_draft
from drafts.renumbering import renumber
from objectives.access import NotAllowed
from objectives.changes import Refused, Stale
from objectives.edits import change_objective, move_objective
from objectives.models import Change, Objective
from tests.factories import make_contract, make_document, make_user, real_document

pytestmark = pytest.mark.django_db


def _codes(contract):
    return dict(Objective.objects.of(contract).values_list("key", "code"))


def test_a_branch_is_numbered_by_rank_and_its_actions_follow():
    contract = make_contract(make_document(objectives=3))
    last = Objective.objects.get(contract=contract, key="1-3")
    move_objective(last, under=last.parent, position=0, by=None, revision=None)
    contract.refresh_from_db()
    plan = renumber(contract, key="axe-1", by=None, revision=contract.revision)
    assert [(one.key, one.before, one.after) for one in plan] == [
        ("1-3", "1.3", "1.1"),
        ("1-3-a", "1.3.a", "1.1.a"),
        ("1-1", "1.1", "1.2"),
        ("1-1-a", "1.1.a", "1.2.a"),
        ("1-2", "1.2", "1.3"),
        ("1-2-a", "1.2.a", "1.3.a"),
    ]
    assert _codes(contract) == {"axe-1": "1", "1-3": "1.1", "1-1": "1.2", "1-2": "1.3"}
    assert plan_renumbering(read_draft(contract)) == []


def test_it_is_one_row_of_the_log_and_one_revision():
    contract = make_contract(real_document("metz-2015-2020"))
    by = make_user(role="editor", contract=contract)
    revision = contract.revision
    renumber(contract, by=by, revision=revision)
    change = Change.objects.filter(contract=contract).first()
    assert (change.verb, change.by, change.key, change.revision) == ("renumber", by, "", revision + 1)
    assert (change.before, change.after) == (
        {"1-5-3-bis": "1.5.3", "1-5-4": "1.5.4"},
        {"1-5-3-bis": "1.5.4", "1-5-4": "1.5.5"},
    )
    touched = Objective.objects.of(contract).filter(revision=revision + 1).values_list("key", flat=True)
    assert sorted(touched) == ["1-5-3-bis", "1-5-4"]


def test_what_is_well_numbered_is_left_alone():
    contract = make_contract()
    revision = contract.revision
    assert renumber(contract, by=None, revision=None) == []
    contract.refresh_from_db()
    assert contract.revision == revision


def test_a_plan_that_is_out_of_date_is_not_applied():
    contract = make_contract(real_document("metz-2015-2020"))
    shown = contract.revision
    change_objective(Objective.objects.get(contract=contract, key="1-1"), by=None, revision=None, title="Autre")
    before = _codes(contract)
    with pytest.raises(Stale):
        renumber(contract, by=None, revision=shown)
    assert _codes(contract) == before


def test_a_reader_may_not_and_an_unknown_branch_is_refused():
    contract = make_contract(real_document("metz-2015-2020"))
    with pytest.raises(NotAllowed):
        renumber(contract, by=make_user(role="reader", contract=contract), revision=None)
    with pytest.raises(Refused, match="plus dans ce contrat"):
        renumber(contract, key="inconnu", by=None, revision=None)


@pytest.mark.parametrize("objectives", [3, 300])
def test_queries_do_not_grow_with_the_branch(django_assert_num_queries, objectives):
    contract = make_contract(make_document(objectives=objectives))
    Objective.objects.of(contract).filter(parent__isnull=False).update(code=None)
    with django_assert_num_queries(26):
        renumber(contract, by=None, revision=None)
