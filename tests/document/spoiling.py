"""A small sound document as plain data, ways to spoil it, and what is then said of it."""

from copy import deepcopy
from typing import Any

import pytest

from document.codec import to_plain
from document.faults import DocumentError
from tests.document.making import actions, axis, document, objective

SMALL = to_plain(document(axis("1", objective("o", "1.1", actions=actions("1.1.a", "1.1.b")))))

#: Where things are in SMALL.
ROOT = ("objectives", 0)
LEAF = (*ROOT, "children", 0)


def said(read, content: Any) -> list[str]:
    """The faults that the person reads, one a line."""
    with pytest.raises(DocumentError) as raised:
        read(content)
    assert str(raised.value).splitlines()[:20] == [str(fault) for fault in raised.value.faults[:20]]
    return [str(fault) for fault in raised.value.faults]


def changed(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """SMALL with that value at that path."""
    data = deepcopy(SMALL)
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return data


def without(path: tuple[str | int, ...]) -> dict[str, Any]:
    data = deepcopy(SMALL)
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return data


def spelled(path: tuple[str | int, ...]) -> str:
    """That path as faults spell it: objectives[0].title."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def short(value: object) -> str:
    """Names a case; the values themselves may be a megabyte long."""
    return (
        value[:30] if isinstance(value, str) else spelled(value) if isinstance(value, tuple) else type(value).__name__
    )
