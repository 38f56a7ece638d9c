"""Copies a branch of another contract into a draft: new keys, the words and codes of its new place, its origin kept."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from accounts.models import User
from document import nodes
from document.codes import make_code, read_code
from document.renumber import ACTION_NUMBERING
from document.walk import places, walk_branch
from drafts.planting import plant, with_targets
from objectives.access import require
from objectives.changes import Refused, changing, gesture
from objectives.edits import place_of, suggested_code
from objectives.keys import issue_keys
from objectives.level_edits import add_level
from objectives.models import Change, Contract, Level, Neighbourhood, Objective
from objectives.parts import plain_of


def copy_branch(
    source: nodes.Document, key: str, *, into: Contract, under: Objective | None, position: int | None, by: User | None
) -> Objective:
    """Copies the objective of that key and all below it under another (None: a root), at that rank (None: last).

    Its levels are those of the same key, else of the same name, else they are added. Codes are the next ones of these
    levels' numbering. References within the branch lead to the copies; the others keep their text alone. Quartiers are
    kept where this contract has them. One step to undo. Raises Refused.
    """
    try:
        branch = places(source)[key].objective
    except KeyError as error:
        raise Refused("Cet objectif n’est pas dans le contrat que vous copiez.") from error
    with gesture(into):
        require(by, "edit", into)
        levels = _levels(source, branch, into, by)
        with changing(into, "copy_branch", by=by) as entry:
            parent = entry.kept(under) if under is not None else None
            held = [one.key for each in walk_branch(branch) for one in (each, *_items(each))]
            keys = dict(zip(held, issue_keys(entry.contract, len(held)), strict=True))
            copy = _renewed(branch, keys, {old: level.key for old, level in levels.items()}, _quarters(into))
            copy = with_targets(copy, keys.get)
            copy = _Numbering(entry.contract, parent).number(copy)
            copy = plant(entry, copy, under=parent, position=position)
            objective: Objective = Objective.objects.get(contract=into, key=copy.key)
            origin = {
                "contract": source.contract.slug,
                "title": source.contract.title,
                "keys": {new: old for old, new in keys.items()},
            }
            entry.key, entry.after = copy.key, plain_of(copy) | place_of(objective) | {"origin": origin}
    objective.contract = into
    return objective


def origin_of(objective: Objective) -> dict[str, Any] | None:
    """What it was copied from: `contract` (its address), `title` (the contract's) and `key`; None: from nowhere."""
    copies = Change.objects.filter(contract=objective.contract_id, verb="copy_branch")
    origin = copies.filter(after__origin__keys__has_key=objective.key).values_list("after__origin", flat=True).first()
    if origin is None:
        return None
    return {"contract": origin["contract"], "title": origin["title"], "key": origin["keys"][objective.key]}


def _items(node: nodes.Objective) -> list[Any]:
    return [item for kind in nodes.ITEMS for item in getattr(node, kind)]


def _quarters(contract: Contract) -> set[str]:
    return set(Neighbourhood.objects.filter(contract=contract).values_list("code", flat=True))


def _levels(source: nodes.Document, branch: nodes.Objective, into: Contract, by: User | None) -> dict[str, Level]:
    """The level of the contract for each of the branch's, by the source's key; those it lacks are added."""
    named = {key for one in walk_branch(branch) for key in (one.level, *(said.of for said in one.declared))}
    found: dict[str, Level] = {}
    above: Level | None = None
    for level in source.levels:
        kept = Level.objects.filter(contract=into)
        match = kept.filter(key=level.key).first() or kept.filter(name__iexact=level.name).first()
        if match is None and level.key in named:
            place = above.position + 1 if above is not None else 0
            match = add_level(
                into, name=level.name, plural=level.plural, numbering=level.numbering, position=place, by=by
            )
        if match is not None:
            found[level.key] = above = match
    return found


def _renewed(
    node: nodes.Objective, keys: dict[str, str], levels: dict[str, str], quarters: set[str]
) -> nodes.Objective:
    items = {kind: tuple(replace(one, key=keys[one.key]) for one in getattr(node, kind)) for kind in nodes.ITEMS}
    return replace(
        node,
        key=keys[node.key],
        level=levels[node.level],
        neighbourhoods=tuple(code for code in node.neighbourhoods if code in quarters),
        declared=tuple(replace(one, of=levels.get(one.of, one.of)) for one in node.declared),
        children=tuple(_renewed(child, keys, levels, quarters) for child in node.children),
        **items,
    )


class _Counts(dict[str, int]):
    """How far each pattern has counted; what was not yet counted starts from where the contract is."""

    def __init__(self, start: Callable[[str], int]) -> None:
        super().__init__()
        self.start = start

    def __missing__(self, pattern: str) -> int:
        self[pattern] = self.start(pattern)
        return self[pattern]


class _Numbering:
    """Gives a branch the codes that its objectives would take if they were added there one by one."""

    def __init__(self, contract: Contract, under: Objective | None) -> None:
        self.contract, self.under = contract, under
        self.levels = {level.key: level for level in Level.objects.filter(contract=contract)}
        above = [*Objective.objects.above(under), under] if under is not None else []
        self.coded = next((one.code for one in reversed(above) if one.code), None)

    def number(self, branch: nodes.Objective) -> nodes.Objective:
        """The branch with its codes; levels without numbering keep theirs."""
        counts = _Counts(self._start)
        (numbered,) = self._siblings((branch,), self.coded, counts, counts)
        return numbered

    def _start(self, pattern: str) -> int:
        """The last number of that pattern at the branch's own place."""
        level = next(one for one in self.levels.values() if one.numbering == pattern)
        code = suggested_code(self.contract, level=level, under=self.under)
        return (read_code(pattern, code or "", self.coded) or 1) - 1

    def _siblings(
        self, siblings: tuple[nodes.Objective, ...], coded: str | None, own: dict[str, int], running: dict[str, int]
    ) -> tuple[nodes.Objective, ...]:
        """`coded` is the code of the nearest coded ancestor; `running` counts on below it, `own` among these alone."""
        numbered = []
        for node in siblings:
            pattern, code = self.levels[node.level].numbering, node.code
            if pattern is not None:
                counting = running if "{parent}" in pattern else own
                counting[pattern] += 1
                code = make_code(pattern, counting[pattern], coded)
            below: dict[str, int] = defaultdict(int) if code else running
            children = self._siblings(node.children, code or coded, defaultdict(int), below)
            actions = self._actions(node.actions, code or coded)
            numbered.append(replace(node, code=code, children=children, actions=actions))
        return tuple(numbered)

    def _actions(self, actions: tuple[nodes.Action, ...], coded: str | None) -> tuple[nodes.Action, ...]:
        if not any(one.code for one in actions):
            return actions
        codes = [make_code(ACTION_NUMBERING, rank, coded) for rank in range(1, len(actions) + 1)]
        return tuple(replace(one, code=code) for one, code in zip(actions, codes, strict=True))
