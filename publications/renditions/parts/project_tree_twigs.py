"""The tree as twigs: each objective in the column of its level, and cut where a page ends."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from document.nodes import Document, Objective
from document.walk import walk
from publications.renditions.branches import thread_of

#: Columns of a page; what is deeper is set back in the last one.
COLUMNS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Twig:
    """An objective with what is below it on this page, or in this piece of it."""

    node: Objective
    column: int
    #: Steps back to the right, for what is deeper than there are columns.
    setback: int
    #: 0 for a root.
    depth: int
    thread: int
    children: tuple["Twig", ...]
    #: It is shown again, over what did not fit before.
    again: bool = False

    @property
    def is_leaf(self) -> bool:
        """Whether nothing is below it."""
        return not self.node.children


def columns_of(document: Document) -> dict[str, int]:
    """The column of each level: the place furthest from the root that it takes, by the levels above it alone.

    Levels that stand in for each other (a theme and a transversal theme) share a column; one that holds itself, or that
    stands above and below another, has no column of its own, and its nodes follow those above them.
    """
    above: dict[str, set[str]] = defaultdict(set)
    for place in walk(document):
        if place.parent:
            above[place.objective.level].add(place.parent.level)
    found: dict[str, int] = {}

    def column(level: str, way: tuple[str, ...]) -> int:
        if level in way:
            raise _Knot
        if level not in found:
            found[level] = max((column(one, (*way, level)) + 1 for one in above[level]), default=0)
        return found[level]

    for level in dict.fromkeys(place.objective.level for place in walk(document)):
        try:
            column(level, ())
        except _Knot:
            found[level] = 0
    return found


class _Knot(Exception):
    """A level stands above itself."""


def grow(document: Document, whole: Document) -> list[Twig]:
    """The twigs of a document, one a root; each has the colour that it has in the whole that it was chosen of."""
    threads = {root.key: thread_of(rank) for rank, root in enumerate(whole.objectives)}
    columns = columns_of(document)

    def twig(node: Objective, depth: int, least: int, thread: int) -> Twig:
        place = max(columns[node.level], least)
        column = min(place, COLUMNS - 1)
        children = tuple(twig(child, depth + 1, place + 1, thread) for child in node.children)
        return Twig(node, column, place - column, depth, thread, children)

    return [twig(root, 0, 0, threads[root.key]) for root in document.objectives]


def walk_twig(twig: Twig) -> Iterator[Twig]:
    """That twig and all below it, in reading order."""
    yield twig
    for child in twig.children:
        yield from walk_twig(child)


def continued(twig: Twig, children: tuple[Twig, ...]) -> Twig:
    """The same objective again, over those of its children that did not fit before."""
    return replace(twig, children=children, again=True)
