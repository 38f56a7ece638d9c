"""Sheets of a workbook before they are written in a format: columns, rows of styled cells, what the print shows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

#: Ink and thin rules of tokens.css; spreadsheets know no custom properties.
INK, SOFT, RULE, BAND = "1F2328", "57606A", "D0D4D9", "F3F1EC"
#: The eight threads of tokens.css, one a root.
THREADS = ("1D4E79", "7A3E12", "24613F", "6A2F6D", "7D1F35", "2F5D66", "5B5A14", "43447F")


class Style(NamedTuple):
    """How a cell looks; lengths in points, `indent` in steps, `edge` the colour of a thick left border."""

    size: int = 10
    bold: bool = False
    color: str = INK
    fill: str = ""
    edge: str = ""
    indent: int = 0
    ruled: bool = True
    wraps: bool = True
    centered: bool = False
    #: Whether the cell is text whatever is typed into it: « 1.10 » stays « 1.10 ».
    is_text: bool = True


PLAIN = Style()
NUMBER = Style(is_text=False, wraps=False, centered=True)
HEAD = Style(bold=True, fill=BAND)
ASIDE = Style(color=SOFT)


class Cell(NamedTuple):
    """A value and its style; None is an empty cell, which has its style all the same."""

    value: str | int | None
    style: Style = PLAIN


class Column(NamedTuple):
    """A column: heading, width in characters, what its comment says, the style of cells not written yet, choices."""

    heading: str
    width: int
    help: str = ""
    style: Style = PLAIN
    #: The words to choose from, or the sheet whose first column has them.
    choices: tuple[str, ...] | str = ()


@dataclass(slots=True)
class Page:
    """A sheet: lines above the headings, the columns, the rows; `color` is that of its tab."""

    title: str
    columns: list[Column]
    rows: list[list[Cell]]
    above: list[Cell] = field(default_factory=list)
    #: How many columns stay in sight when the sheet is moved to the right.
    frozen: int = 1
    color: str = ""

    @property
    def head(self) -> int:
        """The number of the row of headings, from 1."""
        return len(self.above) + 1

    @property
    def last(self) -> int:
        """The number of the last row."""
        return self.head + len(self.rows)


def height_of(cells: list[Cell], columns: list[Column]) -> float:
    """About how high a row is, in points: what wraps takes more lines. At most what Excel allows."""
    height = 15.0
    for cell, column in zip(cells, columns, strict=False):
        style = cell.style
        if isinstance(cell.value, str) and style.wraps:
            room = max(column.width - 2 * style.indent, 8) * 11.2 / style.size / (1.1 if style.bold else 1)
            lines = sum(max(ceil(len(line) / room), 1) for line in cell.value.split("\n"))
            height = max(height, lines * style.size * 1.25 + 3)
    return min(height, 400)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: its sheets, its title, and the line at the foot of each printed page."""

    pages: Iterable[Page]
    title: str
    author: str
    foot: str
