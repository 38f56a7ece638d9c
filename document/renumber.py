"""Renumbering: the codes that a branch would bear if each level counted on without gap, shown before it is applied."""

from collections import defaultdict
from dataclasses import dataclass

from document.codes import make_code
from document.nodes import Document, Objective
from document.walk import places

#: Actions bear their objective's code and a letter, in every contract known that numbers them.
ACTION_NUMBERING = "{parent}.{a}"


@dataclass(frozen=True, slots=True)
class Renumbering:
    """A code that would change; `of` is « children » or « actions »."""

    of: str
    key: str
    title: str
    before: str | None
    after: str | None


def plan_renumbering(document: Document, key: str | None = None) -> list[Renumbering]:
    """The codes that would change in that branch (None: the whole tree), in reading order.

    The branch's own root keeps its code, levels without numbering keep theirs; actions are renumbered where they bear
    codes. Raises KeyError when no objective has that key.
    """
    plan: list[Renumbering] = []
    if key is None:
        _plan_siblings(document, document.objectives, None, defaultdict(int), plan)
    else:
        place = places(document)[key]
        above = [node.code for node in (*place.ancestors, place.objective) if node.code]
        _plan_below(document, place.objective, above[-1] if above else None, defaultdict(int), plan)
    return plan


def _plan_siblings(
    document: Document,
    siblings: tuple[Objective, ...],
    coded: str | None,
    counters: dict[str, int],
    plan: list[Renumbering],
) -> None:
    """`coded` is the code, as renumbered, of the nearest coded ancestor; `counters`, by pattern, count on below it."""
    own: dict[str, int] = defaultdict(int)
    for node in siblings:
        level = document.level(node.level)
        code = node.code
        if level is not None and level.numbering is not None:
            counting = counters if "{parent}" in level.numbering else own
            counting[level.numbering] += 1
            code = make_code(level.numbering, counting[level.numbering], coded)
        if code != node.code:
            plan.append(Renumbering("children", node.key, node.title, node.code, code))
        _plan_below(document, node, code or coded, defaultdict(int) if code else counters, plan)


def _plan_below(
    document: Document, node: Objective, coded: str | None, counters: dict[str, int], plan: list[Renumbering]
) -> None:
    if any(action.code for action in node.actions):
        for rank, action in enumerate(node.actions, 1):
            code = make_code(ACTION_NUMBERING, rank, coded)
            if code != action.code:
                plan.append(Renumbering("actions", action.key, action.title, action.code, code))
    _plan_siblings(document, node.children, coded, counters, plan)
