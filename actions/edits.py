"""Every way actions and clauses may change; see `objectives.items` for what the verbs share."""

from accounts.models import User
from actions.models import Action, Clause
from document.codes import next_code
from objectives.items import add_item, change_item, delete_item, move_item
from objectives.models import Objective


def add_action(
    objective: Objective, *, title: str, by: User | None, position: int | None = None, **values: object
) -> Action:
    """Adds an action, at that rank (None: last); without `code`, it takes the next letter after its siblings'."""
    return add_item(Action, objective, by=by, position=position, suggest=_suggest, title=title, **values)


def suggested_code(objective: Objective) -> str | None:
    """« 1.1.1.c » after « 1.1.1.b »; None where the siblings bear no codes."""
    siblings = list(objective.actions.values_list("code", flat=True))
    if not objective.code or (siblings and not any(siblings)):
        return None
    return next_code("{parent}.{a}", siblings, objective.code)


def _suggest(objective: Objective) -> dict[str, str | None]:
    return {"code": suggested_code(objective)}


def change_action(action: Action, *, by: User | None, revision: int | None, **changes: object) -> Action:
    """Changes fields of an action, given as in the exchange format. Raises Stale, Refused."""
    return change_item(action, by=by, revision=revision, **changes)


def move_action(
    action: Action, *, position: int | None, by: User | None, revision: int | None, under: Objective | None = None
) -> Action:
    """Gives an action that rank (None: last), under its objective or another. Raises Stale, Refused."""
    return move_item(action, position=position, by=by, revision=revision, under=under)


def delete_action(action: Action, *, by: User | None, revision: int | None) -> None:
    """Deletes an action; the log keeps all it held. Raises Stale, Refused."""
    delete_item(action, by=by, revision=revision)


def add_clause(
    objective: Objective, *, text: str, by: User | None, position: int | None = None, **values: object
) -> Clause:
    """Adds a clause, at that rank (None: last)."""
    return add_item(Clause, objective, by=by, position=position, text=text, **values)


def change_clause(clause: Clause, *, by: User | None, revision: int | None, **changes: object) -> Clause:
    """Changes fields of a clause, given as in the exchange format. Raises Stale, Refused."""
    return change_item(clause, by=by, revision=revision, **changes)


def move_clause(
    clause: Clause, *, position: int | None, by: User | None, revision: int | None, under: Objective | None = None
) -> Clause:
    """Gives a clause that rank (None: last), under its objective or another. Raises Stale, Refused."""
    return move_item(clause, position=position, by=by, revision=revision, under=under)


def delete_clause(clause: Clause, *, by: User | None, revision: int | None) -> None:
    """Deletes a clause; the log keeps all it held. Raises Stale, Refused."""
    delete_item(clause, by=by, revision=revision)
