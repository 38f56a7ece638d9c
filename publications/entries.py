"""Entries: what is published, flat and searchable; words are compared without accents, capitals or plurals."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from document.codec import plain
from document.nodes import Document
from document.walk import Place, walk
from publications.models import Entry, Publication

#: Most words of a query that are looked for.
WORDS_LIMIT = 12
#: A code such as 1.1.3.a is one word, so that it can be looked for; else runs of letters and digits.
_WORD = re.compile(r"\d+(?:\.[^\W_]{1,3})+|[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ß": "ss"})


def fold(text: str) -> list[str]:
    """The words of a text as they are compared: no accents, small letters, and no plural « s » or « x »."""
    bare = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).casefold()
    plain_text = "".join(sign for sign in bare if not unicodedata.combining(sign))
    # Both databases cut words at dots: « 1.1.3 » is kept whole as « 1x1x3 ».
    return [_singular(word.replace(".", "x")) for word in _WORD.findall(plain_text)]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and not word[-2].isdigit() else word


def entries_of(publication: Publication, document: Document) -> Iterator[Entry]:
    """The entries of a document in its reading order: each objective, then what it holds."""
    position = 0
    for place in walk(document):
        for kind, node, title, body in _rows(place):
            yield Entry(
                publication=publication,
                position=position,
                kind=kind,
                key=node.key,
                objective_key=place.objective.key,
                level=place.objective.level,
                code=getattr(node, "code", None),
                title=title,
                tags=_bars(place.objective.tags),
                words=" ".join(fold(" ".join([getattr(node, "code", None) or "", title, *body]))),
                data=_flat(document, place, node),
            )
            position += 1


def _rows(place: Place) -> Iterator[tuple[str, Any, str, list[str]]]:
    node = place.objective
    body = [node.description, *(note.text for note in node.notes), *(ref.text for ref in node.references), *node.tags]
    yield Entry.Kind.OBJECTIVE, node, node.title, body
    for action in node.actions:
        yield Entry.Kind.ACTION, action, action.title, [action.description, *(ref.text for ref in action.references)]
    for clause in node.clauses:
        yield Entry.Kind.CLAUSE, clause, clause.text, []
    for indicator in node.indicators:
        yield Entry.Kind.INDICATOR, indicator, indicator.title, [indicator.baseline, indicator.target]


def _flat(document: Document, place: Place, node: Any) -> dict[str, Any]:
    """The node's own fields as in the exchange format, without what hangs below it, and with where it stands."""
    nested = ("actions", "clauses", "indicators", "children")
    if node is place.objective:
        own = {name: plain(getattr(node, name)) for name in node.__dataclass_fields__ if name not in nested}
        where = {"parent": place.parent.key if place.parent else None, "depth": place.depth, "position": place.position}
    else:
        own, where = plain(node), {"objective": place.objective.key, "level": place.objective.level}
    path = [{"key": one.key, "code": one.code, "title": one.title} for one in (*place.ancestors, place.objective)]
    return own | where | {"path": path[:-1] if node is place.objective else path}


def _bars(names: tuple[str, ...]) -> str:
    return "".join(f"|{tag_form(name)}" for name in names) + ("|" if names else "")


def tag_form(name: str) -> str:
    """A tag as it is compared: « Égalité femmes-hommes » is « egalite femme homme »."""
    return " ".join(fold(name))


def having_words(entries: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    """Those that hold every word of the text; each word may be the beginning of theirs. No word at all: none."""
    words = list(dict.fromkeys(fold(text.replace("\x00", " "))))[:WORDS_LIMIT]
    if not words:
        return entries.none()
    if connection.vendor == "postgresql":
        query = " & ".join(f"'{word}':*" for word in words)
        found = RawSQL("to_tsvector('simple', publications_entry.words) @@ to_tsquery('simple', %s)", [query])
        return entries.alias(found=found).filter(found=True)
    query = " ".join(f'"{word}"*' for word in words)
    rows = RawSQL("SELECT rowid FROM publications_entry_search WHERE publications_entry_search MATCH %s", [query])
    return entries.filter(pk__in=rows)


def having_tag(entries: QuerySet[Entry], name: str) -> QuerySet[Entry]:
    """Those whose objective bears that tag, whatever its accents and capitals."""
    return entries.filter(tags__contains=f"|{tag_form(name)}|")
