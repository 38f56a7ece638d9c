"""Rows to nodes: reads objectives and all they hold as values of the exchange format, one query a table."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet

from document import nodes
from objectives.items import Item
from objectives.models import (
    Citation,
    CrossReference,
    DeclaredCount,
    Note,
    Objective,
    ObjectiveNeighbourhood,
    ObjectiveQuerySet,
    ObjectiveTag,
)

#: The fields of an objective's row that are those of its node, to the letter.
FIELDS = ("key", "code", "title", "description", "transversal")


def read_tree(objectives: ObjectiveQuerySet, *, with_items: bool = True) -> tuple[nodes.Objective, ...]:
    """The nodes of those objectives as trees, in order; a node whose parent is not among them is a root.

    A fixed number of queries: one a table, whatever the number of rows.
    """
    parts = _parts(objectives) + ([_items(model, objectives) for model in Item.__subclasses__()] if with_items else [])
    columns = ("pk", "parent_id", "level__key", "remarks", *FIELDS)
    rows = list(objectives.order_by("position", "pk").values_list(*columns))
    known = {pk for pk, *_ in rows}
    children: dict[int | None, list[Any]] = defaultdict(list)
    for row in rows:
        children[row[1] if row[1] in known else None].append(row)

    def build(row: Any) -> nodes.Objective:
        pk, _, level, remarks, *values = row
        held = {name: tuple(found[pk]) for name, found in parts}
        return nodes.Objective(
            level=level,
            remarks=tuple(remarks),
            children=tuple(build(child) for child in children.get(pk, ())),
            **dict(zip(FIELDS, values, strict=True)),
            **held,
        )

    return tuple(build(row) for row in children.get(None, ()))


def read_own(objective: Objective) -> nodes.Objective:
    """One objective with its notes, tags, references…, neither items nor children: what `change_objective` changes."""
    return read_tree(Objective.objects.filter(pk=objective.pk), with_items=False)[0]


Part = tuple[str, dict[int, list[Any]]]


def _gather(name: str, rows: QuerySet[Any], owner: str, make: Callable[..., Any], *columns: str) -> Part:
    found: dict[int, list[Any]] = defaultdict(list)
    for pk, *values in rows.order_by("position", "pk").values_list(owner, *columns):
        found[pk].append(make(*values))
    return name, found


def _parts(objectives: ObjectiveQuerySet) -> list[Part]:
    def rows(model: type[Model]) -> QuerySet[Any]:
        return model.objects.filter(objective__in=objectives.order_by())

    return [
        _gather(
            "notes", rows(Note), "objective_id", lambda kind, text: nodes.Note(kind=kind, text=text), "kind", "text"
        ),
        _gather("tags", rows(ObjectiveTag), "objective_id", str, "tag__name"),
        _gather("neighbourhoods", rows(ObjectiveNeighbourhood), "objective_id", str, "neighbourhood__code"),
        _gather(
            "declared",
            rows(DeclaredCount),
            "objective_id",
            lambda of, count: nodes.DeclaredCount(of=of, count=count),
            "of",
            "count",
        ),
        ("references", read_references(CrossReference, rows(CrossReference))),
    ]


def read_references(model: type[Citation], rows: QuerySet[Any]) -> dict[int, list[nodes.Reference]]:
    """References by the pk of their owner, each with the keys of its targets; two queries."""
    through = model.targets.through
    targets: dict[int, list[str]] = defaultdict(list)
    cited = through.objects.filter(reference__in=rows.order_by()).order_by("position", "pk")
    for reference, key in cited.values_list("reference_id", "objective__key"):
        targets[reference].append(key)
    found: dict[int, list[nodes.Reference]] = defaultdict(list)
    for pk, owner, text in rows.order_by("position", "pk").values_list("pk", f"{model.OWNER}_id", "text"):
        found[owner].append(nodes.Reference(text=text, targets=tuple(targets[pk])))
    return found


def _items(model: type[Item], objectives: ObjectiveQuerySet) -> Part:
    rows = model.objects.filter(objective__in=objectives.order_by())
    found: dict[int, list[Any]] = defaultdict(list)
    for pk, node in model.read_nodes(rows):
        found[pk].append(node)
    return model.PART, found
