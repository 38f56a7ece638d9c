"""The parts of an ODS workbook besides its content: page and foot of the print, title and language, frozen headings."""

from xml.sax.saxutils import escape, quoteattr

from publications.renditions.workbook_pages import Book, Page

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PREFIXES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
    "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "tableooo": "http://openoffice.org/2009/table",
}
NAMESPACES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _PREFIXES.items())


def styles(book: Book) -> str:
    """styles.xml: the font and language of all cells, A4 landscape as wide as one page, the foot of each page."""
    return f"""{_HEAD}<office:document-styles {NAMESPACES} office:version="1.2">
<office:font-face-decls>
<style:font-face style:name="Arial" svg:font-family="Arial" style:font-family-generic="swiss"/>
</office:font-face-decls>
<office:styles>
<style:default-style style:family="table-cell">
<style:text-properties style:font-name="Arial" fo:font-size="10pt" fo:language="fr" fo:country="FR"/>
</style:default-style>
<style:style style:name="Default" style:family="table-cell"/>
</office:styles>
<office:automatic-styles>
<style:style style:name="Foot" style:family="paragraph"><style:text-properties fo:font-size="7pt"/></style:style>
<style:page-layout style:name="Paper"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm"
 style:print-orientation="landscape" fo:margin="1cm" style:scale-to-X="1" style:scale-to-Y="0"
 style:print="objects charts drawings"/>
<style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.3cm"/></style:footer-style>
</style:page-layout>
</office:automatic-styles>
<office:master-styles>
<style:master-page style:name="Page" style:page-layout-name="Paper">
<style:header style:display="false"/>
<style:footer>
<style:region-left><text:p text:style-name="Foot">{escape(book.foot)}</text:p></style:region-left>
<style:region-right>
<text:p text:style-name="Foot"><text:sheet-name/>, page <text:page-number/> / <text:page-count/></text:p>
</style:region-right>
</style:footer>
</style:master-page>
</office:master-styles>
</office:document-styles>"""


def meta(book: Book) -> str:
    """meta.xml: title, author, language."""
    return (
        f'{_HEAD}<office:document-meta {NAMESPACES} office:version="1.2"><office:meta>'
        f"<dc:title>{escape(book.title)}</dc:title><dc:creator>{escape(book.author)}</dc:creator>"
        "<dc:language>fr-FR</dc:language></office:meta></office:document-meta>"
    )


def settings(pages: list[Page]) -> str:
    """settings.xml: on every sheet the headings and the first columns stay in sight."""
    views = "".join(_view(page) for page in pages)
    return (
        f'{_HEAD}<office:document-settings {NAMESPACES} office:version="1.2"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item config:name="ActiveTable" config:type="string">{escape(pages[0].title)}'
        "</config:config-item>"
        f'<config:config-item-map-named config:name="Tables">{views}</config:config-item-map-named>'
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>"
    )


def manifest(mimetype: str) -> str:
    """META-INF/manifest.xml: the parts and what they are."""
    parts = {"/": mimetype} | {f"{name}.xml": "text/xml" for name in ("content", "styles", "meta", "settings")}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in parts.items()
    )
    name = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return f'{_HEAD}<manifest:manifest xmlns:manifest="{name}" manifest:version="1.2">{entries}</manifest:manifest>'


def _view(page: Page) -> str:
    items = {
        "HorizontalSplitMode": ("short", 2),
        "VerticalSplitMode": ("short", 2),
        "HorizontalSplitPosition": ("int", page.frozen),
        "VerticalSplitPosition": ("int", page.head),
        "ActiveSplitRange": ("short", 3),
        "PositionLeft": ("int", 0),
        "PositionRight": ("int", page.frozen),
        "PositionTop": ("int", 0),
        "PositionBottom": ("int", page.head),
    }
    lines = "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'
        for name, (kind, value) in items.items()
    )
    return f"<config:config-item-map-entry config:name={quoteattr(page.title)}>{lines}</config:config-item-map-entry>"
