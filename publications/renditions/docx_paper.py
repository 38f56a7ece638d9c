"""The empty Word document: A4, French, plain fonts, the styles of what is written on it, its head and foot."""

import io
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from publications.renditions.docx_marks import CONTENTS_DEPTH, TEXT_WIDTH, field, text_of
from publications.renditions.workbook_pages import BAND, INK, RULE, SOFT

_FONT = "Arial"
#: Of headings, by level: size in points, space before.
_HEADINGS = ((17, 22), (14, 18), (12, 14), (11, 12), (10.5, 10), (10, 8), (10, 8), (10, 8), (10, 8))
#: Of the styles of our own: the base, size, colour, bold, italic, space before and after in points, indent in cm.
_STYLES: dict[str, tuple[str, float, str, bool, bool, float, float, float]] = {
    "Source": ("Normal", 9, SOFT, False, False, 0, 18, 0),
    "ContentsTitle": ("Normal", 14, INK, True, False, 6, 6, 0),
    "Level": ("Normal", 9, SOFT, False, True, 0, 6, 0),
    "Label": ("Normal", 10.5, INK, True, False, 8, 3, 0),
    "Coded": ("Normal", 10.5, INK, False, False, 0, 3, 2.2),
    "Continued": ("Normal", 10.5, INK, False, False, 0, 3, 0.63),
    "Remark": ("Normal", 9, SOFT, False, False, 2, 6, 0.63),
    "Cell": ("Normal", 9.5, INK, False, False, 2, 2, 0),
    "CellHead": ("Normal", 9.5, INK, True, False, 2, 2, 0),
    "AfterTable": ("Normal", 4, INK, False, False, 0, 4, 0),
} | {f"TOC{level}": ("Normal", 10.5, INK, level == 1, False, 4 / level, 2, 0.6 * (level - 1)) for level in (1, 2, 3)}
_THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def make_paper(*, title: str, author: str, version: str, credit: str) -> Any:
    """An empty document with its styles, its properties, and its head and foot."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    held = paper.core_properties
    held.title, held.author, held.language, held.comments = text_of(title), text_of(author), "fr-FR", ""
    _set_styles(paper)
    _set_line(section.header.paragraphs[0], title if len(title) <= 80 else f"{title[:79]}…", text_of(version))
    _set_line(section.footer.paragraphs[0], credit, f"page {field('PAGE')} / {field('NUMPAGES')}")
    _ask_for_pages(paper.settings.element)
    return paper


def save(paper: Any, blocks: list[str]) -> bytes:
    """The bytes of the document with those paragraphs and tables."""
    last = paper.element.body.sectPr
    for block in list(parse_xml(f"<w:body {nsdecls('w')}>{''.join(blocks)}</w:body>")):
        last.addprevious(block)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _ask_for_pages(held: Any) -> None:
    """Has Word fill in the pages of the contents on opening; the schema wants the element at its own place."""
    later = [qn(f"w:{name}") for name in ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids")]
    place = next((rank for rank, one in enumerate(held) if one.tag in later), len(held))
    held.insert(place, parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>'))


def _set_styles(paper: Any) -> None:
    styles = paper.styles
    for style in styles.element.iter(qn("w:rFonts")):
        for name in _THEMED:
            style.attrib.pop(qn(f"w:{name}"), None)
        for name in ("ascii", "hAnsi", "cs", "eastAsia"):
            style.set(qn(f"w:{name}"), _FONT)
    for lang in styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "fr-FR")
    normal = styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = _FONT, Pt(10.5), RGBColor.from_string(INK)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.15
    for level, (size, before) in enumerate(_HEADINGS, start=1):
        style = styles[f"Heading {level}"]
        style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
        style.font.color.rgb = RGBColor.from_string(INK)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(3)
    for name, size in (("Title", 24), ("Subtitle", 13)):
        style = styles[name]
        style.font.size, style.font.italic, style.font.color.rgb = Pt(size), False, RGBColor.from_string(INK)
        for rule in style.element.iter(qn("w:pBdr")):
            rule.getparent().remove(rule)
    styles["List Bullet"].paragraph_format.space_after = Pt(3)
    for name in _STYLES:
        _add_style(styles, name)
    styles.element.append(_table_style())


def _add_style(styles: Any, name: str) -> None:
    base, size, color, bold, italic, before, after, indent = _STYLES[name]
    shown = f"toc {name[3:]}" if name.startswith("TOC") else name
    style = styles.add_style(shown, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("TOC"))
    style.element.set(qn("w:styleId"), name)
    style.base_style = styles[base]
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
    style.font.color.rgb = RGBColor.from_string(color)
    form = style.paragraph_format
    form.space_before, form.space_after, form.left_indent = Pt(before), Pt(after), Cm(indent)
    if name in ("Label", "Level", "ContentsTitle"):
        form.keep_with_next = True
    if name == "Coded":
        form.first_line_indent = Cm(-indent)
        form.tab_stops.add_tab_stop(Cm(indent))
    if name.startswith("TOC") and int(name[3:]) <= CONTENTS_DEPTH:
        form.tab_stops.add_tab_stop(Pt(TEXT_WIDTH / 20), alignment=2, leader=1)
    if name == "Remark":
        edge = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="12" w:space="6" w:color="{RULE}"/></w:pBdr>'
        style.element.get_or_add_pPr().insert(0, parse_xml(edge))


def _table_style() -> Any:
    """Thin rules between rows, a tinted head; nothing drawn around."""
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for side in ("top", "bottom", "insideH")
    )
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{rules}</w:tblBorders></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{BAND}"/></w:tcPr>'
        "</w:tblStylePr></w:style>"
    )


def _set_line(line: Any, left: str, right: str) -> None:
    """A line at the head or foot of the page: a text on the left, XML of runs or a text on the right."""
    stop = f'<w:tab w:val="right" w:pos="{TEXT_WIDTH}"/>'
    look = f'<w:rPr><w:color w:val="{SOFT}"/><w:sz w:val="16"/></w:rPr>'
    pieces = right.replace("<w:r>", f"<w:r>{look}").split("<w:fldSimple")
    said = f'<w:r>{look}<w:tab/><w:t xml:space="preserve">{pieces[0]}</w:t></w:r>'
    for piece in pieces[1:]:
        mark, _, after = piece.partition("</w:fldSimple>")
        said += f'<w:fldSimple{mark}</w:fldSimple><w:r>{look}<w:t xml:space="preserve">{after}</w:t></w:r>'
    made = parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:tabs><w:tab w:val="clear" w:pos="4320"/><w:tab w:val="clear" w:pos="8640"/>'
        f'{stop}</w:tabs></w:pPr><w:r>{look}<w:t xml:space="preserve">{text_of(left)}</w:t></w:r>{said}</w:p>'
    )
    line._p.getparent().replace(line._p, made)
