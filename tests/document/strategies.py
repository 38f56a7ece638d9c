"""Random documents: `documents()` is any that the format admits, `sound_documents()` any without a fault to find."""

from collections import Counter
from dataclasses import replace
from string import ascii_lowercase, digits
from typing import NamedTuple

from hypothesis import strategies as st

from document.codes import make_code
from document.nodes import (
    ITEMS,
    Action,
    Clause,
    Contract,
    DeclaredCount,
    Document,
    Indicator,
    Level,
    Neighbourhood,
    Note,
    Objective,
    Reference,
)
from document.walk import count, count_branch
from tests.document.texts import rich_texts, texts

NUMBERINGS = (
    "{n}",
    "{parent}.{n}",
    "{A}",
    "#{n}",
    "{parent}{a}",
    "OS {n}",
    "{I}",
    "{parent}.{i}",
    "({a})",
    "{n}/{parent}",
)


def some(strategy: st.SearchStrategy, most: int = 3) -> st.SearchStrategy[tuple]:
    """A tuple of few, most often of none."""
    return st.just(()) | st.lists(strategy, max_size=most).map(tuple)


def once(values: st.SearchStrategy, most: int = 3) -> st.SearchStrategy[tuple]:
    """A tuple of few, each once, most often of none."""
    return st.just(()) | st.lists(values, max_size=most, unique=True).map(tuple)


class _Keys:
    """Keys of one document, each different whatever is drawn: they end with a serial number."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.given = draw, 0

    def __call__(self) -> str:
        self.given += 1
        return self.draw(st.sampled_from(["", "axe-", "1-1-", "a-", f"{'cle-' * 25}"])) + str(self.given)


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    years = st.none() | st.integers(1900, 2199)
    return Contract(
        slug=draw(st.text(ascii_lowercase + digits, min_size=1, max_size=20)),
        title=draw(texts()),
        territory=draw(texts()),
        start_year=draw(years),
        end_year=draw(years),
        summary=draw(rich_texts()),
        sources=draw(some(texts())),
    )


@st.composite
def level_lists(draw: st.DrawFn, *, least: int = 1) -> tuple[Level, ...]:
    numberings = st.none() | st.sampled_from(NUMBERINGS)
    return tuple(
        Level(key=f"niveau-{rank}", name=draw(texts()), plural=draw(texts()), numbering=draw(numberings))
        for rank in range(draw(st.integers(least, 5)))
    )


@st.composite
def documents(draw: st.DrawFn, *, most: int = 8) -> Document:
    """Any document that the format admits, of up to `most` objectives; levels are skipped, and at times disordered."""
    levels = draw(level_lists())
    quarters = draw(once(st.from_regex(r"Q[PN]0[0-9]{5}", fullmatch=True) | texts()))
    new_key = _Keys(draw)
    depths = draw(_depths(most))
    keys = [new_key() for _ in depths]
    counts = some(
        st.builds(
            DeclaredCount, of=st.sampled_from([*(level.key for level in levels), *ITEMS]), count=st.integers(0, 999_999)
        )
    )
    targets = once(st.sampled_from(keys)) if keys else st.just(())
    references = some(st.builds(Reference, text=texts(), targets=targets), 2)
    remarks = some(rich_texts(), 2)
    codes = st.none() | texts(12)

    def actions() -> tuple[Action, ...]:
        return tuple(
            Action(
                key=new_key(),
                code=draw(codes),
                title=draw(texts()),
                description=draw(rich_texts()),
                references=draw(references),
                remarks=draw(remarks),
            )
            for _ in range(draw(_few))
        )

    def clauses() -> tuple[Clause, ...]:
        return tuple(Clause(key=new_key(), text=draw(rich_texts()), remarks=draw(remarks)) for _ in range(draw(_few)))

    def indicators() -> tuple[Indicator, ...]:
        return tuple(
            Indicator(
                key=new_key(),
                title=draw(texts()),
                kind=draw(st.sampled_from(["count", "rate", "appreciation", "document", "other"])),
                unit=draw(texts()),
                breakdown=draw(once(st.sampled_from(["F/H", "F/G"]))),
                baseline=draw(texts()),
                target=draw(texts()),
                remarks=draw(remarks),
            )
            for _ in range(draw(_few))
        )

    notes = some(st.builds(Note, kind=st.sampled_from(["funding", "scope", "other"]), text=rich_texts()), 2)

    def objective(key: str, depth: int, children: tuple[Objective, ...]) -> Objective:
        deep_enough = [level.key for level in levels[depth:]] or [levels[-1].key]
        return Objective(
            key=key,
            level=draw(st.sampled_from(deep_enough) | st.sampled_from([level.key for level in levels])),
            code=draw(codes),
            title=draw(texts()),
            description=draw(rich_texts()),
            transversal=draw(st.booleans()),
            tags=draw(once(texts())),
            neighbourhoods=draw(once(st.sampled_from(quarters))) if quarters else (),
            notes=draw(notes),
            declared=draw(counts),
            remarks=draw(remarks),
            references=draw(references),
            actions=actions(),
            clauses=clauses(),
            indicators=indicators(),
            children=children,
        )

    return Document(
        contract=draw(contracts()),
        levels=levels,
        declared=draw(counts),
        remarks=draw(remarks),
        neighbourhoods=tuple(Neighbourhood(code=code, name=draw(texts())) for code in quarters),
        objectives=_grown(list(zip(keys, depths, strict=True)), objective),
    )


class _Stand(NamedTuple):
    """Of an objective being made: its key, the rank of its level, the key of the nearest coded one up from itself."""

    key: str
    level: int
    coded: str | None


@st.composite
def sound_documents(draw: st.DrawFn, *, most: int = 12) -> Document:
    """A document without a fault: numbered as its levels say, some of them skipped, counts true, nothing lacking."""
    deeper = draw(st.lists(st.sampled_from([None, "{parent}.{n}", "{parent}-{n}", "OS {n}", "({a})"]), max_size=4))
    numberings = [draw(st.sampled_from(["{n}", "{A}", "#{n}"])), *_each_once(deeper)]
    levels = tuple(
        Level(key=f"niveau-{rank}", name=f"Niveau {rank}", plural=f"Niveaux {rank}", numbering=numbering)
        for rank, numbering in enumerate(numberings)
    )
    depths = draw(_depths(most).filter(bool))
    numbers: Counter[tuple[str, str | None]] = Counter()
    above: list[_Stand] = []
    made: dict[str, tuple[int, str | None]] = {}
    spots = []
    for serial, wanted in enumerate(depths):
        del above[wanted:]
        while above and above[-1].level == len(levels) - 1:
            above.pop()
        key, parent = f"o-{serial}", above[-1] if above else None
        rank = draw(st.integers(parent.level + 1, len(levels) - 1)) if parent else 0
        numbering, coded = numberings[rank], parent.coded if parent else None
        code = None
        if numbering is not None:
            # Codes that extend count on under the coded ancestor, whatever lies between; the others under the parent.
            under = coded if "{parent}" in numbering else parent.key if parent else None
            numbers[numbering, under] += 1
            code = make_code(numbering, numbers[numbering, under], made[coded][1] if coded else None)
        made[key] = rank, code
        spots.append((key, len(above)))
        above.append(_Stand(key, rank, key if code else coded))

    def objective(key: str, depth: int, children: tuple[Objective, ...]) -> Objective:
        rank, code = made[key]
        actions = (
            () if children else (Action(key=f"{key}-a", code=code and f"{code}.a", title="Former des médiateurs"),)
        )
        node = Objective(
            key=key,
            level=levels[rank].key,
            code=code,
            title="Favoriser l’accès aux droits",
            actions=actions,
            clauses=() if children else (Clause(key=f"{key}-c", text="L’opérateur s’engage"),),
            indicators=() if children else (Indicator(key=f"{key}-i", title="Nombre de personnes formées"),),
            children=children,
        )
        below = count_branch(node)
        return replace(node, declared=tuple(DeclaredCount(of=of, count=below[of]) for of in (*ITEMS, "niveau-0")))

    document = Document(
        contract=Contract(slug="essai", title="Contrat d’essai", territory="Essai", start_year=2024, end_year=2030),
        levels=levels,
        objectives=_grown(spots, objective),
    )
    return replace(document, declared=tuple(DeclaredCount(of=of, count=n) for of, n in count(document).items()))


def _each_once(numberings: list[str | None]) -> list[str | None]:
    """Levels that share a pattern print the same codes; only those that extend another code may."""
    return [
        numbering
        for rank, numbering in enumerate(numberings)
        if numbering in (None, "{parent}.{n}") or numbering not in numberings[:rank]
    ]


_few = st.sampled_from([0, 0, 0, 1, 2])


@st.composite
def _depths(draw: st.DrawFn, most: int) -> list[int]:
    """Depths in reading order: the first is a root, each at most one deeper than the one before it."""
    steps = draw(st.lists(st.integers(-3, 1), max_size=most))
    found: list[int] = []
    for step in steps:
        found.append(max(0, min(found[-1] + step, 19)) if found else 0)
    return found


def _grown(spots, make) -> tuple[Objective, ...]:
    """The trees of those (key, depth) in reading order; `make(key, depth, children)` from the last to the first."""
    waiting: dict[int, list[Objective]] = {}
    for key, depth in reversed(spots):
        children = tuple(reversed(waiting.pop(depth + 1, [])))
        waiting.setdefault(depth, []).append(make(key, depth, children))
    return tuple(reversed(waiting.get(0, [])))
