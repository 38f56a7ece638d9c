"""`manage.py check_trees`: tells the trees whose labels disagree with the parents, and mends them when asked."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from drafts.read import read_draft
from objectives.edits import add_objective
from objectives.models import Level, Objective
from objectives.tree import CycleError, disordered, relabel
from tests.factories import make_contract, make_document
from tests.ground import make_ground
from tests.snapshot import rows
from tests.trees import check_sound

pytestmark = pytest.mark.django_db


@pytest.fixture
def contracts():
    return [make_ground("un"), make_contract(make_document("deux", axes=3))]


def execute(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def said(capsys, *arguments: str) -> str:
    call_command("check_trees", *arguments)
    return capsys.readouterr().out


def test_sound_trees(contracts, capsys):
    before = rows()
    assert said(capsys) == "deux : 9 nœuds, sain.\nun : 7 nœuds, sain.\n"
    assert said(capsys, "--fix") == "deux : 9 nœuds, sain.\nun : 7 nœuds, sain.\n"
    assert rows() == before


@pytest.mark.parametrize(
    "breakage",
    [
        "UPDATE objectives_objective SET lft = lft + 1 WHERE key = '1-2'",
        "UPDATE objectives_objective SET lft = NULL, rght = NULL, depth = NULL",
        "UPDATE objectives_objective SET tree_id = NULL",
        "UPDATE objectives_objective SET lft = 1, rght = 2, depth = 0",
        "UPDATE objectives_objective SET depth = 7 WHERE key = 'axe-1'",
        "UPDATE objectives_objective SET tree_id = tree_id + 1000",
        "UPDATE objectives_objective SET tree_id = -tree_id",
    ],
)
def test_broken_labels_are_told_and_mended(contracts, capsys, breakage):
    documents = [read_draft(contract) for contract in contracts]
    execute(breakage)
    broken = rows()
    with pytest.raises(CommandError) as told:
        said(capsys)
    assert told.value.returncode == 1
    assert rows() == broken
    said(capsys, "--fix")
    for contract, document in zip(contracts, documents, strict=True):
        check_sound(contract)
        assert read_draft(contract) == document
    assert said(capsys) == "deux : 9 nœuds, sain.\nun : 7 nœuds, sain.\n"


def test_roots_that_swapped_their_trees_are_mended_even_across_contracts(contracts, capsys):
    """« One root a tree » is unique row by row: the numbers must be dropped before they are given back."""
    roots = list(Objective.objects.filter(parent=None).order_by("pk"))
    numbers = [root.tree_id for root in roots]
    execute("UPDATE objectives_objective SET tree_id = NULL WHERE parent_id IS NULL")
    for root, number in zip(roots, [*numbers[1:], numbers[0]], strict=True):
        execute("UPDATE objectives_objective SET tree_id = %s WHERE id = %s", number, root.pk)
    said(capsys, "--fix")
    for contract in contracts:
        check_sound(contract)


def test_a_verb_mends_the_tree_that_it_writes_in(contracts):
    execute("UPDATE objectives_objective SET lft = 1, rght = 2, depth = 0")
    contract = contracts[0]
    add_objective(contract, level=Level.objects.get(contract=contract, key="axe"), by=None)
    check_sound(contract)


def test_a_loop_is_told_and_left(contracts, capsys):
    """Only a person can say where a node that stands below itself belongs; the other trees are mended."""
    below = Objective.objects.get(key="1-2-1")
    execute("UPDATE objectives_objective SET parent_id = %s WHERE id = %s", below.pk, below.parent_id)
    execute("UPDATE objectives_objective SET depth = 9 WHERE contract_id = %s", contracts[1].pk)
    with pytest.raises(CommandError, match="1 arbre"):
        call_command("check_trees", "--fix")
    captured = capsys.readouterr()
    assert captured.out == "deux : 9 nœuds, 9 nœuds réparés.\n"
    assert captured.err.startswith("un : Ces nœuds forment une boucle")
    check_sound(contracts[1])


def test_relabel_writes_only_the_rows_that_differ(contracts):
    nodes = Objective.objects.of(contracts[0])
    assert relabel(nodes) == 0
    execute("UPDATE objectives_objective SET depth = 9 WHERE key = '1-2-1'")
    assert [(one.stored[3], one.due[3]) for one in disordered(nodes)] == [(9, 2)]
    assert relabel(nodes) == 1


def test_a_loop_is_an_error_for_relabel(contracts):
    execute("UPDATE objectives_objective SET parent_id = id WHERE key = '1-2-1'")
    with pytest.raises(CycleError):
        relabel(Objective.objects.of(contracts[0]))
