"""Roots that nothing is below, transversal ones most often: set side by side in bands rather than one a line."""

from dataclasses import dataclass
from itertools import groupby

from document.nodes import Document
from publications.renditions.parts.project_tree_layout import BAR, BESIDE_BAR, GUTTER, Placed, Setting, Words
from publications.renditions.parts.project_tree_twigs import Twig

#: Least width of a cell of a band, in sizes.
CELL = 18.0
#: Height of the name of a band, in sizes.
NAMED = 2.0


@dataclass(frozen=True, slots=True)
class Band:
    """Roots side by side, in cells of the same width; `title` says what they are, over the first band of them."""

    twigs: tuple[Twig, ...]
    title: str
    cells: int


#: What fills a panel: a root with its branch, or a band.
Unit = Twig | Band


@dataclass(frozen=True, slots=True)
class PlacedBand:
    """A band on its page; `y` is the baseline of its title."""

    title: str
    x: float
    y: float
    size: float
    cells: tuple[Placed, ...]


def gather(twigs: list[Twig], document: Document, setting: Setting) -> list[Unit]:
    """The roots in order, those without anything below them gathered in bands as wide as the panel."""
    units: list[Unit] = []
    fitting = max(1, int((setting.width + GUTTER * setting.size) / (CELL * setting.size)))
    for is_bare, group in groupby(twigs, key=lambda twig: not twig.children):
        roots = tuple(group)
        if not is_bare:
            units.extend(roots)
            continue
        cells = min(fitting, len(roots))
        while cells > 1 and -(-len(roots) // (cells - 1)) == -(-len(roots) // cells):
            cells -= 1
        title = _title(document, roots)
        for first in range(0, len(roots), cells):
            units.append(Band(roots[first : first + cells], title if first == 0 else "", cells))
    return units


def band_height(setting: Setting, band: Band) -> float:
    """From the top of its title to the bottom of its longest cell."""
    words = [_words(setting, band, twig) for twig in band.twigs]
    return _named(setting, band) + max(one.up for one in words) + max(one.down for one in words)


def place_band(setting: Setting, band: Band, x: float, y: float) -> PlacedBand:
    """The band with its top there."""
    words = [_words(setting, band, twig) for twig in band.twigs]
    top = y + _named(setting, band)
    baseline = top + max(one.up for one in words)
    bottom = top + max(one.up for one in words) + max(one.down for one in words)
    cells = []
    for rank, (twig, one) in enumerate(zip(band.twigs, words, strict=True)):
        left, right = _cell(setting, band, rank)
        size = one.style.ratio * setting.size
        inner = x + left + BAR + BESIDE_BAR * setting.size
        hang = setting.hangs[0] * setting.size if one.hangs and twig.node.code else 0.0
        cells.append(
            Placed(
                twig=twig,
                x=x + left,
                y=top,
                right=x + right,
                bottom=bottom,
                code_x=inner,
                text_x=inner + hang,
                baseline=baseline,
                size=size,
                leading=one.style.leading * size,
                words=one,
                bracket=None,
            )
        )
    return PlacedBand(band.title, x, y + setting.size * 1.1, head_size(setting.size), tuple(cells))


def head_size(size: float) -> float:
    """The size of the name of a column or of a band: smaller than what it names, but read."""
    return min(max(6.0, 0.85 * size), 9.0)


def _named(setting: Setting, band: Band) -> float:
    return NAMED * setting.size if band.title else 0.0


def _cell(setting: Setting, band: Band, rank: int) -> tuple[float, float]:
    wide = (setting.width - GUTTER * setting.size * (band.cells - 1)) / band.cells
    left = rank * (wide + GUTTER * setting.size)
    return left, left + wide


def _words(setting: Setting, band: Band, twig: Twig) -> Words:
    left, right = _cell(setting, band, 0)
    return setting.break_title(twig, left + BAR + BESIDE_BAR * setting.size, right, hangs=bool(twig.node.code))


def _title(document: Document, roots: tuple[Twig, ...]) -> str:
    """The name of their level, where they are all of one that no other root is of."""
    levels = {twig.node.level for twig in roots}
    others = {root.level for root in document.objectives if root.children}
    level = document.level(next(iter(levels)))
    return level.plural if level and len(levels) == 1 and not levels & others else ""
