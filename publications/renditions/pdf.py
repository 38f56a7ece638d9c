"""The PDF of an edition, whole or one branch: tagged, with its fonts inside, and nothing fetched from anywhere."""

import logging
import re
from collections.abc import Mapping, Sequence
from datetime import UTC
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from document.codec import FORMAT, encode
from document.nodes import DEPTH_LIMIT
from document.sources.pdf import ATTACHED
from publications.editions import LICENCE, Edition
from publications.renditions.pdf_contents import Contents
from publications.renditions.pdf_tags import finish_tags

STYLES = ("tokens.css", "pdf.css")
#: The outline is as deep as the tree.
OUTLINE = "\n".join(f".level-{depth} {{ bookmark-level: {depth + 1} }}" for depth in range(DEPTH_LIMIT + 2))
_FOLDERS = (font_source_sans_pro.font_directory, font_source_serif_pro.font_directory)
#: The only files that a page may name, by the name that pdf.css gives them.
FONTS = {f"font:{path.name}": path for folder in _FOLDERS for path in sorted(Path(folder).glob("*.ttf"))}
#: White space before a block or at its end would be set, and break its last line where nothing needs breaking.
_LOOSE = re.compile(r"\s+(?=</?(?:article|br|div|h[1-6]|li|p|section|table|tbody|t[dhr]|thead|ul)\b)")


class Fonts(URLFetcher):
    """Gives our fonts, and refuses all else: no address, no file, no embedded data. What it refuses ends the render."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The font of that name."""
        if url not in FONTS:
            raise FatalURLFetchingError(f"Le PDF demande « {url} », qui n’est pas une de ses polices.")
        return URLFetcherResponse(url, FONTS[url].read_bytes(), {"Content-Type": "font/ttf"})


def render_pdf(edition: Edition, branch: str | None = None, *, archival: bool = False) -> bytes:
    """The PDF, of the whole or of the branch under that key; the same edition gives the same bytes.

    That of the whole carries its canonical JSON, attached. `archival`: as PDF/A-3a, made to be kept, not as PDF/UA.
    Raises DocumentKeyError where no objective has that key. Takes seconds of one core: see `store` for its keeping.
    """
    contents = Contents(edition.document, branch)
    return print_html(
        write_html(edition, contents),
        names=contents.names,
        identifier=edition.digest[:32],
        attached=None if branch else edition,
        archival=archival,
    )


def print_html(
    page: str,
    *,
    names: Mapping[str, str],
    identifier: str,
    styles: Sequence[str] = STYLES,
    attached: Edition | None = None,
    archival: bool = False,
) -> bytes:
    """The PDF of a page of ours; `styles` are files of static/css, `names` what each anchor leads to."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    fetcher, fonts = Fonts(), FontConfiguration()
    texts = [(settings.BASE_DIR / "static" / "css" / name).read_text() for name in styles] + [OUTLINE]
    sheets = [CSS(string=text, url_fetcher=fetcher, font_config=fonts) for text in texts]
    document = HTML(string=page, url_fetcher=fetcher).render(stylesheets=sheets, font_config=fonts)
    return document.write_pdf(
        pdf_variant="pdf/a-3a" if archival else "pdf/ua-1",
        pdf_identifier=identifier.encode(),
        attachments=[_attachment(attached)] if attached else [],
        finisher=lambda laid_out, pdf: finish_tags(laid_out, pdf, names),
    )


def _attachment(edition: Edition) -> Attachment:
    """The canonical JSON, from which `document.sources.pdf` makes the document again."""
    return Attachment(
        string=encode(edition.document),
        name=ATTACHED,
        description=f"Le contrat au format d’échange {FORMAT}",
        created=edition.at.astimezone(UTC),
        modified=edition.at.astimezone(UTC),
        relationship="Data",
    )


def write_html(edition: Edition, contents: Contents) -> str:
    """The page that becomes the PDF; every text of the document is escaped."""
    context = {
        "contents": contents,
        "title": contents.title,
        "head": contents.head,
        "contract": contents.contract,
        "edition": edition,
        "licence": LICENCE,
        "address": address_of(edition, contents),
    }
    return _LOOSE.sub("", render_to_string("pdf/document.html", context))


def address_of(edition: Edition, contents: Contents) -> str:
    """Where this very version is on line, for ever; nothing for a draft, or where the site's name is not set."""
    if edition.is_draft or not settings.SITE["domain"]:
        return ""
    if contents.branch is None:
        path = reverse("public:publication", args=[edition.slug, edition.number])
    else:
        key = contents.branch.objective.key
        path = reverse("public:publication_objective", args=[edition.slug, edition.number, key])
    return f"https://{settings.SITE['domain']}{path}"
