"""Reads a contract from an XLSX or ODS workbook, as `renditions/workbook.py` writes them and as officers leave them."""

import re
from typing import Any

from document.faults import DocumentError, Fault
from document.nodes import Document
from document.reading import read_document
from document.sources import workbook_columns as sheets
from document.sources.workbook_assembly import Assembly
from document.sources.workbook_ods import CONTENT, read_ods
from document.sources.workbook_package import BROKEN, Package, refuse
from document.sources.workbook_tables import Faults, Row, folded, of_sheet, read_rows
from document.sources.workbook_xlsx import BOOK, read_xlsx

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def read_workbook(content: bytes) -> Document:
    """The document of a workbook. Raises DocumentError; each fault names the sheet and the cell, in French."""
    tables = _read_tables(Package(content))
    assembly = Assembly(tables)
    assembly.faults.settle()
    try:
        return read_document(assembly.data)
    except DocumentError as error:
        raise DocumentError([Fault(_where(fault.path, assembly), fault.message) for fault in error.faults]) from error


def _read_tables(package: Package) -> dict[str, list[Row]]:
    titles = {folded(sheet.title): sheet for sheet in sheets.SHEETS}
    reader = read_xlsx if BOOK in package else read_ods if CONTENT in package else None
    if reader is None:
        raise refuse(BROKEN)
    grids = {titles[folded(title)].name: grid for title, grid in reader(package, lambda t: folded(t) in titles).items()}
    faults = Faults()
    for sheet in sheets.SHEETS:
        if sheet.name not in grids:
            faults.add(of_sheet(sheet), "cette feuille manque ; gardez-la, même vide, avec ses titres de colonnes.")
    faults.settle()
    tables = {sheet.name: read_rows(sheet, grids[sheet.name], faults) for sheet in sheets.SHEETS}
    faults.settle()
    return tables


def _where(path: str, assembly: Assembly) -> str:
    """The cell that a path of the exchange format was read from; the path itself where there is none."""
    value: Any = assembly.data
    row, name = None, None
    for key, rank in _STEP.findall(path):
        if rank:
            row = assembly.rows.get((id(value), int(rank)), row)
            value = value[int(rank)] if isinstance(value, list) and int(rank) < len(value) else None
        else:
            name = key
            row = assembly.rows.get((id(value), key), row)
            value = value.get(key) if isinstance(value, dict) else None
        row = assembly.rows.get((id(value), None), row)
    if row is None:
        return path
    return row.where(name if name in row.columns else sheets.LINE_FIELD.get(row.sheet.name))
