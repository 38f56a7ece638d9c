"""The history of an objective with all it holds and held, or of a contract: by person, by period, in one query."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from actions.edits import add_action, change_action, delete_action
from actions.models import Action
from drafts.renumbering import renumber
from objectives.edits import change_objective, delete_objective, move_objective
from objectives.history import history
from objectives.level_edits import add_level
from objectives.models import Contract, Objective
from tests.factories import make_user
from tests.ground import make_ground

pytestmark = pytest.mark.django_db


def node(key: str) -> Objective:
    return Objective.objects.get(key=key)


def told(contract: Contract, **how: object) -> list[tuple[str, str]]:
    """Verbs and keys from the first on, but for the import."""
    return [(one.verb, one.key) for one in history(contract, **how)][-2::-1]


def test_an_objective_with_what_it_holds_and_held():
    contract = make_ground()
    change_objective(node("1-2-1"), title="Dessous", by=None, revision=None)
    change_objective(node("1-1"), title="À côté", by=None, revision=None)
    added = add_action(node("1-2"), title="Neuve", by=None)
    change_action(added, title="Neuve encore", by=None, revision=None)
    delete_action(Action.objects.get(key=added.key), by=None, revision=None)
    add_level(Contract.objects.get(), name="1-2", plural="Homonymes", by=None)
    move_objective(node("2-2"), under=node("1-2"), position=0, by=None, revision=None)
    move_objective(node("2-2"), under=node("axe-2"), position=0, by=None, revision=None)
    change_objective(node("2-2"), title="Reparti", by=None, revision=None)
    renumber(Contract.objects.get(), by=None, revision=None, key="axe-1")
    assert told(contract, key="1-2") == [
        ("change_objective", "1-2-1"),
        ("add_action", added.key),
        ("change_action", added.key),
        ("delete_action", added.key),
        ("move_objective", "2-2"),
        ("move_objective", "2-2"),
    ]
    assert told(contract, key="1-2-1") == [("change_objective", "1-2-1"), ("renumber", "axe-1")]
    assert told(contract, key=added.key) == [(f"{verb}_action", added.key) for verb in ("add", "change", "delete")]
    assert len(told(contract)) == 10


def test_an_objective_that_is_gone_keeps_its_history():
    contract = make_ground()
    change_objective(node("1-2"), title="Bientôt parti", by=None, revision=None)
    delete_objective(node("1-2"), by=None, revision=None, with_all=True)
    assert told(contract, key="1-2") == [("change_objective", "1-2"), ("delete_objective", "1-2")]


def test_by_person_and_by_period():
    contract, person = make_ground(), make_user(admin=True)
    change_objective(node("1-1"), title="Autre", by=person, revision=None)
    today, day = localdate(), timedelta(days=1)
    assert [one.verb for one in history(contract, by=person)] == ["change_objective"]
    assert history(contract, since=today, until=today).count() == 2
    assert history(contract, since=today + day).count() == history(contract, until=today - day).count() == 0
    assert history(contract, since=now() - day, until=now()).count() == 2
    assert history(contract, until=now() - day).count() == 0


def test_a_page_costs_the_same_whatever_its_length():
    contract, person = make_ground(), make_user(admin=True)
    counts = []
    for turns in (1, 10):
        for rank in range(turns):
            change_objective(node("1-1"), title=f"Titre {turns}-{rank}", by=person, revision=None)
        with CaptureQueriesContext(connection) as queries:
            assert {str(one.by or "") for one in history(contract, key="1-1")} == {"", str(person)}
        counts.append(len(queries))
    assert counts == [2, 2]
