"""The PDF of a comparison: what changed, for paper, with marks that need no colour."""

import hashlib
import logging

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from publications.editions import LICENCE
from publications.renditions.comparison import Account
from publications.renditions.comparison_files import versions_of
from publications.renditions.pdf import OUTLINE, Fonts
from publications.renditions.pdf_tags import finish_tags

STYLES = ("tokens.css", "pdf.css", "pdf-comparison.css")


def comparison_pdf(account: Account) -> bytes:
    """The PDF, tagged; the same two editions give the same bytes. Takes seconds of one core: see `apart`."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    fetcher, fonts = Fonts(), FontConfiguration()
    texts = [(settings.BASE_DIR / "static" / "css" / name).read_text() for name in STYLES] + [OUTLINE]
    styles = [CSS(string=text, url_fetcher=fetcher, font_config=fonts) for text in texts]
    laid_out = HTML(string=_html(account), url_fetcher=fetcher).render(stylesheets=styles, font_config=fonts)
    both = hashlib.sha256(f"{account.before.digest} {account.after.digest}".encode()).hexdigest()
    return laid_out.write_pdf(
        pdf_variant="pdf/ua-1",
        pdf_identifier=both[:32].encode(),
        finisher=lambda document, pdf: finish_tags(document, pdf, {}),
    )


def _html(account: Account) -> str:
    context = {
        "account": account,
        "contract": account.after.document.contract,
        "versions": versions_of(account),
        "licence": LICENCE,
        "address": _address(account),
    }
    return render_to_string("pdf/comparison/document.html", context)


def _address(account: Account) -> str:
    """Where this comparison is on line, for ever; nothing where the site's name is not set."""
    if not settings.SITE["domain"]:
        return ""
    numbers = (account.before.number, account.after.number)
    return f"https://{settings.SITE['domain']}{reverse('public:comparison', args=[account.after.slug, *numbers])}"
