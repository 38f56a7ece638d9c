"""The strokes and the words of a page of the tree, each with its place and colour, for whatever draws them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from publications.renditions.parts.project_tree_bands import PlacedBand
from publications.renditions.parts.project_tree_head import LEADING, OVER, Title
from publications.renditions.parts.project_tree_layout import BAR, Placed
from publications.renditions.parts.project_tree_pages import Panel, Sheet
from publications.renditions.parts.project_tree_words import BOLD, SANS, SERIF, Face, width_of

#: What the page is, over its title.
NAMED = "Arbre à projets"
#: Strokes, in points.
HAIR, THIN = 0.45, 0.7
#: Dashes of the thread of a transversal root.
DASHES = (4.5, 3.0)


@cache
def colours() -> dict[str, str]:
    """The house's colours by name: « ink », « thread-1 »…"""
    tokens = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", tokens))


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line, along one of the edges of the page."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    #: A name of `colours`.
    colour: str
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A line of words on its baseline; `kind` says what it is of."""

    x: float
    y: float
    size: float
    face: Face
    colour: str
    words: str
    kind: str

    @property
    def width(self) -> float:
        """As measured, without kerning."""
        return width_of(self.words, self.face) * self.size


def colour_of(placed: Placed) -> str:
    """Of a title: the last ones of a branch are in ink, what is above them in the colour of the root."""
    return "ink" if placed.twig.is_leaf and placed.twig.depth else f"thread-{placed.twig.thread}"


def all_placed(panel: Panel) -> Iterator[Placed]:
    """Every twig of a panel, in reading order."""
    for unit in panel.placed:
        for root in unit.cells if isinstance(unit, PlacedBand) else (unit,):
            yield from _below(root)


def _below(placed: Placed) -> Iterator[Placed]:
    yield placed
    for child in placed.children:
        yield from _below(child)


def strokes_of(panel: Panel) -> Iterator[Stroke]:
    """The rule under the names of the columns, threads along the roots, brackets, and rules between groups."""
    right = panel.x + panel.width
    if panel.heads:
        yield Stroke(panel.x, panel.y - 9, right, panel.y - 9, THIN, "rule-strong")
    for one in all_placed(panel):
        thread = f"thread-{one.twig.thread}"
        if one.twig.depth == 0:
            left = (panel.x if one.children else one.x) + BAR / 2
            yield Stroke(left, one.y, left, one.bottom, BAR, thread, is_dashed=one.twig.node.transversal)
        if one.rule is not None:
            middle = one.y - one.rule
            yield Stroke(one.x, middle, right, middle, HAIR, "rule-strong")
        if one.bracket is not None:
            top, bottom = one.children[0], one.children[-1]
            start = min(one.end_of_first_line + 4, one.bracket - 3)
            height = one.baseline - 0.28 * min(one.size, top.size)
            if one.bracket - start > 3:
                yield Stroke(start, height, one.bracket, height, HAIR, thread)
            last = bottom.baseline - 0.28 * bottom.size
            yield Stroke(one.bracket, height, one.bracket, max(last, height + 0.1), HAIR, thread)
            for child in one.children:
                level = child.baseline - 0.28 * child.size
                yield Stroke(one.bracket, level, child.code_x - 2.5, level, HAIR, thread)


def texts_of_heads(panel: Panel) -> Iterator[Text]:
    """The names of the columns, the last line of each at the bottom."""
    for head in panel.heads:
        for rank, line in reversed(list(enumerate(reversed(head.lines)))):
            yield Text(head.x, panel.y - 14 - rank * 1.2 * head.size, head.size, SANS, "ink-soft", line, "head")


def texts_of(panel: Panel) -> Iterator[Text]:
    """The names of the columns, then every code and title."""
    yield from texts_of_heads(panel)
    for unit in panel.placed:
        if isinstance(unit, PlacedBand) and unit.title:
            yield Text(unit.x, unit.y, unit.size, SANS, "ink-soft", unit.title, "head")
        for root in unit.cells if isinstance(unit, PlacedBand) else (unit,):
            for one in _below(root):
                yield from _titles(one)


def _titles(one: Placed) -> Iterator[Text]:
    colour = colour_of(one)
    if one.words.hangs and one.twig.node.code:
        yield Text(one.code_x, one.baseline, one.size, BOLD, f"thread-{one.twig.thread}", one.twig.node.code, "code")
    for rank, line in enumerate(one.words.lines):
        y = one.baseline + rank * one.leading
        yield Text(one.text_x, y, one.size, one.words.style.face, colour, line, "title")


def texts_of_title(title: Title, sheet: Sheet) -> Iterator[Text]:
    """The title of a page, from its top."""
    y = 0.0
    if title.is_first:
        named = Text(0, 8.0, 9.0, BOLD, "ink", NAMED, "named")
        yield named
        yield Text(named.width + 9.0, 8.0, 9.0, SANS, "ink-soft", title.over, "over")
        y = OVER
    for line in title.lines:
        yield Text(0, y + 0.85 * title.size, title.size, SERIF, "ink", line, "title")
        y += LEADING * title.size
    if title.under:
        yield Text(0, y + 10.0, 9.0, SANS, "ink-soft", title.under, "under")
    if not title.is_first:
        mark = f"{sheet.number}/{sheet.of}"
        wide = width_of(mark, BOLD) * title.size
        yield Text(sheet.paper.room[0] - wide, 0.85 * title.size, title.size, BOLD, "ink", mark, "mark")
