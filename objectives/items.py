"""What hangs under an objective, whatever its kind: the fields and verbs that actions, clauses and indicators share."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.db import models

from accounts.models import User
from document.nodes import WORD_LENGTH
from objectives.changes import Entry, changing, check_revision
from objectives.keys import issue_key
from objectives.models import Contract, Held, Objective
from objectives.parts import changed, plain_of, revised
from objectives.tree import rank


class Item(Held):
    """An item of an objective, with a key of its own and a rank among its likes."""

    #: The name of the list that holds it in the exchange format, and the node that one of them is.
    PART: ClassVar[str]
    NODE: ClassVar[type]

    contract = models.ForeignKey(Contract, verbose_name="contrat", on_delete=models.CASCADE, related_name="%(class)ss")
    objective = models.ForeignKey(
        Objective, verbose_name="objectif", on_delete=models.CASCADE, related_name="%(class)ss"
    )
    key = models.CharField("clé", max_length=WORD_LENGTH, editable=False)
    remarks = models.JSONField("remarques", default=list, blank=True)
    revision = models.PositiveBigIntegerField("révision", default=0, editable=False)

    class Meta(Held.Meta):
        abstract = True
        constraints = [models.UniqueConstraint(fields=["contract", "key"], name="%(class)s_key_once")]

    @classmethod
    def read_nodes(cls, rows: "models.QuerySet[Any]") -> Iterator[tuple[int, Any]]:
        """The objective's pk and the node of each row, in order; a fixed number of queries."""
        raise TypeError(f"{cls.__name__} dit lui-même comment ses lignes se lisent.")

    def write_node(self, node: Any) -> None:
        """Sets the row's own columns from a node; saved by the caller."""
        raise TypeError(f"{type(self).__name__} dit lui-même comment il s’écrit.")

    def write_parts(self, node: Any, before: Any = None) -> None:
        """Writes what hangs on the saved row in other tables, where it differs from `before`; mostly nothing."""

    @property
    def node(self) -> Any:
        """The row as a node of the exchange format."""
        rows = type(self).objects.filter(pk=self.pk)
        return next(node for _, node in type(self).read_nodes(rows))


def add_item(
    model: type[Item],
    objective: Objective,
    *,
    by: User | None,
    position: int | None,
    suggest: Callable[[Objective], dict[str, Any]] = lambda _: {},
    **values: Any,
) -> Any:
    """Adds an item under an objective, at that rank (None: last). Raises Refused with what is wrong in it.

    `suggest` gives, of the objective as it stands under the lock, the values that are not given.
    """
    with changing(objective.contract, f"add_{model._meta.model_name}", by=by) as entry:
        holder = entry.kept(objective)
        key = issue_key(entry.contract)
        node = revised(model.NODE, suggest(holder) | values | {"key": key})
        item = model(contract=entry.contract, objective=holder, key=key, revision=entry.revision)
        item.write_node(node)
        item.save()
        item.write_parts(node)
        item.position = rank(likes(item), item.pk, position)
        entry.key, entry.after = key, plain_of(node) | place_of_item(item)
    return item


def change_item(item: Any, *, by: User | None, revision: int | None, **changes: Any) -> Any:
    """Changes fields of an item. Raises Stale if it is no longer at that revision, Refused with what is wrong."""
    with changing(item.contract, f"change_{item._meta.model_name}", by=by) as entry:
        kept = entry.kept(item)
        check_revision(kept, revision)
        before = kept.node
        rewrite_item(entry, kept, before, revised(kept.NODE, changes | {"key": kept.key}, before))
    return kept


def rewrite_item(entry: Entry, kept: Any, before: Any, node: Any) -> None:
    """Gives an item, which is as `before` says, the values of that node; for verbs that hold the lock."""
    entry.key, (entry.before, entry.after) = kept.key, changed(before, node)
    if node == before:
        return
    kept.write_node(node)
    kept.revision = entry.revision
    kept.save()
    kept.write_parts(node, before)


def move_item(
    item: Any, *, position: int | None, by: User | None, revision: int | None, under: Objective | None = None
) -> Any:
    """Gives an item that rank (None: last) among its likes, under its objective or another of the same contract."""
    with changing(item.contract, f"move_{item._meta.model_name}", by=by) as entry:
        kept = entry.kept(item)
        check_revision(kept, revision)
        holder = entry.kept(under) if under is not None else kept.objective
        entry.key, entry.before = kept.key, place_of_item(kept)
        left, kept.objective = likes(kept), holder
        kept.save(update_fields=["objective"])
        kept.position = rank(likes(kept), kept.pk, position)
        rank(left)
        entry.after = place_of_item(kept)
        if entry.after != entry.before:
            kept.revision = entry.revision
            kept.save(update_fields=["revision"])
    return kept


def delete_item(item: Any, *, by: User | None, revision: int | None) -> None:
    """Deletes an item; the log keeps all it held."""
    with changing(item.contract, f"delete_{item._meta.model_name}", by=by) as entry:
        kept = entry.kept(item)
        check_revision(kept, revision)
        entry.key, entry.before = kept.key, plain_of(kept.node) | place_of_item(kept)
        kept.delete()
        rank(likes(kept))


def likes(item: Any) -> "models.QuerySet[Any]":
    """Those that it ranks among, itself with them."""
    return type(item).objects.filter(objective=item.objective_id)


def place_of_item(item: Any) -> dict[str, Any]:
    """Where it stands, as the log says it."""
    return {"objective": item.objective.key, "position": item.position}
