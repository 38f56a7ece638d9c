"""Random verbs on a tree, as many officers would call them: on what each has read, which may be stale or gone."""

from collections import Counter
from random import Random

from actions import edits as actions
from actions.models import Action, Clause
from indicators import edits as indicators
from indicators.models import Indicator
from objectives import edits
from objectives.changes import Refused, Stale
from objectives.models import Contract, Level, Objective

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
)
ADDERS = (
    lambda node, rank: actions.add_action(node, title="Action", position=rank, by=None),
    lambda node, rank: actions.add_clause(node, text="Clause", position=rank, by=None),
    lambda node, rank: indicators.add_indicator(node, title="Indicateur", position=rank, by=None),
)
CHANGERS = {
    Action: lambda item, text: actions.change_action(item, title=text, by=None, revision=item.revision),
    Clause: lambda item, text: actions.change_clause(item, text=text, by=None, revision=item.revision),
    Indicator: lambda item, text: indicators.change_indicator(item, title=text, by=None, revision=item.revision),
}
MOVERS = {Action: actions.move_action, Clause: actions.move_clause, Indicator: indicators.move_indicator}
DELETERS = {Action: actions.delete_action, Clause: actions.delete_clause, Indicator: indicators.delete_indicator}


class Officer:
    """Calls random verbs; `seen` is what it read last, `done` counts what came of its calls."""

    def __init__(self, contract: Contract, random: Random) -> None:
        self.contract, self.random = contract, random
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
        node = edits.add_objective(self.contract, level=level, title=title, under=under, position=rank, by=None)
        self.seen.append(node)

    def _move(self) -> None:
        if node := self._node():
            edits.move_objective(
                node, under=self._node(), position=self._rank(), by=None, revision=self._revision(node)
            )

    def _change(self) -> None:
        if node := self._node():
            cited = [{"text": "Cf.", "targets": [other.key]} for other in [self._node()] if other]
            title = f"Titre {self.random.random()}"
            edits.change_objective(node, title=title, references=cited, by=None, revision=node.revision)

    def _delete(self) -> None:
        if node := self._node():
            edits.delete_objective(node, with_all=self.random.random() < 0.5, by=None, revision=self._revision(node))

    def _add_item(self) -> None:
        if node := self._node():
            self.items.append(self.random.choice(ADDERS)(node, self._rank()))

    def _change_item(self) -> None:
        if self.items:
            item = self.random.choice(self.items)
            CHANGERS[type(item)](item, f"Texte {self.random.random()}")

    def _move_item(self) -> None:
        if self.items:
            item = self.random.choice(self.items)
            MOVERS[type(item)](item, position=self._rank(), under=self._node(), by=None, revision=self._revision(item))

    def _delete_item(self) -> None:
        if self.items:
            item = self.items.pop(self.random.randrange(len(self.items)))
            DELETERS[type(item)](item, by=None, revision=self._revision(item))

    def _revision(self, thing: Objective | Action | Clause | Indicator) -> int | None:
        """Most often what was seen; None, now and then, as a door does that reads under the lock."""
        return self.random.choice([thing.revision, thing.revision, None])
