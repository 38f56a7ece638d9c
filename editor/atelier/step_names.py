"""What « Annuler » and « Rétablir » would do, in words."""

from accounts.models import User
from drafts.undo import redoable, undoable
from editor.reading.log_names import Names
from editor.reading.readable import verb_name
from objectives.access import may
from objectives.models import Change, Contract


def steps_of(contract: Contract, person: User) -> dict[str, str]:
    """By « undo » and « redo », for that person; empty where there is nothing to do."""
    if not may(person, "edit", contract):
        return {"undo": "", "redo": ""}
    changes = {"undo": undoable(contract, by=person), "redo": redoable(contract, by=person)}
    names = Names([change for change in changes.values() if change])
    return {name: step_name(change, names) if change else "" for name, change in changes.items()}


def step_name(change: Change, names: Names) -> str:
    """« Objectif déplacé « 1.1 Accueillir… » »."""
    about = names.of(change).text
    return f"{verb_name(change.verb)} « {about} »" if about else verb_name(change.verb)
