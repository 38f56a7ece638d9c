"""Random verbs on a tree, as many officers would call them: on what each has read, which may be stale or gone."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier
from time import monotonic
from typing import Any

from django.db import connections

from accounts.models import User
from actions import edits as actions
from actions.models import Action, Clause
from drafts import bulk
from drafts.restoring import restore
from drafts.undo import redo, redoable, undo, undoable
from indicators import edits as indicators
from indicators.models import Indicator
from objectives import edits
from objectives.changes import Refused, Stale
from objectives.models import Change, Contract, Level, Objective

VERBS = (
    "add",
    "add",
    "move",
    "move",
    "move",
    "change",
    "delete",
    "add_item",
    "change_item",
    "move_item",
    "delete_item",
    "undo",
    "undo",
    "redo",
    "restore",
    "bulk_tag",
    "bulk_move",
)
ADDERS = (
    lambda node, **how: actions.add_action(node, title="Action", **how),
    lambda node, **how: actions.add_clause(node, text="Clause", **how),
    lambda node, **how: indicators.add_indicator(node, title="Indicateur", **how),
)
CHANGERS = {
    Action: lambda item, text, **how: actions.change_action(item, title=text, **how),
    Clause: lambda item, text, **how: actions.change_clause(item, text=text, **how),
    Indicator: lambda item, text, **how: indicators.change_indicator(item, title=text, **how),
}
MOVERS = {Action: actions.move_action, Clause: actions.move_clause, Indicator: indicators.move_indicator}
DELETERS = {Action: actions.delete_action, Clause: actions.delete_clause, Indicator: indicators.delete_indicator}


class Officer:
    """Calls random verbs; `seen` is what it read last, `done` counts what came of its calls."""

    def __init__(self, contract: Contract, random: Random, by: User | None = None) -> None:
        self.contract, self.random, self.by = contract, random, by
        self.levels = list(Level.objects.filter(contract=contract))
        self.done: Counter[str] = Counter()
        self.look()

    def look(self) -> None:
        """Reads the tree, before any lock."""
        self.seen = list(Objective.objects.of(self.contract).select_related("contract"))
        self.items = [
            item for model in MOVERS for item in model.objects.filter(contract=self.contract).select_related("contract")
        ]

    def act(self) -> str:
        """One random verb on what was seen; returns what came of it."""
        verb = self.random.choice(VERBS)
        try:
            getattr(self, f"_{verb}")()
        except (Refused, Stale) as refusal:
            outcome = type(refusal).__name__
        else:
            outcome = "done"
        self.done[outcome] += 1
        return outcome

    def _node(self) -> Objective | None:
        return self.random.choice([*self.seen, None])

    def _rank(self) -> int | None:
        return self.random.choice([None, 0, 1, 2, 99])

    def _add(self) -> None:
        level, title = self.random.choice(self.levels), f"Neuf {self.random.random()}"
        under, rank = self._node(), self._rank()
        node = edits.add_objective(self.contract, level=level, title=title, under=under, position=rank, by=self.by)
        self.seen.append(node)

    def _move(self) -> None:
        if node := self._node():
            edits.move_objective(
                node, under=self._node(), position=self._rank(), by=self.by, revision=self._revision(node)
            )

    def _change(self) -> None:
        if node := self._node():
            cited = [{"text": "Cf.", "targets": [other.key]} for other in [self._node()] if other]
            title = f"Titre {self.random.random()}"
            edits.change_objective(node, title=title, references=cited, by=self.by, revision=node.revision)

    def _delete(self) -> None:
        if node := self._node():
            edits.delete_objective(node, with_all=self.random.random() < 0.5, by=self.by, revision=self._revision(node))

    def _add_item(self) -> None:
        if node := self._node():
            self.items.append(self.random.choice(ADDERS)(node, position=self._rank(), by=self.by))

    def _change_item(self) -> None:
        if self.items:
            item = self.random.choice(self.items)
            CHANGERS[type(item)](item, f"Texte {self.random.random()}", by=self.by, revision=item.revision)

    def _move_item(self) -> None:
        if self.items:
            item = self.random.choice(self.items)
            MOVERS[type(item)](
                item, position=self._rank(), under=self._node(), by=self.by, revision=self._revision(item)
            )

    def _delete_item(self) -> None:
        if self.items:
            item = self.items.pop(self.random.randrange(len(self.items)))
            DELETERS[type(item)](item, by=self.by, revision=self._revision(item))

    def _undo(self) -> None:
        if undoable(self.contract, by=self.by):
            undo(self.contract, by=self.by)

    def _redo(self) -> None:
        if redoable(self.contract, by=self.by):
            redo(self.contract, by=self.by)

    def _restore(self) -> None:
        deleted = Change.objects.filter(contract=self.contract, verb__startswith="delete_").order_by("-pk")[:5]
        if deleted:
            restore(self.random.choice(list(deleted)), by=self.by, under=self._node())

    def _bulk_tag(self) -> None:
        bulk.tag_objectives(self.contract, self._some(), add=[self.random.choice("abc")], remove=["PRE"], by=self.by)

    def _bulk_move(self) -> None:
        bulk.move_objectives(self.contract, self._some(), under=self._node(), position=self._rank(), by=self.by)

    def _some(self) -> list[tuple[Objective, int]]:
        return [(one, one.revision) for one in self.random.sample(self.seen, min(2, len(self.seen)))]

    def _revision(self, thing: Objective | Action | Clause | Indicator) -> int | None:
        """Most often what was seen; None, now and then, as a door does that reads under the lock."""
        return self.random.choice([thing.revision, thing.revision, None])


def at_once(tasks: list[Callable[[], Any]], *, within: float = 60) -> list[Any]:
    """Runs the tasks each in its own thread and connection, released together; returns what they return."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=10)
            return task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.result(timeout=within) for future in [pool.submit(run, task) for task in tasks]]


def write_together(contract: Contract, people: list[User], *, seconds: float) -> Counter[str]:
    """All those people write in one contract for so long; returns what came of their calls. An error is raised."""

    def officer(seed: int, person: User) -> Callable[[], Counter[str]]:
        def work() -> Counter[str]:
            acting = Officer(Contract.objects.get(pk=contract.pk), Random(seed), by=person)
            end = monotonic() + seconds
            while monotonic() < end:
                acting.act()
                if acting.random.random() < 0.3:
                    acting.look()
            return acting.done

        return work

    tasks = [officer(seed, person) for seed, person in enumerate(people)]
    return sum(at_once(tasks, within=seconds + 60), Counter())
