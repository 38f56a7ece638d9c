"""The only file that knows django-mptt: the labels of a tree are recomputed here, from parents and positions alone.

django-mptt is the read model and never the writer: its own moves corrupt trees under concurrent use. Verbs change
`parent` and `position` under the lock of the contract's row, then call `relabel`, which walks the adjacency list and
writes only the rows whose labels differ, in one statement. It repairs a broken tree as well as it follows a sound one.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from mptt.managers import TreeManager
from mptt.models import MPTTModel, TreeForeignKey
from mptt.querysets import TreeQuerySet

LABELS = ("tree_id", "lft", "rght", "depth")


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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refused: a full save of a stale node corrupts its tree. The verbs of `edits.py` write."""
        raise WriteRefused("Un nœud s’enregistre par les verbes de objectives/edits.py, jamais par save().")

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refused, like save()."""
        raise WriteRefused("Un nœud se supprime par delete_objective(), jamais par delete().")


class NodeQuerySet(TreeQuerySet):
    """Reads of a tree that its labels make cheap; writes go through the verbs."""

    def roots(self) -> "NodeQuerySet":
        """The nodes without a parent, in their order."""
        return self.filter(parent=None).order_by("position", "pk")

    def branch(self, node: Node) -> "NodeQuerySet":
        """That node and all below it."""
        return self.filter(tree_id=node.tree_id, lft__gte=node.lft, rght__lte=node.rght)

    def above(self, node: Node) -> "NodeQuerySet":
        """The ancestors of that node, from the root down."""
        return self.filter(tree_id=node.tree_id, lft__lt=node.lft, rght__gt=node.rght).order_by("lft")


NodeManager = TreeManager.from_queryset(NodeQuerySet)


@dataclass(frozen=True, slots=True)
class Disorder:
    """A row whose labels disagree with the parents: what is stored and what it should be."""

    pk: int
    stored: tuple[int | None, ...]
    due: tuple[int, ...]


def relabel(nodes: "models.QuerySet[Any]") -> int:
    """Recomputes the labels of all the nodes of one contract; returns how many rows it wrote.

    The caller holds the lock of the contract's row. Raises CycleError when a node stands below itself.
    """
    disorders = disordered(nodes)
    if disorders:
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


def write_columns(table: str, columns: tuple[str, ...], rows: Iterable[tuple[int, ...]]) -> None:
    """Sets whole-number columns of many rows in one statement, whatever their number; a row is (pk, value…)."""
    rows = list(rows)
    if not rows:
        return
    names = ("id", *columns)
    settings = ", ".join(f"{column} = due.{column}" for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(["%s::bigint[]"] * len(names))
            cursor.execute(
                f'UPDATE "{table}" AS node SET {settings} FROM unnest({arrays}) AS due({", ".join(names)}) '
                "WHERE node.id = due.id",
                [list(column) for column in zip(*rows, strict=True)],
            )
        else:
            values = ", ".join(f"value ->> {rank} AS {name}" for rank, name in enumerate(names))
            cursor.execute(
                f'UPDATE "{table}" SET {settings} FROM (SELECT {values} FROM json_each(%s)) AS due '
                f'WHERE "{table}".id = due.id',
                [json.dumps(rows)],
            )


def below(children: dict[int | None, list[int]], pk: int) -> list[int]:
    """The pks of that node and of all below it, in reading order, from an adjacency list."""
    found, stack = [], [pk]
    while stack:
        found.append(node := stack.pop())
        stack.extend(reversed(children.get(node, ())))
    return found
