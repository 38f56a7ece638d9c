"""Law 6 for the draft: reads, writes, publishing and verbs take the same number of queries for 10 and 3,000 nodes."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import edits as actions
from actions.models import Action
from document.nodes import Document
from drafts.read import read_draft
from drafts.write import write_draft
from objectives import edits
from objectives.models import Contract, Level, Objective
from tests.factories import make_contract, make_document, make_publication

pytestmark = pytest.mark.django_db

#: Objectives an axis, of two: 10 nodes, and 3,000 with all that hangs on them.
SMALL, LARGE = 1, 374
#: Rows that one insertion takes on SQLite, at least: 999 values, of the widest table.
BATCH = 50


def document_of(objectives: int) -> Document:
    return make_document(f"contrat-{objectives}", axes=2, objectives=objectives)


def counted(task: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        task()
    return len(queries)


def verbs_on(contract: Contract) -> dict[str, int]:
    """How many queries each verb takes, called as an officer would: on what was just read."""

    def node(key: str) -> Objective:
        return Objective.objects.select_related("contract").get(contract=contract, key=key)

    def action(key: str) -> Action:
        return Action.objects.select_related("contract").get(contract=contract, key=key)

    level = Level.objects.get(contract=contract, key="objectif")
    first, second, one = node("axe-1"), node("axe-2"), node("1-1")
    how = {"by": None, "revision": None}
    tasks = {
        "add_objective": lambda: edits.add_objective(contract, level=level, under=first, position=0, by=None),
        "change_objective": lambda: edits.change_objective(one, title="Autre", **how),
        "move_objective": lambda: edits.move_objective(one, under=first, position=0, **how),
        "move_objective elsewhere": lambda: edits.move_objective(one, under=second, position=0, **how),
        "move_objective to the roots": lambda: edits.move_objective(one, under=None, position=0, **how),
        "add_action": lambda: actions.add_action(one, title="Neuve", position=0, by=None),
        "change_action": lambda: actions.change_action(action("1-1-a"), title="Autre", **how),
        "move_action": lambda: actions.move_action(action("1-1-a"), position=0, **how),
        "delete_action": lambda: actions.delete_action(action("1-1-a"), **how),
        "delete_objective": lambda: edits.delete_objective(first, with_all=True, **how),
    }
    return {name: counted(task) for name, task in tasks.items()}


def test_reading_publishing_and_every_verb():
    small, large = (write_draft(document_of(size), by=None) for size in (SMALL, LARGE))
    assert [counted(lambda one=one: read_draft(one)) for one in (small, large)] == [18, 18]
    if connection.vendor == "postgresql":
        assert [counted(lambda one=one: make_publication(one)) for one in (small, large)] == [26, 26]
    assert (
        verbs_on(large)
        == verbs_on(small)
        == {
            "add_objective": 21,
            "change_objective": 15,
            "move_objective": 14,
            "move_objective elsewhere": 19,
            "move_objective to the roots": 18,
            "add_action": 14,
            "change_action": 11,
            "move_action": 13,
            "delete_action": 15,
            "delete_objective": 44,
        }
    )


def test_writing():
    """On PostgreSQL one statement a table; SQLite takes 999 values a statement, hence one for each batch of rows."""
    make_contract()  # their territory is there
    small, large = document_of(SMALL), document_of(LARGE)
    made = [counted(lambda one=one: write_draft(one, by=None)) for one in (small, large)]
    remade = [counted(lambda one=one: write_draft(one, by=None)) for one in (small, large)]
    assert remade == [26, 26]
    if connection.vendor == "postgresql":
        assert made == [60, 60]
    else:
        rows = 2 * LARGE * 6  # objectives, their tag, their three items, and their keys
        assert made[0] == 60
        assert made[1] <= 60 + rows / BATCH


def test_publishing_on_sqlite_is_one_statement_for_each_batch_of_entries():
    if connection.vendor == "sqlite":
        small, large = (write_draft(document_of(size), by=None) for size in (SMALL, 200))
        assert counted(lambda: make_publication(small)) == 26
        assert counted(lambda: make_publication(large)) <= 26 + 2 * 201 * 4 / BATCH
