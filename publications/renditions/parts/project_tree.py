"""« Arbre à projets »: the whole tree on one page of paper, a column a level; on a few where it must."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from document.nodes import Document
from publications.editions import Edition
from publications.renditions.parts.project_tree_bands import PlacedBand
from publications.renditions.parts.project_tree_drawing import (
    Stroke,
    Text,
    colour_of,
    strokes_of,
    texts_of_heads,
    texts_of_title,
)
from publications.renditions.parts.project_tree_head import Title, foot_of, title_again, title_of
from publications.renditions.parts.project_tree_layout import Placed
from publications.renditions.parts.project_tree_pages import PAPERS, Panel, Sheet, fit
from publications.renditions.parts.project_tree_svg import draw, draw_page
from publications.renditions.parts.project_tree_twigs import grow
from publications.renditions.parts.project_tree_words import BOLD, SANS, Face, baseline_of, width_of

NAME = "project_tree"
TITLE = "Arbre à projets"
PURPOSE = "Tout l’arbre sur une page en largeur, une colonne par niveau, une couleur par branche : à afficher au mur."


def html(edition: Edition, options: Mapping[str, object]) -> SafeString:
    """The pages of the tree as a `<section>`; of `options`, `paper` is « A3 » (else) or « A4 »."""
    titles, sheets = lay_out(edition, paper_of(options), _whole(edition, options))
    pages = [_page(title, sheet) for title, sheet in zip(titles, sheets, strict=True)]
    context = {"pages": pages, "paper": sheets[0].paper, "title": TITLE, "foot": foot_of(edition)}
    return render_to_string("pdf/project_tree.html", context)


def screen(edition: Edition, options: Mapping[str, object]) -> SafeString:
    """The same for a page of the site, where nothing is placed by its markup: the drawings, and lists behind them."""
    whole = _whole(edition, options)
    titles, sheets = lay_out(edition, paper_of(options), whole)
    paper = sheets[0].paper
    context = {
        "title": TITLE,
        "box": f"0 0 {paper.width:.2f} {paper.height:.2f}",
        "drawings": [draw_page(edition, title, sheet) for title, sheet in zip(titles, sheets, strict=True)],
        "twigs": grow(edition.document, whole),
    }
    return render_to_string("pdf/project_tree_screen.html", context)


def _whole(edition: Edition, options: Mapping[str, object]) -> Document:
    whole = options.get("whole")
    return whole if isinstance(whole, Document) else edition.document


def paper_of(options: Mapping[str, object]) -> str:
    """The name of the paper that is asked for."""
    paper = options.get("paper")
    return paper if isinstance(paper, str) and paper in PAPERS else "A3"


def lay_out(edition: Edition, paper: str, whole: Document) -> tuple[list[Title], list[Sheet]]:
    """The title of each page and what is on it, the same for every way to draw them.

    `whole` is the tree that the edition's was chosen of, which gives each root its colour.
    """
    first, others = title_of(edition, PAPERS[paper]), title_again(edition)
    sheets = fit(edition.document, whole, PAPERS[paper], first=first.height, others=others.height)
    return [first, *(others for _ in sheets[1:])], sheets


def svg(edition: Edition, paper: str = "A3") -> str:
    """The drawing: all pages in one file."""
    return draw(edition, *lay_out(edition, paper, edition.document))


@dataclass(frozen=True, slots=True)
class _Line:
    """Words with the place of their box."""

    style: str
    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Box:
    """A title with its place, and what is below it."""

    placed: Placed
    style: str
    code_style: str
    colour: str
    children: tuple["_Box", ...]

    @property
    def face(self) -> str:
        """Of its title."""
        return self.placed.words.style.face.name

    @property
    def outline(self) -> str:
        """Its entry in the outline."""
        node = self.placed.twig.node
        return f"{node.code} {node.title}" if node.code else node.title


def _page(title: Title, sheet: Sheet) -> dict[str, object]:
    width, height = sheet.paper.room
    lines = list(texts_of_title(title, sheet))
    return {
        "style": f"width:{width:.2f}pt;height:{height:.2f}pt",
        "named": next((_line(text) for text in lines if text.kind == "named"), None),
        "lines": [_line(text) for text in lines if text.kind != "named"],
        "panels": [_panel(panel) for panel in sheet.panels],
        "strokes": [(one.colour, one.is_dashed, _along(one)) for panel in sheet.panels for one in strokes_of(panel)],
    }


def _panel(panel: Panel) -> dict[str, object]:
    units = []
    for unit in panel.placed:
        if isinstance(unit, PlacedBand):
            named = Text(unit.x, unit.y, unit.size, SANS, "ink-soft", unit.title, "head")
            units.append((_line(named) if unit.title else None, [_box(cell) for cell in unit.cells]))
        else:
            units.append((None, [_box(unit)]))
    return {"heads": [_line(one) for one in texts_of_heads(panel)], "units": units}


def _box(placed: Placed) -> _Box:
    face, code = placed.words.style.face, placed.twig.node.code or ""
    return _Box(
        placed=placed,
        style=_at(placed.text_x, placed.baseline, placed.size, face, placed.leading, placed.width),
        code_style=_at(
            placed.code_x, placed.baseline, placed.size, BOLD, placed.leading, width_of(code, BOLD) * placed.size
        ),
        colour=colour_of(placed),
        children=tuple(_box(child) for child in placed.children),
    )


def _line(text: Text) -> _Line:
    return _Line(_at(text.x, text.y, text.size, text.face, 1.2 * text.size, text.width), text.words, text.kind)


def _at(x: float, baseline: float, size: float, face: Face, leading: float, width: float) -> str:
    """The place of a box whose first line has its baseline there; its lines break where they were measured alone."""
    top = baseline - baseline_of(face, size, leading)
    place = f"left:{x:.2f}pt;top:{top:.2f}pt;width:{width + size:.2f}pt"
    return f"{place};font-size:{size:.2f}pt;line-height:{leading:.2f}pt"


def _along(one: Stroke) -> str:
    """A straight line as a box with one edge."""
    if one.x1 == one.x2:
        place = f"left:{one.x1 - one.width / 2:.2f}pt;top:{one.y1:.2f}pt;height:{one.y2 - one.y1:.2f}pt"
        return f"{place};border-left-width:{one.width}pt"
    place = f"left:{one.x1:.2f}pt;top:{one.y1 - one.width / 2:.2f}pt;width:{one.x2 - one.x1:.2f}pt"
    return f"{place};border-top-width:{one.width}pt"
