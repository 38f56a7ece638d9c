"""Prints one part alone, through the wrapper that prints whole documents."""

import logging

from django.conf import settings
from django.utils.html import format_html
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from publications.editions import Edition
from publications.renditions.pdf import STYLES, Fonts
from publications.renditions.pdf_tags import finish_tags


def print_part(part, edition: Edition, **options: object) -> bytes:
    """The PDF of that part of an edition, and nothing else."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    fetcher, fonts = Fonts(), FontConfiguration()
    folder = settings.BASE_DIR / "static" / "css"
    texts = [(folder / name).read_text() for name in (*STYLES, f"pdf-{part.NAME.split('_pages')[0]}.css")]
    page = format_html(
        '<!doctype html><html lang="fr"><head><title>{}</title></head><body><h1 hidden>{}</h1>{}</body></html>',
        edition.document.contract.title,
        edition.document.contract.title,
        part.html(edition, options),
    )
    document = HTML(string=page, url_fetcher=fetcher).render(
        stylesheets=[CSS(string=text, url_fetcher=fetcher, font_config=fonts) for text in texts], font_config=fonts
    )
    return document.write_pdf(pdf_variant="pdf/ua-1", finisher=lambda laid, pdf: finish_tags(laid, pdf, {}))
