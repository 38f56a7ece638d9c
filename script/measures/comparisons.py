"""Two versions of 30,000 objectives compared, against a plain diff of their JSON; two contracts matched."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from document.codec import to_plain
from document.compare import apply_changes, compare
from document.matching import match
from document.nodes import Action, Document, Objective
from script.measures.report import Line
from script.measures.trees import document_of

TIMES = 3


def measure_comparisons() -> Iterator[Line]:
    """The shortest of several times. A plain diff tells no move from a deletion and an addition, and knows no word."""
    for shape, name in (((10, 30, 9), "3 000"), ((30, 33, 30), "30 000")):
        before = _filled(document_of("avant", *shape))
        after = _amended(before)
        data = to_plain(before), to_plain(after)
        changes, ours = _shortest(compare, before, after)
        differences, floor = _shortest(lambda *both: list(diff_plainly("", *both)), *data)
        if apply_changes(before, changes) != after:
            raise RuntimeError("la comparaison est incomplète")
        told = f"{name} objectifs : {len(changes)} changements, {len(differences)} écarts de JSON"
        yield Line(told, f"{ours:,.2f} s", f"{floor:,.2f} s", floor / ours)
    first, second = (_worded(document_of(slug, 30, 9, 9), slug) for slug in ("ancien", "nouveau"))
    found, spent = _shortest(match, first, second)
    yield Line(f"rapprocher 3 000 objectifs de 3 000 : {len(found.pairs)} paires", f"{spent:,.2f} s", "", 0)


def diff_plainly(path: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    """Where two values of JSON differ: objects by their keys, lists by the ranks of their items."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in {**before, **after}:
            yield from diff_plainly(f"{path}/{name}", before.get(name), after.get(name))
    elif isinstance(before, list) and isinstance(after, list):
        for rank in range(max(len(before), len(after))):
            one = before[rank] if rank < len(before) else None
            other = after[rank] if rank < len(after) else None
            yield from diff_plainly(f"{path}/{rank}", one, other)
    elif before != after:
        yield path, before, after


def _shortest(run: Callable[..., Any], *values: Any) -> tuple[Any, float]:
    spent = []
    for _ in range(TIMES):
        start = time.perf_counter()
        found = run(*values)
        spent.append(time.perf_counter() - start)
    return found, min(spent)


def _changed(document: Document, change: Callable[[Objective], Objective]) -> Document:
    """The document with every objective changed, the lowest first."""

    def walk(node: Objective) -> Objective:
        return change(replace(node, children=tuple(walk(child) for child in node.children)))

    return replace(document, objectives=tuple(walk(node) for node in document.objectives))


def _filled(document: Document) -> Document:
    """One action under each lowest objective."""

    def fill(node: Objective) -> Objective:
        own = (Action(key=f"{node.key}-a", title=f"Action de {node.title}"),)
        return node if node.children else replace(node, actions=own)

    return _changed(document, fill)


def _amended(document: Document) -> Document:
    """One objective in twenty reworded, and here and there one that goes, comes, or changes place."""
    chance, aside = random.Random(4), []

    def amend(node: Objective) -> Objective:
        children = list(node.children)
        if children and not children[0].children:
            if chance.random() < 0.1:
                children.pop(chance.randrange(len(children)))
            if chance.random() < 0.1:
                children.append(Objective(key=f"{node.key}-neuf", level="objectif", title="Neuf"))
            if chance.random() < 0.1:
                children.insert(0, children.pop())
            if aside:
                children.append(aside.pop())
            if chance.random() < 0.1:
                aside.append(children.pop())
        title = f"{node.title}, élargi" if chance.random() < 0.05 else node.title
        return replace(node, title=title, children=tuple(children))

    return _changed(document, amend)


def _worded(document: Document, slug: str) -> Document:
    """Titles of a dozen words, most of them common; a third of those of one document differ in the other."""
    chance, other = random.Random(5), random.Random(slug)
    words = [f"mot{rank}" for rank in range(2_500)]

    def word(node: Objective) -> Objective:
        title = [chance.choice(words[:200] if chance.random() < 0.5 else words) for _ in range(12)]
        for rank in other.sample(range(12), 4):
            title[rank] = other.choice(words)
        return replace(node, title=" ".join(title))

    return _changed(document, word)
