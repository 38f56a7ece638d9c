"""Two versions as one tree: the later one's nodes in place, what was removed where it stood, each with its changes."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Literal

from document.compare import Change, Spot, compare
from document.nodes import ITEMS, Document
from document.walk import walk

State = Literal["kept", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Merged:
    """A node of one or both versions. `node` is the later one's, or the removed one; `changes` are its own alone."""

    of: str
    node: Any
    state: State
    changes: tuple[Change, ...]
    items: tuple["Merged", ...]
    children: tuple["Merged", ...]

    @property
    def touched(self) -> bool:
        """Whether it or one of its items changed."""
        return self.state != "kept" or bool(self.changes) or any(item.touched for item in self.items)

    @property
    def touched_below(self) -> bool:
        """Whether something changed in its branch."""
        return self.touched or any(child.touched_below for child in self.children)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side: all the changes, those of the document as a whole, and the merged tree."""

    changes: tuple[Change, ...]
    document_changes: tuple[Change, ...]
    roots: tuple[Merged, ...]


def merge(before: Document, after: Document) -> Comparison:
    """The comparison of two versions as one tree."""
    changes = compare(before, after)
    return Comparison(
        changes=tuple(changes),
        document_changes=tuple(change for change in changes if change.of == "document"),
        roots=_Merger(before, after, changes).build(None),
    )


class _Merger:
    """Lists what each objective holds: the later version's order, with the removed put back at their old rank."""

    def __init__(self, before: Document, after: Document, changes: list[Change]) -> None:
        self.changes: dict[tuple[str, str], list[Change]] = defaultdict(list)
        self.nodes: dict[tuple[str, str], Any] = {}
        self.held: dict[tuple[str, str | None], list[str]] = defaultdict(list)
        self.states: dict[tuple[str, str], State] = {}
        for place in walk(after):
            self._hold("children", place.parent.key if place.parent else None, place.objective)
            for part in ITEMS:
                for item in getattr(place.objective, part):
                    self._hold(part, place.objective.key, item)
        removed: list[tuple[Spot, Change]] = []
        for change in changes:
            where = (change.of, change.key)
            if change.kind == "added":
                self.states[where] = "added"
            elif change.kind == "removed" and change.spot is not None:
                self.states[where], self.nodes[where] = "removed", change.before
                removed.append((change.spot, change))
            elif change.of != "document":
                self.changes[where].append(change)
        for (holder, rank), change in sorted(removed, key=lambda pair: pair[0][1]):
            self.held[change.of, holder].insert(rank, change.key)

    def _hold(self, of: str, holder: str | None, node: Any) -> None:
        self.nodes[of, node.key] = node
        self.held[of, holder].append(node.key)

    def build(self, holder: str | None) -> tuple[Merged, ...]:
        return tuple(self._merged("children", key) for key in self.held["children", holder])

    def _merged(self, of: str, key: str) -> Merged:
        own = of == "children"
        return Merged(
            of=of,
            node=self.nodes[of, key],
            state=self.states.get((of, key), "kept"),
            changes=tuple(self.changes[of, key]),
            items=tuple(self._merged(part, one) for part in ITEMS for one in self.held[part, key]) if own else (),
            children=self.build(key) if own else (),
        )
