"""Words looked for without regard to accents and capitals, on both databases."""

import unicodedata
from functools import reduce
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower, Replace

#: What French writes with accents; capitals too, since SQLite's LOWER knows ASCII alone.
_ACCENTED = "àâäçéèêëîïôöùûüÿñÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸÑ"
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
    columns = {f"_bare_{rank}": _bare_column(name) for rank, name in enumerate(names)}
    rows = rows.alias(**columns)
    for word in bare(text.replace("\x00", " ")).split()[:WORDS_LIMIT]:
        rows = rows.filter(reduce(Q.__or__, (Q(**{f"{column}__contains": word}) for column in columns)))
    return rows


def _bare_column(name: str) -> Any:
    signs = {sign: bare(sign) for sign in _ACCENTED} | _LIGATURES
    column: Any = Lower(Coalesce(F(name), Value("")))
    for sign, plain in signs.items():
        column = Replace(column, Value(sign), Value(plain))
    return column
