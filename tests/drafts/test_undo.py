"""Undo and redo: after any verbs, undoing all gives the start and redoing all the end; others' work is never undone."""

from contextlib import suppress
from random import Random

import pytest
from django.core.exceptions import ObjectDoesNotExist

from document.nodes import Document
from drafts.read import read_draft
from drafts.undo import INVERSES, redo, redoable, undo, undoable
from objectives.changes import Refused, Stale
from objectives.models import Change, Contract
from tests.factories import make_user
from tests.ground import make_ground
from tests.storm import Officer
from tests.trees import check_sound
from tests.verbs import CASES, Case, whole

pytestmark = pytest.mark.django_db
each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def logged(contract: Contract) -> list[dict]:
    return list(Change.objects.filter(contract=contract).order_by("revision").values())


def test_every_verb_that_can_be_undone_is_tried():
    assert {case.name for case in CASES} <= set(INVERSES)


@each
def test_each_verb_is_undone_and_redone(case: Case):
    contract, person = make_ground(), make_user(admin=True)
    subject = case.subject(contract)
    contract.refresh_from_db()
    start, earlier = read_draft(contract), logged(contract)
    case.run(contract, by=person, subject=subject)
    end = read_draft(contract)
    done = undoable(contract, by=person)
    assert (done.verb, redoable(contract, by=person)) == (case.name, None)
    for _ in range(2):
        (undone,) = undo(contract, by=person)
        assert undone.by == person
        assert (read_draft(contract), undoable(contract, by=person)) == (start, None)
        (redone,) = redo(contract, by=person)
        assert redone.undoes == undone.revision
        assert (read_draft(contract), redoable(contract, by=person)) == (end, None)
    check_sound(contract)
    contract.refresh_from_db()
    rows = logged(contract)
    assert rows[: len(earlier)] == earlier
    assert [row["undoes"] for row in rows[len(earlier) + 1 :]] == [row["revision"] for row in rows[len(earlier) : -1]]


@pytest.mark.parametrize("seed", range(4))
def test_undoing_all_gives_the_start_and_redoing_all_the_end(seed: int):
    random = Random(seed)
    contract = make_ground()
    start = read_draft(contract)
    officer = Officer(contract, random)
    for _ in range(25):
        if random.random() < 0.4:
            with suppress(Refused, Stale, ObjectDoesNotExist):
                random.choice(CASES).run(whole(contract))
        else:
            officer.act()
        for possible, revert in ((undoable, undo), (undoable, undo), (redoable, redo)):
            if random.random() < 0.2 and possible(contract, by=None):
                revert(contract, by=None)
    while redoable(contract, by=None):
        redo(contract, by=None)
    earlier = logged(contract)
    passed: list[Document] = [read_draft(contract)]
    while undoable(contract, by=None):
        undo(contract, by=None)
        passed.append(read_draft(contract))
        check_sound(contract)
    assert passed[-1] == start
    for due in reversed(passed[:-1]):
        redo(contract, by=None)
        assert read_draft(contract) == due
    assert redoable(contract, by=None) is None
    check_sound(contract)
    assert logged(contract)[: len(earlier)] == earlier
