"""Reads the sheets of an ODS workbook into grids."""

import re
from collections.abc import Callable

from document.sources.workbook_package import LOCKED, Attributes, Budget, Cell, Grid, Handler, Package, refuse, whole

CONTENT = "content.xml"
#: Line ends inside a paragraph are layout of the file. Spaces are kept: LibreOffice writes them as they are.
_FOLD = re.compile("[ \t\r]*\n[ \t\r\n]*")
_INTEGER = re.compile("-?[0-9]{1,15}")


def read_ods(package: Package, wanted: Callable[[str], bool]) -> dict[str, Grid]:
    """The grids of the sheets whose title is wanted, by title. Raises DocumentError."""
    manifest = "META-INF/manifest.xml"
    if manifest in package and Attributes(package, manifest, "encryption-data").found:
        raise refuse(LOCKED)
    reader = _Sheets(wanted)
    package.parse(CONTENT, reader)
    return reader.grids


class _Sheets(Handler):
    """The grids of all sheets; rows and cells that are written once for many are unfolded within the budget."""

    def __init__(self, wanted: Callable[[str], bool]) -> None:
        self.grids: dict[str, Grid] = {}
        self._wanted = wanted
        self._budget = Budget()
        self._grid: Grid | None = None  # None: outside the sheets that are wanted
        self._row = self._column = self._repeated = self._asides = 0
        self._cells: dict[int, Cell] = {}
        self._cell: dict[str, str] | None = None  # attributes of the cell that is being read
        self._paragraphs: list[str] = []
        self._words: list[str] | None = None  # of the paragraph that is being read

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A sheet, a row, a cell, a paragraph begins, or a sign that is written as an element."""
        if tag == "table":
            title = attributes.get("name", "")
            self._grid = self.grids.setdefault(title, []) if self._wanted(title) else None
            self._row = 0
        elif self._grid is None:
            return
        elif tag == "annotation":
            self._asides += 1
        elif self._asides:
            return
        elif tag == "table-row":
            self._repeated = whole(attributes.get("number-rows-repeated"), 1)
            self._column, self._cells = 0, {}
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell, self._paragraphs = attributes, []
        elif tag == "p" and self._cell is not None:
            self._words = []
        elif self._words is not None:
            self._sign(tag, attributes)

    def _sign(self, tag: str, attributes: dict[str, str]) -> None:
        """Spaces, tabs and line breaks that are written as elements."""
        if self._words is None:
            return
        if tag == "s":
            count = whole(attributes.get("c"), 1)
            self._budget.spend(0, count)
            self._words.append(" " * count)
        elif tag == "tab":
            self._words.append("\t")
        elif tag == "line-break":
            self._words.append("\n")

    def text(self, data: str) -> None:
        """A run of text."""
        if self._words is not None and not self._asides:
            self._words.append(_FOLD.sub(" ", data) if "\n" in data else data)

    def end(self, tag: str) -> None:
        """What began ends."""
        if self._grid is None:
            return
        if tag == "annotation":
            self._asides -= 1
        elif self._asides:
            return
        elif tag == "table":
            self._grid = None
        elif tag == "p" and self._words is not None:
            self._paragraphs.append("".join(self._words))
            self._words = None
        elif tag in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._keep(self._cell)
            self._cell = None
        elif tag == "table-row":
            self._keep_row(self._grid)

    def _keep(self, attributes: dict[str, str]) -> None:
        repeated = whole(attributes.get("number-columns-repeated"), 1)
        cell = self._made(attributes, "\n".join(self._paragraphs))
        if cell is not None:
            self._budget.spend(repeated, repeated * len(cell.text))
            self._cells |= dict.fromkeys(range(self._column + 1, self._column + repeated + 1), cell)
        self._column += repeated

    def _keep_row(self, grid: Grid) -> None:
        if self._cells:
            again = self._repeated - 1
            self._budget.spend(again * len(self._cells), again * sum(len(cell.text) for cell in self._cells.values()))
            grid += [(self._row + rank, self._cells) for rank in range(1, self._repeated + 1)]
        self._row += self._repeated

    def _made(self, attributes: dict[str, str], shown: str) -> Cell | None:
        if "formula" in attributes:
            return Cell("formula", shown)
        kind = attributes.get("value-type", "")
        if kind == "string" or not kind:
            text = attributes.get("string-value", shown)
            return Cell("text", text) if text else None
        if kind == "boolean":
            return Cell("truth", "oui" if attributes.get("boolean-value") == "true" else "non")
        value = attributes.get("value", shown)
        integer = kind == "float" and _INTEGER.fullmatch(value) and re.sub(r"\s", "", shown) in ("", value)
        return Cell("integer" if integer else "number", value if integer else shown)
