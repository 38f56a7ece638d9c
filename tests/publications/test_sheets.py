"""The sheets: every action, clause and indicator once, a column an objective, headers on each page, whole rows."""

from collections import Counter
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from document import nodes
from document.walk import walk
from publications.renditions.parts import sheets
from publications.renditions.parts.sheets_columns import COLUMNS, sheets_of
from publications.renditions.parts.sheets_rows import rows_of
from tests.factories import make_document, real_document
from tests.public.reading import rich_document, said
from tests.publications.pdf_reading import elements_of, make_edition, open_pdf, outline_of, pages_of, squeezed
from tests.publications.printed import CHECKS, print_part
from tests.publications.test_pdf_tags import HOSTILE, SLUGS
from tests.publications.test_pdf_tags import test_headers_of_tables_have_a_scope as check_headers

ALES = "ales-2015-2020"


def page_of(document: nodes.Document, **options: object) -> BeautifulSoup:
    """The part as HTML."""
    return BeautifulSoup(sheets.html(make_edition(document), options), "html.parser")


def items_of(document: nodes.Document) -> Counter[str]:
    """Every action, clause and indicator as it is printed."""
    found: Counter[str] = Counter()
    for place in walk(document):
        node = place.objective
        found.update(squeezed(f"{one.code or ''}{one.title}") for one in node.actions)
        found.update(squeezed(one.text) for one in node.clauses)
        found.update(squeezed(one.title) for one in node.indicators)
    return found


def printed_items(page: BeautifulSoup) -> Counter[str]:
    """Those of a part, without what is said under them."""
    for more in page.select(".sheets__note, .text, .remark"):
        more.decompose()
    return Counter(squeezed(one.get_text()) for one in page.select(".sheets__lines > li, .sheets__indicators tbody th"))


@pytest.mark.parametrize("kind", ["orientation", "objectif"])
@pytest.mark.parametrize("slug", [*SLUGS, "riche"])
def test_every_action_clause_and_indicator_is_there_once(slug, kind):
    document = rich_document() if slug == "riche" else real_document(slug)
    assert printed_items(page_of(document, sheets=kind)) == items_of(document)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_objective_without_any_below_it_has_a_column(slug):
    document = real_document(slug)
    columns = [column.node.key for sheet in sheets_of(document, document) for column in sheet.columns]
    assert sorted(columns) == sorted(place.objective.key for place in walk(document) if not place.objective.children)
    assert len(columns) == len(set(columns))


def test_a_sheet_is_an_orientation_with_its_objectives():
    document = real_document(ALES)
    found = [(sheet.outline, [len(table.columns) for table in sheet.tables]) for sheet in sheets_of(document, document)]
    assert len(found) == 14
    assert found[0] == ("1.1 FAVORISER LES ECHANGES ENTRE LES QUARTIERS AU SEIN DE L’AGGLOMERATION", [4])
    assert found[2] == ("1.3 FAVORISER LA REUSSITE EDUCATIVE", [5, 5])
    assert max(size for _, sizes in found for size in sizes) <= COLUMNS


def test_objectives_right_under_an_axis_and_roots_alone_have_their_sheet():
    metz = real_document("metz-2015-2020")
    axis = metz.objectives[3]
    assert [one.title for one in sheets_of(metz, metz) if axis in one.path] == [one.title for one in axis.children]
    six = real_document("six-thematiques")
    assert [one.path for one in sheets_of(six, six) if one.outline == "2 DÉVELOPPEMENT ÉCONOMIQUE ET EMPLOI"] == [()]
    quartiers = real_document("quartiers-2030")
    last = sheets_of(quartiers, quartiers)[-1]
    assert (last.title, len(last.columns), last.node) == ("Ambitions transversales", 4, None)


def test_what_an_orientation_holds_itself_has_a_column():
    document = make_document()
    axis = document.objectives[0]
    axis = replace(axis, actions=(nodes.Action(key="propre", code="1.z", title="Action de l’axe"),))
    page = page_of(replace(document, objectives=(axis,)))
    assert [said(one) for one in page.select("thead th")] == [
        "Objectif",
        "Pour l’ensemble",
        "1.1 Objectif 1.1",
        "1.2 Objectif 1.2",
    ]
    assert said(page.select("tbody tr")[0]) == "Actions 1.z Action de l’axe 1.1.a Action de 1.1 1.2.a Action de 1.2"


def test_only_what_exists_is_framed():
    page = page_of(real_document("metz-2015-2020"))
    assert (page.select("table"), len(page.select("h3")), len(page.select(".sheets__bare li"))) == ([], 36, 118)
    clauses = replace(make_document(), objectives=(_bare(make_document().objectives[0], "actions", "indicators"),))
    assert [said(one) for one in page_of(clauses).select("tbody th")] == ["Cahier des charges"]
    assert [said(one) for one in page_of(clauses, sheets="objectif").select("h4")] == ["Cahier des charges"] * 2


def _bare(node: nodes.Objective, *kinds: str) -> nodes.Objective:
    return replace(node, **dict.fromkeys(kinds, ()), children=tuple(_bare(child, *kinds) for child in node.children))


def test_notes_references_and_values_are_said():
    page = page_of(rich_document())
    assert [said(one) for one in page.select("tbody tr td")] == [
        "Premier paragraphe. un deux Les Prés (QP030001) Financement : PRIORISER LE PRE Périmètre : HORS APPEL"
        " Mention : Autre chose Cf. axe B → B Cf. annexe perdue",
        "A.1.a Première action Ce qu’elle est Voir B → B Action sans code",
        "L’opérateur s’engage",
        "Nombre d’élèves (F/G) Référence : 12 en 2014",
    ]
    upright = said(page_of(rich_document(), sheets="objectif"))
    for remark in ("Remarque d’objectif", "Remarque d’action", "Remarque de clause", "Remarque d’indicateur"):
        assert upright.count(remark) == 1


def test_a_high_row_is_laid_as_several():
    lines = tuple(sheets_of(_long(), _long())[0].columns[0].lines["clauses"])
    rows = rows_of("clauses", "Cahier des charges", [lines, lines[:1]])
    assert len(rows) > 5
    assert [row.is_first for row in rows] == [True] + [False] * (len(rows) - 1)
    assert [line for row in rows for line in row.cells[0]] == list(lines)
    assert [line for row in rows for line in row.cells[1]] == list(lines[:1])


def _long() -> nodes.Document:
    clauses = tuple(
        nodes.Clause(key=f"c{rank}", text=f"Clause {rank} : " + "l’opérateur s’engage " * 20) for rank in range(40)
    )
    document = make_document()
    first, second = document.objectives[0].children
    objectives = (replace(document.objectives[0], children=(replace(first, clauses=clauses), second)),)
    return replace(document, objectives=objectives)


def test_headers_are_on_every_page_of_a_long_table():
    content = print_part(sheets, make_edition(_long()))
    pages = [squeezed(page) for page in pages_of(content)[1:]]
    assert len(pages) > 2
    assert [page.count("1.1Objectif1.1") for page in pages] == [1] * len(pages)
    assert [sum(page.count(f"Clause{rank}:") for page in pages) for rank in range(40)] == [1] * 40


@pytest.mark.parametrize("kind", ["orientation", "objectif"])
def test_the_pdf_is_tagged(kind):
    document = real_document(ALES)
    document = replace(document, objectives=document.objectives[1:2])
    with open_pdf(print_part(sheets, make_edition(document), sheets=kind, whole=real_document(ALES))) as pdf:
        for check in CHECKS:
            check(pdf)
        check_headers(pdf)
        cells = [one for one in elements_of(pdf) if str(one.S) == "/TD"]
        assert [cell for cell in cells if len(cell.A.Headers) < 2] == []
        sides = {tuple(round(float(side)) for side in page.MediaBox[2:]) for page in list(pdf.pages)[1:]}
        assert sides == {(842, 595) if kind == "orientation" else (595, 842)}
        titles = [title for title, _ in outline_of(pdf)[-1][1]]
        assert (titles[0][:4], len(titles)) == (("2.1 ", 3) if kind == "orientation" else ("2.1.", 19))


def test_what_looks_like_markup_is_printed_as_it_is():
    document = make_document()
    first, *others = document.objectives[0].children
    first = replace(first, title=HOSTILE, clauses=(nodes.Clause(key="c", text=HOSTILE),))
    document = replace(document, objectives=(replace(document.objectives[0], children=(first, *others)),))
    for kind in ("orientation", "objectif"):
        page = page_of(document, sheets=kind)
        assert page.select("script, img, link, style, a") == []
        assert squeezed(page.get_text()).count(squeezed("<script>alert(1)</script>")) == 2
