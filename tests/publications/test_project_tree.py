"""The tree on a page of paper: every title once, in its column, inside the page, never too small."""

import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from functools import cache

import pytest
from bs4 import BeautifulSoup

from document import nodes
from document.walk import walk
from publications.renditions.parts import project_tree
from publications.renditions.parts.project_tree_drawing import all_placed, texts_of, texts_of_title
from publications.renditions.parts.project_tree_pages import PAPERS
from publications.renditions.parts.project_tree_svg import draw
from publications.renditions.parts.project_tree_words import SANS, SERIF, balance_lines, break_lines, width_of
from publications.templatetags.french import french
from tests.factories import LEVELS, make_document, real_document
from tests.publications.pdf_reading import elements_of, make_edition, open_pdf, outline_of, pages_of, squeezed
from tests.publications.printed import CHECKS, print_part
from tests.publications.test_pdf_tags import HOSTILE, SLUGS

#: What a drawing may be made of.
ELEMENTS = {"svg", "title", "desc", "rect", "g", "path", "text"}


def large_document(roots: int = 6, groups: int = 9, last: int = 10) -> nodes.Document:
    """A tree of three levels with sentences for titles: 600 objectives unless said otherwise."""
    levels = (LEVELS[0], nodes.Level(key="milieu", name="Orientation", plural="Orientations"), LEVELS[1])

    def make(key: str, level: int, below: tuple[nodes.Objective, ...]) -> nodes.Objective:
        more = "l’emploi et " * (len(key) % 5)
        title = f"Objectif {key} : accompagner les habitants des quartiers vers {more}la formation"
        return nodes.Objective(
            key=key, level=levels[level].key, code=key.replace("-", "."), title=title, children=below
        )

    def group(key: str) -> nodes.Objective:
        return make(key, 1, tuple(make(f"{key}-{rank}", 2, ()) for rank in range(1, last + 1)))

    objectives = (
        make(f"{root}", 0, tuple(group(f"{root}-{rank}") for rank in range(1, groups + 1)))
        for root in range(1, roots + 1)
    )
    return replace(make_document("grand"), levels=levels, objectives=tuple(objectives))


@cache
def document_of(name: str) -> nodes.Document:
    return large_document() if name == "grand" else real_document(name)


@cache
def laid_out(name: str, paper: str):
    document = document_of(name)
    return project_tree.lay_out(make_edition(document), paper, document)


def placed_of(name: str, paper: str):
    """Every title on the pages, with its page and its panel."""
    _, sheets = laid_out(name, paper)
    return [(sheet, panel, one) for sheet in sheets for panel in sheet.panels for one in all_placed(panel)]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", [*SLUGS, "grand"])
def test_every_title_is_there_once_in_reading_order(name, paper):
    placed = [one for _, _, one in placed_of(name, paper)]
    expected = [(place.objective.code, squeezed(french(place.objective.title))) for place in walk(document_of(name))]
    found = []
    for one in placed:
        code, words = one.twig.node.code, squeezed("".join(one.words.lines))
        if not one.twig.again:
            found.append((code, words if one.words.hangs or not code else words.removeprefix(squeezed(code))))
    assert found == expected
    assert all(one.words.lines[-1].endswith("(suite)") for one in placed if one.twig.again)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", [*SLUGS, "grand"])
def test_nothing_is_too_small_nor_leaves_its_column(name, paper):
    titles, sheets = laid_out(name, paper)
    width, height = PAPERS[paper].room
    for title, sheet in zip(titles, sheets, strict=True):
        texts = [*texts_of_title(title, sheet), *(text for panel in sheet.panels for text in texts_of(panel))]
        assert min(text.size for text in texts) >= 6.0
        assert max(text.x + text.width for text in texts) <= width + 0.5
        assert (min(text.y for text in texts) > 0, max(text.y for text in texts) <= height) == (True, True)
        for panel in sheet.panels:
            for one in all_placed(panel):
                assert one.text_x + one.width <= one.right + 0.5
                for above, below in zip(one.children, one.children[1:], strict=False):
                    assert above.bottom < below.y


def test_the_four_contracts_hold_on_one_sheet_of_a3():
    sizes = {slug: (len(laid_out(slug, "A3")[1]), round(laid_out(slug, "A3")[1][0].size, 1)) for slug in SLUGS}
    assert {slug: pages for slug, (pages, _) in sizes.items()} == dict.fromkeys(SLUGS, 1)
    assert sizes["quartiers-2030"][1] >= 11
    assert sizes["six-thematiques"][1] >= 10


def test_a_tree_too_large_for_a_page_goes_on_under_the_same_root():
    titles, sheets = laid_out("grand", "A4")
    assert [(sheet.number, sheet.of) for sheet in sheets] == [(rank, len(sheets)) for rank in range(1, len(sheets) + 1)]
    assert len(sheets) > 1
    marks = [
        [text.words for text in texts_of_title(title, sheet) if text.kind == "mark"]
        for title, sheet in zip(titles, sheets, strict=True)
    ]
    assert marks == [[], *([f"{rank}/{len(sheets)}"] for rank in range(2, len(sheets) + 1))]
    for sheet in sheets:
        for panel in sheet.panels:
            first = next(all_placed(panel))
            assert (first.twig.depth, panel.heads != ()) == (0, True)
    assert len(laid_out("grand", "A3")[1]) < len(sheets)


@pytest.mark.parametrize("paper", PAPERS)
def test_an_objective_stands_in_the_column_of_its_level(paper):
    """Axis 4 of Metz has no objective of the level between: those below stand where the others of theirs do."""
    lefts: dict[tuple[str, bool], set[float]] = {}
    for _, panel, one in placed_of("metz-2015-2020", paper):
        lefts.setdefault((one.twig.node.level, one.twig.depth == 0), set()).add(round(one.code_x - panel.x, 2))
    assert {level: len(found) for level, found in lefts.items()} == dict.fromkeys(lefts, 1)
    six = {}
    for _, panel, one in placed_of("six-thematiques", paper):
        six.setdefault(one.twig.node.level, set()).add(round(one.code_x - panel.x, 2))
    assert len(six["objectif-operationnel"]) == 1
    assert six["thematique"] == six["thematique-transversale"]


def test_a_tree_deeper_than_columns_is_set_back():
    child: tuple[nodes.Objective, ...] = ()
    for rank in reversed(range(20)):
        child = (nodes.Objective(key=f"n{rank}", level=f"n{rank}", title=f"Rang {rank}", children=child),)
    levels = tuple(nodes.Level(key=f"n{rank}", name=f"N{rank}", plural=f"N{rank}") for rank in range(20))
    deep = replace(make_document(), levels=levels, objectives=child)
    _, sheets = project_tree.lay_out(make_edition(deep), "A3", deep)
    lefts = [one.text_x for one in all_placed(sheets[0].panels[0])]
    assert (len(lefts), lefts[:12]) == (20, sorted(lefts[:12]))
    assert max(lefts) < PAPERS["A3"].room[0]


@pytest.mark.parametrize(
    "objectives",
    [
        (),
        (nodes.Objective(key="a", level="axe", title="Seul"),),
        (nodes.Objective(key="a", level="axe", code="C" * 120, title="x" * 2000),),
        tuple(
            nodes.Objective(
                key=f"r{rank}",
                level="axe",
                title="mot " * 400,
                children=tuple(
                    nodes.Objective(key=f"r{rank}-{child}", level="objectif", code=f"{child}", title="phrase " * 90)
                    for child in range(3)
                ),
            )
            for rank in range(2)
        ),
    ],
    ids=["none", "one", "one word", "paragraphs"],
)
@pytest.mark.parametrize("paper", PAPERS)
def test_whatever_may_be_written_is_all_there(objectives, paper):
    document = replace(make_document(), objectives=objectives)
    _, sheets = project_tree.lay_out(make_edition(document), paper, document)
    placed = [one for sheet in sheets for panel in sheet.panels for one in all_placed(panel)]
    found = [squeezed("".join(one.words.lines)) for one in placed if not one.twig.again]
    assert [words.removeprefix("C" * 120) for words in found] == [
        squeezed(place.objective.title) for place in walk(document)
    ]


def test_lines_are_as_wide_as_was_asked():
    text = "Accompagner l’insertion socio-professionnelle des publics invisibles (F/H), 2015-2020 : mobilité"
    lines = break_lines(text, SANS, 14)
    assert max(width_of(line, SANS) for line in lines) <= 14
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line.startswith("2020") or line.endswith("F/") for line in lines)
    assert break_lines("a" * 60, SANS, 5)[0] == "a" * len(break_lines("a" * 60, SANS, 5)[0])
    balanced = balance_lines("Tranquillité et vivre ensemble dans tous les quartiers", SERIF, 16)
    assert len(balanced) == len(break_lines("Tranquillité et vivre ensemble dans tous les quartiers", SERIF, 16))
    assert (break_lines("", SANS, 5), balance_lines("", SERIF, 5)) == ((), ())


@pytest.mark.parametrize("name", [*SLUGS, "grand"])
def test_the_drawing_is_sound_and_says_every_title(name):
    document = document_of(name)
    root = ElementTree.fromstring(draw(make_edition(document), *laid_out(name, "A3")))
    space = "{http://www.w3.org/2000/svg}"
    assert (root.tag, root.get("role"), root.get("lang")) == (f"{space}svg", "img", "fr")
    named = {one.get("id"): one.text for one in root.iter() if one.get("id")}
    assert root.get("aria-labelledby").split() == list(named)
    assert named["titre"] == french(f"Arbre à projets – {document.contract.title}")
    assert named["description"].endswith("Licence Ouverte 2.0 (Etalab).")
    assert {one.tag.removeprefix(space) for one in root.iter()} == ELEMENTS
    assert not any(key.endswith("href") or key == "style" for one in root.iter() for key in one.attrib)
    said = squeezed("".join(one.text for one in root.iter(f"{space}text")))
    assert [p.objective.key for p in walk(document) if squeezed(french(p.objective.title)) not in said] == []


def test_what_looks_like_markup_is_drawn_as_it_is():
    document = replace(make_document(), objectives=(nodes.Objective(key="a", level="axe", code="<b>", title=HOSTILE),))
    edition = make_edition(document)
    root = ElementTree.fromstring(project_tree.svg(edition))
    assert {one.tag.rpartition("}")[2] for one in root.iter()} == ELEMENTS
    page = BeautifulSoup(project_tree.html(edition, {}), "html.parser")
    assert page.select("script, img, link, style, a") == []
    assert squeezed("<script>alert(1)</script>") in squeezed(page.get_text())


@pytest.mark.parametrize(("slug", "paper"), [("metz-2015-2020", "A4"), ("quartiers-2030", "A3")])
def test_the_pdf_is_tagged_and_reads_in_order(slug, paper):
    edition = make_edition(real_document(slug))
    content = print_part(project_tree, edition, paper=paper)
    pages = pages_of(content)[1:]
    text = squeezed("".join(pages))
    foot = squeezed(f"Version 1, Texte initial · publiée le 24 novembre 2025 · empreinte {edition.digest[:12]}")
    assert [foot in squeezed(page) for page in pages] == [True] * len(pages)
    for _, _, one in placed_of(slug, paper):
        if one.twig.depth == 0:
            assert text.count(squeezed(_read(one))) == 1
    with open_pdf(content) as pdf:
        for check in CHECKS:
            check(pdf)
        expected = PAPERS[paper]
        sizes = {tuple(round(float(side)) for side in page.MediaBox[2:]) for page in list(pdf.pages)[1:]}
        assert sizes == {(round(expected.width), round(expected.height))}
        roots = [" ".join(filter(None, [one.code, one.title])) for one in real_document(slug).objectives]
        assert [title for title, _ in outline_of(pdf)[-1][1]] == roots
        lists = [one for one in elements_of(pdf) if str(one.S) == "/L"]
        assert {str(kid.S) for one in lists for kid in one.K} <= {"/LI", "/L"}


def _read(one) -> str:
    """What a root and all below it say, in order."""
    code = one.twig.node.code if one.words.hangs else ""
    return "".join([code or "", *one.words.lines, *map(_read, one.children)])


def test_on_a_screen_it_is_drawn_without_a_style_and_read_as_lists():
    document = real_document("quartiers-2030")
    page = BeautifulSoup(project_tree.screen(make_edition(document), {"paper": "A4"}), "html.parser")
    assert page.select("[style], style, script, [id]") == []
    assert [svg["viewbox"] for svg in page.select("svg[aria-hidden=true]")] == ["0 0 841.89 595.28"]
    assert [squeezed(one.find(string=True)) for one in page.select("li")] == [
        squeezed(f"{place.objective.code or ''}{french(place.objective.title)}") for place in walk(document)
    ]


def test_a_branch_chosen_alone_keeps_the_colour_of_its_root():
    whole = real_document("ales-2015-2020")
    alone = make_edition(replace(whole, objectives=whole.objectives[2:3]))
    _, sheets = project_tree.lay_out(alone, "A3", whole)
    assert {one.twig.thread for one in all_placed(sheets[0].panels[0])} == {3}
