"""Compares two versions of a contract by stable key: what was added, removed, moved, renumbered, reworded, reordered.

`apply_changes(before, compare(before, after)) == after`: a comparison is complete, nothing is left out of it.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from operator import attrgetter
from typing import Any, Literal

from document.nodes import ITEMS, Document, Objective
from document.walk import walk

Kind = Literal["added", "removed", "moved", "reordered", "renumbered", "reworded", "changed"]
KINDS: tuple[Kind, ...] = ("added", "removed", "moved", "reordered", "renumbered", "reworded", "changed")

#: Where a node stands: the key of the objective that holds it (None: the document) and its rank among its likes there.
Spot = tuple[str | None, int]

_WORDING = ("title", "text", "description")
_NESTED = (*ITEMS, "children", "objectives")


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `of` is the list that the node is in (« children », « actions »…), or « document » for the contract.

    `before` and `after` are values of `field` (renumbered, reworded, changed), spots (moved, reordered) or whole nodes
    without what hangs below them (removed, added; `spot` then says where).
    """

    kind: Kind
    of: str
    key: str
    field: str = ""
    before: Any = None
    after: Any = None
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    node: Any
    holder: str | None
    rank: int


_Rows = dict[tuple[str, str], _Row]


def compare(before: Document, after: Document) -> list[Change]:
    """The changes that lead from one version to the other: the document's own, then the tree's in reading order.

    Removed nodes come first, in their old order. Linear in the two documents, but for the sorting of siblings.
    """
    old, new = _rows(before), _rows(after)
    changes = list(_fields_changed("document", "", before, after))
    changes += [
        Change("removed", of, key, before=_bare(row.node), spot=(row.holder, row.rank))
        for (of, key), row in old.items()
        if (of, key) not in new
    ]
    reordered = _reordered(old, new)
    for (of, key), row in new.items():
        was = old.get((of, key))
        spot = (row.holder, row.rank)
        if was is None:
            changes.append(Change("added", of, key, after=_bare(row.node), spot=spot))
            continue
        if was.holder != row.holder:
            changes.append(Change("moved", of, key, before=(was.holder, was.rank), after=spot))
        elif (of, key) in reordered:
            changes.append(Change("reordered", of, key, before=(was.holder, was.rank), after=spot))
        changes += _fields_changed(of, key, was.node, row.node)
    return changes


def apply_changes(before: Document, changes: Iterable[Change]) -> Document:
    """The version that those changes lead to."""
    nodes = {place: _bare(row.node) for place, row in _rows(before).items()}
    lists: dict[tuple[str, str | None], list[str]] = {}
    spots = {place: (row.holder, row.rank) for place, row in _rows(before).items()}
    document = before
    placed: dict[tuple[str, str], Spot] = {}
    for change in changes:
        place = (change.of, change.key)
        if change.of == "document":
            document = replace(document, **{change.field: change.after})
        elif change.kind == "removed":
            del nodes[place], spots[place]
        elif change.kind == "added":
            nodes[place], placed[place] = change.after, change.spot  # type: ignore[assignment]
        elif change.kind in ("moved", "reordered"):
            placed[place] = change.after
        else:
            nodes[place] = replace(nodes[place], **{change.field: change.after})
    for (of, key), (holder, _) in spots.items():
        if (of, key) not in placed:
            lists.setdefault((of, holder), []).append(key)
    # In the order of their new ranks: each is then inserted at exactly its place.
    for (of, key), (holder, rank) in sorted(placed.items(), key=lambda item: item[1][1]):
        lists.setdefault((of, holder), []).insert(rank, key)
    return replace(document, objectives=_build(nodes, lists))


def count_changes(changes: Iterable[Change]) -> dict[Kind, int]:
    """How many of each kind, all kinds present."""
    found = dict.fromkeys(KINDS, 0)
    for change in changes:
        found[change.kind] += 1
    return found


def _rows(document: Document) -> _Rows:
    """Every node of the tree and every item, by the list it is in and its key, in reading order."""
    found: _Rows = {}
    for place in walk(document):
        node = place.objective
        found["children", node.key] = _Row(node, place.parent.key if place.parent else None, place.position)
        for part in ITEMS:
            for rank, item in enumerate(getattr(node, part)):
                found[part, item.key] = _Row(item, node.key, rank)
    return found


def _bare(node: Any) -> Any:
    return replace(node, actions=(), clauses=(), indicators=(), children=()) if isinstance(node, Objective) else node


def _fields_changed(of: str, key: str, before: Any, after: Any) -> Iterator[Change]:
    names, values = _reading(type(before))  # type: ignore[arg-type]
    old, new = values(before), values(after)
    if old == new:  # the usual case
        return
    for name, was, now in zip(names, old, new, strict=True):
        if was != now:
            kind: Kind = "changed"
            if of != "document":
                kind = "renumbered" if name == "code" else "reworded" if name in _WORDING else "changed"
            yield Change(kind, of, key, name, was, now)


@cache
def _reading(cls: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The names of the fields of a node that are its own, and what reads them all at once."""
    names = tuple(field.name for field in fields(cls) if field.name not in _NESTED)
    return names, attrgetter(*names)


def _reordered(old: _Rows, new: _Rows) -> set[tuple[str, str]]:
    """The nodes that changed rank among the siblings that stayed: as few as possible explain the new order."""
    stayed: dict[tuple[str, str | None], list[tuple[str, int]]] = {}
    for (of, key), row in new.items():
        was = old.get((of, key))
        if was is not None and was.holder == row.holder:
            stayed.setdefault((of, row.holder), []).append((key, was.rank))
    return {
        (of, siblings[rank][0])
        for (of, _), siblings in stayed.items()
        for rank in _out_of_order([was for _, was in siblings])
    }


def _out_of_order(ranks: list[int]) -> list[int]:
    """The positions outside a longest increasing run (patience sorting, n log n)."""
    tails: list[int] = []
    holders: list[int] = []
    previous: list[int] = []
    for position, rank in enumerate(ranks):
        slot = bisect_left(tails, rank)
        previous.append(holders[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(rank)
            holders.append(position)
        else:
            tails[slot], holders[slot] = rank, position
    kept = set()
    position = holders[-1] if holders else -1
    while position >= 0:
        kept.add(position)
        position = previous[position]
    return [position for position in range(len(ranks)) if position not in kept]


def _build(
    nodes: dict[tuple[str, str], Any], lists: dict[tuple[str, str | None], list[str]], holder: str | None = None
) -> tuple[Objective, ...]:
    built = []
    for key in lists.get(("children", holder), ()):
        items = {part: tuple(nodes[part, one] for one in lists.get((part, key), ())) for part in ITEMS}
        built.append(replace(nodes["children", key], **items, children=_build(nodes, lists, key)))
    return tuple(built)
