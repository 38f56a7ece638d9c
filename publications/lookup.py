"""The questions that nearly every request asks, compiled once: the ORM writes the SQL, later requests only bind it.

Building and compiling them anew takes ten times as long as the database takes to answer.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone

from publications.models import Publication, Rendition

Row = TypeVar("Row", bound=Model)
#: What stands for the values of a request in a compiled statement; no contract and no version is named so.
_SLUG, _NUMBER, _NAME = "\x1aslug", 2_147_483_600, "\x1aname"


def current_of(slug: str, *columns: str) -> Publication | None:
    """The publication of that contract that a visitor reads first, with those columns, else all but its content.

    What is not asked for loads when it is read.
    """
    return _one(_ask("current", columns, {_SLUG: slug}))


def public_version(slug: str, number: int, *columns: str) -> Publication | None:
    """The public publication of that contract and number, with those columns, else all but its content."""
    return _one(_ask("version", columns, {_SLUG: slug, _NUMBER: number})) if number < _NUMBER else None


def version_and_current(slug: str, number: int, *columns: str) -> tuple[Publication | None, Publication | None]:
    """Both at once, the same row when they are the same; `columns` have the number."""
    found = _ask("both", columns, {_SLUG: slug, _NUMBER: min(number, _NUMBER - 1)})
    version = _one(one for one in found if one.number == number)
    # Where any version is public, one of them is read first.
    return version, _one(one for one in found if one is not version) or version


def made_file(publication: Publication, name: str) -> Rendition | None:
    """The file of that name of a publication, where it is made; its content is not loaded."""
    return _one(_file().ask({_NUMBER: publication.pk, _NAME: name}))


class Question(Generic[Row]):
    """A queryset compiled once, whatever it is asked of; what its columns leave out loads when it is read."""

    def __init__(self, asked: QuerySet[Row]) -> None:
        compiler = asked.order_by().query.get_compiler(connection=connection)
        self.model = asked.model
        self.statement, self.marks = compiler.as_sql()
        expressions = [expression for expression, *_ in compiler.select]
        self.names = [expression.target.attname for expression in expressions]
        self.converters = compiler.get_converters(expressions)

    def ask(self, values: dict[Any, Any]) -> list[Row]:
        """The rows, with those values where their marks stand. One query."""
        with connection.cursor() as cursor:
            cursor.execute(self.statement, [values.get(mark, mark) for mark in self.marks])
            rows = cursor.fetchall()
        return [self.model.from_db(connection.alias, self.names, self._read(list(row))) for row in rows]

    def _read(self, row: list[Any]) -> list[Any]:
        for rank, (converters, expression) in self.converters.items():
            for convert in converters:
                row[rank] = convert(row[rank], expression, connection)
        return row


def _one(found: Iterable[Row]) -> Row | None:
    return next(iter(found), None)


def _ask(which: str, columns: tuple[str, ...], values: dict[Any, Any]) -> list[Publication]:
    return _publications(which, columns, timezone.localdate()).ask(values)


@lru_cache(maxsize=32)
def _publications(which: str, columns: tuple[str, ...], _: date) -> Question[Publication]:
    """Another each day, since what is current depends on it."""
    numbered, current = Publication.objects.public().filter(number=_NUMBER), Publication.objects.current()
    asked = {"version": numbered, "current": current, "both": numbered | current}[which].filter(contract__slug=_SLUG)
    return Question(asked.only(*columns) if columns else asked.defer("content"))


@lru_cache(maxsize=1)
def _file() -> Question[Rendition]:
    made = Rendition.objects.filter(publication=_NUMBER, name=_NAME, state=Rendition.State.DONE)
    return Question(made.only("finished_at"))
