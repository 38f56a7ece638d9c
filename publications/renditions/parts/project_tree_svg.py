"""The tree as a drawing (SVG): text as text, one colour a root, no style sheet and nothing fetched."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from publications.editions import Edition
from publications.renditions.parts.project_tree_drawing import (
    DASHES,
    Stroke,
    Text,
    colours,
    strokes_of,
    texts_of,
    texts_of_title,
)
from publications.renditions.parts.project_tree_head import Title, foot_of
from publications.renditions.parts.project_tree_pages import Sheet
from publications.renditions.parts.project_tree_words import SANS
from publications.templatetags.french import french

#: Ours first, then faces that are about as wide where ours are not installed.
FAMILIES = {
    "sans": "'Contratville Sans', 'Source Sans 3', 'Source Sans Pro', 'Segoe UI', 'Noto Sans', Arial, sans-serif",
    "serif": "'Contratville Serif', 'Source Serif 4', 'Source Serif Pro', Charter, Georgia, 'Noto Serif', serif",
}


def draw(edition: Edition, titles: list[Title], sheets: list[Sheet]) -> str:
    """The file: all pages, one under the other."""
    paper = sheets[0].paper
    return format_html(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="{0}pt" height="{1}pt" viewBox="0 0 {0} {1}"'
        ' role="img" aria-labelledby="titre description" lang="fr" xml:lang="fr">\n'
        '<title id="titre">{2}</title>\n<desc id="description">{3}</desc>\n'
        '<rect width="{0}" height="{1}" fill="#fff"/>\n{4}</svg>\n',
        _n(paper.width),
        _n(paper.height * len(sheets)),
        french(f"Arbre à projets – {edition.document.contract.title}"),
        french(_description(edition, titles[0])),
        format_html_join(
            "",
            '<g transform="translate(0 {})">\n{}</g>\n',
            (
                (_n(paper.height * rank), draw_page(edition, title, sheet))
                for rank, (title, sheet) in enumerate(zip(titles, sheets, strict=True))
            ),
        ),
    )


def draw_page(edition: Edition, title: Title, sheet: Sheet) -> SafeString:
    """What is on one page, as the inside of an `<svg>` of the size of its paper."""
    paper = sheet.paper
    width, height = paper.room
    under = height + paper.bottom - 20
    foot = Text(0, under, 7.5, SANS, "ink-soft", foot_of(edition), "foot")
    page = Text(0, under, 7.5, SANS, "ink-soft", f"{sheet.number}/{sheet.of}", "foot")
    lines = [*texts_of_title(title, sheet), *(text for panel in sheet.panels for text in texts_of(panel)), foot]
    return format_html(
        '<g transform="translate({} {})">\n{}{}{}</g>\n',
        _n(paper.side),
        _n(paper.top),
        format_html_join("", "{}", ((_stroke(one),) for panel in sheet.panels for one in strokes_of(panel))),
        format_html_join("", "{}", ((_text(one),) for one in lines)),
        _text(page, x=width - page.width),
    )


def _stroke(one: Stroke) -> SafeString:
    dashes = format_html(' stroke-dasharray="{} {}"', *DASHES) if one.is_dashed else ""
    return format_html(
        '<path d="M{} {}L{} {}" stroke="{}" stroke-width="{}"{}/>\n',
        _n(one.x1),
        _n(one.y1),
        _n(one.x2),
        _n(one.y2),
        colours()[one.colour],
        _n(one.width),
        dashes,
    )


def _text(one: Text, x: float | None = None) -> SafeString:
    """A line; its length is given, so that another face takes the same room."""
    return format_html(
        '<text x="{}" y="{}" font-family="{}" font-weight="{}" font-size="{}" fill="{}"'
        ' textLength="{}" lengthAdjust="spacingAndGlyphs">{}</text>\n',
        _n(one.x if x is None else x),
        _n(one.y),
        FAMILIES[one.face.family],
        one.face.weight,
        _n(one.size),
        colours()[one.colour],
        _n(one.width),
        one.words,
    )


def _description(edition: Edition, title: Title) -> str:
    roots = " ; ".join(" ".join(filter(None, [one.code, one.title])) for one in edition.document.objectives)
    return f"{title.under}. {roots}. {edition.credit}"


def _n(number: float) -> str:
    """A number as XML writes it, whatever the language of the page."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
