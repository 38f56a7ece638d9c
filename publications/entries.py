"""Entries: what is published, flat and searchable; words are compared as `document.words` folds them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.expressions import RawSQL

from document.codec import plain
from document.nodes import Document
from document.walk import Place, walk
from document.words import SMALL, fold, singular, words_of
from publications.models import Entry, Publication

#: Most words of a query that are looked for.
WORDS_LIMIT = 12
#: Longest text that is indexed, in characters: PostgreSQL refuses what is far beyond.
TEXT_CUT = 100_000


class Sought(NamedTuple):
    """A word of a query: it finds itself, singular or plural, and the words that begin with it as it was typed.

    « accès » finds « accès » and not « accepter », « 1.1 » finds 1.1 and 1.1.3 and not 1.10.
    """

    word: str
    start: str

    def finds(self, word: str) -> bool:
        """Whether a folded word of a text is one of those."""
        return word == self.word or word.startswith(self.start)


def sought(text: str) -> tuple[Sought, ...]:
    """What a query looks for: its words, each once; articles and their like only if it has nothing else."""
    words = list(dict.fromkeys(words_of(text)))
    words = [word for word in words if word not in SMALL] or words
    return tuple(Sought(singular(word), f"{word}x" if word[0].isdigit() else word) for word in words[:WORDS_LIMIT])


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
                words=" ".join(fold(" ".join([getattr(node, "code", None) or "", title, *body])))[:TEXT_CUT],
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
    """Those that hold every word that the text looks for; no word at all: none."""
    words = sought(text)
    if not words:
        return entries.none()
    if connection.vendor == "postgresql":
        query = " & ".join(f"('{one.word}' | '{one.start}':*)" for one in words)
        matches = "to_tsvector('simple', %(expressions)s)"  # as the index is made
        found = Func(
            F("words"),
            Value(query),
            template=matches,
            arg_joiner=") @@ to_tsquery('simple', ",
            output_field=BooleanField(),
        )
        return entries.filter(found)
    query = " AND ".join(f'("{one.word}" OR "{one.start}"*)' for one in words)
    rows = RawSQL("SELECT rowid FROM publications_entry_search WHERE publications_entry_search MATCH %s", [query])
    return entries.filter(pk__in=rows)


def having_tag(entries: QuerySet[Entry], name: str) -> QuerySet[Entry]:
    """Those whose objective bears that tag, whatever its accents and capitals."""
    return entries.filter(tags__contains=f"|{tag_form(name)}|")
