"""Workbooks: everything comes back equal, nothing is ever a formula, and the sheet to read is fit to read and print."""

import io
import zipfile
from dataclasses import replace

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from document import nodes
from document.findings import no_break
from document.sources.workbook import read_workbook
from document.sources.workbook_columns import COUNTED, SHEETS, WORDS
from document.walk import count, walk
from drafts.read import read_draft
from indicators.models import Indicator
from objectives.models import Contract, Note
from publications.renditions.workbook import FOOT_LENGTH, ods_file, xlsx_file
from tests.document.strategies import documents
from tests.document.texts import TRAPS
from tests.factories import make_document, real_document
from tests.publications.office import convert
from tests.publications.test_tables import CONTRACTS, make_document_of, make_edition

FORMATS = {"xlsx": xlsx_file, "ods": ods_file}
#: What a spreadsheet could run, count, cut, or write otherwise.
HOSTILE = (
    *TRAPS,
    '=HYPERLINK("http://exemple.fr";"Voir")',
    "=cmd|'/C calc'!A0",
    "@SUM(A1)",
    "+1+1",
    "-2+3",
    "\t=1",
    "#N/A",
    "#REF!",
    "_x0041_",
    "_x005F_x0041_",
    "⟦vide⟧",
    "⟦U+0041⟧",
    "⟦",
    "(contrat)",
    "1.10",
    "01/02/2026",
    "1E5",
    "é" * 16_000,
    "\U0001f469" * 40_000,
    "_x0041_" * 7_000,
)


def hostile_document(texts: tuple[str, ...] = HOSTILE) -> nodes.Document:
    return make_document_of(
        *(
            nodes.Objective(
                key=f"o-{rank}",
                level="axe",
                code=text[:120],
                title=text[:2_000],
                description=text,
                tags=tuple(dict.fromkeys((text[:120], "PRE"))),
                notes=(nodes.Note(text=text),),
                remarks=(text, ""),
                references=(nodes.Reference(text=text),),
                actions=(nodes.Action(key=f"a-{rank}", code=text[:120], title=text[:2_000], description=text),),
                clauses=(nodes.Clause(key=f"c-{rank}", text=text),),
                indicators=(
                    nodes.Indicator(key=f"i-{rank}", title=text[:2_000], unit=text[:120], baseline=text[:2_000]),
                ),
            )
            for rank, text in enumerate(texts)
        )
    )


@pytest.mark.parametrize("make", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("slug", CONTRACTS)
def test_a_contract_comes_back_equal(slug, make):
    document = real_document(slug)
    assert read_workbook(make(make_edition(document))) == document


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_any_document_comes_back_equal(document):
    edition = make_edition(document)
    assert read_workbook(xlsx_file(edition)) == document
    assert read_workbook(ods_file(edition)) == document


@pytest.mark.parametrize("make", FORMATS.values(), ids=FORMATS)
def test_texts_that_a_spreadsheet_takes_for_something_else_come_back_equal(make):
    document = hostile_document()
    assert read_workbook(make(make_edition(document))) == document


@pytest.mark.parametrize("make", FORMATS.values(), ids=FORMATS)
def test_an_empty_code_is_not_a_missing_one(make):
    node = nodes.Objective(key="o", level="axe", title="", code="", tags=("", "a\nb", "⟦vide⟧"))
    document = make_document_of(node, replace(node, key="p", code=None, tags=()))
    assert read_workbook(make(make_edition(document))) == document


def test_levels_that_have_the_names_of_what_is_counted():
    levels = tuple(nodes.Level(key=word, name=word, plural=word) for word in ("indicateurs", "clauses"))
    counts = tuple(nodes.DeclaredCount(of=of, count=1) for of in ("indicateurs", "indicators", "clauses", "actions"))
    document = replace(make_document(), levels=levels, declared=counts, objectives=())
    assert read_workbook(xlsx_file(make_edition(document))) == document


def test_no_cell_is_a_formula_and_every_text_is_of_the_format_text():
    workbook = load_workbook(io.BytesIO(xlsx_file(make_edition(hostile_document()))))
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert {cell.number_format for cell in cells if cell.data_type == "s"} == {"@"}
    assert {type(cell.value) for cell in cells if cell.data_type == "n"} == {int}
    content = zipfile.ZipFile(io.BytesIO(ods_file(make_edition(hostile_document())))).read("content.xml")
    assert b"table:formula" not in content


def test_codes_are_texts_that_keep_their_zeros():
    document = make_document_of(nodes.Objective(key="o", level="axe", code="1.10", title="Un"))
    workbook = load_workbook(io.BytesIO(xlsx_file(make_edition(document))))
    assert (workbook["Contrat"]["A6"].value, workbook["Contrat"]["A6"].data_type) == ("1.10", "s")
    assert (workbook["Objectifs"]["D2"].value, workbook["Objectifs"]["D2"].data_type) == ("1.10", "s")


def test_a_text_longer_than_a_cell_goes_on_in_the_next_columns():
    text = "".join(f"{rank} " for rank in range(9_000))
    clause = nodes.Clause(key="c", text=text)
    document = make_document_of(nodes.Objective(key="o", level="axe", title="Un", clauses=(clause,)))
    sheet = load_workbook(io.BytesIO(xlsx_file(make_edition(document))))["Clauses"]
    headings = [cell.value for cell in sheet[1]]
    assert headings[2:] == ["Objectif (pour lecture)", "Texte", "Texte (suite)", "Texte (suite 2)"]
    assert "".join(cell.value for cell in sheet[2][3:]) == text
    assert max(len(cell.value) for cell in sheet[2][3:]) == 16_000


@pytest.mark.parametrize("slug", CONTRACTS)
def test_the_sheet_to_read_has_every_node_once_and_the_counts_of_every_screen(slug):
    document = real_document(slug)
    sheet = load_workbook(io.BytesIO(xlsx_file(make_edition(document))))["Contrat"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    natures = [row[1] for row in rows]
    words = {"actions": "Action", "clauses": "Clause", "indicators": "Indicateur"}
    found = {level.key: natures.count(level.name) for level in document.levels}
    assert found | {kind: natures.count(word) for kind, word in words.items()} == count(document)
    roots = [row for row in rows if row[1] == document.level(document.objectives[0].level).name]
    total = [sum(row[column] or 0 for row in roots) for column in (4, 5, 6)]
    assert total <= [count(document)[kind] for kind in words]


def test_the_sheet_to_read_is_set_up_for_the_eye_and_for_paper():
    edition = make_edition(make_document(axes=2))
    workbook = load_workbook(io.BytesIO(xlsx_file(edition)))
    assert workbook.sheetnames == ["Contrat", *(sheet.title for sheet in SHEETS)]
    sheet = workbook["Contrat"]
    assert [sheet[f"A{row}"].value for row in (1, 3)] == ["Contrat essai", no_break(edition.credit)]
    assert [cell.value for cell in sheet[5]] == [
        "Code",
        "Nature",
        "Intitulé",
        "Précisions",
        "Actions",
        "Clauses",
        "Indicateurs",
    ]
    assert [(row[2].value, row[2].alignment.indent) for row in sheet.iter_rows(min_row=6, max_row=8)] == [
        ("Axe 1", 0),
        ("Objectif 1.1", 1),
        ("Action de 1.1", 2),
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C6", "A5:G23")
    assert all(cell.alignment.wrap_text for cell in sheet["C"][5:])
    for page in workbook:
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert (page.sheet_properties.pageSetUpPr.fitToPage, page.page_setup.fitToWidth) == (True, 1)
        assert page.page_setup.fitToHeight == 0
        head = 5 if page.title == "Contrat" else 1
        assert page.print_title_rows == f"${head}:${head}"
        assert page.oddFooter.right.text == "&A, page &P / &N"
        assert "Licence Ouverte 2.0 (Etalab)" in page.oddFooter.left.text
        assert len(page.oddFooter.left.text) <= FOOT_LENGTH


def test_each_heading_says_what_is_written_under_it():
    workbook = load_workbook(io.BytesIO(xlsx_file(make_edition(make_document()))))
    for sheet in SHEETS:
        assert [(cell.value, cell.comment.text) for cell in workbook[sheet.title][1]] == [
            (column.heading, column.help) for column in sheet.columns
        ]


def test_words_of_cells_are_those_of_every_screen():
    assert {str(kind): kind.label for kind in Note.Kind} == WORDS["notes"]
    assert {str(kind): kind.label for kind in Indicator.Kind} == WORDS["indicators"]
    assert tuple(COUNTED) == nodes.ITEMS


def test_a_long_title_gives_way_in_the_foot_and_source_and_licence_stay():
    document = make_document(contract=replace(make_document().contract, title="Un titre & demi " * 30))
    sheet = load_workbook(io.BytesIO(xlsx_file(make_edition(document))))["Contrat"]
    foot = sheet.oddFooter.left.text
    assert foot == no_break(
        "Source : Collectivité non renseignée, « Un titre + demi Un titre +… », version 2, Avenant n° 1 ; "
        "publication du 25 novembre 2025. Licence Ouverte 2.0 (Etalab)."
    )


@pytest.mark.django_db
@pytest.mark.parametrize("ending", FORMATS)
def test_a_workbook_is_imported_by_the_command(ending, tmp_path):
    document = real_document("metz-2015-2020")
    file = tmp_path / f"metz.{ending}"
    file.write_bytes(FORMATS[ending](make_edition(document)))
    call_command("import_contract", file)
    assert read_draft(Contract.objects.get()) == document


def test_libreoffice_opens_and_saves_both_formats(tmp_path):
    """Saved by LibreOffice in either format, everything is still there, hostile texts included."""
    known = {"ales": real_document("ales-2015-2020"), "hostile": hostile_document(HOSTILE[:-3])}
    files = []
    for slug, document in known.items():
        for ending, make in FORMATS.items():
            files.append(tmp_path / f"{slug}-{ending}.{ending}")
            files[-1].write_bytes(make(make_edition(document)))
    for ending in FORMATS:
        for name, content in convert(files, ending, tmp_path).items():
            assert read_workbook(content) == known[name.rpartition("-")[0]], (name, ending)


def test_libreoffice_prints_the_whole_contract(tmp_path):
    document = real_document("quartiers-2030")
    files = []
    for ending, make in FORMATS.items():
        files.append(tmp_path / f"{ending}.{ending}")
        files[-1].write_bytes(make(make_edition(document)))
    for content in convert(files, "pdf", tmp_path).values():
        pages = PdfDocument(content)
        assert {(round(page.get_width()), round(page.get_height())) for page in pages} == {(842, 595)}
        said = " ".join("\n".join(page.get_textpage().get_text_bounded() for page in pages).split())
        for place in walk(document):
            assert place.objective.title.split()[0] in said
        assert f"page 1 / {len(pages)}" in said
