"""The sheets by kind: together they hold everything of a document, to the letter, and are read back."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from document import nodes
from document.findings import ITEM_WORDS
from document.sources import workbook_columns as sheets
from document.sources.workbook_cells import cell_of, escaped, pieces_of
from document.walk import walk
from publications.editions import Edition
from publications.renditions.workbook_pages import ASIDE, NUMBER, PLAIN, Cell, Column, Page

Row = dict[str, Any]
#: Longest text that says where a row belongs.
_ASIDE_LENGTH = 160


def data_pages(edition: Edition) -> list[Page]:
    """One sheet a kind, in the order of `workbook_columns.SHEETS`."""
    rows = _rows(edition)
    return [_page(sheet, rows[sheet.name]) for sheet in sheets.SHEETS]


def _page(sheet: sheets.Sheet, rows: list[Row]) -> Page:
    """The sheet of those rows; a text too long for one cell goes on in columns of its own."""
    columns: list[Column] = []
    written: list[list[Cell]] = [[] for _ in rows]
    for column in sheet.columns:
        style = ASIDE if column.kind == "aside" else NUMBER if column.kind == "number" else PLAIN
        values = [cell_of(row.get(column.field), column) for row in rows]
        pieces = [pieces_of(value) if isinstance(value, str) else [value] for value in values]
        for rank in range(max([1, *map(len, pieces)])):
            suite = f" ({sheets.CONTINUED}{f' {rank}' if rank > 1 else ''})" if rank else ""
            columns.append(Column(column.heading + suite, column.width, column.help, style, _choices(sheet, column)))
            for cells, found in zip(written, pieces, strict=True):
                cells.append(Cell(found[rank] if rank < len(found) else None, style))
    return Page(sheet.title, columns, written)


def _choices(sheet: sheets.Sheet, column: sheets.Column) -> tuple[str, ...] | str:
    if column.kind == "yes":
        return sheets.YES, sheets.NO
    if column.kind == "word":
        return tuple(sheets.WORDS[sheet.name].values())
    return sheets.LEVELS.title if column.field == "level" else ()


def _rows(edition: Edition) -> dict[str, list[Row]]:
    document = edition.document
    rows: dict[str, list[Row]] = defaultdict(list)
    rows["contract"] = list(_contract(edition))
    rows["levels"] = [_fields(level) for level in document.levels]
    rows["neighbourhoods"] = [_fields(one) for one in document.neighbourhoods]
    counted = _counted(document)
    _add_said(rows, document, sheets.WHOLE, document.contract.title, counted)
    for place in walk(document):
        node = place.objective
        own = _fields(node) | {"parent": place.parent.key if place.parent else None}
        rows["objectives"].append(own | {"transversal": sheets.YES if node.transversal else None})
        name = _named(node.code, node.title)
        under = {"objective": node.key, "aside": name}
        rows["notes"] += [under | _worded("notes", note) for note in node.notes]
        _add_said(rows, node, node.key, name, counted)
        for part in nodes.ITEMS:
            for item in getattr(node, part):
                worded = _worded(part, item) if part == "indicators" else _fields(item)
                rows[part].append(under | worded)
                text = item.text if isinstance(item, nodes.Clause) else item.title
                said = f"{ITEM_WORDS[part][0].capitalize()} {_named(getattr(item, 'code', None), text)}"
                _add_said(rows, item, item.key, said, counted)
    return rows


def _add_said(rows: dict[str, list[Row]], node: Any, key: str, name: str, counted: dict[str, str]) -> None:
    """What a node refers to, states of itself, and is remarked on."""
    owner = {"owner": key, "aside": _short(name)}
    rows["references"] += [owner | _fields(reference) for reference in getattr(node, "references", ())]
    rows["remarks"] += [owner | {"text": text} for text in node.remarks]
    for one in getattr(node, "declared", ()):
        rows["declared"].append(owner | {"of": counted.get(one.of, one.of), "count": one.count})


def _contract(edition: Edition) -> Iterator[Row]:
    contract = edition.document.contract
    for name, field in sheets.FIELDS.items():
        value = getattr(contract, field)
        if isinstance(value, tuple):
            yield from ({"field": name, "value": source} for source in value)
        else:
            yield {"field": name, "value": str(value) if isinstance(value, int) else value}
    asides = {"Version": edition.version, "Empreinte": edition.digest, "Source et licence": edition.credit}
    yield from ({"field": f"{name} {sheets.ASIDE}", "value": value} for name, value in asides.items())


def _fields(node: Any) -> Row:
    """The fields of a node as they are; those without a column of its sheet are not written."""
    return {name: getattr(node, name) for name in node.__dataclass_fields__}


def _worded(part: str, node: Any) -> Row:
    return _fields(node) | {"kind": sheets.WORDS[part][node.kind]}


def _counted(document: nodes.Document) -> dict[str, str]:
    """How cells name what is counted besides levels; a level of that very key takes precedence."""
    levels = {level.key for level in document.levels}
    return {of: word for of, word in sheets.COUNTED.items() if of not in levels and word not in levels}


def _named(code: str | None, title: str) -> str:
    return _short(f"{code} {title}" if code else title)


def _short(text: str) -> str:
    flat = escaped(" ".join(text.split()))
    return flat if len(flat) <= _ASIDE_LENGTH else f"{flat[: _ASIDE_LENGTH - 1].rsplit(' ', 1)[0]}…"
