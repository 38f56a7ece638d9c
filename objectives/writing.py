"""Nodes to rows: writes what an objective holds in other tables, within the verbs."""

from typing import Any

from django.db.models import Model

from document import nodes
from objectives.changes import Refused
from objectives.models import (
    Citation,
    CrossReference,
    DeclaredCount,
    Level,
    Neighbourhood,
    Note,
    Objective,
    ObjectiveNeighbourhood,
    ObjectiveTag,
    Tag,
)


def write_node(objective: Objective, node: nodes.Objective) -> None:
    """Sets the objective's own columns from its node; saved by the caller. Raises Refused for an unknown level."""
    level = Level.objects.filter(contract=objective.contract, key=node.level).first()
    if level is None:
        raise Refused(f"Le contrat n’a pas de niveau « {node.level} ».")
    objective.level = level
    objective.code, objective.title, objective.description = node.code, node.title, node.description
    objective.transversal, objective.remarks = node.transversal, list(node.remarks)


def write_parts(objective: Objective, node: nodes.Objective, before: nodes.Objective | None = None) -> None:
    """Writes notes, tags, quartiers, counts and references where they differ from `before` (None: there were none)."""

    def differs(name: str) -> bool:
        return getattr(node, name) != (getattr(before, name) if before else ())

    if differs("notes"):
        _replace(Note, objective, [{"kind": note.kind, "text": note.text} for note in node.notes])
    if differs("declared"):
        counts = [{"contract": objective.contract, "of": one.of, "count": one.count} for one in node.declared]
        _check_counted(objective, node)
        _replace(DeclaredCount, objective, counts)
    if differs("tags"):
        names = list(dict.fromkeys(node.tags))
        _replace(ObjectiveTag, objective, [{"tag": _tag(objective, name)} for name in names])
    if differs("neighbourhoods"):
        codes = list(dict.fromkeys(node.neighbourhoods))
        rows = [{"neighbourhood": _neighbourhood(objective, code)} for code in codes]
        _replace(ObjectiveNeighbourhood, objective, rows)
    if differs("references"):
        write_references(CrossReference, objective, node.references)


def write_references(model: type[Citation], owner: Any, references: tuple[nodes.Reference, ...]) -> None:
    """Replaces the references of an objective or an action. Raises Refused for a target that is not in the contract."""
    keys = {key for reference in references for key in reference.targets}
    found = dict(Objective.objects.filter(contract=owner.contract_id, key__in=keys).values_list("key", "pk"))
    if missing := sorted(keys - set(found)):
        raise Refused(f"Renvoi vers un objectif absent de ce contrat : {', '.join(missing)}.")
    model.objects.filter(**{model.OWNER: owner}).delete()
    rows = model.objects.bulk_create(
        model(**{model.OWNER: owner}, text=reference.text, position=rank) for rank, reference in enumerate(references)
    )
    through = model.targets.through
    through.objects.bulk_create(
        through(reference=row, objective_id=found[key], position=rank)
        for row, reference in zip(rows, references, strict=True)
        for rank, key in enumerate(dict.fromkeys(reference.targets))
    )


def _replace(model: type[Model], objective: Objective, rows: list[dict[str, Any]]) -> None:
    model.objects.filter(objective=objective).delete()
    model.objects.bulk_create(model(objective=objective, position=rank, **row) for rank, row in enumerate(rows))


def _check_counted(objective: Objective, node: nodes.Objective) -> None:
    counted = {*nodes.ITEMS, *Level.objects.filter(contract=objective.contract).values_list("key", flat=True)}
    if unknown := sorted({one.of for one in node.declared} - counted):
        raise Refused(f"Effectif annoncé de « {', '.join(unknown)} », qui n’est pas un niveau de ce contrat.")


def _tag(objective: Objective, name: str) -> Tag:
    return Tag.objects.get_or_create(contract=objective.contract, name=name)[0]


def _neighbourhood(objective: Objective, code: str) -> Neighbourhood:
    try:
        return Neighbourhood.objects.get(contract=objective.contract, code=code)
    except Neighbourhood.DoesNotExist as error:
        raise Refused(f"Le quartier « {code} » n’est pas dans ce contrat : ajoutez-le d’abord.") from error
