"""Workbooks as officers leave them: what may be moved, added, left out, and how a cell holds any text."""

from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import fromstring
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from document import nodes
from document.sources.files import READERS, read_file
from document.sources.workbook import read_workbook
from document.sources.workbook_cells import escaped, letters_of, lines_of, pieces_of, unescaped
from tests.document.texts import texts
from tests.document.workbooks import MAKERS, SMALL, Sheets, make_ods, make_xlsx, small

#: What SMALL says.
DOCUMENT = nodes.Document(
    contract=nodes.Contract(
        slug="essai",
        title="Contrat d’essai",
        territory="Ville d’essai",
        start_year=2024,
        summary="Un.\n\nDeux.",
        sources=("Texte signé",),
    ),
    levels=(
        nodes.Level(key="axe", name="Axe", plural="Axes", numbering="{n}"),
        nodes.Level(key="objectif", name="Objectif opérationnel", plural="Objectifs opérationnels"),
    ),
    declared=(nodes.DeclaredCount(of="objectif", count=2),),
    remarks=("Du tout",),
    neighbourhoods=(nodes.Neighbourhood(code="QP030001", name="Les Cévennes"),),
    objectives=(
        nodes.Objective(
            key="axe-1",
            level="axe",
            code="1",
            title="Premier axe",
            declared=(nodes.DeclaredCount(of="indicators", count=9),),
            children=(
                nodes.Objective(
                    key="o-1",
                    level="objectif",
                    code="1.10",
                    title="Premier objectif",
                    description="- un",
                    transversal=True,
                    tags=("PRE", "CLAS"),
                    neighbourhoods=("QP030001",),
                    notes=(nodes.Note(kind="funding", text="PRIORISER"),),
                    actions=(
                        nodes.Action(
                            key="o-1-a",
                            code="1.10.a",
                            title="Première action",
                            references=(nodes.Reference(text="Cf. 1", targets=("axe-1", "o-2")),),
                        ),
                        nodes.Action(key="o-1-b", title="Seconde action", description="En détail"),
                    ),
                    clauses=(nodes.Clause(key="o-1-c", text="L’opérateur s’engage", remarks=("De la clause",)),),
                    indicators=(
                        nodes.Indicator(
                            key="o-1-i",
                            title="Part de femmes",
                            kind="rate",
                            unit="%",
                            breakdown=("F/H",),
                            baseline="45 %",
                            target="50",
                        ),
                    ),
                ),
                nodes.Objective(
                    key="o-2", level="objectif", title="Second objectif", references=(nodes.Reference(text="Cf."),)
                ),
            ),
        ),
    ),
)


def both(sheets: Sheets) -> nodes.Document:
    """The document of the sheets, the same from both formats."""
    first, second = (read_workbook(make(sheets)) for make in MAKERS)
    assert first == second
    return first


def test_a_workbook_typed_by_hand_is_read():
    assert both(SMALL) == DOCUMENT


def test_both_endings_are_read_as_files():
    assert set(READERS) == {".json", ".yaml", ".yml", ".xlsx", ".ods", ".pdf"}
    assert read_file("Essai.XLSX", make_xlsx(SMALL)) == DOCUMENT
    assert read_file("essai.ods", make_ods(SMALL)) == DOCUMENT


def test_sheets_and_columns_stand_in_any_order():
    turned = {title: [[*reversed(row)] for row in padded(rows)] for title, rows in reversed(SMALL.items())}
    assert both(turned) == DOCUMENT


def padded(rows: list[list[Any]]) -> list[list[Any]]:
    return [row + [None] * (len(rows[0]) - len(row)) for row in rows]


def test_empty_rows_other_sheets_and_the_sheet_to_read_do_not_count():
    sheets = {title: [[], rows[0], [], [None], *rows[1:], []] for title, rows in SMALL.items()}
    sheets |= {"Contrat": [["ce qu’on veut", "=1+1"]], "Notes de travail": [[1.5, True]]}
    assert both(sheets) == DOCUMENT


def test_a_row_with_nothing_but_what_is_for_the_eye_does_not_count():
    sheets = small(Actions_C9="1.10 Premier objectif")
    assert both(sheets) == DOCUMENT


def test_headings_and_titles_are_read_whatever_their_capitals_spaces_and_apostrophes():
    sheets = small(Actions_A1=" CLÉ ", Actions_B1="objectif  (clé)")
    sheets["effectifs Annoncés"] = sheets.pop("Effectifs annoncés")
    assert both(sheets) == DOCUMENT


def test_a_text_goes_on_in_columns_of_its_own_wherever_they_stand():
    sheets = small(Clauses_D1="Texte (suite 2)", Clauses_E1="Texte (suite)", Clauses_D2="engage", Clauses_E2="or s’")
    sheets["Clauses"][1][2] = "L’opérate"
    sheets["Clauses"][1][4] = "ur s’"
    assert both(sheets) == DOCUMENT


def test_a_level_may_be_named_and_words_may_have_capitals():
    sheets = small(Objectifs_C3="objectif opérationnel", Objectifs_G3="OUI", Mentions_B2="Financement")
    sheets |= small(Effectifs_annoncés_B2="Objectif opérationnel") | {"Objectifs": sheets["Objectifs"]}
    assert both(sheets) == DOCUMENT


def test_a_truth_of_the_spreadsheet_is_read():
    assert both(small(Objectifs_G3=True, Objectifs_G4=False)) == DOCUMENT


def test_parents_may_stand_after_their_children_and_order_is_that_of_the_rows():
    sheets = small()
    head, axis, first, second = sheets["Objectifs"]
    sheets["Objectifs"] = [head, second, first, axis]
    swapped = replace(DOCUMENT.objectives[0], children=DOCUMENT.objectives[0].children[::-1])
    assert both(sheets) == replace(DOCUMENT, objectives=(swapped,))


def test_rows_without_a_key_are_given_the_next_free_one_of_what_they_are_under():
    sheets = small()
    sheets["Objectifs"] += [[None, None, "axe", "2", "Deuxième axe"], [None, "axe-1", "objectif", None, "Nouveau"]]
    sheets["Objectifs"] += [["o-1-n2", "axe-1", "objectif", None, "Qui prend la place"]]
    sheets["Actions"] += [[None, "o-1", None, None, "Nouvelle"], [" ", "o-1", None, None, "Encore"]]
    sheets["Clauses"] += [[None, "o-1", "Nouvelle"]]
    sheets["Indicateurs"] += [[None, "o-2", "Nouveau"]]
    document = both(sheets)
    axis = document.objectives[0]
    first, second = axis.children[:2]
    assert [node.key for node in document.objectives] == ["axe-1", "axe-n1"]
    assert [node.key for node in axis.children] == ["o-1", "o-2", "axe-1-n1", "o-1-n2"]
    assert [action.key for action in first.actions] == ["o-1-a", "o-1-b", "o-1-n1", "o-1-n3"]
    assert [clause.key for clause in first.clauses] == ["o-1-c", "o-1-n4"]
    assert second.indicators == (nodes.Indicator(key="o-2-n1", title="Nouveau"),)


def test_a_new_key_is_short_enough_whatever_it_is_made_of():
    long = "cle-" * 29 + "1234"
    sheets = small(Objectifs_A4=long, Renvois_C2="axe-1", Renvois_A3=long)
    sheets["Actions"] += [[None, long, None, None, "Nouvelle"]]
    assert both(sheets).objectives[0].children[1].actions[0].key == long[:110].rstrip("-") + "-n1"


def test_many_rows_without_a_key_cost_no_more_than_others():
    sheets = small()
    sheets["Clauses"] += [[None, "o-1", f"Clause {rank}"] for rank in range(5_000)]
    clauses = read_workbook(make_ods(sheets)).objectives[0].children[0].clauses
    assert [clause.key for clause in clauses[1:]] == [f"o-1-n{rank}" for rank in range(1, 5_001)]


@given(texts())
def test_a_text_comes_back_from_a_cell(text):
    assert unescaped(escaped(text)) == text


@given(st.text())
def test_what_a_cell_holds_is_xml(text):
    held = fromstring(f"<t>{escape(escaped(text))}</t>").text or ""
    assert unescaped(held) == text


@given(st.text())
def test_any_cell_is_read(text):
    """What an officer types may look like an escape; it is then read as one, or left as it is."""
    assert isinstance(unescaped(text), str)
    assert all(isinstance(line, str) for line in lines_of(text))


@given(st.text(max_size=50_000))
def test_pieces_join_to_the_text(text):
    assert "".join(pieces_of(text)) == text


def test_columns_have_letters():
    assert [letters_of(column) for column in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]
