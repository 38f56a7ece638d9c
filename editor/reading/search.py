"""Words looked for without regard to accents and capitals, on both databases."""

import re
import unicodedata
from functools import reduce
from typing import Any

from django.db.models import Q, QuerySet

#: The letters that French writes with signs, each with all its forms; a database may not know their capitals.
_FORMS = {"a": "aàâäAÀÂÄ", "c": "cçCÇ", "e": "eéèêëEÉÈÊË", "i": "iîïIÎÏ", "n": "nñNÑ", "o": "oôöOÔÖ", "u": "uùûüUÙÛÜ"}
_FORMS |= {"y": "yÿYŸ", "'": "'’"}
_LIGATURES = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'"}
#: Most words of a query that are looked for.
WORDS_LIMIT = 12


def bare(text: str) -> str:
    """The text in small letters without accents."""
    for sign, plain in _LIGATURES.items():
        text = text.replace(sign, plain)
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def having_words(rows: QuerySet[Any], text: str, names: tuple[str, ...]) -> QuerySet[Any]:
    """The rows in which each word of the text stands in one of those columns."""
    for word in bare(text.replace("\x00", " ")).split()[:WORDS_LIMIT]:
        pattern = pattern_of(word)
        rows = rows.filter(reduce(Q.__or__, (Q(**{f"{name}__iregex": pattern}) for name in names)))
    return rows


def pattern_of(word: str) -> str:
    """A regular expression, of those that both databases read, that any writing of that bare word matches."""
    signs = [f"[{_FORMS[sign]}]" if sign in _FORMS else re.escape(sign) for sign in word]
    pattern = "".join(signs)
    for ligature, pair in (("œŒ", "oe"), ("æÆ", "ae")):
        spelt = f"[{_FORMS[pair[0]]}][{_FORMS[pair[1]]}]"
        pattern = pattern.replace(spelt, f"({spelt}|[{ligature}])")
    return pattern
