"""What objectives bear in an order (tags, quartiers): who bears one, at which rank, and how it comes back to them."""

from collections import defaultdict
from typing import Any

from objectives.models import Contract, Neighbourhood, Objective, ObjectiveNeighbourhood, ObjectiveTag, Tag
from objectives.tree import write_columns

#: The rows that say who bears a mark, and their field that names it.
BORNE = {Tag: (ObjectiveTag, "tag"), Neighbourhood: (ObjectiveNeighbourhood, "neighbourhood")}


def bearers_of(mark: Tag | Neighbourhood) -> list[dict[str, Any]]:
    """`key` and `position` of each objective that bears it, the rank being among its likes; one query."""
    through, name = BORNE[type(mark)]
    objectives = through.objects.filter(**{name: mark}).values("objective")
    borne = through.objects.filter(objective__in=objectives).order_by("objective__key", "position", "pk")
    lists: dict[str, list[int]] = defaultdict(list)
    for key, pk in borne.values_list("objective__key", f"{name}_id"):
        lists[key].append(pk)
    return [{"key": key, "position": marks.index(mark.pk)} for key, marks in lists.items()]


def touch_bearers(mark: Tag | Neighbourhood, revision: int) -> None:
    """A mark's name is part of the objectives that bear it: their revision names their old state no more."""
    through, name = BORNE[type(mark)]
    bearing = through.objects.filter(**{name: mark}).values("objective")
    Objective.objects.filter(pk__in=bearing).update(revision=revision)


def give_back(mark: Tag | Neighbourhood, contract: Contract, bearers: list[dict[str, Any]]) -> None:
    """Puts a mark that nobody bears back on those objectives, each at its rank; those that are gone stay without."""
    through, name = BORNE[type(mark)]
    ranks = {one["key"]: one["position"] for one in bearers}
    found = dict(Objective.objects.of(contract).filter(key__in=ranks).order_by().values_list("pk", "key"))
    lists: dict[int, list[int]] = {pk: [] for pk in found}
    rows = through.objects.filter(objective__in=found).order_by("position", "pk")
    for pk, objective in rows.values_list("pk", "objective_id"):
        lists[objective].append(pk)
    given = [through(**{name: mark, "objective_id": pk}, position=ranks[key]) for pk, key in found.items()]
    for row in through.objects.bulk_create(given):
        lists[row.objective_id].insert(row.position, row.pk)
    ordered = [(pk, rank) for marks in lists.values() for rank, pk in enumerate(marks)]
    write_columns(through._meta.db_table, ("position",), ordered)
