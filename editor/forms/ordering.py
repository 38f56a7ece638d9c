"""From an order to another by as few moves as there can be, so that the log says what the person did."""

from bisect import bisect_left
from typing import TypeVar

Thing = TypeVar("Thing")


def moves(current: list[Thing], wanted: list[Thing]) -> list[tuple[Thing, int]]:
    """The moves, one after the other, each a thing and its new position, that turn `current` into `wanted`.

    Both hold the same things, each once. What already stands in order stays; the others are placed from the first on.
    """
    ranks = {thing: rank for rank, thing in enumerate(current)}
    kept = _longest_run([ranks[thing] for thing in wanted])
    order, made = list(current), []
    for position, thing in enumerate(wanted):
        if ranks[thing] in kept:
            continue
        order.remove(thing)
        # After all that precede it at last: what is still to move stands wherever it stands.
        before = wanted[position - 1] if position else None
        slot = order.index(before) + 1 if before is not None else 0
        order.insert(slot, thing)
        made.append((thing, slot))
    return made


def merged(current: list[Thing], wanted: list[Thing]) -> list[Thing]:
    """The current order in which the things of `wanted` take, among themselves, the places in its order."""
    mine = set(wanted)
    following = iter([thing for thing in wanted if thing in set(current)])
    return [next(following) if thing in mine else thing for thing in current]


def _longest_run(ranks: list[int]) -> set[int]:
    """The ranks of a longest increasing run."""
    tails: list[int] = []
    ends: list[int] = []
    previous: dict[int, int | None] = {}
    for rank in ranks:
        slot = bisect_left(tails, rank)
        previous[rank] = ends[slot - 1] if slot else None
        tails[slot : slot + 1] = [rank]
        ends[slot : slot + 1] = [rank]
    run, rank_ = set(), ends[-1] if ends else None
    while rank_ is not None:
        run.add(rank_)
        rank_ = previous[rank_]
    return run
