"""The tree of one contract as a list in reading order, from two queries: what tree, paths and look-ups read."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from objectives.models import Contract, Level, Objective

#: Longest title in a list of choices.
CHOICE_LENGTH = 90
#: Colours there are for roots, one after the other.
THREADS = 8
_KEY = re.compile(r"\[([a-z0-9-]+)\]\s*$")
_COLUMNS = ("pk", "parent_id", "key", "code", "title", "level_id", "transversal", "revision")


@dataclass(slots=True, eq=False, repr=False)
class Branch:
    """An objective in its place: its parent, its children, and where it stands."""

    pk: int
    key: str
    code: str | None
    title: str
    level_id: int
    transversal: bool
    revision: int
    parent: "Branch | None" = None
    position: int = 0
    depth: int = 0
    thread: int = 1
    children: list["Branch"] = field(default_factory=list)

    @property
    def name(self) -> str:
        """« 1.1.3 Accueillir… », whole."""
        return " ".join(part for part in (self.code, self.title) if part) or f"[{self.key}]"

    @property
    def short(self) -> str:
        """The code, or the beginning of the title where there is none: what a button's name says."""
        return self.code or (self.title[:60] + "…" if len(self.title) > 60 else self.title) or self.key

    @property
    def choice(self) -> str:
        """What a list of choices shows and a field reads back: code, title, key."""
        title = self.title if len(self.title) <= CHOICE_LENGTH else f"{self.title[:CHOICE_LENGTH]}…"
        return " ".join(part for part in (self.code, title, f"[{self.key}]") if part)

    @property
    def above(self) -> list["Branch"]:
        """The ancestors, from the root down."""
        found, node = [], self.parent
        while node is not None:
            found.append(node)
            node = node.parent
        return found[::-1]

    @property
    def all(self) -> list["Branch"]:
        """Itself and all below it, in reading order."""
        found, stack = [], [self]
        while stack:
            found.append(node := stack.pop())
            stack.extend(reversed(node.children))
        return found

    @property
    def before(self) -> "Branch | None":
        """The sibling just before."""
        return self.siblings[self.position - 1] if self.position else None

    siblings: list["Branch"] = field(default_factory=list)
    #: How many there are in its branch, itself included.
    size: int = 1


class Outline:
    """All the objectives of a contract, in reading order, and its levels; two queries."""

    def __init__(self, contract: Contract) -> None:
        rows = Objective.objects.of(contract).order_by("position", "pk").values_list(*_COLUMNS)
        children: dict[int | None, list[Branch]] = defaultdict(list)
        for pk, parent, *values in rows:
            children[parent].append(Branch(pk, *values))
        self.roots = children[None]
        self.nodes: list[Branch] = []
        stack = list(reversed(self.roots))
        for rank, root in enumerate(self.roots):
            root.thread, root.position, root.siblings = rank % THREADS + 1, rank, self.roots
        while stack:
            node = stack.pop()
            self.nodes.append(node)
            node.children = children[node.pk]
            for rank, child in enumerate(node.children):
                child.parent, child.position, child.siblings = node, rank, node.children
                child.depth, child.thread = node.depth + 1, node.thread
            stack.extend(reversed(node.children))
        for node in reversed(self.nodes):
            if node.parent is not None:
                node.parent.size += node.size
        self.levels = {level.pk: level for level in Level.objects.filter(contract=contract)}
        self.by_pk = {node.pk: node for node in self.nodes}
        self.by_key = {node.key: node for node in self.nodes}

    def next_of(self, pk: int, step: int = 1) -> Branch | None:
        """The objective that comes next in reading order (`step` -1: the one before), or None."""
        rank = next(rank for rank, node in enumerate(self.nodes) if node.pk == pk) + step
        return self.nodes[rank] if 0 <= rank < len(self.nodes) else None

    def level_at(self, under: Branch | None, after: Branch | None = None) -> Level | None:
        """The level that fits a new objective there: that of its neighbours, else the next one down; None: no level."""
        model = after or (under.children[-1] if under and under.children else None)
        if model is not None:
            return self.levels[model.level_id]
        order = list(self.levels.values())
        rank = order.index(self.levels[under.level_id]) + 1 if under else 0
        return order[min(rank, len(order) - 1)] if order else None

    def find(self, text: str) -> Branch:
        """The objective that a person names: by a choice of the list, its key, its code or its whole title.

        Raises ValidationError when none or several answer.
        """
        text = " ".join(text.split())
        keyed = _KEY.search(text)
        named = self.by_key.get(keyed[1] if keyed else text)
        if named is not None:
            return named
        found = [node for node in self.nodes if node.code and node.code == text]
        found = found or [node for node in self.nodes if node.title == text or node.name == text]
        if len(found) == 1:
            return found[0]
        if found:
            choices = " ; ".join(node.choice for node in found[:5])
            raise ValidationError(f"Plusieurs objectifs répondent à « {text:.80} » : précisez ({choices}).")
        raise ValidationError(f"Aucun objectif de ce contrat ne répond à « {text:.80} ».")

    def token(self, key: str) -> str:
        """The shortest text that names that objective alone: its code, or its key in brackets."""
        node = self.by_key.get(key)
        if node is None or not node.code or sum(one.code == node.code for one in self.nodes) > 1:
            return f"[{key}]"
        return node.code
