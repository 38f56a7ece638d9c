"""Undo and redo of a person's own last gestures in a contract, told from the log: no other stack is kept."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from drafts import inverse_words as words
from drafts import inverses as tree
from objectives.access import require
from objectives.changes import Refused, gesture
from objectives.models import Change, Contract

#: So many of the person's last changes are looked at: further back nothing is undone.
HORIZON = 1_000

Inverse = Callable[[Change, User | None], None]

_ITEMS = ("action", "clause", "indicator")
#: What undoes each verb. The others (publishing, members…) are passed over.
INVERSES: dict[str, Inverse] = {
    "add_objective": tree.unadd_objective,
    "restore_objective": tree.unadd_objective,
    "copy_branch": tree.unadd_objective,
    "change_objective": tree.unchange_objective,
    "move_objective": tree.unmove_objective,
    "delete_objective": tree.undelete,
    **{f"{verb}_{item}": tree.unadd_item for verb in ("add", "restore") for item in _ITEMS},
    **{f"change_{item}": tree.unchange_item for item in _ITEMS},
    **{f"move_{item}": tree.unmove_item for item in _ITEMS},
    **{f"delete_{item}": tree.undelete for item in _ITEMS},
    **{f"{verb}_{word}": words.unadd_word for verb in ("add", "restore") for word in words.NAMES},
    **{f"change_{word}": words.unchange_word for word in words.NAMES},
    **{f"delete_{word}": words.undelete_word for word in words.NAMES},
    "move_level": words.unmove_word,
    "move_neighbourhood": words.unmove_word,
    "change_contract": words.unchange_head,
    "renumber": words.unrenumber,
    "write_draft": words.unwrite,
}


@dataclass(frozen=True, slots=True)
class _Step:
    """A gesture of the person's by its first revision; `target` is the gesture that it undoes, None: it undoes none."""

    first: int
    target: int | None
    #: Whether it takes the draft forward: a plain gesture, or a redo.
    forward: bool


def undoable(contract: Contract, *, by: User | None) -> Change | None:
    """The first change of the gesture that `undo` would undo; None: there is nothing to undo. Two queries."""
    cancelled: set[int | None] = set()
    for step in _steps(contract, by):
        if step.first in cancelled:
            continue
        if step.forward:
            return _first(contract, step)
        cancelled.add(step.target)
    return None


def redoable(contract: Contract, *, by: User | None) -> Change | None:
    """The first change of the undoing that `redo` would undo; None: nothing was undone, or changes have followed."""
    cancelled: set[int | None] = set()
    for step in _steps(contract, by):
        if step.first in cancelled:
            continue
        if not step.forward:
            return _first(contract, step)
        if step.target is None:
            return None
        cancelled.add(step.target)
    return None


def undo(contract: Contract, *, by: User | None) -> list[Change]:
    """Undoes the person's last gesture, all or nothing; returns the changes that this made.

    Raises Refused, with who did what and when, if someone has since changed the same thing or its place is gone;
    NotAllowed without the right to edit.
    """
    return _revert(contract, by, undoable, "annulé", "Vous n’avez rien à annuler dans ce contrat.")


def redo(contract: Contract, *, by: User | None) -> list[Change]:
    """Does again what the person has just undone; like `undo`."""
    return _revert(contract, by, redoable, "rétabli", "Vous n’avez rien à rétablir dans ce contrat.")


def _revert(
    contract: Contract, by: User | None, last: Callable[..., Change | None], done: str, nothing: str
) -> list[Change]:
    try:
        with gesture(contract) as whole:
            require(by, "edit", contract)
            found = last(contract, by=by)
            if found is None:
                raise Refused(nothing)
            for change in _changes_of(contract, found):
                whole.undoes = change.revision
                INVERSES[change.verb](change, by)
    except Refused as refused:
        if refused.messages == [nothing]:
            raise
        raise Refused(f"Rien n’a été {done}. {' '.join(refused.messages)}") from refused
    return whole.changes


def _changes_of(contract: Contract, first: Change) -> list[Change]:
    """The changes of the gesture that begins with that one, the last first."""
    whole = Q(revision=first.revision) | Q(gesture=first.revision)
    changes = list(Change.objects.filter(whole, contract=contract).order_by("-revision"))
    for change in changes:
        change.contract = contract
    return changes


def _first(contract: Contract, step: _Step) -> Change | None:
    """Its first change; None where what stood before was not kept: the contract was made by it."""
    found = Change.objects.select_related("by").get(contract=contract, revision=step.first)
    return None if found.verb == "write_draft" and found.before is None else found


def _steps(contract: Contract, by: User | None) -> list[_Step]:
    """The person's gestures in the contract, the last first; one query."""
    changes = Change.objects.filter(contract=contract, by=by, verb__in=INVERSES).order_by("-revision")
    rows = list(changes.values_list("revision", "gesture", "undoes")[:HORIZON])
    gesture_of = {revision: first or revision for revision, first, _ in rows}
    found: dict[int, _Step] = {}
    for revision, _, undoes in reversed(rows):
        first = gesture_of[revision]
        target = None if undoes is None else gesture_of.get(undoes, undoes)
        aimed = found.get(target) if target is not None else None
        forward = target is None or (aimed is not None and not aimed.forward)
        found.setdefault(first, _Step(first, target, forward))
    return list(reversed(found.values()))
