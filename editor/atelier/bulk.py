"""Gestures on several objectives at once: each is all or nothing, and one step to undo."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from document.nodes import WORD_LENGTH
from drafts.bulk import change_objectives, move_objectives, tag_objectives
from editor.atelier.answers import Done, gesture
from editor.atelier.choice import read_choice, rows_of, topmost
from editor.atelier.gestures import named, place_of, row_of
from editor.reading.outline import Branch, Outline
from objectives.changes import Refused
from objectives.models import Contract

#: A choice with the revision of each.
Choice = list[tuple[Branch, int]]


@gesture
def tag(request: HttpRequest, contract: Contract, outline: Outline) -> Done:
    """Gives a tag to all of them, or takes it off (`take`)."""
    chosen = read_choice(outline, request.POST)
    name = forms.CharField(required=False, max_length=WORD_LENGTH)
    try:
        word = name.clean(request.POST.get("tag"))
    except ValidationError as error:
        raise Refused(error.messages) from error
    if not word:
        raise Refused("Donnez le nom de l’étiquette.")
    takes = "take" in request.POST
    add, remove = ([], [word]) if takes else ([word], [])
    tag_objectives(contract, rows_of(chosen), add=add, remove=remove, by=request.user)
    return _done(request, chosen, f"l’étiquette « {word} » est {'retirée' if takes else 'donnée'}")


@gesture
def level(request: HttpRequest, contract: Contract, outline: Outline) -> Done:
    """Gives all of them that level; their codes stay."""
    chosen = read_choice(outline, request.POST)
    found = next((one for one in outline.levels.values() if one.key == request.POST.get("level")), None)
    if found is None:
        raise Refused("Choisissez un niveau de ce contrat.")
    change_objectives(contract, rows_of(chosen), level=found.key, by=request.user)
    return _done(request, chosen, f"niveau « {found.name} »")


@gesture
def move(request: HttpRequest, contract: Contract, outline: Outline) -> Done:
    """Moves all of them `under` an objective that is named by code, or to a `place` of a `target` that was aimed at."""
    chosen = read_choice(outline, request.POST)
    tops = topmost([node for node, _ in chosen])
    if "target" in request.POST:
        target = named(outline, request.POST["target"])
        under, position = place_of(tops, target, request.POST.get("place", ""))
    else:
        under, position = _under(outline, request.POST.get("under", "")), None
    items = [(node, revision) for node, revision in chosen if node in tops]
    move_objectives(contract, rows_of(items), under=row_of(under), position=position, by=request.user)
    return _done(request, items, f"sous « {under.name} »" if under else "au premier niveau")


def _under(outline: Outline, text: str) -> Branch | None:
    if not text.strip():
        return None
    try:
        return outline.find(text)
    except ValidationError as error:
        raise Refused(error.messages) from error


def _done(request: HttpRequest, chosen: Choice, said: str) -> Done:
    count = len(chosen)
    head = f"{count} objectifs" if count > 1 else f"« {chosen[0][0].name} »"
    return Done(f"{head} : {said}.", request.POST.get("objectif"), [node.key for node, _ in chosen])
