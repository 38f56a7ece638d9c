"""Saving some fields of a thing that others may change meanwhile: what differs is merged, what clashes is shown.

The page keeps of each field a trace of what it showed. A field clashes when the person changed it, and someone else
too, otherwise. All others are saved, whatever the revision that the page was about.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from document.joining import join_wordings
from document.wording import Run, compare_wording
from editor.forms.rows import paragraphs, tidy, touched, traces
from editor.reading.readable import text_of
from objectives.changes import Stale
from objectives.models import Change, Contract

#: How often a save that others overtake is tried again before the person is told.
TRIES = 5
#: Fields that hold one text, of which a merged wording makes sense.
WORDED = ("title", "text", "description", "remarks", "code", "unit", "baseline", "target")
#: How many past changes are looked through for the text from which both people set out.
REMEMBERED = 100


@dataclass(slots=True)
class Merge:
    """What came of a save. `stored` and `revision`: as the thing stands now; `fresh`: what others changed of it."""

    stored: dict[str, Any]
    revision: int
    changed: bool
    clashes: list[str] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)


def save_merged(
    typed: dict[str, Any],
    seen: str,
    *,
    read: Callable[[], tuple[dict[str, Any], int]],
    change: Callable[[int, dict[str, Any]], object],
) -> Merge:
    """Saves what was touched and does not clash, in one call of the verb. Raises Refused, and Stale in a crowd."""
    mine = touched(typed, seen)
    for _ in range(TRIES):
        stored, revision = read()
        theirs = touched({name: stored[name] for name in typed}, seen)
        clashes = [name for name in mine if name in theirs and typed[name] != stored[name]]
        changes = {name: typed[name] for name in mine if name not in clashes and typed[name] != stored[name]}
        try:
            if changes:
                change(revision, changes)
                stored, revision = read()
        except Stale as error:
            overtaken = error
            continue
        fresh = [name for name in theirs if name not in mine]
        return Merge(stored, revision, bool(changes), clashes, fresh)
    raise overtaken


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed: both texts, their words compared, and a merged wording where it is a text."""

    name: str
    label: str
    change: Change | None
    runs: list[Run]
    merged: str | None
    #: By which the page knows, once the person has chosen, what they chose against.
    trace: str
    #: What the control would hold; None: a list, which the page reads anew.
    value: Any


def clash_of(
    contract: Contract, key: str, name: str, label: str, *, typed: Any, stored: Any, seen: str, value: Any
) -> Clash:
    """What is shown of a clash. `typed`, `stored`: as the verbs take them; `value`: what the control would hold."""
    changes = list(
        Change.objects.filter(contract=contract, key=key).select_related("by").order_by("-revision")[:REMEMBERED]
    )
    about = [one for one in changes if isinstance(one.before, dict) and name in one.before]
    merged = None
    if name in WORDED:
        base = next((one.before[name] for one in about if not touched({name: plain(name, one.before[name])}, seen)), "")
        merged = join_wordings(*(written(text) for text in (base, typed, stored)))
    texts = [written(one) if name in WORDED else text_of(name, one) for one in (stored, typed)]
    return Clash(
        name=name,
        label=label,
        change=about[0] if about else (changes[0] if changes else None),
        runs=compare_wording(*texts),
        merged=merged,
        trace=traces({name: stored}).partition(":")[2],
        value=value,
    )


def plain(name: str, value: Any) -> Any:
    """A value of the log as a page would show it."""
    if name == "remarks":
        return paragraphs("\n\n".join(value))
    return tidy(value) or None if name == "code" else tidy(value)


def written(value: Any) -> str:
    """A text as it is written in its control."""
    return "\n\n".join(value) if isinstance(value, list) else value or ""


def seen_after(seen: str, shown: dict[str, Any], *, keeping: list[str]) -> str:
    """The traces of what the page shows from now on; those of `keeping` stay, since it does not show them yet."""
    old = dict(part.split(":", 1) for part in seen.split(",") if ":" in part)
    new = dict(part.split(":", 1) for part in traces(shown).split(","))
    return ",".join(f"{name}:{old.get(name, trace) if name in keeping else trace}" for name, trace in new.items())
