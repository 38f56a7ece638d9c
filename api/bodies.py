"""What a request brings: JSON read strictly, then its fields by the exchange format's own reader, faults and paths."""

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, TypeVar

from django.http import QueryDict
from rest_framework.exceptions import APIException
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from document.codec import FILE_LIMIT, read_json
from document.faults import DocumentError, Fault, trimmed
from document.reading import ONCE, read_part

#: Deepest nesting that is read: that of the deepest tree in the exchange format, twice over.
DEPTH_LIMIT = 64
Read = TypeVar("Read")


class TooLarge(APIException):
    """A body that is not read: 413."""

    status_code = 413


class StrictJSON(BaseParser):
    """JSON as the exchange format reads it: a key given twice, an endless number or a control character is a fault."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: dict[str, Any] | None = None) -> Any:
        """Plain data. Raises TooLarge, DocumentError."""
        content = stream.read(FILE_LIMIT + 1)
        if len(content) > FILE_LIMIT:
            raise TooLarge
        return _check_values(read_json(content))


def body_of(request: Request) -> dict[str, Any]:
    """The object that the request brings; no body is an empty one. Raises DocumentError."""
    data = {} if isinstance(request.data, QueryDict) else request.data
    if not isinstance(data, dict):
        raise DocumentError([Fault("", "un objet (des clés et des valeurs) est attendu ici.")])
    return data


def read_fields(cls: type[Read], data: dict[str, Any], *, others: frozenset[str] = frozenset()) -> Read:
    """The fields of that dataclass out of the data, which may also have `others`. Raises DocumentError with paths."""
    names = [field.name for field in fields(cls)]  # type: ignore[arg-type]
    own = {name: value for name, value in data.items() if name in names}
    known = f"clé inconnue ; clés admises : {', '.join([*names, *sorted(others)])}."
    if unknown := [Fault(trimmed(name), known) for name in data if name not in own and name not in others]:
        raise DocumentError(unknown)
    return read_part(cls, own)


def check_fields(data: dict[str, Any], known: frozenset[str], needed: tuple[str, ...] = ()) -> None:
    """Raises DocumentError for a field that is not known, or one that is needed and missing."""
    said = f"clé inconnue ; clés admises : {', '.join(sorted(known))}."
    faults = [Fault(trimmed(name), said) for name in data if name not in known]
    faults += [Fault(name, "cette clé est obligatoire et manque.") for name in needed if name not in data]
    faults += _check_once("", data)
    if faults:
        raise DocumentError(faults)


def _check_values(data: Any) -> Any:
    """Raises DocumentError for what no field takes, wherever it is; walks without recursion, whatever the depth.

    Returns the data with whole numbers as such, since JSON makes no difference between 3 and 3.0, and with the line
    breaks of the exchange format.
    """
    top = [data]
    waiting: list[tuple[str, Any, Any, Any, int]] = [("", top, 0, data, 0)]
    while waiting:
        path, holder, place, value, depth = waiting.pop()
        if depth > DEPTH_LIMIT:
            raise DocumentError([Fault("", "le JSON est imbriqué trop profondément.")])
        if isinstance(value, dict):
            for name in value:
                _check_text(path, name)
            waiting += [
                (f"{path}.{name}" if path else name, value, name, one, depth + 1) for name, one in value.items()
            ]
        elif isinstance(value, list):
            waiting += [(f"{path}[{rank}]", value, rank, one, depth + 1) for rank, one in enumerate(value)]
        elif isinstance(value, str):
            _check_text(path, value)
            holder[place] = value.replace("\r\n", "\n").replace("\r", "\n")
        elif isinstance(value, float):
            if not math.isfinite(value):
                raise DocumentError([Fault(path, "ce nombre n’est pas admis en JSON.")])
            holder[place] = int(value) if value.is_integer() else value
    return top[0]


def _check_text(path: str, text: str) -> None:
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\r\t" for sign in text):
        raise DocumentError([Fault(path, "le texte contient un caractère de contrôle invisible ; supprimez-le.")])


def _check_once(path: str, value: Any) -> Iterator[Fault]:
    """Faults of the lists that name things: a name is neither empty nor between spaces, which would make it another."""
    if isinstance(value, dict):
        for name, one in value.items():
            inner = f"{path}.{name}" if path else name
            named = isinstance(one, list) and name in ONCE
            for rank, word in enumerate(one if named else ()):
                if isinstance(word, str) and (not word or word != word.strip()):
                    yield Fault(f"{inner}[{rank}]", "un mot est attendu ici, ni vide ni entouré d’espaces.")
            yield from _check_once(inner, one)
    elif isinstance(value, list):
        for rank, one in enumerate(value):
            yield from _check_once(f"{path}[{rank}]", one)
