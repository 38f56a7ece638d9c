"""Two contracts laid side by side: which objectives word what others do, as proposals, and what each alone has."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from document.matching import Pair, match
from document.nodes import Objective
from document.stems import in_common
from document.walk import places
from document.words import SMALL, fold
from publications.editions import Edition
from publications.renditions.branches import thread_of

#: For each kind: its sign (never colour alone), and what one and several of it are called.
KINDS: dict[str, tuple[str, str, str]] = {
    "same": ("=", "même intitulé", "mêmes intitulés"),
    "close": ("≈", "intitulé proche", "intitulés proches"),
    "doubtful": ("?", "rapprochement à vérifier", "rapprochements à vérifier"),
    "before": ("←", "seulement dans le premier texte", "seulement dans le premier texte"),
    "after": ("→", "seulement dans le second texte", "seulement dans le second texte"),
}
Row = TypeVar("Row")
#: From so much likeness on, two wordings are called close; below, a reader is asked to verify them.
CLOSE = 0.6


@dataclass(frozen=True, slots=True)
class Side:
    """An objective of one of both texts; `pieces` of its title, each with whether the other uses that word too."""

    objective: Objective
    level: str
    #: What it stands under; None for a root, and where the heading of its group says it.
    under: Objective | None
    depth: int
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A match that is proposed: of which kind, how close in percent, how many words in common, and both sides."""

    kind: str
    closeness: int
    words: int
    before: Side
    after: Side

    @property
    def sign(self) -> str:
        """The sign of its kind."""
        return KINDS[self.kind][0]

    @property
    def name(self) -> str:
        """What its kind is called."""
        return KINDS[self.kind][1]


@dataclass(frozen=True, slots=True)
class Group(Generic[Row]):
    """What is told of one branch: the root it begins with, and the number of that root's colour."""

    root: Objective
    thread: int
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Matched:
    """Both texts side by side: counts of each kind, whole, and what of it is shown, by roots."""

    before: Edition
    after: Edition
    counts: dict[str, int]
    #: By the roots of the first text.
    proposals: list[Group[Proposal]]
    only_before: list[Group[Side]]
    only_after: list[Group[Side]]

    @property
    def figures(self) -> list[tuple[str, str, str, int]]:
        """Kind, sign, name (of one or of several) and count of each kind that there is."""
        found = [(kind, *KINDS[kind], self.counts[kind]) for kind in KINDS if self.counts[kind]]
        return [(kind, sign, one if count < 2 else many, count) for kind, sign, one, many, count in found]

    @property
    def matched(self) -> int:
        """How many matches are proposed in all."""
        return sum(self.counts[kind] for kind in ("same", "close", "doubtful"))


def lay_side_by_side(before: Edition, after: Edition, kinds: Collection[str] = KINDS) -> Matched:
    """Both editions side by side; `kinds` narrows what is shown, the counts stay whole."""
    found = match(before.document, after.document)
    first, second = _Text(before), _Text(after)
    proposals = [_proposal(pair, first, second) for pair in found.pairs]
    counts = dict.fromkeys(KINDS, 0)
    for one in proposals:
        counts[one.kind] += 1
    counts |= {"before": len(found.only_before), "after": len(found.only_after)}
    return Matched(
        before=before,
        after=after,
        counts=counts,
        proposals=first.grouped([(one.before.objective.key, one) for one in proposals if one.kind in kinds]),
        only_before=first.alone(found.only_before) if "before" in kinds else [],
        only_after=second.alone(found.only_after) if "after" in kinds else [],
    )


class _Text:
    """One of both texts: its objectives by key, the names of its levels, the colours of its roots."""

    def __init__(self, edition: Edition) -> None:
        document = edition.document
        self.places = places(document)
        self.levels = {level.key: level.name for level in document.levels}
        self.threads = {root.key: thread_of(rank) for rank, root in enumerate(document.objectives)}

    def side(self, key: str, pieces: list[tuple[str, bool]] | None = None) -> Side:
        place = self.places[key]
        node = place.objective
        told = [(node.title, False)] if pieces is None else pieces
        return Side(node, self.levels.get(node.level, ""), place.parent, place.depth, told)

    def alone(self, keys: tuple[str, ...]) -> list[Group[Side]]:
        return self.grouped([(key, self.side(key)) for key in keys])

    def grouped(self, rows: list[tuple[str, Row]]) -> list[Group[Row]]:
        """Those rows, each with the key of an objective in reading order, under the roots of their branches."""
        found: list[Group[Row]] = []
        for key, row in rows:
            root = self.places[key].root
            if not found or found[-1].root is not root:
                found.append(Group(root, self.threads[root.key], []))
            found[-1].rows.append(row)
        return found


def _proposal(pair: Pair, first: _Text, second: _Text) -> Proposal:
    before, after = first.side(pair.before), second.side(pair.after)
    one, other, words = in_common(before.objective.title, after.objective.title)
    is_same = _bare(before) == _bare(after)
    return Proposal(
        kind="same" if is_same else "close" if pair.score >= CLOSE else "doubtful",
        # What is not worded the same is never said to be wholly alike.
        closeness=100 if is_same else min(round(pair.score * 100), 99),
        words=words,
        before=replace(before, pieces=one, under=before.under if before.depth > 1 else None),
        after=replace(after, pieces=other),
    )


def _bare(side: Side) -> list[str]:
    """The words of a title but the small ones: « Rénover les écoles » and « Rénover l’école » are the same wording."""
    return [word for word in fold(side.objective.title) if word not in SMALL]
