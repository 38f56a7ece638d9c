"""Law 3: after any verbs in any order, labels agree with parents, and other contracts are as they were."""

from random import Random

import pytest
from django.db import transaction

from document import nodes
from document.nodes import DEPTH_LIMIT
from drafts.read import read_draft
from objectives.changes import Refused
from objectives.edits import add_objective, delete_objective, move_objective
from objectives.models import Change, Contract, Level, Objective
from objectives.tree import WriteRefused, disordered
from tests.factories import make_contract, make_document
from tests.ground import make_ground
from tests.replay import check_log_gives
from tests.snapshot import rows, rows_of
from tests.storm import Officer
from tests.trees import check_sound

pytestmark = pytest.mark.django_db


def node(key: str) -> Objective:
    return Objective.objects.get(key=key)


def drawn(contract: Contract) -> list:
    """The tree as nested lists of keys."""

    def draw(one: nodes.Objective) -> list:
        return [one.key, *map(draw, one.children)]

    return [draw(one) for one in read_draft(contract).objectives]


@pytest.mark.parametrize("seed", range(3))
def test_random_verbs_leave_every_tree_sound(seed):
    random = Random(seed)
    contracts = [make_ground("un"), make_contract(make_document("deux", axes=2)), make_contract(make_document("trois"))]
    starts = {contract.pk: (read_draft(contract), contract.revision) for contract in contracts}
    for _ in range(30):
        chosen = random.choice(contracts)
        others = [rows_of(contract) for contract in contracts if contract != chosen]
        before = rows_of(chosen)
        outcome = Officer(chosen, random).act()
        if outcome != "done":
            assert rows_of(chosen) == before
        assert [rows_of(contract) for contract in contracts if contract != chosen] == others
        check_sound(chosen)
    for contract in contracts:
        start, since = starts[contract.pk]
        check_log_gives(contract, start=start, since=since)


def test_verbs_on_what_was_read_before_leave_the_tree_sound():
    """One officer that never looks again: every parent and revision it names may be stale."""
    contract = make_ground()
    start, since = read_draft(contract), contract.revision
    officer = Officer(contract, Random(5))
    for _ in range(120):
        officer.act()
    assert set(officer.done) == {"done", "Stale", "Refused"}
    check_sound(contract)
    check_log_gives(contract, start=start, since=since)


@pytest.mark.parametrize(
    ("key", "under", "position", "drawing"),
    [
        ("1-1", "axe-1", None, [["axe-1", ["1-2", ["1-2-1"]], ["1-1"]], ["axe-2", ["2-1"], ["2-2"]]]),
        ("1-2", "axe-1", 0, [["axe-1", ["1-2", ["1-2-1"]], ["1-1"]], ["axe-2", ["2-1"], ["2-2"]]]),
        ("1-2", "axe-1", -5, [["axe-1", ["1-2", ["1-2-1"]], ["1-1"]], ["axe-2", ["2-1"], ["2-2"]]]),
        ("1-2", "axe-2", 1, [["axe-1", ["1-1"]], ["axe-2", ["2-1"], ["1-2", ["1-2-1"]], ["2-2"]]]),
        ("1-2", "1-1", 99, [["axe-1", ["1-1", ["1-2", ["1-2-1"]]]], ["axe-2", ["2-1"], ["2-2"]]]),
        ("1-2-1", None, None, [["axe-1", ["1-1"], ["1-2"]], ["axe-2", ["2-1"], ["2-2"]], ["1-2-1"]]),
        ("1-2", None, 0, [["1-2", ["1-2-1"]], ["axe-1", ["1-1"]], ["axe-2", ["2-1"], ["2-2"]]]),
        ("axe-1", "2-2", 0, [["axe-2", ["2-1"], ["2-2", ["axe-1", ["1-1"], ["1-2", ["1-2-1"]]]]]]),
        ("axe-2", None, 0, [["axe-2", ["2-1"], ["2-2"]], ["axe-1", ["1-1"], ["1-2", ["1-2-1"]]]]),
    ],
)
def test_moving(key, under, position, drawing):
    contract = make_ground()
    move_objective(node(key), under=node(under) if under else None, position=position, by=None, revision=None)
    assert drawn(contract) == drawing
    check_sound(contract)


@pytest.mark.parametrize("under", ["1-2", "1-2-1"])
def test_a_node_does_not_go_below_itself(under):
    make_ground()
    before = rows()
    with pytest.raises(Refused, match="ne peut pas passer sous"):
        move_objective(node("1-2"), under=node(under), position=0, by=None, revision=None)
    assert rows() == before


def test_nothing_goes_under_a_node_of_another_contract():
    contract, other = make_contract(make_document("un")), make_contract(make_document("deux"))
    stranger = Objective.objects.get(contract=other, key="1-1")
    kept = Objective.objects.get(contract=contract, key="1-1")
    level = Level.objects.get(contract=contract, key="axe")
    foreign = Level.objects.get(contract=other, key="axe")
    before = rows()
    for refused in (
        lambda: move_objective(kept, under=stranger, position=0, by=None, revision=None),
        lambda: add_objective(contract, level=level, under=stranger, by=None),
        lambda: add_objective(contract, level=foreign, by=None),
    ):
        with pytest.raises(Refused, match="dans ce contrat"):
            refused()
    assert rows() == before


def test_depth_is_limited():
    contract = make_contract(make_document(objectives=0))
    level = Level.objects.get(key="objectif")
    deepest = node("axe-1")
    for _ in range(DEPTH_LIMIT - 1):
        deepest = add_objective(contract, level=level, under=deepest, by=None)
    assert deepest.depth == DEPTH_LIMIT - 1
    root = add_objective(contract, level=level, by=None)
    before = rows()
    with pytest.raises(Refused, match="plus de 20 niveaux"):
        add_objective(contract, level=level, under=deepest, by=None)
    with pytest.raises(Refused, match="plus de 20 niveaux"):
        move_objective(root, under=deepest, position=None, by=None, revision=None)
    with pytest.raises(Refused, match="plus de 20 niveaux"):
        move_objective(node("axe-1"), under=root, position=None, by=None, revision=None)
    assert rows() == before
    check_sound(contract)


def test_a_parent_is_not_deleted_silently():
    contract = make_ground()
    before = rows()
    with pytest.raises(Refused, match="« 1 Axe 1 » a 3 objectif"):
        delete_objective(node("axe-1"), by=None, revision=None)
    assert rows() == before
    assert delete_objective(node("axe-1"), by=None, revision=None, with_all=True) == 4
    assert drawn(contract) == [["axe-2", ["2-1"], ["2-2"]]]
    check_sound(contract)


def test_what_cited_a_deleted_objective_loses_that_target_and_takes_the_revision():
    contract = make_ground()
    delete_objective(node("1-2"), by=None, revision=None, with_all=True)
    contract.refresh_from_db()
    assert node("1-1").references.get().target_rows.count() == 0
    touched = Objective.objects.filter(revision=contract.revision).values_list("key", flat=True)
    assert list(touched) == ["1-1"]
    assert list(contract.actions.filter(revision=contract.revision).values_list("key", flat=True)) == ["2-1-a"]


def test_what_goes_with_a_branch_is_not_told_to_cite_it():
    make_ground()
    delete_objective(node("axe-1"), by=None, revision=None, with_all=True)
    assert [one["key"] for one in Change.objects.first().before["cited_by"]] == ["2-1-a"]


def test_a_new_node_takes_the_next_code():
    contract = make_ground()
    axe, objectif, enjeu = (Level.objects.get(key=key) for key in ("axe", "objectif", "enjeu"))
    added = [
        add_objective(contract, level=axe, title="Troisième axe", by=None),
        add_objective(contract, level=objectif, under=node("axe-1"), title="Troisième objectif", by=None),
        add_objective(contract, level=enjeu, title="Sans numéro", by=None),
        add_objective(contract, level=axe, title="Numéro choisi", code="IV", by=None),
    ]
    assert [one.code for one in added] == ["3", "1.3", None, "IV"]
    assert [(one.depth, one.lft, one.rght) for one in added] == [(0, 1, 2), (1, 8, 9), (0, 1, 2), (0, 1, 2)]


def test_what_an_objective_does_not_have_is_a_programming_error():
    contract = make_ground()
    level = Level.objects.get(key="axe")
    for refused in ({"key": "choisie"}, {"actions": []}, {"children": []}, {"position_": 1}):
        with pytest.raises(TypeError):
            add_objective(contract, level=level, by=None, **refused)


@pytest.mark.parametrize(
    "write",
    [
        lambda one: one.save(),
        lambda one: one.delete(),
        lambda one: one.move_to(None),
        lambda one: one.insert_at(None, save=True),
        lambda one: Objective.objects.filter(pk=one.pk).delete(),
        lambda one: Objective.objects.filter(pk=one.pk).update(parent=None),
        lambda one: Objective.objects.filter(pk=one.pk).update(lft=1),
        lambda one: Objective.objects.bulk_update([one], ["position"]),
        lambda one: Objective.objects.create(contract=one.contract, key="x", level=one.level),
        lambda one: Objective.objects.get_or_create(contract=one.contract, key="x", defaults={"level": one.level}),
        lambda one: Objective.objects.update_or_create(pk=one.pk, defaults={"title": "x"}),
        lambda one: Objective.objects.insert_node(one, None),
        lambda one: Objective.objects.move_node(one, None),
        lambda one: Objective.objects.rebuild(),
        lambda one: Objective.objects.partial_rebuild(one.tree_id),
    ],
)
def test_what_goes_round_the_verbs_is_refused(write):
    contract = make_ground()
    before = rows()
    with pytest.raises(WriteRefused), transaction.atomic():
        write(node("1-2"))
    assert rows() == before
    assert disordered(Objective.objects.of(contract)) == []
