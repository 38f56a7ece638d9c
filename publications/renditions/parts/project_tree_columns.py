"""How wide each column of the tree is: the shares of a panel that make the whole least high."""

from dataclasses import replace
from math import ceil, floor

from publications.renditions.parts.project_tree_layout import GROUPS, LEAVES, Setting, style_of
from publications.renditions.parts.project_tree_twigs import Twig, walk_twig
from publications.renditions.parts.project_tree_words import BOLD, width_of
from publications.templatetags.french import french

#: Share of a line that words fill, on average; the rest is what the last word left.
FILLED = 0.92
#: Widest code that hangs, in sizes; a wider one begins its title.
LONGEST_CODE = 8.0
#: Longest word that a column must hold whole, in sizes.
LONGEST_WORD = 16.0
#: What a line of a title that heads a branch costs beyond its height.
NARROW = 0.3
#: Least share of a column.
LEAST = 0.1


def hangs_of(twigs: list[Twig], columns: int) -> tuple[float, ...]:
    """The room for codes in each column, in sizes."""
    widest = [0.0] * columns
    for twig in (one for root in twigs for one in walk_twig(root)):
        wide = width_of(twig.node.code or "", BOLD) * style_of(twig).ratio
        if wide <= LONGEST_CODE:
            widest[twig.column] = max(widest[twig.column], wide)
    return tuple(wide + 0.6 if wide else 0.0 for wide in widest)


def needs_of(twigs: list[Twig], hangs: tuple[float, ...]) -> tuple[float, ...]:
    """The width of the longest word of each column, with its code, in sizes; words that no column holds left out."""
    longest = [0.0] * len(hangs)
    for twig in (one for root in twigs for one in walk_twig(root)):
        style = style_of(twig)
        for word in french(twig.node.title).split(" "):
            wide = width_of(word, style.face) * style.ratio
            if wide <= LONGEST_WORD:
                longest[twig.column] = max(longest[twig.column], wide + 0.05)
    return tuple(wide + hang for wide, hang in zip(longest, hangs, strict=True))


def shares_of(twigs: list[Twig], setting: Setting) -> tuple[float, ...]:
    """The shares of the columns, sum 1; found by moving width from one column to another as long as it helps.

    `setting` gives all but the shares.
    """
    count = len(setting.hangs)
    guess = _Guess(twigs, setting)
    shares = tuple(1 / count for _ in range(count))
    best = guess.height(shares)
    for step in (0.08, 0.03, 0.01):
        moved = True
        while moved:
            moved = False
            for giver in range(1 if setting.heads else 0, count):
                for taker in range(1 if setting.heads else 0, count):
                    tried = list(shares)
                    tried[giver] -= step
                    tried[taker] += step
                    if giver == taker or tried[giver] < LEAST:
                        continue
                    height = guess.height(tuple(tried))
                    if height < best - 0.01:
                        best, shares, moved = height, tuple(tried), True
    return shares


class _Guess:
    """About how high a tree is for given shares, from the widths of its titles alone."""

    def __init__(self, twigs: list[Twig], setting: Setting) -> None:
        self.twigs, self.setting = twigs, setting
        self.widths: dict[Twig, float] = {}
        for twig in (one for root in twigs for one in walk_twig(root)):
            style = style_of(twig)
            self.widths[twig] = width_of(french(twig.node.title), style.face) * style.ratio * setting.size

    def height(self, shares: tuple[float, ...]) -> float:
        """About how high the whole is."""
        places = replace(self.setting, shares=shares).columns
        return sum(self._height(twig, places) for twig in self.twigs)

    def _height(self, twig: Twig, places: list[tuple[float, float]]) -> float:
        size = self.setting.size
        wide, style = self.widths[twig], style_of(twig)
        left, right = places[twig.column]
        room = max((places[-1][1] if twig.is_leaf else right) - left - self.setting.hangs[twig.column] * size, size)
        lines = ceil(wide / (room * FILLED)) if wide > room else 1
        # A part of a line counts a little, so that what is almost one line less is tried.
        own = (lines + (wide / room - floor(wide / room)) * 0.02) * style.leading * style.ratio * size
        gap = (LEAVES if all(child.is_leaf for child in twig.children) else GROUPS) * size
        below = sum(self._height(child, places) for child in twig.children) + gap * max(len(twig.children) - 1, 0)
        if self.setting.heads and twig.depth == 0:
            return own + below
        # Titles of many short lines beside a branch cost something even where they cost no height.
        return max(own, below) + NARROW * (own if twig.children else 0.0)
