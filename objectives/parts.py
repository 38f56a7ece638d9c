"""One node at a time: cleaned and checked by the exchange format's own reader, and compared for the change log."""

from dataclasses import fields
from typing import Any

from document.codec import plain
from document.faults import DocumentError
from document.reading import read_part
from objectives.changes import Refused

#: Fields that hold one line: line breaks pasted from a PDF become spaces.
ONE_LINE = ("title", "code", "unit", "baseline", "target", "name", "plural", "label")


def revised(cls: type, values: dict[str, Any], kept: Any = None) -> Any:
    """The node of those plain values, cleaned; what they do not name stays to the letter as in `kept`, if one is given.

    Raises Refused with every fault in French.
    """
    cleaned = {name: _clean(name, value) for name, value in values.items()}
    if cleaned.get("code") == "":
        cleaned["code"] = None
    try:
        return read_part(cls, (plain_of(kept) if kept else {}) | cleaned)
    except DocumentError as error:
        raise Refused([str(fault) for fault in error.faults]) from error


def plain_of(node: Any) -> dict[str, Any]:
    """The node as plain data."""
    found: dict[str, Any] = plain(node)
    return found


def changed(before: Any, after: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields in which two nodes of one class differ: as they were, and as they are."""
    names = [field.name for field in fields(before) if getattr(before, field.name) != getattr(after, field.name)]
    return {name: plain(getattr(before, name)) for name in names}, {name: plain(getattr(after, name)) for name in names}


def _clean(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split()) if name in ONE_LINE else value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, list | tuple):
        return [_clean(name, item) for item in value]
    if isinstance(value, dict):
        return {key: _clean(key, item) for key, item in value.items()}
    return value
