"""Workbooks of a contract, XLSX and ODS: a sheet to read, and sheets that are read back without loss."""

from django.conf import settings

from document.findings import no_break
from document.sources.workbook_cells import escaped
from publications.editions import LICENCE, Edition
from publications.renditions.workbook_ods import write_ods
from publications.renditions.workbook_pages import Book
from publications.renditions.workbook_reading import reading_page
from publications.renditions.workbook_rows import data_pages
from publications.renditions.workbook_xlsx import write_xlsx

#: What stands beside the page number on A4; Excel refuses a foot of more than 255 signs, marks of fields among them.
FOOT_LENGTH = 160


def xlsx_file(edition: Edition) -> bytes:
    """The workbook for Excel; `document.sources.workbook` reads the same document out of it."""
    return write_xlsx(_book(edition))


def ods_file(edition: Edition) -> bytes:
    """The workbook for LibreOffice, with the same sheets; it is read back likewise."""
    return write_ods(_book(edition))


def _book(edition: Edition) -> Book:
    return Book(
        pages=[reading_page(edition), *data_pages(edition)],
        title=escaped(edition.document.contract.title),
        author=escaped(settings.SITE["publisher"]),
        foot=_foot(edition),
    )


def _foot(edition: Edition) -> str:
    """The line of source and licence; where it is too long for the foot of a page, the title gives way."""
    credit, title = (no_break(escaped(one)) for one in (edition.credit, edition.document.contract.title))
    excess = len(credit) - FOOT_LENGTH
    if excess > 0 and len(title) > excess + 12:
        credit = credit.replace(title, f"{title[: len(title) - excess - 1].rstrip()}…", 1)
    end = "" if edition.is_draft else f" {LICENCE}."
    return credit if len(credit) <= FOOT_LENGTH else f"{credit[: FOOT_LENGTH - len(end) - 2]}…{end}"
