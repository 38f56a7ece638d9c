"""Spreadsheet files, in and out: XLSX, ODS, and CSV as French Excel writes it; every cell is text."""

import csv
import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import tablib
from django.core.exceptions import ValidationError
from import_export.formats import base_formats
from odf import opendocument, table, teletype, text
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

#: Largest file that is read, and largest that it may unfold to, in bytes.
FILE_LIMIT, UNFOLDED_LIMIT = 2_000_000, 40_000_000
#: Most rows and columns that are read.
ROW_LIMIT, COLUMN_LIMIT = 2_000, 50
#: Signs with which a spreadsheet begins to reckon.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class FileRefused(ValidationError):
    """A file that cannot be read; the message says why."""


def neutral(value: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{value}" if value.lstrip("'").startswith(FORMULA) else value


def natural(value: str) -> str:
    """The text without the apostrophe that `neutral` put before it."""
    return value[1:] if value.startswith("'") and value.lstrip("'").startswith(FORMULA) else value


def cell_text(value: Any) -> str:
    """A cell's value as a person would have typed it: decimal comma, French date."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    return natural(str(value))


def make_dataset(rows: Any) -> tablib.Dataset:
    """The rows as a dataset of texts: the first that is not blank are the headers, blank ones are left out."""
    kept: list[list[str]] = []
    for row in rows:
        cells = [cell_text(value).strip() for value in list(row)[:COLUMN_LIMIT]]
        if any(cells):
            kept.append(cells)
        if len(kept) > ROW_LIMIT + 1:
            raise FileRefused(f"Le fichier a plus de {ROW_LIMIT} lignes : importez-le en plusieurs fois.")
    if not kept:
        raise FileRefused("Le fichier est vide.")
    width = max(rank for rank, header in enumerate(kept[0], 1) if header)
    kept[0] = kept[0][:width]
    return tablib.Dataset(*[(row + [""] * width)[:width] for row in kept[1:]], headers=kept[0])


class Csv(base_formats.CSV):
    """CSV: written as UTF-8 with its mark and « ; » for French Excel; read in UTF-8 or cp1252, with ; , or tab."""

    CONTENT_TYPE = "text/csv; charset=utf-8"

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        """The dataset of those bytes; the delimiter is the one that cuts the first line most often."""
        try:
            content = in_stream.decode("utf-8-sig")
        except UnicodeDecodeError:
            content = in_stream.decode("cp1252", errors="replace")
        first = content.lstrip().split("\n", 1)[0]
        delimiter = max(";,\t", key=first.count)
        try:
            return make_dataset(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=False))
        except csv.Error as error:
            raise FileRefused("Ce fichier CSV est mal formé.") from error

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """The bytes of that dataset."""
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=";").writerows([dataset.headers, *dataset])
        return b"\xef\xbb\xbf" + out.getvalue().encode()


class Xlsx(base_formats.XLSX):
    """Excel: every cell is written as text, so that « 1.10 » stays what it is."""

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        """The dataset of the first sheet; of a formula, its last value."""
        check_archive(in_stream)
        try:
            book = openpyxl.load_workbook(io.BytesIO(in_stream), read_only=True, data_only=True)
            return make_dataset(book.worksheets[0].iter_rows(values_only=True, max_col=COLUMN_LIMIT))
        except FileRefused:
            raise
        except Exception as error:  # openpyxl raises whatever its XML or ZIP reader does
            raise FileRefused("Ce fichier n’est pas un classeur Excel (.xlsx) lisible.") from error

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """The bytes of that dataset."""
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title, sheet.freeze_panes = dataset.title[:31], "A2"
        for rank, row in enumerate([dataset.headers, *dataset], 1):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(rank, column)
                cell.value, cell.data_type = value, "s"
                cell.number_format = "@"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.font = Font(bold=rank == 1)
        for column, header in enumerate(dataset.headers, 1):
            longest = max([len(header), *(len(value) for value in dataset[header])])
            sheet.column_dimensions[get_column_letter(column)].width = min(longest + 2, 60)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


class Ods(base_formats.ODS):
    """LibreOffice: repeated cells are read as many times as they stand, which tablib does not do."""

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        """The dataset of the first sheet."""
        check_archive(in_stream)
        try:
            book = opendocument.load(io.BytesIO(in_stream))
            return make_dataset(_ods_rows(book.spreadsheet.getElementsByType(table.Table)[0]))
        except FileRefused:
            raise
        except Exception as error:  # odfpy raises whatever its XML or ZIP reader does
            raise FileRefused("Ce fichier n’est pas un classeur LibreOffice (.ods) lisible.") from error

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """The bytes of that dataset."""
        book = opendocument.OpenDocumentSpreadsheet()
        sheet = table.Table(name=dataset.title)
        book.spreadsheet.addElement(sheet)
        for row in [dataset.headers, *dataset]:
            line = table.TableRow()
            sheet.addElement(line)
            for value in row:
                cell = table.TableCell(valuetype="string")
                for part in value.split("\n"):
                    paragraph = text.P()
                    teletype.addTextToElement(paragraph, part)
                    cell.addElement(paragraph)
                line.addElement(cell)
        out = io.BytesIO()
        book.write(out)
        return out.getvalue()


def _ods_rows(sheet: Any) -> Any:
    for row in sheet.getElementsByType(table.TableRow):
        cells: list[str] = []
        for cell in row.childNodes:
            times = int(cell.getAttribute("numbercolumnsrepeated") or 1)
            value = "\n".join(teletype.extractText(one) for one in cell.getElementsByType(text.P))
            cells += [value] * min(times, COLUMN_LIMIT - len(cells))
        repeated = int(row.getAttribute("numberrowsrepeated") or 1)
        yield from [cells] * (min(repeated, ROW_LIMIT + 2) if any(cells) else 1)


def check_archive(content: bytes) -> None:
    """Raises FileRefused for what is no ZIP archive, or one that unfolds to too much."""
    try:
        size = sum(one.file_size for one in zipfile.ZipFile(io.BytesIO(content)).infolist())
    except zipfile.BadZipFile as error:
        raise FileRefused("Ce fichier n’est pas un classeur lisible.") from error
    if size > UNFOLDED_LIMIT:
        raise FileRefused("Ce classeur est trop volumineux une fois décompressé.")


FORMATS: dict[str, type[base_formats.TablibFormat]] = {"xlsx": Xlsx, "ods": Ods, "csv": Csv}


def read_sheet(name: str, content: bytes) -> tablib.Dataset:
    """The dataset of an uploaded file, by its ending. Raises FileRefused."""
    ending = name.rsplit(".", 1)[-1].lower()
    if ending not in FORMATS:
        raise FileRefused(f"Format de fichier inconnu ; formats lus : {', '.join(FORMATS)}.")
    if len(content) > FILE_LIMIT:
        raise FileRefused(f"Le fichier dépasse {FILE_LIMIT // 1_000_000} Mo : importez-le en plusieurs fois.")
    return FORMATS[ending]().create_dataset(content)
