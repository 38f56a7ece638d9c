"""The tables of a comparison hold each of its changes once, never a formula, and cost the same whatever the tree."""

import csv
import io

import openpyxl
import pytest
from odf.opendocument import load
from odf.table import TableCell, TableRow
from odf.teletype import extractText

from document.compare import compare
from objectives.edits import add_objective, change_objective, delete_objective, move_objective
from objectives.models import Objective
from publications.models import Publication
from tests.factories import make_contract, make_document, make_publication
from tests.public.reading import answer

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
RISKY = ("=1+1", "+33", "-1", "@SUM(A1)")


@pytest.fixture
def contract():
    """Every gesture on objectives between the two versions, and titles that a spreadsheet would run."""
    found = make_contract(make_document(axes=2, objectives=len(RISKY) + 2))
    make_publication(found)
    for rank, title in enumerate(RISKY, 1):
        change_objective(_objective(found, f"1-{rank}"), by=None, revision=None, title=title)
    move_objective(_objective(found, "1-5"), under=_objective(found, "axe-2"), position=0, by=None, revision=None)
    delete_objective(_objective(found, "2-3"), by=None, revision=None, with_all=True)
    level = _objective(found, "1-1").level
    add_objective(found, level=level, under=_objective(found, "axe-1"), by=None, title="Neuf")
    make_publication(found)
    return found


def _objective(contract, key):
    return Objective.objects.get(contract=contract, key=key)


def _file(ending, slug="essai"):
    return answer(f"/contrats/{slug}/v/1/comparer/2/{slug}-v1-v2{ending}")


def _csv(ending, delimiter):
    return list(csv.DictReader(io.StringIO(_file(ending).content.decode("utf-8-sig")), delimiter=delimiter))


def _xlsx():
    sheet = openpyxl.load_workbook(io.BytesIO(_file(".xlsx").content))["Changements"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    return [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def _ods():
    book = load(io.BytesIO(_file(".ods").content))
    sheet = book.spreadsheet.childNodes[0]
    cells = sheet.getElementsByType(TableCell)
    assert [cell for cell in cells if cell.getAttribute("formula")] == []
    return [
        [extractText(cell) for cell in row.getElementsByType(TableCell)] for row in sheet.getElementsByType(TableRow)
    ]


def test_every_change_is_in_every_table(contract):
    before, after = (one.document for one in Publication.objects.order_by("number"))
    changed = {change.key for change in compare(before, after)}
    machine, people = _csv(".csv", ","), _csv("-excel.csv", ";")
    assert {row["cle"] for row in machine} == changed
    assert len(machine) == len(people)
    assert [row["ordre"] for row in machine] == [str(rank) for rank in range(1, len(machine) + 1)]
    told = [(row["changement"], row["cle"]) for row in machine]
    assert len({(row["changement"], row["cle"], row["champ"]) for row in machine}) == len(told)
    for rows in (_xlsx(), _ods()):
        start = next(rank for rank, row in enumerate(rows) if row[:2] == ["Ordre", "Changement"]) + 1
        assert [(row[1], row[9]) for row in rows[start:] if row[0]] == told


def test_no_cell_runs(contract):
    titles = [row["Après"] for row in _csv("-excel.csv", ";") if row["Changement"] == "Reformulation"]
    assert titles == [f"'{title}" for title in RISKY]
    assert [row["apres"] for row in _csv(".csv", ",") if row["changement"] == "Reformulation"] == list(RISKY)
    for rows in (_xlsx(), _ods()):
        assert [row[7] for row in rows if row[1:2] == ["Reformulation"]] == list(RISKY)


@pytest.mark.parametrize(
    ("ending", "content_type"),
    [
        (".csv", "text/csv; charset=utf-8"),
        ("-excel.csv", "text/csv; charset=utf-8"),
        (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (".ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ],
)
def test_each_is_what_it_says_and_is_saved_under_its_name(contract, ending, content_type):
    response = _file(ending)
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="essai-v1-v2{ending}"'
    assert (response["Cache-Control"].startswith("public"), "X-Robots-Tag" in response) == (True, False)


@pytest.mark.parametrize("objectives", [3, 300])
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_queries_do_not_grow_with_the_tree(django_assert_num_queries, objectives, ending):
    contract = make_contract(make_document("grand", objectives=objectives))
    make_publication(contract)
    change_objective(_objective(contract, "1-1"), by=None, revision=None, title="Autre")
    make_publication(contract)
    with django_assert_num_queries(4):
        _file(ending, "grand")
