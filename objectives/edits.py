"""Every way the tree of a draft may change. Each verb: one transaction, one lock, one revision, one row of log."""

from dataclasses import replace
from typing import Any

from accounts.models import User
from document import nodes
from document.codes import next_code
from document.nodes import DEPTH_LIMIT
from objectives.changes import Entry, Refused, changing, check_revision
from objectives.keys import issue_key
from objectives.models import Contract, Level, Objective
from objectives.parts import changed, plain_of, revised
from objectives.rows import read_own, read_tree
from objectives.tree import relabel, write_columns
from objectives.writing import write_node, write_parts

#: What `change_objective` may change: all that is the objective's own, neither its place nor its key.
CHANGEABLE = frozenset(
    [
        "level",
        "code",
        "title",
        "description",
        "transversal",
        "tags",
        "neighbourhoods",
        "notes",
        "declared",
        "remarks",
        "references",
    ]
)


def add_objective(
    contract: Contract,
    *,
    level: Level,
    by: User | None,
    title: str = "",
    under: Objective | None = None,
    position: int | None = None,
    **values: Any,
) -> Objective:
    """Adds an objective under another (None: a root), at that rank (None: last).

    Without `code`, it takes the next of its level's numbering. Raises Refused with what is wrong in it.
    """
    with changing(contract, "add_objective", by=by) as entry:
        parent = _kept(under, entry) if under is not None else None
        if "code" not in values:
            values["code"] = suggested_code(entry.contract, level=level, under=parent)
        key = issue_key(entry.contract)
        node = _own(key, {"level": level.key, "title": title} | values)
        objective = Objective(contract=entry.contract, key=key, parent=parent, revision=entry.revision)
        write_node(objective, node)
        Objective.objects.bulk_create([objective])
        write_parts(objective, node)
        _place(objective, parent, position)
        entry.key, entry.after = key, _own_plain(node) | _place_of(objective)
    objective.refresh_from_db()
    return objective


def change_objective(objective: Objective, *, by: User | None, revision: int | None, **changes: Any) -> Objective:
    """Changes fields of an objective, given as in the exchange format (`tags=["PRE"]`, `notes=[{"kind": …}]`…).

    Raises Stale if it is no longer at that revision, Refused with what is wrong, TypeError for a field it does not have.
    """
    if unknown := set(changes) - CHANGEABLE:
        raise TypeError(f"change_objective ne change pas {', '.join(sorted(unknown))}")
    with changing(objective.contract, "change_objective", by=by) as entry:
        kept = _kept(objective, entry)
        check_revision(kept, revision)
        before = read_own(kept)
        node = _own(kept.key, _own_plain(before) | changes)
        write_node(kept, node)
        columns = ("level", "code", "title", "description", "transversal", "remarks")
        Objective.objects.filter(pk=kept.pk).update(
            revision=entry.revision, **{name: getattr(kept, name) for name in columns}
        )
        write_parts(kept, node, before)
        entry.key, (entry.before, entry.after) = kept.key, changed(before, node)
        kept.revision = entry.revision
    return kept


def move_objective(
    objective: Objective, *, under: Objective | None, position: int | None, by: User | None, revision: int | None
) -> Objective:
    """Moves an objective and all below it under another (None: among the roots), at that rank (None: last).

    Its level and code stay as they are: the checks say when they no longer fit.
    """
    with changing(objective.contract, "move_objective", by=by) as entry:
        kept = _kept(objective, entry)
        check_revision(kept, revision)
        parent = _kept(under, entry) if under is not None else None
        _check_place(kept, parent)
        entry.key, entry.before = kept.key, _place_of(kept)
        left = kept.parent_id
        _place(kept, parent, position)
        if left != kept.parent_id:
            _renumber(entry.contract, left)
            relabel(Objective.objects.of(entry.contract))
        Objective.objects.filter(pk=kept.pk).update(revision=entry.revision)
        entry.after = _place_of(kept)
    kept.refresh_from_db()
    return kept


def delete_objective(objective: Objective, *, by: User | None, revision: int | None, with_all: bool = False) -> int:
    """Deletes an objective; returns how many went. The log keeps all they held.

    One that has others below it is refused unless `with_all` says that they go too.
    """
    with changing(objective.contract, "delete_objective", by=by) as entry:
        kept = _kept(objective, entry)
        check_revision(kept, revision)
        branch = Objective.objects.branch(kept)
        count = branch.count()
        if count > 1 and not with_all:
            raise Refused(
                f"« {kept} » a {count - 1} objectif(s) au-dessous de lui : déplacez-les d’abord, "
                "ou confirmez la suppression de toute la branche."
            )
        entry.key, entry.before = kept.key, plain_of(read_tree(branch)[0]) | _place_of(kept)
        parent = kept.parent_id
        Objective.objects.filter(pk__in=list(branch.values_list("pk", flat=True))).delete()
        _renumber(entry.contract, parent)
        relabel(Objective.objects.of(entry.contract))
    return count


def suggested_code(contract: Contract, *, level: Level, under: Objective | None) -> str | None:
    """The next code of that level's numbering at that place; None where the level bears no codes."""
    above = [*Objective.objects.above(under), under] if under is not None else []
    coded = next((node for node in reversed(above) if node.code), None)
    peers = Objective.objects.of(contract).filter(level=level)
    if "{parent}" not in (level.numbering or ""):
        peers = peers.filter(parent=under)
    elif coded is not None:
        peers = peers.filter(tree_id=coded.tree_id, lft__gt=coded.lft, rght__lt=coded.rght)
    return next_code(level.numbering, list(peers.values_list("code", flat=True)), coded.code if coded else None)


def _kept(objective: Objective, entry: Entry) -> Objective:
    """The objective as it stands now, read under the lock, in this contract alone."""
    try:
        return Objective.objects.select_related("contract", "level").get(pk=objective.pk, contract=entry.contract)
    except Objective.DoesNotExist as error:
        raise Refused(f"« {objective} » n’est pas, ou n’est plus, dans ce contrat.") from error


def _own(key: str, values: dict[str, Any]) -> nodes.Objective:
    node: nodes.Objective = revised(nodes.Objective, values | {"key": key})
    return node


def _own_plain(node: nodes.Objective) -> dict[str, Any]:
    held = ("actions", "clauses", "indicators", "children")
    return {name: value for name, value in plain_of(replace(node)).items() if name not in held}


def _check_place(kept: Objective, parent: Objective | None) -> None:
    if parent is None:
        return
    branch = Objective.objects.branch(kept)
    if branch.filter(pk=parent.pk).exists():
        raise Refused(f"« {kept} » ne peut pas passer sous « {parent} », qui est au-dessous de lui ou lui-même.")
    height = max(branch.values_list("depth", flat=True)) - kept.depth
    if parent.depth + 1 + height >= DEPTH_LIMIT:
        raise Refused(f"L’arbre aurait plus de {DEPTH_LIMIT} niveaux de profondeur.")


def _place(objective: Objective, parent: Objective | None, position: int | None) -> None:
    """Sets parent and rank, shifts the siblings, and relabels: the only way a node gets its place."""
    siblings = Objective.objects.of(objective.contract).filter(parent=parent).exclude(pk=objective.pk)
    order = [pk for (pk,) in siblings.order_by("position", "pk").values_list("pk")]
    rank = len(order) if position is None else max(0, min(position, len(order)))
    order.insert(rank, objective.pk)
    objective.parent, objective.position = parent, rank
    # A root takes its tree's number from relabel: until then NULL keeps it clear of « one root a tree ».
    Objective.objects.filter(pk=objective.pk).update(parent=parent, tree_id=None)
    write_columns(Objective._meta.db_table, ("position",), [(pk, rank) for rank, pk in enumerate(order)])
    relabel(Objective.objects.of(objective.contract))


def _renumber(contract: Contract, parent: int | None) -> None:
    order = Objective.objects.of(contract).filter(parent=parent).order_by("position", "pk").values_list("pk", flat=True)
    write_columns(Objective._meta.db_table, ("position",), [(pk, rank) for rank, pk in enumerate(order)])


def _place_of(objective: Objective) -> dict[str, Any]:
    return {"under": objective.parent.key if objective.parent else None, "position": objective.position}
