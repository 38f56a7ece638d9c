"""Plays the change log again on a naive model of a draft: what the log says, in its order, must give the draft."""

from typing import Any

from document.codec import plain
from document.nodes import ITEMS, Document, Objective
from document.reading import read_part
from drafts.read import read_draft
from objectives.models import Change, Contract

#: The list of the format by the name of the model of its items.
LISTS = {"action": "actions", "clause": "clauses", "indicator": "indicators"}
NESTED = (*ITEMS, "children")


class Replay:
    """A draft as dicts: values by key, and the order of keys under each owner."""

    def __init__(self, document: Document) -> None:
        self.values: dict[str, dict[str, Any]] = {}
        self.order: dict[tuple[str | None, str], list[str]] = {(None, "children"): []}
        for node in document.objectives:
            self._grow(node, None)

    def _grow(self, node: Objective, under: str | None) -> None:
        whole = plain(node)
        self._insert(node.key, {name: one for name, one in whole.items() if name not in NESTED}, (under, "children"))
        for part in NESTED:
            self.order[node.key, part] = []
        for part in ITEMS:
            for item in whole[part]:
                self._insert(item["key"], item, (node.key, part))
        for child in node.children:
            self._grow(child, node.key)

    def play(self, contract: Contract, *, since: int) -> None:
        """Plays the rows of log after that revision; asserts that each finds what it says it found."""
        for change in Change.objects.filter(contract=contract, revision__gt=since).order_by("revision"):
            verb, _, kind = change.verb.partition("_")
            part = LISTS.get(kind, "children")
            getattr(self, f"_{verb}")(change, part)

    def _add(self, change: Change, part: str) -> None:
        values = dict(change.after)
        place = values.pop("objective" if part in ITEMS else "under")
        position = values.pop("position")
        self._insert(change.key, values, (place, part), position)
        if part == "children":
            self.order.update({(change.key, one): [] for one in NESTED})

    def _change(self, change: Change, part: str) -> None:
        kept = self.values[change.key]
        assert {name: kept[name] for name in change.before} == change.before
        kept.update(change.after)

    def _move(self, change: Change, part: str) -> None:
        owner = "objective" if part in ITEMS else "under"
        assert self._where(change.key, part) == (change.before[owner], change.before["position"])
        self.order[change.before[owner], part].remove(change.key)
        self.order[change.after[owner], part].insert(change.after["position"], change.key)

    def _delete(self, change: Change, part: str) -> None:
        before = dict(change.before)
        owner = before.pop("objective" if part in ITEMS else "under")
        assert self._where(change.key, part) == (owner, before.pop("position"))
        cited_by = before.pop("cited_by", [])
        assert self._whole(change.key, part) == before
        for one in cited_by:
            assert self.values[one["key"]]["references"] == one["references"]
        self.order[owner, part].remove(change.key)
        gone = self._forget(change.key, part)
        for values in self.values.values():
            for reference in values.get("references", ()):
                reference["targets"] = [key for key in reference["targets"] if key not in gone]

    def _restore(self, change: Change, part: str) -> None:
        values = dict(change.after)
        place = (values.pop("objective" if part in ITEMS else "under"), part)
        position, cited_by = values.pop("position"), values.pop("cited_by", [])
        if part in ITEMS:
            self._insert(change.key, values, place, position)
            return
        self._grow(read_part(Objective, values), place[0])
        self.order[place].insert(position, self.order[place].pop())
        for one in cited_by:
            self.values[one["key"]]["references"] = one["references"]

    def _insert(self, key: str, values: dict[str, Any], place: tuple[str | None, str], rank: int | None = None) -> None:
        self.values[key] = {"key": key} | values
        order = self.order[place]
        order.insert(len(order) if rank is None else rank, key)

    def _where(self, key: str, part: str) -> tuple[str | None, int]:
        return next(
            (owner, order.index(key)) for (owner, one), order in self.order.items() if one == part and key in order
        )

    def _whole(self, key: str, part: str) -> dict[str, Any]:
        if part in ITEMS:
            return self.values[key]
        return self.values[key] | {one: [self._whole(below, one) for below in self.order[key, one]] for one in NESTED}

    def _forget(self, key: str, part: str) -> set[str]:
        gone = {key}
        if part == "children":
            for one in NESTED:
                for below in self.order.pop((key, one)):
                    gone |= self._forget(below, one)
        del self.values[key]
        return gone

    def tree(self) -> list[dict[str, Any]]:
        """The objectives as plain data, as the exchange format has them."""
        return [self._whole(key, "children") for key in self.order[None, "children"]]


def check_log_gives(contract: Contract, *, start: Document, since: int) -> None:
    """Asserts that the log played on `start` gives the draft as it is read."""
    replay = Replay(start)
    replay.play(contract, since=since)
    assert replay.tree() == [plain(node) for node in read_draft(contract).objectives]
