"""The nodes of a draft as the API says them: their own fields in the exchange format, what holds them, a revision."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from actions.models import Action, Clause
from document import nodes
from document.walk import walk_branch
from indicators.models import Indicator
from objectives.edits import CHANGEABLE
from objectives.items import Item
from objectives.models import Contract, Objective
from objectives.parts import plain_of
from objectives.rows import read_tree


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of node: its word, its list in an address, its table, its value, what a change may name, a new one needs.

    `holder`: the column that says what stands above it.
    """

    word: str
    plural: str
    model: type[Any]
    node: type[Any]
    fields: frozenset[str]
    needed: tuple[str, ...]
    holder: str

    @property
    def shape(self) -> str:
        """The name of its component in the OpenAPI description."""
        return f"Draft{self.node.__name__}"


def _item(model: type[Item], needed: str) -> Kind:
    own = frozenset(field.name for field in fields(model.NODE) if field.name != "key")
    return Kind(str(model._meta.model_name), model.PART, model, model.NODE, own, (needed,), "objective")


OBJECTIVE = Kind("objective", "objectives", Objective, nodes.Objective, CHANGEABLE, ("level", "title"), "parent")
ACTION, CLAUSE, INDICATOR = _item(Action, "title"), _item(Clause, "text"), _item(Indicator, "title")
ITEM_KINDS = (ACTION, CLAUSE, INDICATOR)
KINDS = {kind.plural: kind for kind in (OBJECTIVE, *ITEM_KINDS)}


def kind_of(row: Any) -> Kind:
    """The kind of a row of a draft."""
    return next(kind for kind in KINDS.values() if isinstance(row, kind.model))


def find(kind: Kind, contract: Contract, key: str) -> Any:
    """The row of that key, or None."""
    rows = kind.model.objects.select_related("contract", kind.holder)
    return rows.filter(contract=contract, key=key).first()


def node_row(row: Any) -> dict[str, Any]:
    """One node, as it stands now."""
    return node_rows(kind_of(row), [row.pk])[0]


def node_rows(kind: Kind, pks: Iterable[int]) -> list[dict[str, Any]]:
    """The nodes of those rows, in that order; a fixed number of queries."""
    pks = list(pks)
    rows = kind.model.objects.filter(pk__in=pks)
    heads = {pk: rest for pk, *rest in rows.order_by().values_list("pk", "key", f"{kind.holder}__key", "revision")}
    values = {node.key: plain_of(node) for node in _nodes(kind, rows)}
    names = [field.name for field in fields(kind.node) if field.name == "key" or field.name in kind.fields]
    return [
        {name: values[key][name] for name in names} | {"under": under, "revision": revision}
        for key, under, revision in (heads[pk] for pk in pks)
    ]


def _nodes(kind: Kind, rows: Any) -> Iterable[Any]:
    if kind is OBJECTIVE:
        return (node for tree in read_tree(rows, with_items=False) for node in walk_branch(tree))
    return (node for _, node in kind.model.read_nodes(rows))
