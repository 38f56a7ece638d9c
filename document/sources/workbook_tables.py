"""Reads the grid of a sheet as rows of fields; every fault names the sheet and the cell."""

import re
from dataclasses import dataclass, field
from typing import Any

from document.faults import GATHERED, DocumentError, Fault, trimmed
from document.sources.workbook_cells import letters_of, lines_of, unescaped
from document.sources.workbook_columns import CONTINUED, NO, WORDS, YES, Column, Sheet
from document.sources.workbook_package import Cell, Grid

_SUITE = re.compile(rf"(.+) \({CONTINUED}(?: (\d{{1,3}}))?\)")
_AS_TEXT = "mettez la cellule au format Texte, puis ressaisissez"


class Faults:
    """Gathers what is wrong with a workbook."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, path: str, message: str) -> None:
        """One more. Raises DocumentError when there are too many to go on."""
        self.found.append(Fault(path, message))
        if len(self.found) >= GATHERED:
            raise DocumentError(self.found)

    def settle(self) -> None:
        """Raises DocumentError when anything was wrong."""
        if self.found:
            raise DocumentError(self.found)


@dataclass(slots=True)
class Row:
    """A row: its values by field (absent: an empty cell), and where each stands."""

    sheet: Sheet
    number: int
    columns: dict[str, int]
    values: dict[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The text of a cell; empty when the cell is."""
        return str(self.values.get(name, ""))

    def where(self, name: str | None = None) -> str:
        """« Feuille « Actions », cellule B12 »; without a field, the row."""
        if name not in self.columns:
            return f"{of_sheet(self.sheet)}, ligne {self.number}"
        return f"{of_sheet(self.sheet)}, cellule {letters_of(self.columns[name])}{self.number}"


def of_sheet(sheet: Sheet) -> str:
    """« Feuille « Actions » »."""
    return f"Feuille « {sheet.title} »"


def folded(text: str) -> str:
    """A heading, a title or a word as it is compared: whatever its capitals, spaces and apostrophes."""
    return " ".join(text.replace("'", "’").split()).casefold()


def read_rows(sheet: Sheet, grid: Grid, faults: Faults) -> list[Row]:
    """The rows of a sheet that say something, in order; the first filled row holds the headings."""
    if not grid:
        faults.add(of_sheet(sheet), f"la ligne des titres manque ; attendus : {_headings(sheet)}.")
        return []
    number, first = grid[0]
    columns = _Columns(sheet, number, first, faults)
    rows = []
    for number, cells in grid[1:]:
        row = columns.read(number, cells)
        if row is not None:
            rows.append(row)
    return rows


class _Columns:
    """Which column holds which field, in whatever order; a text may go on in columns of its own."""

    def __init__(self, sheet: Sheet, number: int, headings: dict[int, Cell], faults: Faults) -> None:
        self.sheet, self.faults = sheet, faults
        self.own: dict[str, int] = {}
        self.more: dict[str, dict[int, int]] = {}
        known = {folded(column.heading): column for column in sheet.columns}
        for at, cell in sorted(headings.items()):
            where = f"{of_sheet(sheet)}, cellule {letters_of(at)}{number}"
            name, suite = _heading(cell.text)
            column = known.get(name)
            taken = self.own if suite == 0 else self.more.setdefault(column.field, {}) if column else {}
            rank: Any = suite or (column.field if column else "")
            if column is None:
                said = f"titre de colonne inconnu, « {trimmed(cell.text)} » ; attendus : {_headings(sheet)}."
                faults.add(where, said)
            elif rank in taken:
                faults.add(where, f"la colonne « {trimmed(cell.text)} » est là deux fois.")
            else:
                taken[rank] = at
        for column in sheet.columns:
            if column.kind != "aside" and column.field not in self.own:
                faults.add(of_sheet(sheet), f"la colonne « {column.heading} » manque ; gardez-la, même vide.")
        self.named = {*headings}
        self.asides = {
            self.own[column.field] for column in sheet.columns if column.field in self.own and column.kind == "aside"
        }

    def read(self, number: int, cells: dict[int, Cell]) -> Row | None:
        """The row; None where nothing is said but asides."""
        if not cells.keys() - self.asides:
            return None
        row = Row(self.sheet, number, self.own)
        for at in sorted(cells.keys() - self.named):
            where = f"{of_sheet(self.sheet)}, cellule {letters_of(at)}{number}"
            self.faults.add(where, "cette colonne n’a pas de titre ; déplacez ou supprimez ce qu’elle contient.")
        for column in self.sheet.columns:
            if column.kind == "aside" or column.field not in self.own:
                continue
            cell = self._whole(column, cells)
            if cell is not None:
                value = self._value(column, cell, row)
                if value is not None:
                    row.values[column.field] = value
        return row

    def _whole(self, column: Column, cells: dict[int, Cell]) -> Cell | None:
        """The cell of a column, with what goes on in the columns after it."""
        cell = cells.get(self.own[column.field])
        more = [cells[at] for _, at in sorted(self.more.get(column.field, {}).items()) if at in cells]
        if not more:
            return cell
        odd = next((one for one in (cell, *more) if one is not None and one.kind != "text"), None)
        return odd or Cell("text", "".join(one.text for one in (cell, *more) if one is not None))

    def _value(self, column: Column, cell: Cell, row: Row) -> Any:
        """The value of a filled cell; None after a fault, or where it says nothing."""
        said = _misread(column, cell)
        if said:
            self.faults.add(row.where(column.field), said)
            return None
        match column.kind:
            case "key":
                return cell.text.strip() or None
            case "list":
                return lines_of(cell.text)
            case "yes":
                return self._truth(cell, row, column)
            case "word":
                return self._word(cell, row, column)
            case "number":
                return self.number(cell.text, row, column.field)
        return unescaped(cell.text)

    def number(self, text: str, row: Row, name: str) -> int | None:
        """The integer that the text writes."""
        if not (text.strip().isascii() and text.strip().isdigit() and len(text) < 10):
            self.faults.add(row.where(name), f"un nombre entier est attendu ici et non « {trimmed(text)} ».")
            return None
        return int(text)

    def _truth(self, cell: Cell, row: Row, column: Column) -> bool | None:
        said = folded(cell.text)
        if said not in (YES, NO, ""):
            self.faults.add(row.where(column.field), f"« {YES} » ou « {NO} » est attendu ici.")
            return None
        return said == YES

    def _word(self, cell: Cell, row: Row, column: Column) -> str | None:
        words = WORDS[self.sheet.name]
        found = {folded(word): name for name, word in words.items()} | {name: name for name in words}
        said = found.get(folded(cell.text))
        if said is None and cell.text.strip():
            self.faults.add(row.where(column.field), f"valeur inconnue ; attendues : {', '.join(words.values())}.")
            return None
        return said


def _misread(column: Column, cell: Cell) -> str:
    """Why a cell of that kind cannot be trusted to say what the eye sees in it; empty when it can."""
    match cell.kind:
        case "formula":
            return "une formule n’est pas lue ; remplacez-la par sa valeur."
        case "error":
            return "la cellule contient une erreur de calcul ; remplacez-la par sa valeur."
        case "number" if column.kind == "number":
            return ""  # whatever its format, an integer is a count; anything else is told where it is read
        case "integer" | "number" if column.kind in ("key", "code", "list"):
            return f"un nombre, où 1.1 et 1.10 se confondraient, et non un texte ; {_AS_TEXT} « {trimmed(cell.text)} »."
        case "number":
            return f"un nombre, une date ou un pourcentage, et non un texte ; {_AS_TEXT} ce qui doit s’y lire."
        case "truth" if column.kind != "yes":
            return f"une valeur logique et non un texte ; {_AS_TEXT} ce qui doit s’y lire."
    return ""


def _heading(text: str) -> tuple[str, int]:
    """The heading, folded, and 0, or the rank of the column in which its text goes on."""
    found = _SUITE.fullmatch(folded(text))
    return (found[1], int(found[2] or 1)) if found else (folded(text), 0)


def _headings(sheet: Sheet) -> str:
    return ", ".join(column.heading for column in sheet.columns)
