"""Writes a workbook as ODS (OpenDocument 1.2): every cell is a string or an integer, never a formula."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from document.sources.workbook_cells import letters_of
from publications.renditions.workbook_ods_styles import NAMESPACES, manifest, meta, settings, styles
from publications.renditions.workbook_pages import HEAD, RULE, Book, Cell, Column, Page, Style

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
#: Width of a character of a column, in centimetres, as Excel counts them in Arial 10.
_CHARACTER = 0.21
_SPACES = re.compile("^ +| +$| {2,}")


def write_ods(book: Book) -> bytes:
    """The bytes of the workbook."""
    pages = list(book.pages)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)  # the first part, readable as it is
        package.writestr("content.xml", "".join(_Content(pages).parts()))
        package.writestr("styles.xml", styles(book))
        package.writestr("meta.xml", meta(book))
        package.writestr("settings.xml", settings(pages))
        package.writestr("META-INF/manifest.xml", manifest(MIMETYPE))
    return file.getvalue()


class _Content:
    """The text of content.xml; styles and choices are gathered while the sheets are written, and stand before them."""

    def __init__(self, pages: list[Page]) -> None:
        self.pages = pages
        self._styles: dict[Style, str] = {}
        self._widths: dict[int, str] = {}
        self._choices: dict[tuple[str, ...] | str, str] = {}

    def parts(self) -> Iterator[str]:
        """The runs of the file, in order."""
        tables = [part for page in self.pages for part in self._table(page)]
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {NAMESPACES} office:version="1.2">'
        yield '<office:automatic-styles><number:text-style style:name="T"><number:text-content/></number:text-style>'
        yield from (_width_style(width, name) for width, name in self._widths.items())
        yield '<style:style style:name="r" style:family="table-row">'
        yield '<style:table-row-properties style:use-optimal-row-height="true"/></style:style>'
        for color in dict.fromkeys(page.color for page in self.pages):
            yield f'<style:style style:name="t{color}" style:family="table" style:master-page-name="Page">'
            tab = f' tableooo:tab-color="#{color}"' if color else ""
            yield f'<style:table-properties table:display="true"{tab}/></style:style>'
        yield from (_cell_style(style, name) for style, name in self._styles.items())
        yield "</office:automatic-styles><office:body><office:spreadsheet>"
        if self._choices:
            yield "<table:content-validations>"
            yield from (_validation(choice, name) for choice, name in self._choices.items())
            yield "</table:content-validations>"
        yield from tables
        yield "<table:database-ranges>"
        yield from (_filter(page, rank) for rank, page in enumerate(self.pages))
        yield "</table:database-ranges></office:spreadsheet></office:body></office:document-content>"

    def _table(self, page: Page) -> Iterator[str]:
        yield f'<table:table table:name={quoteattr(page.title)} table:style-name="t{page.color}">'
        for column in page.columns:
            width = self._widths.setdefault(column.width, f"c{len(self._widths)}")
            default = self._style(column.style)
            yield f'<table:table-column table:style-name="{width}" table:default-cell-style-name="{default}"/>'
        for cell in page.above:
            yield self._row([self._cell(cell)])
        head = [self._cell(Cell(column.heading, HEAD), note=column.help) for column in page.columns]
        yield f"<table:table-header-rows>{self._row(head)}</table:table-header-rows>"
        names = [self._choice(column) for column in page.columns]
        for row in page.rows:
            yield self._row([self._cell(cell, choice=name) for cell, name in zip(row, names, strict=True)])
        yield "</table:table>"

    def _row(self, cells: list[str]) -> str:
        return f'<table:table-row table:style-name="r">{"".join(cells)}</table:table-row>'

    def _cell(self, cell: Cell, *, note: str = "", choice: str = "") -> str:
        attributes = f'table:style-name="{self._style(cell.style)}"{choice}'
        if cell.value is None:
            return f"<table:table-cell {attributes}/>"
        if isinstance(cell.value, int):
            value = f'office:value-type="float" office:value="{cell.value}"'
            return f"<table:table-cell {attributes} {value}><text:p>{cell.value}</text:p></table:table-cell>"
        said = f"<office:annotation><text:p>{escape(note)}</text:p></office:annotation>" if note else ""
        text = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in cell.value.split("\n"))
        return f'<table:table-cell {attributes} office:value-type="string">{said}{text}</table:table-cell>'

    def _style(self, style: Style) -> str:
        return self._styles.setdefault(style, f"s{len(self._styles)}")

    def _choice(self, column: Column) -> str:
        if not column.choices:
            return ""
        name = self._choices.setdefault(column.choices, f"v{len(self._choices)}")
        return f' table:content-validation-name="{name}"'


def _spaced(line: str) -> str:
    """A line as XML; spaces that a reader would fold are elements."""
    return _SPACES.sub(lambda run: f'<text:s text:c="{len(run[0])}"/>', escape(line))


def _width_style(width: int, name: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * _CHARACTER:.2f}cm"/></style:style>'
    )


def _cell_style(style: Style, name: str) -> str:
    cell = f' style:vertical-align="top" fo:wrap-option="{"wrap" if style.wraps else "no-wrap"}" fo:padding="0.06cm"'
    cell += f' fo:background-color="#{style.fill}"' if style.fill else ""
    cell += f' fo:border-bottom="0.5pt solid #{RULE}"' if style.ruled else ""
    cell += f' fo:border-left="2.5pt solid #{style.edge}"' if style.edge else ""
    paragraph = (
        f' fo:text-align="{"center" if style.centered else "start"}" fo:margin-left="{style.indent * 0.4:.1f}cm"'
    )
    text = f' fo:font-size="{style.size}pt" fo:color="#{style.color}"'
    text += ' fo:font-weight="bold"' if style.bold else ""
    format = ' style:data-style-name="T"' if style.is_text else ""
    return (
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default"{format}>'
        f"<style:table-cell-properties{cell}/><style:paragraph-properties{paragraph}/>"
        f"<style:text-properties{text}/></style:style>"
    )


def _validation(choices: tuple[str, ...] | str, name: str) -> str:
    if isinstance(choices, str):
        condition = f"of:cell-content-is-in-list([${choices}.$A$2:.$A$50])"
    else:
        words = ";".join(f'"{word}"' for word in choices)
        condition = f"of:cell-content-is-in-list({words})"
    return (
        f'<table:content-validation table:name="{name}" table:condition={quoteattr(condition)} '
        'table:allow-empty-cell="true" table:display-list="unsorted">'
        '<table:error-message table:display="false"/></table:content-validation>'
    )


def _filter(page: Page, rank: int) -> str:
    last = f"{letters_of(len(page.columns))}{max(page.last, page.head + 1)}"
    target = f"'{page.title}'.A{page.head}:'{page.title}'.{last}"
    return (
        f'<table:database-range table:name="__Anonymous_Sheet_DB__{rank}" '
        f'table:target-range-address={quoteattr(target)} table:display-filter-buttons="true"/>'
    )
