"""Undo and redo of one's own last gestures, from the outline."""

from collections.abc import Callable

from django.http import HttpRequest

from drafts.undo import redo, redoable, undo, undoable
from editor.atelier.answers import Done, gesture
from editor.atelier.step_names import first_of, step_name
from editor.reading.log_names import Names
from editor.reading.outline import Outline
from objectives.models import Change, Contract


@gesture
def undo_view(request: HttpRequest, contract: Contract, outline: Outline) -> Done:
    """Takes back the person's own last gesture."""
    return _take(request, contract, outline, "Annulé", undoable, undo)


@gesture
def redo_view(request: HttpRequest, contract: Contract, outline: Outline) -> Done:
    """Does again what the person has just taken back."""
    return _take(request, contract, outline, "Rétabli", redoable, redo)


def _take(
    request: HttpRequest,
    contract: Contract,
    outline: Outline,
    word: str,
    ahead: Callable[..., Change | None],
    verb: Callable[..., list[Change]],
) -> Done:
    change = ahead(contract, by=request.user)
    first = first_of(change) if change else None
    said = step_name(first, Names([first])) if first else ""
    made = verb(contract, by=request.user)
    keys = list(dict.fromkeys(one.key for one in made if one.key))
    now = Outline(contract).by_key
    current = next((key for key in keys if key in now), request.POST.get("objectif"))
    return Done(f"{word} : {said}{f' ({len(keys)} en tout)' if len(keys) > 1 else ''}.", current, keys)
