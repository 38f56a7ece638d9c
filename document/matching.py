"""Lays two contracts side by side: which objective of one words what an objective of the other does; a proposal.

No key is shared between two contracts, so wordings are compared by the stems of their words, each weighing the more the
fewer objectives use it (the cosine of TF-IDF vectors, raised where one wording is said within a longer one). One
objective has one match at most.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest
from math import log, sqrt

from document.nodes import Document
from document.stems import stems
from document.walk import Place, walk

#: Under so much likeness, from 0 to 1, two wordings are not proposed as a match.
LEAST = 0.42
#: Objectives that are weighed against one, and rows of the index that are read to find them: what makes it linear.
CANDIDATES, READ = 12, 800
#: How much the likeness of what two objectives stand under counts beside their own, and that of their heights.
CONTEXT, HEIGHT = 0.1, 0.05
#: How far a wording that is said within a longer one is raised, by half of it where it is a single word; what is left
#: of the likeness where a single word is shared that is the whole of neither.
WITHIN, SCARCE = 0.6, 0.75

_Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two objectives that may be the same, by their keys; `score` from LEAST to 1, which is: the same words."""

    before: str
    after: str
    score: float


@dataclass(frozen=True, slots=True)
class Matching:
    """The pairs, in the reading order of the first contract, and the keys left alone on each side, in their own."""

    pairs: tuple[Pair, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


def match(before: Document, after: Document) -> Matching:
    """The matching of two documents, the likest pairs chosen first.

    The time it takes grows with the number of objectives, and not with its square.
    """
    old, new = _Side(before), _Side(after)
    weights = _weights(old, new)
    for side in (old, new):
        side.weigh(weights)
    chosen: dict[str, Pair] = {}
    taken: set[str] = set()
    proposals = sorted(_proposals(old, new), key=lambda found: (-found[0], found[1], found[2]))
    for _, was, now, score in proposals:
        pair = Pair(old.keys[was], new.keys[now], score)
        if pair.before not in chosen and pair.after not in taken:
            chosen[pair.before] = pair
            taken.add(pair.after)
    return Matching(
        pairs=tuple(chosen[key] for key in old.keys if key in chosen),
        only_before=tuple(key for key in old.keys if key not in chosen),
        only_after=tuple(key for key in new.keys if key not in taken),
    )


class _Side:
    """The objectives of one document in reading order: keys, words, and once weighed, vectors of length 1."""

    def __init__(self, document: Document) -> None:
        places = list(walk(document))
        self.keys = [place.objective.key for place in places]
        self.words = [Counter(_said(place)) for place in places]
        deepest = max((place.depth for place in places), default=0)
        #: Where each stands between the roots, 0, and the deepest, 1: contracts have more or fewer levels.
        self.heights = [place.depth / deepest if deepest else 0.0 for place in places]
        ranks = {key: rank for rank, key in enumerate(self.keys)}
        #: The rank of what each stands under; None for a root.
        self.above = [ranks[place.parent.key] if place.parent else None for place in places]
        self.vectors: list[_Vector] = []

    def weigh(self, weights: dict[str, float]) -> None:
        """Turns words into vectors."""
        for words in self.words:
            vector = {word: (1 + log(count)) * weights[word] for word, count in words.items()}
            length = sqrt(sum(value * value for value in vector.values()))
            self.vectors.append({word: value / length for word, value in vector.items()} if length else {})


def _said(place: Place) -> list[str]:
    """The stems of an objective's title; of one without a title, those of its description."""
    return stems(place.objective.title or place.objective.description)


def _weights(old: _Side, new: _Side) -> dict[str, float]:
    """What each word weighs: much where few objectives of both documents use it."""
    used = Counter(word for side in (old, new) for words in side.words for word in words)
    total = len(old.keys) + len(new.keys)
    return {word: log(1 + total / count) for word, count in used.items()}


def _proposals(old: _Side, new: _Side) -> Iterator[tuple[float, int, int, float]]:
    """Likeness with context, both ranks, likeness of the wordings: those that may be chosen."""
    index: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for rank, vector in enumerate(new.vectors):
        for word, value in vector.items():
            index[word].append((rank, value))
    for was, nows in enumerate(_same_words(old, new)):
        vector = old.vectors[was]
        for now in nows or _candidates(vector, index):
            score = _likeness(vector, new.vectors[now])
            if score >= LEAST:
                height = 1 - abs(old.heights[was] - new.heights[now])
                beside = CONTEXT * _around(old, was, new, now) + HEIGHT * height
                yield round(score + beside, 6), was, now, score


def _same_words(old: _Side, new: _Side) -> Iterator[list[int]]:
    """For each objective of the first, those of the second that use the very same words: a few, at about its own rank.

    None where they are fewer than the objectives of the first that use them: some must then look elsewhere.
    """
    groups: list[dict[frozenset[tuple[str, int]], list[int]]] = [defaultdict(list), defaultdict(list)]
    for group, side in zip(groups, (old, new), strict=True):
        for rank, words in enumerate(side.words):
            group[frozenset(words.items())].append(rank)
    seen: Counter[frozenset[tuple[str, int]]] = Counter()
    for words in old.words:
        said = frozenset(words.items())
        first, second = groups[0][said], groups[1].get(said, []) if said else []
        start = max(seen[said] - CANDIDATES // 2, 0)
        seen[said] += 1
        yield second[start : start + CANDIDATES] if len(first) <= len(second) else []


def _candidates(vector: _Vector, index: dict[str, list[tuple[int, float]]]) -> list[int]:
    """Those that share the heaviest words, the likest first by what was read of the index."""
    found: dict[int, float] = defaultdict(float)
    left = READ
    for word, value in sorted(vector.items(), key=lambda one: (len(index.get(one[0], ())), one[0])):
        rows = index.get(word, ())
        for rank, other in rows[:left]:
            found[rank] += value * other
        left -= len(rows)
        if left <= 0:
            break
    return nlargest(CANDIDATES, found, key=lambda rank: (found[rank], -rank))


def _around(old: _Side, was: int, new: _Side, now: int) -> float:
    """How alike what they stand under is; two roots are alike in that."""
    above, other = old.above[was], new.above[now]
    if above is None or other is None:
        return float(above is None and other is None)
    return _likeness(old.vectors[above], new.vectors[other])


def _likeness(one: _Vector, other: _Vector) -> float:
    """From 0, no word in common, to 1, the same words.

    The cosine alone would part « Lutter contre les discriminations » from a longer wording that says it and more: what
    of the shorter one the longer one says draws the cosine towards its square root.
    """
    shared = one.keys() & other.keys()
    cosine = min(sum(one[word] * other[word] for word in sorted(shared)), 1.0)
    if not cosine:
        return 0.0
    said = min(max(sum(vector[word] ** 2 for word in sorted(shared)) for vector in (one, other)), 1.0)
    if len(shared) == 1 and len(one) > 1 and len(other) > 1:
        return SCARCE * cosine
    raised = WITHIN * said * (1.0 if len(shared) > 1 else 0.5)
    return cosine + raised * (sqrt(cosine) - cosine)
