"""Several objectives changed at once: all of them or none, and one step to undo."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from accounts.models import User
from objectives.access import require
from objectives.changes import Refused, check_revision, gesture
from objectives.edits import change_objective, delete_objective, move_objective
from objectives.models import Contract, Objective

#: Objectives, each with the revision at which it was shown.
Items = list[tuple[Objective, int]]


def change_objectives(contract: Contract, items: Items, *, by: User | None, **changes: Any) -> list[Objective]:
    """Gives the same fields the same values, as `change_objective` takes them. Raises Stale, Refused, TypeError."""
    with _chosen(contract, items, by) as chosen:
        return [change_objective(one, by=by, revision=None, **changes) for one in chosen]


def tag_objectives(
    contract: Contract, items: Items, *, add: Iterable[str] = (), remove: Iterable[str] = (), by: User | None
) -> list[Objective]:
    """Puts tags on each, after those it bears, and takes others off. Raises Stale, Refused."""
    gone = set(remove)
    with _chosen(contract, items, by) as chosen:
        changed = []
        for one in chosen:
            kept = [name for name in one.taggings.values_list("tag__name", flat=True) if name not in gone]
            tags = list(dict.fromkeys([*kept, *add]))
            changed.append(change_objective(one, tags=tags, by=by, revision=None))
        return changed


def move_objectives(
    contract: Contract, items: Items, *, under: Objective | None, position: int | None, by: User | None
) -> list[Objective]:
    """Moves them under another (None: among the roots) one after the other, in the order of the tree.

    `position` is the rank of the first among the children that are not moved (None: last). What stands below another
    of them goes with it. Raises Stale, Refused.
    """
    with _chosen(contract, items, by) as chosen:
        tops, moved = _tops(chosen), []
        parents = {one.pk for one in tops}
        children = Objective.objects.of(contract).filter(parent=under).order_by("position", "pk")
        staying = [pk for pk in children.values_list("pk", flat=True) if pk not in parents]
        rank = len(staying) if position is None else max(0, min(position, len(staying)))
        after = staying[rank - 1] if rank else None
        for one in tops:
            others = [pk for pk in children.values_list("pk", flat=True) if pk != one.pk]
            due = others.index(after) + 1 if after is not None else 0
            one.contract = contract
            moved.append(move_objective(one, under=under, position=due, by=by, revision=None))
            after = one.pk
        return moved


def delete_objectives(contract: Contract, items: Items, *, by: User | None, with_all: bool) -> int:
    """Deletes them; returns how many went. One that has others below it, not among them, needs `with_all`."""
    with _chosen(contract, items, by) as chosen:
        # From the bottom up, so that one whose children are all among them holds nothing any more.
        going = _tops(chosen) if with_all else list(reversed(chosen))
        return sum(delete_objective(one, by=by, revision=None, with_all=with_all) for one in going)


@contextmanager
def _chosen(contract: Contract, items: Items, by: User | None) -> Iterator[list[Objective]]:
    """The objectives as they stand under the lock, in the order of the tree, each still at the revision shown."""
    if not items:
        raise Refused("Choisissez au moins un objectif.")
    with gesture(contract):
        require(by, "edit", contract)
        shown = {objective.pk: (objective, revision) for objective, revision in items}
        kept = {one.pk: one for one in Objective.objects.of(contract).filter(pk__in=shown)}
        for pk, (objective, revision) in shown.items():
            if pk not in kept:
                raise Refused(f"« {objective} » n’est pas, ou n’est plus, dans ce contrat.")
            check_revision(kept[pk], revision)
            kept[pk].contract = contract
        roots = dict(Objective.objects.of(contract).filter(parent=None).values_list("tree_id", "position"))
        yield sorted(kept.values(), key=lambda one: (roots[one.tree_id], one.lft))


def _tops(chosen: list[Objective]) -> list[Objective]:
    """Those, in the order of the tree, that stand below none of the others."""
    found: list[Objective] = []
    for one in chosen:
        if not (found and found[-1].tree_id == one.tree_id and found[-1].rght > one.rght):
            found.append(one)
    return found
