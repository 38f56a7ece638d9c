"""Marks in a text the words that a search found, whatever their accents, capitals and plurals."""

import re
from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from document.words import CODE, fold
from publications.entries import Sought
from publications.templatetags.french import french

#: As `entries.fold` cuts words, on text that still has its accents (also those written as a sign of their own).
_WORD = re.compile(rf"{CODE}|(?:[^\W_][\u0300-\u036f]*)+")
#: Signs shown before and after the first word found, in an excerpt.
BEFORE, AFTER = 70, 170


def mark(text: str, query: tuple[Sought, ...]) -> SafeString:
    """The text as HTML, the words that the query finds inside <mark>."""
    html, end = [], 0
    for start, stop in _found(text, query):
        html += [escape(french(text[end:start])), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    return mark_safe("".join([*html, escape(french(text[end:]))]))


def excerpt(text: str, query: tuple[Sought, ...]) -> SafeString | None:
    """What surrounds the first word of the query in a long text, marked; None where it has none."""
    first = next(_found(text, query), None)
    if first is None:
        return None
    start, stop = max(first[0] - BEFORE, 0), min(first[1] + AFTER, len(text))
    if start:
        start = text.rfind(" ", 0, first[0]) + 1 if " " not in text[start : first[0]] else text.find(" ", start) + 1
    if stop < len(text):
        stop = max(text.rfind(" ", first[1], stop), first[1])
    cut = mark(" ".join(text[start:stop].split()), query)
    return mark_safe(f"{'… ' if start else ''}{cut}{' …' if stop < len(text) else ''}")


def _found(text: str, query: tuple[Sought, ...]) -> Iterator[tuple[int, int]]:
    if not query:
        return
    for word in _WORD.finditer(text):
        if any(one.finds(part) for part in fold(word[0]) for one in query):
            yield word.span()
