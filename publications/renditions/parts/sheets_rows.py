"""The rows of a table of sheets: what hangs under several objectives, in rows that can be kept whole on a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from document.nodes import Objective
from publications.renditions.parts.project_tree_words import SANS, break_lines

#: As pdf-sheets.css sets them, in points: size, leading, white under an item; width of all columns but the first, and
#: what each loses to its margins.
SIZE, LEADING, BETWEEN, WIDTH, INSIDE = 8.5, 10.9, 3.1, 700.0, 25.0
#: Highest row that is not cut, and how high its pieces then are: less than half of a page.
WHOLE, PIECE = 230.0, 170.0
#: How much more than its share a piece may hold, so that no item is left alone for the next.
SLACK = 1.3


@dataclass(frozen=True, slots=True)
class Cited:
    """A « Cf. … » with the objectives that it names."""

    text: str
    targets: tuple[Objective, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An action, a clause or an indicator."""

    code: str | None
    text: str
    #: What is said of it under its text: plain text of several lines.
    description: str = ""
    #: « nombre · heures · F/H » of an indicator, then its reference and target.
    nature: str = ""
    baseline: str = ""
    target: str = ""
    cited: tuple[Cited, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Lines of one kind, column by column; `is_first` False: it goes on from the row above, maybe on another page."""

    kind: str
    name: str
    cells: tuple[tuple[Line, ...], ...]
    is_first: bool


def rows_of(kind: str, name: str, cells: Sequence[tuple[Line, ...]]) -> list[Row]:
    """The lines of a kind in one row, or in several about as high as each other where one would be very high."""
    width = WIDTH / len(cells) - INSIDE
    heights = [[_height(line, width) for line in lines] for lines in cells]
    highest = max(sum(column) for column in heights)
    count = 1 if highest <= WHOLE else ceil(highest / PIECE)
    pieces = [_cut(lines, column, highest / count) for lines, column in zip(cells, heights, strict=True)]
    return [
        Row(kind, name, tuple(column[rank] if rank < len(column) else () for column in pieces), rank == 0)
        for rank in range(max(map(len, pieces)))
    ]


def _cut(lines: tuple[Line, ...], heights: list[float], room: float) -> list[tuple[Line, ...]]:
    """The lines in pieces that are not higher than that, save where one line is."""
    pieces: list[tuple[Line, ...]] = [()]
    used = 0.0
    for line, height in zip(lines, heights, strict=True):
        if pieces[-1] and used + height > SLACK * room:
            pieces.append(())
            used = 0.0
        pieces[-1] = (*pieces[-1], line)
        used += height
    return pieces


def _height(line: Line, width: float) -> float:
    """About how high an item is."""
    said = [f"{line.code or ''} {line.text}", *line.description.split("\n")]
    said += [line.baseline + line.target, *(cited.text for cited in line.cited)]
    return sum(len(break_lines(text, SANS, width / SIZE)) for text in said) * LEADING + BETWEEN
