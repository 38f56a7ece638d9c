"""Amends a document by chance, as many hands would: every field of every kind of thing may change, and its place."""

from collections import defaultdict
from dataclasses import fields, replace
from random import Random
from typing import Any

from document.nodes import ITEMS, Document, Objective
from document.walk import walk

_NESTED = {"key", "children", *ITEMS}


def amended(document: Document, other: Document, chance: Random) -> Document:
    """That document with values that `other` lends: reworded, renumbered, moved, reordered, added, removed."""
    return _Hand(other, chance).amend(document)


class _Hand:
    def __init__(self, other: Document, chance: Random) -> None:
        self.other, self.chance, self.made = other, chance, 0
        self.lent: dict[str, list[Any]] = defaultdict(list)
        #: What was taken from its place and may be put down elsewhere; the rest of what is taken is removed.
        self.aside: dict[str, list[Any]] = defaultdict(list)
        for place in walk(other):
            self.lent["children"].append(place.objective)
            for part in ITEMS:
                self.lent[part] += getattr(place.objective, part)

    def amend(self, document: Document) -> Document:
        roots = self.placed("children", [self.objective(node) for node in document.objectives])
        own = {
            name: getattr(self.other, name)
            for name in ("contract", "levels", "declared", "remarks", "neighbourhoods")
            if self.often()
        }
        return replace(document, objectives=roots, **own)

    def objective(self, node: Objective) -> Objective:
        children = self.placed("children", [self.objective(child) for child in node.children])
        items = {part: self.placed(part, [self.told(part, one) for one in getattr(node, part)]) for part in ITEMS}
        return replace(self.told("children", node), children=children, **items)

    def told(self, part: str, node: Any) -> Any:
        """The node, some of whose own fields say what another of its kind says."""
        if not self.lent[part] or not self.often():
            return node
        lender = self.chance.choice(self.lent[part])
        names = [field.name for field in fields(node) if field.name not in _NESTED]
        return replace(node, **{name: getattr(lender, name) for name in names if self.often()})

    def placed(self, part: str, nodes: list[Any]) -> tuple[Any, ...]:
        """Those siblings in another order, fewer or more of them."""
        if self.seldom():
            self.chance.shuffle(nodes)
        if nodes and self.seldom():
            taken = nodes.pop(self.chance.randrange(len(nodes)))
            self.aside[part] += [taken] if self.often() else []
        if self.aside[part] and self.often():
            nodes.insert(self.chance.randrange(len(nodes) + 1), self.aside[part].pop())
        if self.lent[part] and self.seldom():
            self.made += 1
            added = replace(self.chance.choice(self.lent[part]), key=f"neuf-{self.made}")
            bare = {"children": (), **dict.fromkeys(ITEMS, ())} if part == "children" else {}
            nodes.insert(self.chance.randrange(len(nodes) + 1), replace(added, **bare))
        return tuple(nodes)

    def often(self) -> bool:
        return self.chance.random() < 0.4

    def seldom(self) -> bool:
        return self.chance.random() < 0.2
