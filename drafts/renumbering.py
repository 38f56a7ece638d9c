"""Renumbers a branch of a draft in one step, as the plan that was shown; references hold keys, and so follow."""

from accounts.models import User
from actions.models import Action
from document.renumber import Renumbering, plan_renumbering
from drafts.read import read_draft
from objectives.changes import Refused, changing, check_revision
from objectives.models import Contract, Objective
from objectives.tree import write_columns


def renumber(contract: Contract, *, by: User | None, revision: int | None, key: str | None = None) -> list[Renumbering]:
    """Gives objectives and actions of a branch (None: the whole tree) the codes of their rank; returns what changed.

    `revision` is the contract's when the plan was shown: raises Stale if the draft has changed since, so that what is
    applied is what was read. Raises Refused when no objective has that key.
    """
    with changing(contract, "renumber", by=by) as entry:
        check_revision(entry.contract, revision)
        try:
            plan = plan_renumbering(read_draft(entry.contract), key)
        except KeyError as error:
            raise Refused("Cet objectif n’est plus dans ce contrat.") from error
        for model, of in ((Objective, "children"), (Action, "actions")):
            codes = {one.key: one.after for one in plan if one.of == of}
            rows = model.objects.filter(contract=entry.contract).order_by().values_list("pk", "key")
            numbered = [(pk, codes[one], entry.revision) for pk, one in rows if one in codes]
            write_columns(model._meta.db_table, ("code", "revision"), numbered)
        entry.key = key or ""
        entry.before = {one.key: one.before for one in plan}
        entry.after = {one.key: one.after for one in plan}
    return plan
