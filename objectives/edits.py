"""Every way the tree of a draft may change. Each verb: one transaction, one lock, one revision, one row of log."""

from typing import Any

from accounts.models import User
from document import nodes
from document.codes import next_code
from document.nodes import DEPTH_LIMIT
from document.walk import walk_branch
from objectives.changes import Entry, Refused, changing, check_revision
from objectives.keys import issue_key
from objectives.models import Contract, Level, Objective
from objectives.parts import changed, plain_of, revised
from objectives.removal import delete_rows, release_citing
from objectives.rows import read_own, read_tree
from objectives.tree import LABELS, forget, place
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
    _check_changeable("add_objective", values)
    with changing(contract, "add_objective", by=by) as entry:
        level, parent = entry.kept(level), entry.kept(under) if under is not None else None
        check_depth(parent, 0)
        if "code" not in values:
            values["code"] = suggested_code(entry.contract, level=level, under=parent)
        key = issue_key(entry.contract)
        node = revised(nodes.Objective, values | {"key": key, "level": level.key, "title": title})
        objective = Objective(contract=entry.contract, key=key, parent=parent, revision=entry.revision)
        write_node(objective, node)
        Objective.objects.bulk_create([objective])
        write_parts(objective, node)
        place(objective, under=parent, position=position)
        objective.refresh_from_db(fields=LABELS)
        entry.key, entry.after = key, _own_plain(node) | place_of(objective)
    return objective


def change_objective(objective: Objective, *, by: User | None, revision: int | None, **changes: Any) -> Objective:
    """Changes fields of an objective, given as in the exchange format (`tags=["PRE"]`, `notes=[{"kind": …}]`…).

    Raises Stale if it is no longer at that revision, Refused with what is wrong, TypeError for what it does not have.
    """
    _check_changeable("change_objective", changes)
    with changing(objective.contract, "change_objective", by=by) as entry:
        kept = entry.kept(objective)
        check_revision(kept, revision)
        before = read_own(kept)
        rewrite(entry, kept, before, revised(nodes.Objective, changes, before))
    return kept


def rewrite(entry: Entry, kept: Objective, before: nodes.Objective, node: nodes.Objective) -> None:
    """Gives an objective, which is as `before` says, what is its own in that node; for verbs that hold the lock."""
    entry.key, (entry.before, entry.after) = kept.key, changed(before, node)
    if node == before:
        return
    write_node(kept, node)
    kept.revision = entry.revision
    columns = ("level", "code", "title", "description", "transversal", "remarks", "revision")
    Objective.objects.filter(pk=kept.pk).update(**{name: getattr(kept, name) for name in columns})
    write_parts(kept, node, before)


def move_objective(
    objective: Objective, *, under: Objective | None, position: int | None, by: User | None, revision: int | None
) -> Objective:
    """Moves an objective and all below it under another (None: among the roots), at that rank (None: last).

    Its level and code stay as they are: the checks say when they no longer fit. Raises Stale, Refused.
    """
    with changing(objective.contract, "move_objective", by=by) as entry:
        kept = entry.kept(objective)
        check_revision(kept, revision)
        parent = entry.kept(under) if under is not None else None
        if parent is not None and kept.holds(parent):
            raise Refused(f"« {kept} » ne peut pas passer sous « {parent} », qui est au-dessous de lui ou lui-même.")
        if not kept.is_leaf_node():
            branch = Objective.objects.branch(kept)
            check_depth(parent, max(branch.values_list("depth", flat=True)) - kept.depth)
        else:
            check_depth(parent, 0)
        entry.key, entry.before = kept.key, place_of(kept)
        place(kept, under=parent, position=position)
        entry.after = place_of(kept)
        if entry.after != entry.before:
            Objective.objects.filter(pk=kept.pk).update(revision=entry.revision)
            kept.refresh_from_db(fields=[*LABELS, "revision"])
    return kept


def delete_objective(objective: Objective, *, by: User | None, revision: int | None, with_all: bool = False) -> int:
    """Deletes an objective; returns how many went. The log keeps all they held, and who referred to them.

    One that has others below it is refused unless `with_all` says that they go too.
    """
    with changing(objective.contract, "delete_objective", by=by) as entry:
        kept = entry.kept(objective)
        check_revision(kept, revision)
        branch = Objective.objects.branch(kept)
        count = branch.count()
        if count > 1 and not with_all:
            raise Refused(
                f"« {kept} » a {count - 1} objectif(s) au-dessous de lui : déplacez-les d’abord, "
                "ou confirmez la suppression de toute la branche."
            )
        node = read_tree(branch)[0]
        gone = {one.key for each in walk_branch(node) for one in (each, *each.actions)}
        cited_by = release_citing(branch, gone, entry.revision)
        entry.key, entry.before = kept.key, plain_of(node) | place_of(kept) | {"cited_by": cited_by}
        delete_rows(branch)
        forget(kept)
    return count


def suggested_code(contract: Contract, *, level: Level, under: Objective | None) -> str | None:
    """The next code of that level's numbering at that place; None where the level bears no codes."""
    above = [*Objective.objects.above(under), under] if under is not None else []
    coded = next((node for node in reversed(above) if node.code), None)
    peers = Objective.objects.of(contract).filter(level__numbering=level.numbering)
    if "{parent}" not in (level.numbering or ""):
        peers = peers.filter(parent=under)
    elif coded is not None:
        peers = peers.filter(tree_id=coded.tree_id, lft__gt=coded.lft, rght__lt=coded.rght)
    return next_code(level.numbering, list(peers.values_list("code", flat=True)), coded.code if coded else None)


def _check_changeable(verb: str, values: dict[str, Any]) -> None:
    if unknown := set(values) - CHANGEABLE:
        raise TypeError(f"{verb} ne change pas {', '.join(sorted(unknown))}")


def check_depth(parent: Objective | None, height: int) -> None:
    """Raises Refused if a branch of that height (0: one node) would go deeper under that parent than is kept."""
    if parent is not None and parent.depth + 1 + height >= DEPTH_LIMIT:
        raise Refused(f"L’arbre aurait plus de {DEPTH_LIMIT} niveaux de profondeur.")


def _own_plain(node: nodes.Objective) -> dict[str, Any]:
    held = ("actions", "clauses", "indicators", "children")
    return {name: value for name, value in plain_of(node).items() if name not in held}


def place_of(objective: Objective) -> dict[str, Any]:
    """Where it stands, as the log says it."""
    return {"under": objective.parent.key if objective.parent else None, "position": objective.position}
