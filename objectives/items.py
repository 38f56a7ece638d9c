"""What hangs under an objective, whatever its kind: the fields and verbs that actions, clauses and indicators share."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models

from accounts.models import User
from document.nodes import WORD_LENGTH
from objectives.changes import Refused, changing, check_revision
from objectives.keys import issue_key
from objectives.models import Contract, Held, Objective
from objectives.parts import changed, plain_of, revised
from objectives.tree import write_columns


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

    def write_parts(self, node: Any) -> None:
        """Writes what hangs on the row in other tables, once the row is saved; nothing, for most."""

    @property
    def node(self) -> Any:
        """The row as a node of the exchange format."""
        rows = type(self).objects.filter(pk=self.pk)
        return next(node for _, node in type(self).read_nodes(rows))


def add_item(model: type[Item], objective: Objective, *, by: User | None, position: int | None, **values: Any) -> Any:
    """Adds an item under an objective, at that rank (None: last). Raises Refused with what is wrong in it."""
    with changing(objective.contract, f"add_{model._meta.model_name}", by=by) as entry:
        objective = Objective.objects.get(pk=objective.pk, contract=entry.contract)
        key = issue_key(entry.contract)
        node = revised(model.NODE, {"key": key} | values)
        item = model(contract=entry.contract, objective=objective, key=key, revision=entry.revision)
        item.write_node(node)
        item.save()
        item.write_parts(node)
        _place(item, position)
        entry.key, entry.after = key, plain_of(node) | {"objective": objective.key, "position": item.position}
    return item


def change_item(item: Any, *, by: User | None, revision: int | None, **changes: Any) -> Any:
    """Changes fields of an item. Raises Stale if it is no longer at that revision, Refused with what is wrong."""
    model = type(item)
    with changing(item.contract, f"change_{model._meta.model_name}", by=by) as entry:
        kept = kept_item(item)
        check_revision(kept, revision)
        before = kept.node
        node = revised(model.NODE, plain_of(before) | changes | {"key": kept.key})
        kept.write_node(node)
        kept.revision = entry.revision
        kept.save()
        kept.write_parts(node)
        entry.key, (entry.before, entry.after) = kept.key, changed(before, node)
    return kept


def move_item(
    item: Any, *, position: int | None, by: User | None, revision: int | None, under: Objective | None = None
):
    """Gives an item that rank (None: last) among its likes, under its objective or another of the same contract."""
    with changing(item.contract, f"move_{type(item)._meta.model_name}", by=by) as entry:
        kept = kept_item(item)
        check_revision(kept, revision)
        entry.key, entry.before = kept.key, {"objective": kept.objective.key, "position": kept.position}
        if under is not None:
            kept.objective = Objective.objects.get(pk=under.pk, contract=entry.contract)
        kept.revision = entry.revision
        kept.save(update_fields=["objective", "revision"])
        _place(kept, position)
        entry.after = {"objective": kept.objective.key, "position": kept.position}
    return kept


def delete_item(item: Any, *, by: User | None, revision: int | None) -> None:
    """Deletes an item; the log keeps all it held."""
    with changing(item.contract, f"delete_{type(item)._meta.model_name}", by=by) as entry:
        kept = kept_item(item)
        check_revision(kept, revision)
        entry.key = kept.key
        entry.before = plain_of(kept.node) | {"objective": kept.objective.key, "position": kept.position}
        kept.delete()


def kept_item(item: Any) -> Any:
    """The item as it stands now, read under the lock. Raises Refused when it is gone."""
    try:
        return type(item).objects.select_related("objective", "contract").get(pk=item.pk)
    except type(item).DoesNotExist as error:
        raise Refused(f"« {item} » a été supprimé entre-temps.") from error


def _place(item: Any, position: int | None) -> None:
    siblings = type(item).objects.filter(objective=item.objective).exclude(pk=item.pk)
    order = list(siblings.values_list("pk", "position"))
    rank = len(order) if position is None else max(0, min(position, len(order)))
    order.insert(rank, (item.pk, -1))
    moved = [(pk, new) for new, (pk, old) in enumerate(order) if old != new]
    write_columns(type(item)._meta.db_table, ("position",), moved)
    item.position = rank
