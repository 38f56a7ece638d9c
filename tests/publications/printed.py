"""Prints one part of a composed document alone, behind a cover, through the wrapper that prints whole ones."""

import logging

from django.conf import settings
from django.utils.html import format_html
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from publications.editions import Edition
from publications.renditions.parts import Part
from publications.renditions.pdf import STYLES, Fonts
from publications.renditions.pdf_tags import finish_tags
from tests.publications.test_pdf_tags import (
    test_all_its_fonts_are_inside_and_cut_to_what_is_used,
    test_headings_do_not_hold_headings,
    test_headings_go_down_one_step_at_a_time,
    test_it_is_tagged_and_says_so,
    texts_of_the_page,
)

#: What holds of any PDF of ours; each takes an open one.
CHECKS = (
    test_it_is_tagged_and_says_so,
    test_headings_go_down_one_step_at_a_time,
    test_headings_do_not_hold_headings,
    texts_of_the_page,
    test_all_its_fonts_are_inside_and_cut_to_what_is_used,
)
_PAGE = (
    '<!doctype html><html lang="fr"><head><title>{title}, {version}</title></head><body>'
    '<section class="cover" data-contract="{title}" data-version="{version}"><h1>{title}</h1></section>{part}'
    "</body></html>"
)


def print_part(part: Part, edition: Edition, **options: object) -> bytes:
    """The PDF of that part of an edition, and nothing else."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    fetcher, fonts = Fonts(), FontConfiguration()
    folder = settings.BASE_DIR / "static" / "css"
    texts = [(folder / name).read_text() for name in (*STYLES, f"pdf-{part.NAME}.css")]
    title = edition.document.contract.title
    page = format_html(_PAGE, title=title, version=edition.version, part=part.html(edition, options))
    document = HTML(string=page, url_fetcher=fetcher).render(
        stylesheets=[CSS(string=text, url_fetcher=fetcher, font_config=fonts) for text in texts], font_config=fonts
    )
    return document.write_pdf(pdf_variant="pdf/ua-1", finisher=lambda laid_out, pdf: finish_tags(laid_out, pdf, {}))
