"""What a request brings: JSON read strictly, then its fields by the exchange format's own reader, faults and paths."""

import math
import unicodedata
from dataclasses import fields
from typing import Any, TypeVar

from django.http import QueryDict
from rest_framework.exceptions import APIException
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from document.codec import FILE_LIMIT, read_json
from document.faults import DocumentError, Fault, trimmed
from document.reading import read_part

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
        data = read_json(content)
        _check_values(data)
        return data


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
    if faults:
        raise DocumentError(faults)


def _check_values(data: Any) -> None:
    """Raises DocumentError for what no field takes, wherever it is; walks without recursion, whatever the depth."""
    waiting: list[tuple[str, Any, int]] = [("", data, 0)]
    while waiting:
        path, value, depth = waiting.pop()
        if depth > DEPTH_LIMIT:
            raise DocumentError([Fault("", "le JSON est imbriqué trop profondément.")])
        if isinstance(value, dict):
            _check_texts(path, value)
            waiting += [(f"{path}.{name}" if path else name, one, depth + 1) for name, one in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{path}[{rank}]", one, depth + 1) for rank, one in enumerate(value)]
        elif isinstance(value, str):
            _check_texts(path, [value])
        elif isinstance(value, float) and not math.isfinite(value):
            raise DocumentError([Fault(path, "ce nombre n’est pas admis en JSON.")])


def _check_texts(path: str, texts: Any) -> None:
    for text in texts:
        if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\r\t" for sign in text):
            raise DocumentError([Fault(path, "le texte contient un caractère de contrôle invisible ; supprimez-le.")])
