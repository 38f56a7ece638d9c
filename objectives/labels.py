"""How labels follow one change of the tree without being counted anew: a range of them moves, in one statement a tree.

They are trusted as far as they add up: in a sound tree of n nodes the labels are 1 to 2n, each once, and each node is
counted once by each of its ancestors. Where the sums are wrong, the caller has all the labels recomputed.
"""

from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, Sum, When
from django.db.models.expressions import Combinable

LABEL = BigIntegerField()


def follow(nodes: QuerySet[Any], node: Any, *, under: Any, after: Any) -> bool:
    """Makes labels follow a node to its place under another (None: a root), after that sibling (None: the first).

    `nodes` are those of the contract; the three are as they were read under its lock, before the move. Returns whether
    it did: labels that do not add up, and those of a whole new branch, are left to be recomputed.
    """
    new = node.lft is None
    if not adds_up(nodes.exclude(pk=node.pk) if new else nodes):
        return False
    tree, at, depth = node.pk, 1, 0
    if under is not None:
        tree, at, depth = under.tree_id, (under.lft if after is None else after.rght) + 1, under.depth + 1
    elif node.tree_id == tree and node.lft == at:
        return True  # the order of the roots is not in the labels
    if new:
        _shift(nodes, tree, at, 2)
        _write(nodes.filter(pk=node.pk), tree_id=tree, lft=at, rght=at + 1, depth=depth)
    elif node.tree_id == tree:
        _slide(nodes, node, at, depth - node.depth)
    else:
        _shift(nodes, tree, at, _width(node))
        branch = nodes.filter(tree_id=node.tree_id, lft__range=(node.lft, node.rght))
        by, deeper = at - node.lft, depth - node.depth
        _write(branch, tree_id=tree, lft=F("lft") + by, rght=F("rght") + by, depth=F("depth") + deeper)
        _close(nodes, node)
    return True


def close(nodes: QuerySet[Any], node: Any) -> bool:
    """Closes the gap that a branch has left; returns whether the labels of the contract add up."""
    if node.lft is None:
        return False
    _close(nodes, node)
    return adds_up(nodes)


def adds_up(nodes: QuerySet[Any]) -> bool:
    """Whether the labels of each tree of the contract can be sound; one query."""
    sums = {
        "count": Count("pk"),
        "labels": Sum(F("lft") + F("rght"), output_field=LABEL),
        "below": Sum(F("rght") - F("lft") - 1, output_field=LABEL),
        "depths": Sum("depth"),
    }
    trees = nodes.order_by().values("tree_id").annotate(**sums).values_list("tree_id", *sums)
    return all(
        None not in (tree, labels, below, depths) and labels == count * (2 * count + 1) and below == 2 * depths
        for tree, count, labels, below, depths in trees
    )


def _close(nodes: QuerySet[Any], node: Any) -> None:
    if node.depth:  # of a root's tree nothing is left
        _shift(nodes, node.tree_id, node.rght + 1, -_width(node))


def _width(node: Any) -> int:
    return int(node.rght - node.lft + 1)


def _shift(nodes: QuerySet[Any], tree: int, since: int, by: int) -> None:
    """Adds to all labels of that tree from that one on."""
    left = Case(When(lft__gte=since, then=F("lft") + by), default=F("lft"), output_field=LABEL)
    _write(nodes.filter(tree_id=tree, rght__gte=since), lft=left, rght=F("rght") + by)


def _slide(nodes: QuerySet[Any], node: Any, at: int, deeper: int) -> None:
    """Moves a branch within its tree to before that label; the labels between give way."""
    start, end, width = node.lft, node.rght, _width(node)
    if at == start:
        return
    if at < start:
        by, between, way = at - start, (at, start - 1), width
    else:
        by, between, way = at - width - start, (end + 1, at - 1), -width
    first, last = min(at, start), max(end, at - 1)

    def due(name: str) -> Combinable:
        carried = When(**{f"{name}__range": (start, end)}, then=F(name) + by)
        return Case(
            carried, When(**{f"{name}__range": between}, then=F(name) + way), default=F(name), output_field=LABEL
        )

    depth = Case(When(lft__range=(start, end), then=F("depth") + deeper), default=F("depth"), output_field=LABEL)
    touched = nodes.filter(Q(lft__range=(first, last)) | Q(rght__range=(first, last)), tree_id=node.tree_id)
    _write(touched, lft=due("lft"), rght=due("rght"), depth=depth)


def _write(rows: QuerySet[Any], **values: Any) -> None:
    """Past the tree's own refusal of such a write."""
    QuerySet.update(rows, **values)
