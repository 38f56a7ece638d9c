"""How labels follow one change of the tree without being counted anew: a range of them moves, in one statement a tree.

They are trusted as far as they add up: in a sound tree of n nodes the labels are 1 to 2n, each once, and each node is
counted once by each of its ancestors. Where the sums are wrong, the caller has all the labels recomputed.
"""

from typing import Any

from django.db import connection

#: The statements, written out: to build them anew takes longer than the database takes to run them.
_SUMS = (
    "SELECT tree_id, COUNT(*), SUM(lft + rght), SUM(rght - lft - 1), SUM(depth) FROM {table} "
    "WHERE contract_id = %s AND id <> %s GROUP BY tree_id"
)
_SHIFT = (
    "UPDATE {table} SET lft = CASE WHEN lft >= %(since)s THEN lft + %(by)s ELSE lft END, rght = rght + %(by)s "
    "WHERE contract_id = %(contract)s AND tree_id = %(tree)s AND rght >= %(since)s"
)
_CARRY = (
    "UPDATE {table} SET tree_id = %(into)s, lft = lft + %(by)s, rght = rght + %(by)s, depth = depth + %(deeper)s "
    "WHERE contract_id = %(contract)s AND tree_id = %(tree)s AND lft BETWEEN %(start)s AND %(end)s"
)
_NAME = "UPDATE {table} SET tree_id = %(tree)s, lft = %(at)s, rght = %(at)s + 1, depth = %(depth)s WHERE id = %(pk)s"
_MOVED = (
    "{label} = CASE WHEN {label} BETWEEN %(start)s AND %(end)s THEN {label} + %(by)s "
    "WHEN {label} BETWEEN %(low)s AND %(high)s THEN {label} + %(way)s ELSE {label} END"
)
_SLIDE = (
    f"UPDATE {{table}} SET {_MOVED.format(label='lft')}, {_MOVED.format(label='rght')}, "
    "depth = CASE WHEN lft BETWEEN %(start)s AND %(end)s THEN depth + %(deeper)s ELSE depth END "
    "WHERE contract_id = %(contract)s AND tree_id = %(tree)s "
    "AND (lft BETWEEN %(first)s AND %(last)s OR rght BETWEEN %(first)s AND %(last)s)"
)


def follow(node: Any, *, under: Any, at: int) -> bool:
    """Makes labels follow a node to its place under another (None: a root), where `at` is the first label.

    Both are as they were read under the lock of the contract, before the move. Returns whether it did: labels that do
    not add up, and those of a whole new branch, are left to be recomputed.
    """
    if not _adds_up(node):
        return False
    tree, depth = (under.tree_id, under.depth + 1) if under is not None else (node.pk, 0)
    if node.lft is None:
        _shift(node, tree, at, 2)
        _run(node, _NAME, pk=node.pk, tree=tree, at=at, depth=depth)
    elif under is None and (node.tree_id, node.lft) == (tree, at):
        pass  # the order of the roots is not in the labels
    elif node.tree_id == tree:
        _slide(node, at, depth - node.depth)
    else:
        _shift(node, tree, at, _width(node))
        place = {"into": tree, "by": at - node.lft, "deeper": depth - node.depth}
        _run(node, _CARRY, tree=node.tree_id, start=node.lft, end=node.rght, **place)
        _close(node)
    return True


def close(node: Any) -> bool:
    """Closes the gap that a branch has left; returns whether the labels of the contract add up."""
    if node.lft is None:
        return False
    _close(node)
    return _adds_up(node)


def _adds_up(node: Any) -> bool:
    """Whether the labels of each tree of the node's contract can be sound, itself left out while it has none."""
    with connection.cursor() as cursor:
        cursor.execute(_SUMS.format(table=_table(node)), [node.contract_id, node.pk if node.lft is None else 0])
        trees = cursor.fetchall()
    return all(
        None not in (tree, labels, below, depths) and labels == count * (2 * count + 1) and below == 2 * depths
        for tree, count, labels, below, depths in trees
    )


def _close(node: Any) -> None:
    if node.depth:  # of a root's tree nothing is left
        _shift(node, node.tree_id, node.rght + 1, -_width(node))


def _width(node: Any) -> int:
    return int(node.rght - node.lft + 1)


def _shift(node: Any, tree: int, since: int, by: int) -> None:
    """Adds to all labels of that tree from that one on."""
    _run(node, _SHIFT, tree=tree, since=since, by=by)


def _slide(node: Any, at: int, deeper: int) -> None:
    """Moves a branch within its tree to before that label; the labels between give way."""
    start, end, width = node.lft, node.rght, _width(node)
    if at in (start, end + 1):
        return  # it is there
    if at < start:
        by, low, high, way = at - start, at, start - 1, width
    else:
        by, low, high, way = at - width - start, end + 1, at - 1, -width
    spans = {"start": start, "end": end, "low": low, "high": high, "first": min(at, start), "last": max(end, at - 1)}
    _run(node, _SLIDE, tree=node.tree_id, by=by, way=way, deeper=deeper, **spans)


def _run(node: Any, statement: str, **values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=_table(node)), values | {"contract": node.contract_id})


def _table(node: Any) -> str:
    return connection.ops.quote_name(node._meta.db_table)
