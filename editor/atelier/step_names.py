"""What « Annuler » and « Rétablir » would do, in words."""

from accounts.models import User
from drafts.undo import HORIZON, redoable, undoable
from editor.reading.log_names import Names
from editor.reading.readable import verb_name
from objectives.access import may
from objectives.models import Change, Contract


def steps_of(contract: Contract, person: User) -> dict[str, str]:
    """By « undo » and « redo », for that person; empty where there is nothing to do."""
    if not may(person, "edit", contract):
        return {"undo": "", "redo": ""}
    changes = {"undo": undoable(contract, by=person), "redo": redoable(contract, by=person)}
    firsts = {name: first_of(change) if change else None for name, change in changes.items()}
    names = Names([change for change in firsts.values() if change])
    return {name: step_name(change, names) if change else "" for name, change in firsts.items()}


def first_of(change: Change) -> Change:
    """What was done at first, however often it has been undone and done again since."""
    if change.undoes is None:
        return change
    steps = Change.objects.filter(contract=change.contract_id, by=change.by_id, undoes__isnull=False)
    undone = dict(steps.order_by("-revision").values_list("revision", "undoes")[:HORIZON])
    revision = change.undoes
    while revision in undone:
        revision = undone[revision]
    changes = Change.objects.filter(contract=change.contract_id)
    found = changes.get(revision=revision)
    return changes.get(revision=found.gesture) if found.gesture else found


def step_name(change: Change, names: Names) -> str:
    """« Objectif déplacé « 1.1 Accueillir… » »."""
    about = names.of(change).text
    return f"{verb_name(change.verb)} « {about} »" if about else verb_name(change.verb)
