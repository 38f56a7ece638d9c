"""Writes a workbook as XLSX, row by row: every cell is a string or an integer, never a formula."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.properties import PageSetupProperties

from document.sources.workbook_cells import letters_of
from publications.renditions.workbook_pages import HEAD, RULE, Book, Cell, Column, Page, Style, height_of

#: Rows below the last that offer the same choices.
_SPARE = 500
_FONT = "Arial"


def write_xlsx(book: Book) -> bytes:
    """The bytes of the workbook."""
    workbook = Workbook(write_only=True)
    workbook.properties.title, workbook.properties.creator = book.title, book.author
    workbook.properties.language = "fr-FR"
    for page in book.pages:
        _Writer(workbook, page, book).write()
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


class _Height(RowDimension):
    """A height that is only where a row begins: it grows with what is typed, where one set by hand would not."""

    customHeight = False


class _Writer:
    """Writes one sheet."""

    def __init__(self, workbook: Workbook, page: Page, book: Book) -> None:
        self.page, self.book = page, book
        self.sheet = workbook.create_sheet(page.title)
        self._styled: dict[Style, Any] = {}

    def write(self) -> None:
        """The sheet: what concerns the whole first, as rows are written at once."""
        self._set_up()
        self._set_up_print()
        for number, cell in enumerate(self.page.above, start=1):
            self.sheet.row_dimensions[number].height = cell.style.size * 1.4
            self.sheet.append([self._cell(cell)])
        self.sheet.append([self._heading(column) for column in self.page.columns])
        for number, row in enumerate(self.page.rows, start=self.page.head + 1):
            self.sheet.row_dimensions[number] = _Height(self.sheet, number, ht=height_of(row, self.page.columns))
            self.sheet.append([self._cell(cell) for cell in row])

    def _set_up(self) -> None:
        sheet, page = self.sheet, self.page
        for rank, column in enumerate(page.columns, start=1):
            width = sheet.column_dimensions[letters_of(rank)]
            width.width = column.width
            if column.style.is_text:
                width.number_format = "@"
        sheet.freeze_panes = f"{letters_of(page.frozen + 1)}{page.head + 1}"
        sheet.auto_filter.ref = f"A{page.head}:{letters_of(len(page.columns))}{max(page.last, page.head + 1)}"
        if page.color:
            sheet.sheet_properties.tabColor = page.color
        for rank, column in enumerate(page.columns, start=1):
            if column.choices:
                letters, last = letters_of(rank), page.last + _SPARE
                choice = DataValidation("list", formula1=_choices(column), allow_blank=True, showErrorMessage=False)
                choice.add(f"{letters}{page.head + 1}:{letters}{last}")
                sheet.data_validations.append(choice)

    def _set_up_print(self) -> None:
        sheet, page = self.sheet, self.page
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
        sheet.print_title_rows = f"{page.head}:{page.head}"
        sheet.oddFooter.left.text = self.book.foot.replace("&", "+")  # « && » is for « & », and may not fit
        sheet.oddFooter.left.size = sheet.oddFooter.right.size = 7
        sheet.oddFooter.right.text = "&A, page &P / &N"

    def _heading(self, column: Column) -> Any:
        cell = self._cell(Cell(column.heading, HEAD))
        if column.help:
            cell.comment = Comment(column.help, self.book.author, height=90, width=260)
        return cell

    def _cell(self, cell: Cell) -> Any:
        made = WriteOnlyCell(self.sheet)
        made._style = self._style(cell.style)
        if isinstance(cell.value, str):
            made.value = cell.value
            made.data_type = "s"  # openpyxl would take « =… » for a formula and « #N/A » for an error
        else:
            made.value = cell.value
        return made

    def _style(self, style: Style) -> Any:
        if style not in self._styled:
            model = WriteOnlyCell(self.sheet)
            model.font = Font(name=_FONT, size=style.size, bold=style.bold, color=style.color)
            model.alignment = Alignment(
                horizontal="center" if style.centered else "left",
                vertical="top",
                wrap_text=style.wraps,
                indent=style.indent,
            )
            if style.fill:
                model.fill = PatternFill("solid", start_color=style.fill)
            if style.ruled or style.edge:
                model.border = Border(
                    bottom=Side("thin", color=RULE) if style.ruled else Side(),
                    left=Side("thick", color=style.edge) if style.edge else Side(),
                )
            if style.is_text:
                model.number_format = "@"
            self._styled[style] = model._style
        return self._styled[style]


def _choices(column: Column) -> str:
    if isinstance(column.choices, str):
        return f"'{column.choices}'!$A$2:$A$50"
    return f'"{",".join(column.choices)}"'
