"""Several objectives at once: all or none, one step to undo, and queries that do not grow with the tree."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from document import nodes
from drafts import bulk
from drafts.read import read_draft
from drafts.undo import redo, undo, undoable
from drafts.write import write_draft
from objectives.access import NotAllowed
from objectives.changes import Refused, Stale
from objectives.edits import change_objective
from objectives.models import Contract, Objective
from tests.factories import make_document, make_user
from tests.ground import make_ground
from tests.snapshot import rows
from tests.trees import check_sound

pytestmark = pytest.mark.django_db


def chosen(*keys: str) -> list[tuple[Objective, int]]:
    found = {one.key: one for one in Objective.objects.select_related("contract").filter(key__in=keys)}
    return [(found[key], found[key].revision) for key in keys]


def drawn(contract: Contract) -> list:
    def draw(one: nodes.Objective) -> list:
        return [one.key, *map(draw, one.children)]

    return [draw(one) for one in read_draft(contract).objectives]


GESTURES = {
    "change": lambda contract, by: bulk.change_objectives(
        contract, chosen("1-1", "2-2"), by=by, level="enjeu", transversal=True
    ),
    "tag": lambda contract, by: bulk.tag_objectives(
        contract, chosen("2-2", "1-1", "axe-1"), add=["CLAS"], remove=["PRE"], by=by
    ),
    "move": lambda contract, by: bulk.move_objectives(
        contract, chosen("2-1", "1-1", "1-2", "1-2-1"), under=Objective.objects.get(key="axe-2"), position=1, by=by
    ),
    "delete": lambda contract, by: bulk.delete_objectives(
        contract, chosen("1-2", "1-2-1", "2-1"), by=by, with_all=False
    ),
    "delete with all": lambda contract, by: bulk.delete_objectives(
        contract, chosen("axe-1", "1-2", "2-1"), by=by, with_all=True
    ),
}


@pytest.mark.parametrize("name", GESTURES)
def test_a_gesture_is_one_step_to_undo_and_to_redo(name: str):
    contract, person = make_ground(), make_user(admin=True)
    start = read_draft(contract)
    GESTURES[name](contract, person)
    end = read_draft(contract)
    assert end != start
    undo(contract, by=person)
    assert (read_draft(contract), undoable(contract, by=person)) == (start, None)
    check_sound(contract)
    redo(contract, by=person)
    assert read_draft(contract) == end
    undo(contract, by=person)
    assert read_draft(contract) == start


def test_tags_come_after_those_that_are_borne():
    contract = make_ground()
    bulk.tag_objectives(contract, chosen("1-1", "axe-1"), add=["CLAS", "PRE"], by=None)
    tags = {one.key: list(one.taggings.values_list("tag__name", flat=True)) for one, _ in chosen("1-1", "axe-1")}
    assert tags == {"1-1": ["PRE", "CLAS"], "axe-1": ["CLAS", "PRE"]}


@pytest.mark.parametrize(
    ("keys", "under", "position", "drawing"),
    [
        (["2-1", "1-1"], "axe-1", None, [["axe-1", ["1-2", ["1-2-1"]], ["1-1"], ["2-1"]], ["axe-2", ["2-2"]]]),
        (["2-1", "1-2"], "axe-1", 0, [["axe-1", ["1-2", ["1-2-1"]], ["2-1"], ["1-1"]], ["axe-2", ["2-2"]]]),
        (["1-1", "2-2"], "axe-2", 1, [["axe-1", ["1-2", ["1-2-1"]]], ["axe-2", ["2-1"], ["1-1"], ["2-2"]]]),
        (["1-2-1", "1-2"], None, 1, [["axe-1", ["1-1"]], ["1-2", ["1-2-1"]], ["axe-2", ["2-1"], ["2-2"]]]),
    ],
)
def test_moving_keeps_the_order_of_the_tree(keys, under, position, drawing):
    contract = make_ground()
    place = Objective.objects.get(key=under) if under else None
    bulk.move_objectives(contract, chosen(*keys), under=place, position=position, by=None)
    assert drawn(contract) == drawing
    check_sound(contract)


def test_all_or_nothing():
    contract = make_ground()
    shown = chosen("1-1", "2-2")
    change_objective(Objective.objects.get(key="2-2"), title="Entre-temps", by=None, revision=None)
    before, revision = rows(), contract.revision
    with pytest.raises(Stale, match="« 2.2 Entre-temps » a été modifié entre-temps"):
        bulk.tag_objectives(contract, shown, add=["CLAS"], by=None)
    with pytest.raises(Refused, match="« 1.2 Objectif 1.2 » a 1 objectif"):
        bulk.delete_objectives(contract, chosen("1-1", "1-2", "2-2"), by=None, with_all=False)
    under = Objective.objects.get(key="1-2-1")
    with pytest.raises(Refused, match="ne peut pas passer sous"):
        bulk.move_objectives(contract, chosen("1-1", "1-2"), under=under, position=None, by=None)
    with pytest.raises(Refused, match="Choisissez au moins un objectif"):
        bulk.tag_objectives(contract, [], add=["CLAS"], by=None)
    with pytest.raises(NotAllowed):
        bulk.tag_objectives(contract, chosen("1-1"), add=["CLAS"], by=make_user())
    assert (rows(), contract.revision) == (before, revision)


def test_an_objective_of_another_contract_is_refused():
    contract = make_ground()
    other = write_draft(make_document("autre"), by=None)
    stranger = Objective.objects.get(contract=other, key="1-1")
    with pytest.raises(Refused, match="n’est pas, ou n’est plus, dans ce contrat"):
        bulk.tag_objectives(contract, [(stranger, stranger.revision)], add=["CLAS"], by=None)


def test_queries_grow_with_what_is_chosen_and_not_with_the_tree():
    small, large = (
        write_draft(make_document(f"contrat-{size}", axes=2, objectives=size), by=None) for size in (3, 200)
    )
    assert [taken(small, name) for name in TASKS] == [taken(large, name) for name in TASKS]


TASKS = {
    "tag": lambda contract, items, under: bulk.tag_objectives(contract, items, add=["CLAS"], by=None),
    "move": lambda contract, items, under: bulk.move_objectives(contract, items, under=under, position=0, by=None),
    "delete": lambda contract, items, under: bulk.delete_objectives(contract, items, by=None, with_all=True),
    "undo": lambda contract, items, under: undo(contract, by=None),
}


def taken(contract: Contract, task: str) -> int:
    """How many queries that gesture takes on two objectives."""
    of = Objective.objects.of(contract).select_related("contract")
    items = [(one, one.revision) for one in of.filter(key__in=["1-1", "1-2"])]
    under = of.get(key="axe-2")
    with CaptureQueriesContext(connection) as queries:
        TASKS[task](contract, items, under)
    return len(queries)
