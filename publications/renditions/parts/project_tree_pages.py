"""Fits the tree on as few pages as it takes, at the largest size that holds on them; columns of roots side by side."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from document.nodes import Document
from publications.renditions.parts.project_tree_bands import PlacedBand, Unit, gather, head_size
from publications.renditions.parts.project_tree_columns import hangs_of, needs_of, shares_of
from publications.renditions.parts.project_tree_filling import fill, fill_anyhow, place_all
from publications.renditions.parts.project_tree_layout import Placed, Setting
from publications.renditions.parts.project_tree_twigs import Twig, columns_of, grow, walk_twig
from publications.renditions.parts.project_tree_words import SANS, break_lines

#: Smallest size that is read on paper, in points.
SMALLEST = 6.0
#: Objectives from whose titles the widths of columns are found.
SAMPLE = 400
#: Most panels side by side, and the space between them, in points.
PANELS, BETWEEN = 3, 20.0
#: What a size is worth where roots are cut in two, for each panel more, and where roots have no column.
CUT, PANEL, HEADED = 0.88, 0.96, 0.9
#: What the names of the columns take.
HEAD = 20.0
#: How often a size is halved towards the best one.
STEPS = 7
#: How much less than its measure white may be for larger words, and how much more where words leave it.
TIGHT, LOOSE = 0.7, 2.4


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper on its side; `head` is the room that the title of the document takes on a page."""

    name: str
    width: float
    height: float
    side: float
    top: float
    bottom: float
    largest: float
    title: float

    @property
    def room(self) -> tuple[float, float]:
        """Width and height inside the margins."""
        return self.width - 2 * self.side, self.height - self.top - self.bottom


PAPERS = {
    "A3": Paper("A3", 1190.55, 841.89, 36.0, 34.0, 46.0, 13.0, 26.0),
    "A4": Paper("A4", 841.89, 595.28, 30.0, 26.0, 38.0, 10.5, 18.0),
}


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a column, over it."""

    x: float
    size: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """A column of roots with the names of its columns; `y` is the top of the first root."""

    x: float
    y: float
    width: float
    heads: tuple[Head, ...]
    placed: tuple[Placed | PlacedBand, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number among how many, and what stands on it. All is measured from inside the margins."""

    number: int
    of: int
    paper: Paper
    size: float
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to set a tree: panels a page, whether a root is over its branch, whether roots are kept whole."""

    panels: int
    heads: bool
    is_whole: bool

    @property
    def cost(self) -> float:
        """What a size set so is worth to a reader: cut roots, more panels, roots without a column cost something."""
        return (1.0 if self.is_whole else CUT) * PANEL ** (self.panels - 1) * (HEADED if self.heads else 1.0)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A way with its setting, and what is in each panel, page after page."""

    way: "_Way"
    setting: Setting
    filled: list[list[Unit]]


def fit(document: Document, whole: Document, paper: Paper, *, first: float, others: float) -> list[Sheet]:
    """The pages of a tree, chosen of a whole; an empty one gives one.

    `first`, `others`: what the title takes of the first page, of the others.

    All on one page where that holds at a size that is read, with as few roots cut as it costs little; else on as few
    pages as the smallest size needs, at the largest one that needs no more.
    """
    return _Fitter(document, whole, paper, first, others).fit()


class _Fitter:
    def __init__(self, document: Document, whole: Document, paper: Paper, first: float, others: float) -> None:
        self.document, self.paper = document, paper
        self.twigs = grow(document, whole)
        self.columns = max((one.column for root in self.twigs for one in walk_twig(root)), default=0) + 1
        self.hangs = hangs_of(self.twigs, self.columns)
        self.heads = self._heads()
        self.tops = (first, others)
        self.needs = needs_of(self.twigs, self.hangs)
        self._shares: dict[tuple[int, bool, float], tuple[float, ...]] = {}

    def fit(self) -> list[Sheet]:
        """The best plan, its white stretched to fill the page, drawn."""
        plans = [plan for way in self.ways if (plan := self._largest(way, way.panels))]
        if not plans:
            plans = self._longer()
        best = max(plans, key=lambda plan: plan.setting.size * plan.way.cost)
        return self._sheets(self._spread(best))

    @property
    def ways(self) -> list[_Way]:
        """All that are tried; a tree of roots alone has no branch to be over."""
        heads = (False, True) if self.columns > 1 else (False,)
        return [_Way(*way) for way in product(range(1, PANELS + 1), heads, (True, False))]

    def _largest(self, way: _Way, limit: int) -> _Plan | None:
        """The plan of the largest size that takes no more than so many panels in all."""
        best = self._plan(way, SMALLEST, TIGHT, limit)
        if best is None:
            return None
        low, high = SMALLEST, self.paper.largest
        tried = high
        for _ in range(STEPS):
            plan = self._plan(way, tried, TIGHT, limit)
            best, low, high = (plan, tried, high) if plan else (best, low, tried)
            if low == high:
                break
            tried = (low + high) / 2
        return best

    def _longer(self) -> list[_Plan]:
        """Plans of as few pages as hold at the smallest size."""
        needed = {}
        for way in self.ways:
            # Roots that are kept whole take no fewer pages than the same cut.
            plan = None if way.is_whole else self._plan(way, SMALLEST, TIGHT, None)
            if plan:
                needed[way] = -(-len(plan.filled) // way.panels)
        fewest = min(needed.values(), default=0)
        kept = [way for way, pages in needed.items() if pages == fewest]
        kept += [replace(way, is_whole=True) for way in kept]
        plans = [self._largest(way, way.panels * fewest) for way in kept]
        return [plan for plan in plans if plan] or [self._forced()]

    def _plan(self, way: _Way, size: float, stretch: float, limit: int | None) -> _Plan | None:
        setting = self._setting(way, size, stretch)
        if not setting.is_sound:
            return None
        room = self._room_of(way, setting)
        filled = fill(setting, self._units(setting), room, is_whole=way.is_whole, limit=limit)
        return _Plan(way, setting, filled) if filled is not None else None

    def _forced(self) -> _Plan:
        """What holds nowhere: titles that are paragraphs. One panel a page, cut wherever it must be."""
        way = _Way(1, False, False)
        setting = self._setting(way, SMALLEST, TIGHT)
        return _Plan(way, setting, fill_anyhow(setting, self._units(setting), self._room_of(way, setting)))

    def _spread(self, plan: _Plan) -> _Plan:
        """The same with as much white as its pages hold, then with panels about as high as each other."""
        way = plan.way
        limit = max(1, -(-len(plan.filled) // way.panels)) * way.panels
        low, high, best = TIGHT, LOOSE, plan
        for _ in range(STEPS):
            middle = (low + high) / 2
            tried = self._plan(way, plan.setting.size, middle, limit)
            low, high, best = (middle, high, tried) if tried else (low, middle, best)
        units, low, high = self._units(best.setting), 0.5, 1.0
        for _ in range(STEPS if limit > 1 else 0):
            middle = (low + high) / 2
            room = self._room_of(way, best.setting, middle)
            filled = fill(best.setting, units, room, is_whole=way.is_whole, limit=limit)
            low, high = (low, middle) if filled is not None else (middle, high)
            best = replace(best, filled=filled) if filled is not None else best
        return best

    def _units(self, setting: Setting) -> list[Unit]:
        return gather(self.twigs, self.document, setting)

    def _room_of(self, way: _Way, setting: Setting, part: float = 1.0) -> Callable[[int], float]:
        """The height of the panel of each rank, or that part of it."""
        free = self.paper.room[1] - self._head_height(setting)
        return lambda rank: (free - self.tops[0 if rank < way.panels else 1]) * part

    def _head_height(self, setting: Setting) -> float:
        """What the names of the columns take, with the rule under them."""
        heads = self._head_lines(setting)
        return HEAD + max(len(lines) - 1 for lines in heads) * 1.2 * head_size(setting.size) if any(heads) else 0.0

    def _head_lines(self, setting: Setting) -> list[tuple[str, ...]]:
        """The names of the columns in lines; a root that is over its branch has none."""
        size = head_size(setting.size)
        lines = [
            break_lines(text, SANS, (right - left) / size)
            for (left, right), text in zip(setting.columns, self.heads, strict=True)
        ]
        return [(), *lines[1:]] if setting.heads else lines

    def _heads(self) -> list[str]:
        """The names of the levels in each column."""
        names: list[list[str]] = [[] for _ in range(self.columns)]
        columns = columns_of(self.document)
        levels = {one.node.level for root in self.twigs for one in walk_twig(root) if one.depth or one.children}
        for level in self.document.levels:
            if level.key in levels and columns[level.key] < self.columns:
                names[columns[level.key]].append(level.plural)
        return [" · ".join(one) for one in names]

    def _setting(self, way: _Way, size: float, stretch: float) -> Setting:
        width = (self.paper.room[0] - BETWEEN * (way.panels - 1)) / way.panels
        setting = Setting(size, stretch, width, (1.0,) * self.columns, self.hangs, self.needs, way.heads)
        near = min(max(SMALLEST, round(size / 2) * 2.0), self.paper.largest)
        known = (way.panels, way.heads, near)
        if known not in self._shares:
            self._shares[known] = shares_of(self._sample, replace(setting, size=near, stretch=1.0))
        return replace(setting, shares=self._shares[known], _words={}, _extents={})

    @cached_property
    def _sample(self) -> list[Twig]:
        """The first roots with branches, enough of them to know how wide the columns are best."""
        found: list[Twig] = []
        seen = 0
        for twig in self.twigs:
            if twig.children and seen < SAMPLE:
                found.append(twig)
                seen += sum(1 for _ in walk_twig(twig))
        return found

    def _sheets(self, plan: _Plan) -> list[Sheet]:
        pages = [
            plan.filled[first : first + plan.way.panels] for first in range(0, len(plan.filled), plan.way.panels)
        ] or [[]]
        step, head = plan.setting.width + BETWEEN, self._head_height(plan.setting)
        return [
            Sheet(
                number=number,
                of=len(pages),
                paper=self.paper,
                size=plan.setting.size,
                panels=tuple(
                    self._panel(plan.setting, units, rank * step, self.tops[0 if number == 1 else 1] + head)
                    for rank, units in enumerate(page)
                ),
            )
            for number, page in enumerate(pages, start=1)
        ]

    def _panel(self, setting: Setting, units: list[Unit], x: float, y: float) -> Panel:
        lines = self._head_lines(setting) if any(isinstance(unit, Twig) for unit in units) else []
        size = head_size(setting.size)
        heads = [Head(x + left, size, one) for (left, _), one in zip(setting.columns, lines, strict=False) if one]
        return Panel(x, y, setting.width, tuple(heads), tuple(place_all(setting, units, x, y)))
