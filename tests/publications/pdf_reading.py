"""Reads a PDF as a screen reader, a search or a viewer would: its tags, its text, its outline."""

import io
import logging
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache

import pikepdf
import pypdfium2

from document.codec import digest, encode
from document.nodes import Document
from publications.editions import Edition
from publications.renditions.pdf import render_pdf
from tests.factories import real_document


def make_edition(document: Document, **changes: object) -> Edition:
    """Version 1 of a document, with no database."""
    values = {
        "digest": digest(encode(document)),
        "at": datetime(2025, 11, 24, 9, 30, tzinfo=UTC),
        "number": 1,
        "label": "Texte initial",
        "in_force_on": date(2015, 1, 1),
    }
    return Edition(document=document, **(values | changes))


@cache
def real_pdf(slug: str, branch: str | None = None) -> bytes:
    """The PDF of one of the four contracts, or of a branch of it; made once for all tests.

    What WeasyPrint has to say of it fails the test that asks first: nothing in our pages is amiss to it.
    """
    said = _Said()
    log = logging.getLogger("weasyprint")
    log.addHandler(said)
    try:
        content = render_pdf(make_edition(real_document(slug)), branch)
    finally:
        log.removeHandler(said)
    assert said.messages == []
    return content


class _Said(logging.Handler):
    """Keeps warnings."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps one."""
        self.messages.append(record.getMessage())


def open_pdf(content: bytes) -> pikepdf.Pdf:
    """The PDF's objects."""
    return pikepdf.open(io.BytesIO(content))


def pages_of(content: bytes) -> list[str]:
    """The text of each page, as it is copied."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def squeezed(text: str) -> str:
    """The text without white space, nor hyphens of any kind: lines break where they may."""
    return re.sub(r"[\s\u00ad\u2010\ufffe-]+", "", text)


def elements_of(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure, in reading order."""
    stack = [pdf.Root.StructTreeRoot.K]
    while stack:
        kid = stack.pop()
        if isinstance(kid, pikepdf.Array):
            stack.extend(reversed(list(kid)))
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield kid
            stack.append(kid.get("/K", pikepdf.Array()))


def outline_of(pdf: pikepdf.Pdf) -> list[tuple[str, list]]:
    """The outline: titles, with what is under each."""
    with pdf.open_outline(max_depth=50) as outline:
        return [_entry(item) for item in outline.root]


def _entry(item: pikepdf.OutlineItem) -> tuple[str, list]:
    return item.title, [_entry(child) for child in item.children]
