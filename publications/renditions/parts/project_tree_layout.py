"""Sets twigs in columns at one size: how high each is, where it may be cut, where each word goes. In points."""

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from publications.renditions.parts.project_tree_twigs import Twig, continued
from publications.renditions.parts.project_tree_words import (
    BOLD,
    SANS,
    SERIF,
    Face,
    balance_lines,
    baseline_of,
    break_lines,
    width_of,
)
from publications.templatetags.french import french

#: Width of the thread along a root, and how far its text is from it, in sizes.
BAR, BESIDE_BAR = 3.0, 0.9
#: Space between two columns, and one step back of what is too deep for a column of its own, in sizes.
GUTTER, STEP = 1.9, 1.2
#: White between two roots, two groups, two lines of the last level, in sizes.
ROOTS, GROUPS, LEAVES = 2.2, 1.15, 0.38
#: White under a root that is over its branch, in sizes.
UNDER_HEAD = 0.7
#: Widest code that hangs beside its title, as a part of the column.
WIDEST_CODE = 0.4


@dataclass(frozen=True, slots=True)
class Style:
    """How the title of a twig is set; `ratio` to the size of the page."""

    face: Face
    ratio: float
    leading: float
    is_balanced: bool


LEAF = Style(SANS, 1.0, 1.2, False)
GROUP = Style(BOLD, 1.0, 1.2, True)
SECOND = Style(BOLD, 1.08, 1.18, True)


def style_of(twig: Twig) -> Style:
    """Of a root, of what has something below it, of the rest; long titles and capitals are smaller."""
    if twig.depth == 0 and not twig.is_leaf:
        length = len(twig.node.title)
        ratio = 1.0 if length > 300 else 1.25 if length > 100 else 1.55
        return Style(SERIF, max(1.0, ratio * (0.86 if twig.node.title.isupper() else 1)), 1.14, True)
    if twig.is_leaf and twig.depth > 0:
        return LEAF
    return SECOND if twig.depth <= 1 else GROUP


@dataclass(frozen=True, slots=True)
class Words:
    """A title in lines, with what is above and below its first baseline."""

    style: Style
    lines: tuple[str, ...]
    #: Whether the code stands beside the title; else it begins it.
    hangs: bool
    up: float
    down: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A twig on its page: where its own title stands, and all that it reaches over."""

    twig: Twig
    x: float
    y: float
    right: float
    bottom: float
    code_x: float
    text_x: float
    baseline: float
    size: float
    leading: float
    words: Words
    #: Left of what is below it, where a stroke joins them; None where nothing is.
    bracket: float | None
    #: How far above its top a thin rule parts it from the one before; None: no rule.
    rule: float | None = None
    children: tuple["Placed", ...] = ()

    @property
    def width(self) -> float:
        """Of its longest line."""
        return max((width_of(line, self.words.style.face) for line in self.words.lines), default=0.0) * self.size

    @property
    def end_of_first_line(self) -> float:
        """Right of the words on its first line."""
        first = self.words.lines[0] if self.words.lines else ""
        return self.text_x + width_of(first, self.words.style.face) * self.size


@dataclass(frozen=True)
class Setting:
    """A size, the stretch of white, and the columns of a panel that wide.

    `shares` are of its width, `hangs` the room for codes and `needs` that of the longest word with its code, in sizes;
    one a column. `heads`: the title of a root is over its branch rather than beside it, and has no column.
    """

    size: float
    stretch: float
    width: float
    shares: tuple[float, ...]
    hangs: tuple[float, ...]
    needs: tuple[float, ...]
    heads: bool
    _words: dict[Twig, Words] = field(default_factory=dict, repr=False)
    _extents: dict[Twig, tuple[float, float]] = field(default_factory=dict, repr=False)

    @cached_property
    def columns(self) -> list[tuple[float, float]]:
        """Left and right of each column; a column that its longest word would not fit takes width from the others."""
        left = BAR + BESIDE_BAR * self.size
        whole = [(left, self.width)] if self.heads else []
        for wide in self._widths(self.width - left):
            whole.append((left, left + wide))
            left += wide + GUTTER * self.size
        return whole

    @property
    def is_sound(self) -> bool:
        """Whether no word is cut for lack of width."""
        inside = self.width - BAR - BESIDE_BAR * self.size
        kept = self._kept(self.needs)
        return sum(kept) * self.size <= inside - GUTTER * self.size * (len(kept) - 1)

    def _kept(self, values: tuple[float, ...]) -> tuple[float, ...]:
        """Of those that have a column."""
        return values[1:] if self.heads else values

    def _widths(self, inside: float) -> list[float]:
        shares, needs = self._kept(self.shares), self._kept(self.needs)
        free = inside - GUTTER * self.size * (len(shares) - 1)
        widths = [share / sum(shares) * free for share in shares]
        short = [max(need * self.size - wide, 0.0) for need, wide in zip(needs, widths, strict=True)]
        spare = [max(wide - need * self.size, 0.0) for need, wide in zip(needs, widths, strict=True)]
        part = min(sum(short) / sum(spare), 1.0) if sum(spare) else 0.0
        return [wide + more - part * less for wide, more, less in zip(widths, short, spare, strict=True)]

    def gap(self, before: Twig, after: Twig) -> float:
        """White between two siblings."""
        if before.depth == 0:
            return ROOTS * self.size * self.stretch
        if before.is_leaf and after.is_leaf:
            return LEAVES * self.size * self.stretch
        return (GROUPS if before.depth == 1 else 0.7 * GROUPS) * self.size * self.stretch

    def place_of(self, twig: Twig) -> tuple[float, float]:
        """Left and right of a title with its code; the last of a branch may use the columns that stay empty."""
        left, right = self.columns[twig.column]
        right = self.columns[-1][1] if twig.is_leaf else right
        return min(left + twig.setback * STEP * self.size, right - 4 * self.size), right

    def words(self, twig: Twig) -> Words:
        """Its title in lines."""
        if twig not in self._words:
            self._words[twig] = self.break_title(twig, *self.place_of(twig))
        return self._words[twig]

    def break_title(self, twig: Twig, left: float, right: float, *, hangs: bool = True) -> Words:
        """The title of a twig in lines between those bounds; `hangs` False: nothing is kept free for codes."""
        style = style_of(twig)
        size = style.ratio * self.size
        hang = self.hangs[twig.column] * self.size if hangs else 0.0
        code = twig.node.code or ""
        hangs = width_of(code, BOLD) * size <= hang <= WIDEST_CODE * (right - left)
        title = _once_again(twig)
        text, width = (title, right - left - hang) if hangs else (f"{code} {title}".strip(), right - left)
        breaking = balance_lines if style.is_balanced else break_lines
        lines = breaking(text, style.face, width / size)
        leading = style.leading * size
        up = baseline_of(style.face, size, leading)
        return Words(style, lines, hangs, up, len(lines) * leading - up)

    def extent(self, twig: Twig) -> tuple[float, float]:
        """What it takes above and below its first baseline, which is that of its first child, and so on down."""
        if twig not in self._extents:
            words = self.words(twig)
            up, down = words.up, self._under(twig)
            for rank, child in enumerate(twig.children):
                above, below = self.extent(child)
                if rank == 0 and not down:
                    up = max(up, above)
                    down += below
                else:
                    down += (self.gap(twig.children[rank - 1], child) if rank else 0.0) + above + below
            self._extents[twig] = (up, max(words.down, down))
        return self._extents[twig]

    def _under(self, twig: Twig) -> float:
        """How far below its first baseline what is under a root begins; 0: on that baseline, in the next column."""
        return self.words(twig).down + UNDER_HEAD * self.size if self.heads and twig.depth == 0 else 0.0

    def height(self, twig: Twig) -> float:
        """From its top to its bottom."""
        return sum(self.extent(twig))

    def cut(self, twig: Twig, room: float, full: float) -> tuple[Twig | None, Twig | None]:
        """What of a twig fits in that room, and what does not; either may be None.

        It is cut between two children, and inside one only when that one is higher than a `full` column.
        """
        words, under = self.words(twig), self._under(twig)
        if self.height(twig) <= room:
            return twig, None
        up, down, fitting = words.up, under, 0
        parts: tuple[Twig, ...] = ()
        rest = twig.children
        for rank, child in enumerate(twig.children):
            above, below = self.extent(child)
            if rank == 0 and not under:
                up = max(up, above)
                above = 0.0
            before = down + (self.gap(twig.children[rank - 1], child) if rank else 0.0) + above
            if up + max(words.down, before + below) <= room:
                fitting, down, rest = rank + 1, before + below, twig.children[rank + 1 :]
                continue
            if child.children and self.height(continued(twig, (child,))) > full:
                over = self.extent(child)[0]
                part, left = self.cut(child, room - up - before + over, full - max(words.up + under, over) + over)
                if part is not None:
                    parts, rest = (part,), ((left, *rest[1:]) if left else rest[1:])
            break
        kept = (*twig.children[:fitting], *parts)
        if not kept or up + words.down > room:
            return None, twig
        return replace(twig, children=kept), continued(twig, rest)

    def shear(self, twig: Twig) -> tuple[Twig, Twig | None]:
        """The way to its first leaf, and the rest: the least that can be cut off, however little room there is."""
        if not twig.children:
            return twig, None
        head, tail = self.shear(twig.children[0])
        rest = (tail, *twig.children[1:]) if tail else twig.children[1:]
        return replace(twig, children=(head,)), continued(twig, rest) if rest else None

    def place(self, twig: Twig, x: float, baseline: float, before: Twig | None = None) -> Placed:
        """The twig with its first baseline there, in a panel that begins at `x`."""
        words, (up, down) = self.words(twig), self.extent(twig)
        left, right = self.place_of(twig)
        children, line = [], baseline
        if twig.children and self._under(twig):
            line += self._under(twig) + self.extent(twig.children[0])[0]
        for rank, child in enumerate(twig.children):
            if rank:
                earlier = twig.children[rank - 1]
                line += self.extent(earlier)[1] + self.gap(earlier, child) + self.extent(child)[0]
            children.append(self.place(child, x, line, twig.children[rank - 1] if rank else None))
        size = words.style.ratio * self.size
        hang = self.hangs[twig.column] * self.size if words.hangs else 0.0
        return Placed(
            twig=twig,
            x=x + left,
            y=baseline - up,
            right=x + right,
            bottom=baseline + down,
            code_x=x + left,
            text_x=x + left + hang,
            baseline=baseline,
            size=size,
            leading=words.style.leading * size,
            words=words,
            bracket=self._bracket(twig, children),
            rule=self.gap(before, twig) / 2 if before and twig.depth == 1 and twig.children else None,
            children=tuple(children),
        )

    def _bracket(self, twig: Twig, children: list[Placed]) -> float | None:
        if not children or self._under(twig):
            return None
        return min(child.x for child in children) - GUTTER * self.size / 2


def _once_again(twig: Twig) -> str:
    """The title with its French spaces, and with « (suite) » where it is shown again."""
    return f"{_spaced(twig.node.title)} (suite)" if twig.again else _spaced(twig.node.title)


@lru_cache(maxsize=20_000)
def _spaced(title: str) -> str:
    return french(title)
