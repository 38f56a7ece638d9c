"""Walks over a document: every objective in reading order with its place, counts, and look-up by key."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from document.nodes import ITEMS, Document, Objective


@dataclass(frozen=True, slots=True)
class Place:
    """Where an objective stands: its ancestors from the root down (empty for a root) and its rank among siblings."""

    objective: Objective
    ancestors: tuple[Objective, ...]
    position: int

    @property
    def depth(self) -> int:
        """0 for a root."""
        return len(self.ancestors)

    @property
    def parent(self) -> Objective | None:
        """The objective it stands under; None for a root."""
        return self.ancestors[-1] if self.ancestors else None

    @property
    def root(self) -> Objective:
        """The root of its branch, itself when it is one."""
        return self.ancestors[0] if self.ancestors else self.objective


def walk(document: Document) -> Iterator[Place]:
    """Every objective with its place, in reading order (depth first); never recursive, so depth costs no stack."""
    stack = [Place(node, (), rank) for rank, node in reversed(list(enumerate(document.objectives)))]
    while stack:
        place = stack.pop()
        yield place
        ancestors = (*place.ancestors, place.objective)
        children = enumerate(place.objective.children)
        stack.extend(Place(node, ancestors, rank) for rank, node in reversed(list(children)))


def walk_branch(objective: Objective) -> Iterator[Objective]:
    """That objective and all below it, in reading order."""
    stack = [objective]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def places(document: Document) -> dict[str, Place]:
    """Every objective's place by its key, in reading order."""
    return {place.objective.key: place for place in walk(document)}


def count(document: Document) -> dict[str, int]:
    """How many of each: one entry a level key (in the order of the levels), then actions, clauses, indicators."""
    found = _tally(place.objective for place in walk(document))
    return {level.key: found[level.key] for level in document.levels} | {kind: found[kind] for kind in ITEMS}


def count_branch(objective: Objective) -> Counter[str]:
    """How many of each below that objective, itself not counted; its own actions, clauses and indicators are."""
    found = _tally(walk_branch(objective))
    found[objective.level] -= 1
    return found


def _tally(nodes: Iterator[Objective]) -> Counter[str]:
    found: Counter[str] = Counter()
    for node in nodes:
        found[node.level] += 1
        for kind in ITEMS:
            found[kind] += len(getattr(node, kind))
    return found


def referring(document: Document) -> dict[str, list[Objective]]:
    """For each key that is referred to, the objectives that do so (by themselves or by one of their actions)."""
    found: dict[str, list[Objective]] = {}
    for place in walk(document):
        node = place.objective
        references = [*node.references, *(ref for action in node.actions for ref in action.references)]
        for key in dict.fromkeys(key for reference in references for key in reference.targets):
            found.setdefault(key, []).append(node)
    return found
