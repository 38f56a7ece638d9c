"""Brings back what a deletion removed, with all it held: the same keys, so that its links and its history go on."""

from typing import Any

from accounts.models import User
from actions.models import Action, ActionReference, Clause
from document import nodes
from document.codec import plain
from document.reading import read_part
from document.walk import walk_branch
from drafts.planting import plant
from indicators.models import Indicator
from objectives.changes import Entry, Refused, changing
from objectives.items import Item, likes, place_of_item
from objectives.models import Change, CrossReference, Objective
from objectives.parts import plain_of
from objectives.rows import read_references
from objectives.tree import rank
from objectives.writing import write_references

#: Items by the end of the name of their verbs.
ITEMS: dict[str, type[Item]] = {"action": Action, "clause": Clause, "indicator": Indicator}


def restore(change: Change, *, by: User | None, under: Objective | None = None) -> Any:
    """Brings back the objective or the item that this row of the log deleted, where it was or under another objective.

    What cited it cites it again, where the citing text is as the deletion left it. Returns the objective or the item.
    Raises Refused when its place is gone (`under` then names another) or when it is already there.
    """
    _, _, kind = change.verb.partition("_")
    if not change.verb.startswith("delete_") or (kind != "objective" and kind not in ITEMS):
        raise Refused("Cette modification n’a pas supprimé d’objectif, d’action, de clause ni d’indicateur.")
    if kind == "objective":
        return _restore_objective(change, by=by, under=under)
    return _restore_item(ITEMS[kind], change, by=by, under=under)


def _restore_objective(change: Change, *, by: User | None, under: Objective | None) -> Objective:
    values = dict(change.before)
    cited_by, held, position = values.pop("cited_by", []), values.pop("under"), values.pop("position")
    with changing(change.contract, "restore_objective", by=by) as entry:
        parent = _holder(entry, held, under) if held is not None or under is not None else None
        if under is not None:
            position = None
        branch = plant(entry, read_part(nodes.Objective, values), under=parent, position=position)
        objective: Objective = Objective.objects.get(contract=entry.contract, key=branch.key)
        objective.contract = entry.contract
        again = _cite_again(entry, cited_by, {one.key for one in walk_branch(branch)})
        place = {"under": parent.key if parent else None, "position": objective.position}
        entry.key, entry.after = branch.key, plain_of(branch) | place | {"cited_by": again}
    return objective


def _restore_item(model: type[Item], change: Change, *, by: User | None, under: Objective | None) -> Item:
    values = dict(change.before)
    held, position = values.pop("objective"), values.pop("position")
    with changing(change.contract, f"restore_{model._meta.model_name}", by=by) as entry:
        holder = _holder(entry, held, under)
        if taken := model.objects.filter(contract=entry.contract, key=change.key).first():
            raise Refused(f"« {taken} » est déjà dans ce contrat.")
        known = set(Objective.objects.of(entry.contract).values_list("key", flat=True))
        if "references" in values:
            values["references"] = _aiming(values["references"], known)
        node = read_part(model.NODE, values)
        item = model(contract=entry.contract, objective=holder, key=change.key, revision=entry.revision)
        item.write_node(node)
        item.save()
        item.write_parts(node)
        item.position = rank(likes(item), item.pk, position if under is None else None)
        entry.key, entry.after = item.key, plain_of(node) | place_of_item(item)
    return item


def _holder(entry: Entry, key: str | None, under: Objective | None) -> Objective:
    if under is not None:
        found: Objective = entry.kept(under)
        return found
    holder = Objective.objects.of(entry.contract).filter(key=key).first()
    if holder is None:
        said = "Restaurez-le d’abord, ou choisissez un autre objectif."
        raise Refused(f"L’objectif sous lequel il était n’est plus dans ce contrat. {said}")
    holder.contract = entry.contract
    return holder


def _cite_again(entry: Entry, cited_by: list[dict[str, Any]], back: set[str]) -> list[dict[str, Any]]:
    """Gives those who cited the keys that are back their references of then; returns those to whom it did."""
    again = []
    known = set(Objective.objects.of(entry.contract).values_list("key", flat=True))
    for one in cited_by:
        for model, citation in ((Objective, CrossReference), (Action, ActionReference)):
            owner = model.objects.filter(contract=entry.contract, key=one["key"]).first()
            if owner is None:
                continue
            rows = citation.objects.filter(**{citation.OWNER: owner})
            found = plain(tuple(read_references(citation, rows)[owner.pk]))
            if found != _aiming(one["references"], known - back):
                continue  # somebody has since rewritten what it cites
            due = tuple(read_part(nodes.Reference, ref) for ref in _aiming(one["references"], known))
            write_references(citation, owner, due)
            model.objects.filter(pk=owner.pk).update(revision=entry.revision)
            again.append({"key": one["key"], "references": plain(due)})
    return again


def _aiming(references: list[dict[str, Any]], known: set[str]) -> list[dict[str, Any]]:
    """Those references as they read where only those keys are."""
    return [one | {"targets": [key for key in one["targets"] if key in known]} for one in references]
