"""The questions that nearly every request asks, compiled once: the ORM writes the SQL, later requests only bind it.

Building and compiling them anew takes ten times as long as the database takes to answer.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import timezone

from publications.models import Publication, Rendition

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
    """The file of that name of a publication, where it is made."""
    statement, marks = _compiled_file()
    values = {_NUMBER: publication.pk, _NAME: name}
    return next(iter(Rendition.objects.raw(statement, [values.get(mark, mark) for mark in marks])), None)


def _one(found: Iterable[Publication]) -> Publication | None:
    return next(iter(found), None)


def _ask(which: str, columns: tuple[str, ...], values: dict[Any, Any]) -> list[Publication]:
    statement, marks = _compiled(which, columns, timezone.localdate())
    return list(Publication.objects.raw(statement, [values.get(mark, mark) for mark in marks]))


@lru_cache(maxsize=32)
def _compiled(which: str, columns: tuple[str, ...], _: date) -> tuple[str, tuple[Any, ...]]:
    """The statement and its parameters, marks included; another each day, since what is current depends on it."""
    numbered, current = Publication.objects.public().filter(number=_NUMBER), Publication.objects.current()
    asked = {"version": numbered, "current": current, "both": numbered | current}[which]
    asked = asked.filter(contract__slug=_SLUG).order_by()
    query = (asked.only(*columns) if columns else asked.defer("content")).query
    statement, parameters = query.sql_with_params()
    return statement, tuple(parameters)


@lru_cache(maxsize=1)
def _compiled_file() -> tuple[str, tuple[Any, ...]]:
    asked = Rendition.objects.filter(publication=_NUMBER, name=_NAME, state=Rendition.State.DONE)
    statement, parameters = asked.only("finished_at", "content").order_by().query.sql_with_params()
    return statement, tuple(parameters)
