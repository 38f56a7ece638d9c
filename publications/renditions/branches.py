"""The tree as a page shows it: each objective with its address, its thread, what it holds and what was found there."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from document.findings import Subjects, figures
from document.nodes import ITEMS, DeclaredCount, Document, Objective
from document.walk import count_branch, walk
from publications.entries import Sought
from publications.models import Entry
from publications.renditions.frame import Frame
from publications.renditions.hits import Hit, make_hit

#: Colours of threads, one a root; the ninth root takes the first again.
THREADS = 8
#: The tree is shown whole when it has so few objectives; else its roots alone are open.
SMALL = 60


@dataclass(slots=True)
class Branch:
    """An objective in the tree of a page."""

    objective: Objective
    address: str
    depth: int
    thread: int
    #: « 4 objectifs opérationnels », « 15 actions »: all that is below, in the order of the levels.
    counts: list[str]
    #: Remarks on the objective itself and on its actions, clauses and indicators.
    remarks: int
    differences: list[str]
    is_open: bool = False
    #: What was asked for and found: itself, its actions, clauses and indicators.
    hits: list[Hit] = field(default_factory=list)
    children: list["Branch"] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """The HTML element of its title: what has a tree below it heads it."""
        return f"h{min(self.depth + 3, 6)}" if self.objective.children else "p"

    @property
    def in_capitals(self) -> bool:
        """Whether the signed text prints the title in capitals, which are then set smaller."""
        return self.objective.title.isupper()

    @property
    def has_inside(self) -> bool:
        """Whether there is something to open."""
        return bool(self.children or self.objective.actions)

    @property
    def own_hit(self) -> Hit | None:
        """The objective itself, where it was found."""
        return self.hits[0] if self.hits and self.hits[0].is_objective else None

    @property
    def held_hits(self) -> list[Hit]:
        """What it holds of what was found."""
        return [hit for hit in self.hits if not hit.is_objective]


class Grower:
    """Makes the branches of one document in one frame."""

    def __init__(self, document: Document, frame: Frame) -> None:
        self.document, self.frame = document, frame
        self.subjects = Subjects(document)

    def grow(self, *, unfolded: bool = False) -> list[Branch]:
        """The whole tree."""
        small = unfolded or sum(1 for _ in walk(self.document)) <= SMALL
        return [
            self._branch(root, 0, thread_of(rank), open_to=99 if small else 1)
            for rank, root in enumerate(self.document.objectives)
        ]

    def grow_found(self, found: Iterable[Entry], query: tuple[Sought, ...]) -> list[Branch]:
        """What was found, with the way that leads to it."""
        hits: dict[str, list[Hit]] = defaultdict(list)
        for entry in found:
            address = self.frame.objective(entry.objective_key)
            hits[entry.objective_key].append(make_hit(entry, query, address))
        roots = enumerate(self.document.objectives)
        branches = [self._branch(root, 0, thread_of(rank), open_to=0, hits=hits) for rank, root in roots]
        return [branch for branch in branches if _leads(branch)]

    def below(self, objective: Objective, thread: int) -> list[Branch]:
        """The children of an objective, without theirs."""
        return [self._branch(child, 0, thread, open_to=0, deep=False) for child in objective.children]

    def counted(self, found: "Counter[str] | dict[str, int]") -> list[str]:
        """« 4 piliers », « 199 actions »…: what there is, in the order of the levels; what there is not is left out."""
        names = [*(level.key for level in self.document.levels), *ITEMS]
        return [self.subjects.counted(found[name], name) for name in names if found.get(name)]

    def differences(self, declared: Iterable[DeclaredCount], found: "Counter[str] | dict[str, int]") -> list[str]:
        """What the text states of itself and the tree contradicts."""
        return [
            f"{self.subjects.counted(one.count, one.of)}\N{NO-BREAK SPACE}; "
            f"on en compte {figures(found.get(one.of, 0))}"
            for one in declared
            if one.count != found.get(one.of, 0)
        ]

    def agreements(self, declared: Iterable[DeclaredCount], found: "Counter[str] | dict[str, int]") -> list[str]:
        """What the text states of itself and the tree confirms."""
        return [self.subjects.counted(one.count, one.of) for one in declared if one.count == found.get(one.of, 0)]

    def _branch(
        self,
        node: Objective,
        depth: int,
        thread: int,
        *,
        open_to: int,
        hits: dict[str, list[Hit]] | None = None,
        deep: bool = True,
    ) -> Branch:
        counted = count_branch(node)
        children = [
            self._branch(child, depth + 1, thread, open_to=open_to, hits=hits)
            for child in (node.children if deep else ())
        ]
        return Branch(
            objective=node,
            address=self.frame.objective(node.key),
            depth=depth,
            thread=thread,
            counts=self.counted(counted),
            remarks=count_remarks(node),
            differences=self.differences(node.declared, counted),
            is_open=depth < open_to,
            hits=hits.get(node.key, []) if hits is not None else [],
            children=children if hits is None else [child for child in children if _leads(child)],
        )


def thread_of(rank: int) -> int:
    """The number of the thread of the root of that rank."""
    return rank % THREADS + 1


def count_remarks(node: Objective) -> int:
    """Remarks on an objective and on its actions, clauses and indicators."""
    return len(node.remarks) + sum(len(item.remarks) for kind in ITEMS for item in getattr(node, kind))


def _leads(branch: Branch) -> bool:
    return bool(branch.hits or branch.children)
