"""Paragraphs, headings, tables and contents as WordprocessingML; all texts are escaped here and nowhere else."""

import re
from typing import NamedTuple
from xml.sax.saxutils import escape

from document.findings import no_break

#: The contents shows so many levels of headings.
CONTENTS_DEPTH = 3
#: Width of the text on A4, in twentieths of a point.
TEXT_WIDTH = 9_638
#: What XML cannot hold.
_UNHELD = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


class Run(NamedTuple):
    """A run of text with its own look."""

    text: str
    bold: bool = False
    italic: bool = False


def paragraph(style: str, *runs: str | Run) -> str:
    """A paragraph of those runs; plain texts lose their line breaks."""
    made = "".join(_run(run if isinstance(run, Run) else Run(" ".join(run.split()))) for run in runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{made}</w:p>'


def heading(level: int, text: str, number: int, *, new_page: bool = False) -> str:
    """A heading, with the bookmark that the contents leads to."""
    page = "<w:pageBreakBefore/>" if new_page else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/>{page}</w:pPr>'
        f'<w:bookmarkStart w:id="{number}" w:name="{_anchor(number)}"/>{_run(Run(text))}'
        f'<w:bookmarkEnd w:id="{number}"/></w:p>'
    )


def contents(headings: list[tuple[int, str]]) -> str:
    """The field of the contents, already filled with links, so that it reads well before Word adds the pages."""
    shown = [(level, text, rank) for rank, (level, text) in enumerate(headings, 1) if level <= CONTENTS_DEPTH]
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{CONTENTS_DEPTH}" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines = []
    for place, (level, text, rank) in enumerate(shown):
        link = f'<w:hyperlink w:anchor="{_anchor(rank)}" w:history="1">{_run(Run(text))}</w:hyperlink>'
        style = f'<w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>'
        lines.append(f"<w:p>{style}{begin if place == 0 else ''}{link}</w:p>")
    if not shown:
        lines.append(f"<w:p>{begin}</w:p>")
    return "".join(lines) + '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def table(shares: list[int], head: list[str], rows: list[list[str]]) -> str:
    """A table: shares of the width in hundredths, headings repeated on each page, rows of cells of paragraphs."""
    widths = [TEXT_WIDTH * share // 100 for share in shares]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    titles = [paragraph("CellHead", text) for text in head]
    last = len(rows) - 2  # neither the first row nor the last stands alone at the foot or the head of a page
    kept = [_kept(row) if number in (0, last) and last >= 0 else row for number, row in enumerate(rows)]
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Table"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_row(_kept(titles), widths, is_head=True)}"
        f"{''.join(_row(row, widths) for row in kept)}</w:tbl>{paragraph('AfterTable')}"
    )


def field(instruction: str) -> str:
    """A number that Word keeps: of the page, of all pages."""
    return f'<w:fldSimple w:instr="{instruction}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def text_of(text: str) -> str:
    """A text as XML."""
    return escape(_UNHELD.sub("\N{REPLACEMENT CHARACTER}", text))


def _row(cells: list[str], widths: list[int], *, is_head: bool = False) -> str:
    kind = "<w:tblHeader/>" if is_head else ""
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{kind}</w:trPr>{made}</w:tr>"


def _kept(cells: list[str]) -> list[str]:
    """The cells of a row that stays on the page of the next."""
    return [cell.replace('"/></w:pPr>', '"/><w:keepNext/></w:pPr>') for cell in cells]


def _run(run: Run) -> str:
    if run.text == "\t":
        return "<w:r><w:tab/></w:r>"
    if not run.text:
        return ""
    look = ("<w:b/>" if run.bold else "") + ("<w:i/>" if run.italic else "")
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text_of(no_break(run.text))}</w:t></w:r>'


def _anchor(number: int) -> str:
    return f"_Toc{number:08d}"
