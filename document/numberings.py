"""Numberings: which codes count on from which, and where they repeat, skip or go back.

Where a pattern has `{parent}`, one numbering runs under each nearest coded ancestor, through uncoded levels, shared by
the levels that print that pattern. Without it, a numbering begins again under each parent, unless the text itself reads
with fewer faults as one that runs under each coded ancestor, or through the contract (OS 1 to OS 12).
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple

from document.codes import make_code, read_code
from document.nodes import Action, Level, Objective
from document.walk import Place

#: Where a node stands in reading order: its objective's rank, then 0 for the objective, 1, 2… for what hangs under it.
Rank = tuple[int, int]
#: How many missing numbers a break names before it only counts them.
NAMED = 4
#: How contracts print the codes of actions, the most usual first.
ACTION_NUMBERINGS = ("{parent}.{a}", "{parent}.{n}", "{a}", "{n}", "{A}", "{parent}{a}", "{parent}.{A}")


class Coded(NamedTuple):
    """An objective, or one of its actions, that bears a code or should."""

    place: Place
    rank: Rank
    action: Action | None
    level: str
    pattern: str | None  # None: nothing says how its code is made
    above: Objective | None  # the nearest coded ancestor, which `{parent}` means
    number: int | None  # None: no code, or it does not follow the pattern

    @property
    def node(self) -> Objective | Action:
        return self.action or self.place.objective

    def code_of(self, number: int) -> str:
        return make_code(self.pattern or "{n}", number, self.above.code if self.above else None)


class Break(NamedTuple):
    """Where a numbering does not count on from `last` (0: it begins): numbers are missing, or none and it goes back."""

    one: Coded
    last: int
    skipped: int
    missing: list[int]  # named only up to NAMED


def coded_objectives(places: list[Place], levels: Mapping[str, Level]) -> Iterator[Coded]:
    """The objectives that bear a code, or whose level is numbered, in reading order."""
    for rank, place in enumerate(places):
        level = levels.get(place.objective.level)
        pattern = level.numbering if level else None
        code = place.objective.code
        if not code and pattern is None:
            continue
        above, known = _coded_above(place.ancestors, levels)
        if pattern is not None and not known and "{parent}" in pattern:
            pattern = None  # the code that it should extend is missing: told there, not again here
        number = read_code(pattern, code, above.code if above else None) if pattern and code else None
        yield Coded(place, (rank, 0), None, place.objective.level, pattern, above, number)


def coded_actions(places: list[Place], levels: Mapping[str, Level]) -> Iterator[list[Coded]]:
    """One list an objective, where its actions bear codes: made as most of them, else as most of the contract's."""
    coded = [
        (rank, place) for rank, place in enumerate(places) if any(action.code for action in place.objective.actions)
    ]
    found = {rank: _coded_above((*place.ancestors, place.objective), levels)[0] for rank, place in coded}
    votes = {rank: _votes(place.objective.actions, found[rank]) for rank, place in coded}
    usual = sum(votes.values(), Counter[str]())
    for rank, place in coded:
        above = found[rank]
        pattern = _evident(votes[rank]) or _evident(usual)
        run = []
        for order, action in enumerate(place.objective.actions, start=1):
            number = read_code(pattern, action.code, above.code if above else None) if pattern and action.code else None
            run.append(Coded(place, (rank, order), action, place.objective.level, pattern, above, number))
        yield run


def _votes(actions: Iterable[Action], above: Objective | None) -> Counter[str]:
    parent = above.code if above else None
    return Counter(
        pattern
        for action in actions
        for pattern in ACTION_NUMBERINGS
        if action.code and read_code(pattern, action.code, parent) is not None
    )


def _evident(votes: Counter[str]) -> str | None:
    return max(ACTION_NUMBERINGS, key=lambda pattern: votes[pattern]) if votes else None


def _coded_above(chain: tuple[Objective, ...], levels: Mapping[str, Level]) -> tuple[Objective | None, bool]:
    """The last of the chain that bears a code; False where one below it should bear one and does not."""
    for node in reversed(chain):
        if node.code:
            return node, True
        level = levels.get(node.level)
        if level is not None and level.numbering is not None:
            return None, False
    return None, True


def runs_of(objectives: list[Coded]) -> Iterator[list[Coded]]:
    """The numberings: each a list of those who share it, in reading order."""
    extending = [one for one in objectives if one.pattern is not None and "{parent}" in one.pattern]
    yield from _grouped(extending, lambda one: (one.pattern, id(one.above)))
    alone: dict[str, list[Coded]] = defaultdict(list)
    for one in objectives:
        if one.pattern is not None and "{parent}" not in one.pattern:
            alone[one.level].append(one)
    for of_level in alone.values():
        scopes: list[Callable[[Coded], Hashable]] = [
            lambda one: id(one.place.parent),
            lambda one: id(one.above),
            lambda one: None,
        ]
        yield from min((_grouped(of_level, scope) for scope in scopes), key=_faults)


def _grouped(objectives: Iterable[Coded], scope: Callable[[Coded], Hashable]) -> list[list[Coded]]:
    found: dict[Hashable, list[Coded]] = defaultdict(list)
    for one in objectives:
        found[scope(one)].append(one)
    return list(found.values())


def _faults(runs: list[list[Coded]]) -> int:
    """How ill these runs read: each number that is missing, gone back to or used twice."""
    broken = sum(max(found.skipped, 1) for run in runs for found in breaks(run))
    numbers = [[one.number for one in run if one.number is not None] for run in runs]
    return broken + sum(len(run) - len(set(run)) for run in numbers)


def breaks(run: list[Coded]) -> Iterator[Break]:
    """Where a numbering skips or goes back; a number used twice counts once."""
    numbers = sorted({one.number for one in run if one.number is not None})
    seen: set[int] = set()
    last = waiting = 0
    for one in run:
        number = one.number
        if number is None:
            waiting += 1  # without a readable code, but it may hold the number that seems to be missing
        elif number in seen:
            continue  # told as used twice
        elif number < last:
            yield Break(one, last, 0, [])
        else:
            between = numbers[bisect_right(numbers, last) : bisect_left(numbers, number)]
            skipped = number - last - 1 - len(between)
            if skipped > waiting:
                elsewhere = set(between)
                missing = [n for n in range(last + 1, number) if n not in elsewhere] if skipped <= NAMED else []
                yield Break(one, last, skipped, missing)
            last, waiting = number, 0
        if number is not None:
            seen.add(number)


def repeated(ones: list[Coded], runs: list[list[Coded]]) -> Iterator[tuple[Coded, Coded]]:
    """Those whose code another bears before them: a sibling, one of their numbering, or one within the same reach.

    The reach of a code that extends others is that of the first of those: 1.1.1 is once in the contract, but A.1 once
    under each root that has an A.
    """
    numbering = {one.rank: rank for rank, run in enumerate(runs) for one in run}
    reaches: dict[int, int] = {}
    first: dict[Hashable, Coded] = {}
    for one in sorted(ones, key=lambda one: one.rank):
        parent = one.place.parent if one.action is None else one.place.objective
        extends = one.pattern is not None and "{parent}" in one.pattern
        reach = reaches.get(id(one.above), id(None)) if extends else id(parent)
        scopes: list[Hashable] = [("likes", one.action is None, id(parent))]
        if one.rank in numbering:
            scopes.append(("numbering", numbering[one.rank]))
        if extends or one.action is None:
            scopes.append(("reach", reach))
        if one.action is None:
            reaches[id(one.place.objective)] = reach
        bearers = [first.setdefault((scope, one.node.code), one) for scope in scopes if one.node.code]
        other = min((bearer for bearer in bearers if bearer is not one), key=lambda one: one.rank, default=None)
        if other is not None:
            yield one, other
