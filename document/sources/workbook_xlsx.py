"""Reads the sheets of an XLSX workbook into grids."""

import posixpath
import re
from collections.abc import Callable

from document.sources.workbook_package import (
    BROKEN,
    Attributes,
    Budget,
    Cell,
    CellKind,
    Grid,
    Handler,
    Package,
    refuse,
    whole,
)

BOOK = "xl/workbook.xml"
#: Formats of numbers that show an integer as its figures: by their numbers, or by their codes under any other number.
_PLAIN = {"0", "1", "49"}
_CODES = {"general", "0", "@"}
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_INTEGER = re.compile("-?[0-9]{1,15}")


def read_xlsx(package: Package, wanted: Callable[[str], bool]) -> dict[str, Grid]:
    """The grids of the sheets whose title is wanted, by title. Raises DocumentError."""
    budget = Budget()
    strings = _Strings(package, budget)
    plain = _Styles(package).plain
    relations = "xl/_rels/workbook.xml.rels"
    parts = {
        found.get("Id", ""): found.get("Target", "") for found in Attributes(package, relations, "Relationship").found
    }
    grids = {}
    for sheet in Attributes(package, BOOK, "sheet").found:
        if wanted(title := sheet.get("name", "")):
            target = posixpath.normpath(posixpath.join("/xl", parts.get(sheet.get("id", ""), ""))).lstrip("/")
            reader = _Sheet(strings.found, plain, budget)
            package.parse(target, reader)
            grids[title] = reader.grid
    return grids


class _Texts(Handler):
    """Gathers the text of `t` elements, without the readings that Japanese texts carry."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._listens = False
        self._aside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A run of text begins, or a reading."""
        if tag == "rPh":
            self._aside = True
        elif tag == "t":
            self._listens = not self._aside

    def end(self, tag: str) -> None:
        """A run of text ends, or a reading."""
        if tag == "rPh":
            self._aside = False
        elif tag == "t":
            self._listens = False

    def text(self, data: str) -> None:
        """A run of text."""
        if self._listens:
            self._words.append(data)

    def take(self) -> str:
        """What was gathered, as Excel shows it."""
        said = "".join(self._words)
        self._words.clear()
        if "_x" in said:
            said = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), said)
        return said.replace("\r\n", "\n").replace("\r", "\n") if "\r" in said else said


class _Strings(_Texts):
    """The strings that the cells share."""

    def __init__(self, package: Package, budget: Budget) -> None:
        super().__init__()
        self.found: list[str] = []
        self._budget = budget
        if "xl/sharedStrings.xml" in package:
            package.parse("xl/sharedStrings.xml", self)

    def end(self, tag: str) -> None:
        """A string ends."""
        super().end(tag)
        if tag == "si":
            self.found.append(self.take())
            self._budget.spend(1, len(self.found[-1]))


class _Styles(Handler):
    """Which styles of cells show an integer as its figures."""

    def __init__(self, package: Package) -> None:
        self.plain: list[bool] = []
        self._inside = False
        self._formats = set(_PLAIN)
        if "xl/styles.xml" in package:
            package.parse("xl/styles.xml", self)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A format of numbers, the list of the cells' styles, or one of it."""
        if tag == "numFmt" and attributes.get("formatCode", "").casefold() in _CODES:
            self._formats.add(attributes.get("numFmtId", ""))
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside:
            self.plain.append(attributes.get("numFmtId", "0") in self._formats)

    def end(self, tag: str) -> None:
        """The list ends."""
        if tag == "cellXfs":
            self._inside = False


class _Sheet(_Texts):
    """The grid of one sheet."""

    def __init__(self, strings: list[str], plain: list[bool], budget: Budget) -> None:
        super().__init__()
        self.grid: Grid = []
        self._strings, self._plain, self._budget = strings, plain, budget
        self._row = self._column = 0
        self._cells: dict[int, Cell] = {}
        self._type = self._style = ""
        self._formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A row or a cell begins, or what a cell holds."""
        super().start(tag, attributes)
        match tag:
            case "row":
                self._row, self._column, self._cells = whole(attributes.get("r"), self._row + 1), 0, {}
            case "c":
                self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
                self._type, self._style, self._formula = attributes.get("t", "n"), attributes.get("s", "0"), False
                self._words.clear()
            case "f":
                self._formula = True
            case "v":
                self._listens = True

    def end(self, tag: str) -> None:
        """A cell or a row ends."""
        super().end(tag)
        if tag == "v":
            self._listens = False
        elif tag == "c":
            cell = self._cell(self.take())
            if cell is not None:
                self._budget.spend(1, len(cell.text))
                self._cells[self._column] = cell
        elif tag == "row" and self._cells:
            self.grid.append((self._row, self._cells))

    def _cell(self, value: str) -> Cell | None:
        if self._formula:
            return Cell("formula", value)
        if not value:
            return None
        match self._type:
            case "s":
                rank = whole(value.strip())
                if rank >= len(self._strings):
                    raise refuse(BROKEN)
                return Cell("text", self._strings[rank]) if self._strings[rank] else None
            case "inlineStr" | "str":
                return Cell("text", value)
            case "b":
                return Cell("truth", "oui" if value.strip() == "1" else "non")
            case "e":
                return Cell("error", value)
        return Cell(self._number(value), value.strip())

    def _number(self, value: str) -> CellKind:
        style = whole(self._style)
        plain = style >= len(self._plain) or self._plain[style]
        return "integer" if plain and self._type == "n" and _INTEGER.fullmatch(value.strip()) else "number"


def _column(reference: str) -> int:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise refuse(BROKEN)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column
