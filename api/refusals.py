"""What the verbs refuse, as members of a problem: which status, where in the body, what is kept and what was sent."""

from collections.abc import Iterator
from typing import Any

from rest_framework.request import Request

from api.nodes import node_row
from api.rows import finding_row
from api.state import state_row
from api.vocabulary import WORDS, word_row
from document.faults import SHOWN, DocumentError, Fault
from objectives.changes import Refused, Stale
from objectives.models import Contract
from publications.publish import NotPublishable
from publications.templatetags.french import french

MALFORMED = "La demande ne convient pas : « errors » dit où."


def refused(error: Exception, request: Request) -> dict[str, Any] | None:
    """The status, detail and other members of the answer to what a verb or the reading of a body raises; else None.

    What has not the right form is 400; what the draft does not allow as it stands is 409; what is old is 412.
    """
    if isinstance(error, DocumentError):
        return {"status": 400, "detail": MALFORMED, "errors": list(_told(error.faults, error))} | place_of(error)
    if isinstance(error, Stale):
        return {"status": 412, "detail": str(error), **_both(error, request)} | place_of(error)
    if isinstance(error, Refused):
        return _refused(error) | place_of(error)
    return None


def place_of(error: Exception) -> dict[str, int]:
    """The rank of the operation that is at fault, in a batch."""
    return {"operation": error.operation} if hasattr(error, "operation") else {}


def _refused(error: Refused) -> dict[str, Any]:
    if isinstance(error.__cause__, DocumentError):
        faults = list(_told(error.__cause__.faults, error))
        return {"status": 400, "detail": MALFORMED, "errors": faults}
    found: dict[str, Any] = {"status": 409, "detail": " ".join(error.messages)}
    if isinstance(error, NotPublishable):
        found["findings"] = [finding_row(finding) for finding in error.findings]
    if hasattr(error, "error_dict"):
        said = [Fault(name, text) for name, texts in error.message_dict.items() for text in texts]
        found["errors"] = list(_told(said, error))
    return found


def _told(faults: list[Fault], error: Exception) -> Iterator[dict[str, str]]:
    place = getattr(error, "place", "")
    for fault in faults[:SHOWN]:
        yield {"path": ".".join(part for part in (place, fault.path) if part), "message": french(fault.message)}


def _both(error: Stale, request: Request) -> dict[str, Any]:
    """What is kept now, and what the request would have written in its place."""
    whole = isinstance(error.kept, Contract) and not hasattr(error, "current")
    current = error.current if hasattr(error, "current") else _current(error.kept)
    sent = {} if whole or not isinstance(request.data, dict) else dict(request.data)
    return {"current": current, "sent": sent | {"revision": error.revision}}


def _current(kept: Any) -> dict[str, Any]:
    if isinstance(kept, Contract):
        return state_row(kept)
    return word_row(kept) if isinstance(kept, tuple(word.model for word in WORDS.values())) else node_row(kept)
