"""The only file that knows django-mptt, and the only one that changes the place of a node.

django-mptt is the read model and never the writer: its own moves corrupt trees under concurrent use. Verbs call `place`
under the lock of the contract's row; it sets parent and rank, and the labels follow (`labels.py`). Where they do not
add up, `relabel` walks the adjacency list and writes only the rows whose labels differ, in one statement: it repairs a
broken tree as well as it follows a sound one.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NoReturn

from django.db import connection, models
from mptt.managers import TreeManager
from mptt.models import MPTTModel, TreeForeignKey
from mptt.querysets import TreeQuerySet

from objectives.labels import close, follow

LABELS = ("tree_id", "lft", "rght", "depth")
#: Columns that only this file writes.
STRUCTURE = {"parent", "parent_id", "position", *LABELS}


class WriteRefused(TypeError):
    """A write that goes round the verbs."""


class Node(MPTTModel):
    """A node of a tree: its parent and its rank among siblings are the truth, its labels are derived.

    Labels are NULL from the insertion to the next `relabel`, within one transaction. `tree_id` is the root's own pk.
    """

    parent = TreeForeignKey(
        "self",
        verbose_name="sous",
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="children",
        db_index=True,
    )
    position = models.PositiveIntegerField("rang", default=0, editable=False)
    tree_id = models.BigIntegerField(null=True, editable=False)
    lft = models.PositiveIntegerField(null=True, editable=False)
    rght = models.PositiveIntegerField(null=True, editable=False)
    depth = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        abstract = True

    class MPTTMeta:
        level_attr = "depth"
        left_attr = "lft"
        right_attr = "rght"
        tree_id_attr = "tree_id"

    def holds(self, other: "Node") -> bool:
        """Whether it is that node or stands above it, as the labels of both say."""
        return self.tree_id == other.tree_id and self.lft <= other.lft <= self.rght

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refused: a full save of a stale node corrupts its tree. The verbs of `edits.py` write."""
        raise WriteRefused("Un nœud s’enregistre par les verbes de objectives/edits.py, jamais par save().")

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refused, like save()."""
        raise WriteRefused("Un nœud se supprime par delete_objective(), jamais par delete().")


class NodeQuerySet(TreeQuerySet):
    """Reads of a tree that its labels make cheap; what would change its shape is refused."""

    def roots(self) -> "NodeQuerySet":
        """The nodes without a parent, in their order."""
        return self.filter(parent=None).order_by("position", "pk")

    def branch(self, node: Node) -> "NodeQuerySet":
        """That node and all below it."""
        return self.filter(tree_id=node.tree_id, lft__gte=node.lft, rght__lte=node.rght)

    def above(self, node: Node) -> "NodeQuerySet":
        """The ancestors of that node, from the root down."""
        return self.filter(tree_id=node.tree_id, lft__lt=node.lft, rght__gt=node.rght).order_by("lft")

    def update(self, **values: Any) -> int:
        """Refused for what makes the tree: it would hide nodes."""
        if shape := STRUCTURE & set(values):
            raise WriteRefused(f"{', '.join(sorted(shape))} : seul objectives/tree.py change la place d’un nœud.")
        return super().update(**values)

    def delete(self) -> NoReturn:
        """Refused: it would leave holes in the labels."""
        raise WriteRefused("Des nœuds se suppriment par delete_objective(), jamais par delete().")


class NodeManager(TreeManager.from_queryset(NodeQuerySet)):
    """django-mptt's manager without its writers, which corrupt trees under concurrent use."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WriteRefused("django-mptt ne fait que lire ; les verbes de objectives/edits.py écrivent.")

    insert_node = move_node = _move_node = build_tree_nodes = rebuild = partial_rebuild = _refuse


@dataclass(frozen=True, slots=True)
class Disorder:
    """A row whose labels disagree with the parents: what is stored and what it should be."""

    pk: int
    stored: tuple[int | None, ...]
    due: tuple[int, ...]


def place(node: Any, *, under: Any, position: int | None) -> None:
    """Gives a node its parent (None: a root) and its rank among that one's children (None: last), and its labels.

    Those it leaves and those it joins are ranked anew. The caller holds the lock of the contract's row, has read both
    under it, and has made sure that `under` does not stand below the node.
    """
    nodes, left, table = type(node).objects.filter(contract=node.contract_id), node.parent_id, node._meta.db_table
    joined = nodes.filter(parent=under)
    node.position = rank(joined, node.pk, position)
    at = _label_at(joined.exclude(pk=node.pk), under, None if position is None else node.position)
    leaves = left != (under.pk if under else None)
    if leaves:
        node.parent = under
    if leaves and under:
        # « One root a tree »: what was a root has a parent before it joins a tree, and…
        write_columns(table, ("parent_id",), [(node.pk, under.pk)])
    sound = follow(node, under=under, at=at)
    if leaves and not under:
        # … what becomes a root has its own tree before it has no parent. NULL keeps it clear until relabel.
        write_columns(table, ("parent_id", "tree_id"), [(node.pk, None, node.pk if sound else None)])
    if leaves:
        rank(nodes.filter(parent=left))
    if not sound:
        relabel(nodes)


def _label_at(others: "models.QuerySet[Any]", under: Any, position: int | None) -> int:
    """The label that the first node of a branch takes at that rank (None: last) among those others, all under one."""
    if under is None:
        return 1
    if position is None:
        return int(under.rght)
    before = others.filter(position=position - 1).values_list("rght", flat=True).first() if position else None
    return int(under.lft if before is None else before) + 1


def forget(node: Any) -> None:
    """Closes ranks and labels where a branch was, whose rows are gone; the caller has read it under the lock."""
    nodes = type(node).objects.filter(contract=node.contract_id)
    rank(nodes.filter(parent=node.parent_id))
    if not close(node):
        relabel(nodes)


def rank(rows: "models.QuerySet[Any]", pk: int | None = None, position: int | None = None) -> int:
    """Ranks those rows 0, 1, 2… in their order, that of `pk` at `position` (None: last), and returns its rank.

    Two statements at most, whatever their number: rows whose rank stays are not written.
    """
    ranks = dict(rows.order_by("position", "pk").values_list("pk", "position"))
    order = [one for one in ranks if one != pk]
    due = len(order) if position is None else max(0, min(position, len(order)))
    if pk is not None:
        order.insert(due, pk)
    moved = [(one, new) for new, one in enumerate(order) if ranks.get(one) != new]
    write_columns(rows.model._meta.db_table, ("position",), moved)
    return due


def uproot(nodes: "models.QuerySet[Any]") -> None:
    """Takes parents and labels off all those nodes, before they are given others and relabelled."""
    models.QuerySet.update(nodes, parent=None, **dict.fromkeys(LABELS))


def relabel(nodes: "models.QuerySet[Any]") -> int:
    """Recomputes the labels of all the nodes of one contract; returns how many rows it wrote.

    The caller holds the lock of the contract's row. Raises CycleError when a node stands below itself.
    """
    disorders = disordered(nodes)
    if any(one.due[0] == one.pk != one.stored[0] for one in disorders):
        # « One root a tree » is checked row by row: roots that bear another's number, wherever, must first drop it.
        roots = nodes.model.objects.filter(parent=None, tree_id__isnull=False)
        models.QuerySet.update(roots.exclude(tree_id=models.F("pk")), tree_id=None)
    write_columns(nodes.model._meta.db_table, LABELS, [(one.pk, *one.due) for one in disorders])
    return len(disorders)


def disordered(nodes: "models.QuerySet[Any]") -> list[Disorder]:
    """The nodes of one contract whose labels disagree with the parents; one query, linear in the nodes."""
    rows = list(nodes.order_by("position", "pk").values_list("pk", "parent_id", *LABELS))
    children: dict[int | None, list[int]] = {}
    for pk, parent, *_ in rows:
        children.setdefault(parent, []).append(pk)
    due = _labels(children)
    if len(due) < len(rows):
        lost = sorted(pk for pk, *_ in rows if pk not in due)
        raise CycleError(f"Ces nœuds forment une boucle ou tiennent à un autre contrat : {lost[:10]}")
    return [Disorder(pk, tuple(stored), due[pk]) for pk, _, *stored in rows if tuple(stored) != due[pk]]


class CycleError(ValueError):
    """Nodes that no root reaches."""


def _labels(children: dict[int | None, list[int]]) -> dict[int, tuple[int, int, int, int]]:
    """(tree_id, lft, rght, depth) of every node that a root reaches, by pk."""
    due: dict[int, tuple[int, int, int, int]] = {}
    for root in children.get(None, ()):
        counter, opened = 0, {}
        stack: list[tuple[int, int, bool]] = [(root, 0, False)]
        while stack:
            pk, depth, leaving = stack.pop()
            counter += 1
            if leaving:
                due[pk] = (root, opened[pk], counter, depth)
                continue
            opened[pk] = counter
            stack.append((pk, depth, True))
            stack.extend((child, depth + 1, False) for child in reversed(children.get(pk, ())))
    return due


def write_columns(table: str, columns: tuple[str, ...], rows: Iterable[tuple[int | str | None, ...]]) -> None:
    """Sets columns of whole numbers or texts of many rows in one statement; a row is (pk, value…)."""
    rows = list(rows)
    if not rows:
        return
    names = ("id", *columns)
    settings = ", ".join(f"{column} = due.{column}" for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = [list(column) for column in zip(*rows, strict=True)]
            types = ["text" if any(isinstance(value, str) for value in array) else "bigint" for array in arrays]
            due = f"unnest({', '.join(f'%s::{kind}[]' for kind in types)}) AS due({', '.join(names)})"
            cursor.execute(f'UPDATE "{table}" AS node SET {settings} FROM {due} WHERE node.id = due.id', arrays)
        else:
            values = ", ".join(f"value ->> {rank} AS {name}" for rank, name in enumerate(names))
            cursor.execute(
                f'UPDATE "{table}" SET {settings} FROM (SELECT {values} FROM json_each(%s)) AS due '
                f'WHERE "{table}".id = due.id',
                [json.dumps(rows)],
            )
