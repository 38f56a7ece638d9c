"""The nodes of a contract as frozen values: what every source produces and every output reads."""

from dataclasses import dataclass, field
from typing import Any, Literal

NoteKind = Literal["funding", "scope", "other"]
IndicatorKind = Literal["count", "rate", "appreciation", "document", "other"]
Breakdown = Literal["F/H", "F/G"]

#: Longest title of a node, in characters: wordings are sentences of 20 to 500 characters.
TITLE_LENGTH = 2_000
#: Longest free text (description, clause, remark, summary), in characters.
TEXT_LENGTH = 50_000
#: Longest name of a territory, which is looked up as a whole.
NAME_LENGTH = 500
#: Longest code, key, slug or name of a level.
WORD_LENGTH = 120
#: Deepest tree that is kept; the deepest contract known has four levels.
DEPTH_LIMIT = 20

_title = {"limit": TITLE_LENGTH}
_text = {"limit": TEXT_LENGTH}


def _key() -> Any:
    return field(metadata={"key": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """The head of a document: which contract, of which territory, over which years (None: not stated)."""

    slug: str = field(metadata={"key": True})
    title: str = field(metadata=_title)
    territory: str = field(metadata={"limit": NAME_LENGTH})
    start_year: int | None = None
    end_year: int | None = None
    summary: str = field(default="", metadata=_text)
    sources: tuple[str, ...] = field(default=(), metadata=_text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level of the tree in the contract's own words; `numbering` is a pattern of `codes.py`, None: no codes."""

    key: str = _key()
    name: str
    plural: str
    numbering: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredCount:
    """A count that the signed text states of itself; `of` is a level's key, "actions", "clauses" or "indicators"."""

    of: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """A quartier prioritaire: `code` is QP or QN and six digits where the State gave one."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A mention under an objective: a funding priority, a limit of scope, or other."""

    kind: NoteKind = "other"
    text: str = field(metadata=_text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A « Cf. … » of the text, with the keys of the objectives it names; no key: it could not be resolved."""

    text: str = field(metadata=_text)
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An action of an operational objective; `code` is what is printed, None where nothing is."""

    key: str = _key()
    code: str | None = None
    title: str = field(metadata=_title)
    description: str = field(default="", metadata=_text)
    references: tuple[Reference, ...] = ()
    remarks: tuple[str, ...] = field(default=(), metadata=_text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What an operator commits to: one item of the cahier des charges of an objective."""

    key: str = _key()
    text: str = field(metadata=_text)
    remarks: tuple[str, ...] = field(default=(), metadata=_text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """An evaluation indicator; `baseline` and `target` are as written by the officer (« 45 % en 2014 »)."""

    key: str = _key()
    title: str = field(metadata=_title)
    kind: IndicatorKind = "other"
    unit: str = ""
    breakdown: tuple[Breakdown, ...] = ()
    baseline: str = field(default="", metadata=_title)
    target: str = field(default="", metadata=_title)
    remarks: tuple[str, ...] = field(default=(), metadata=_text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """A node of the tree, whatever its level (axis, pillar, objective…); order is the order of the tuples."""

    key: str = _key()
    level: str
    code: str | None = None
    title: str = field(metadata=_title)
    description: str = field(default="", metadata=_text)
    transversal: bool = False
    tags: tuple[str, ...] = ()
    neighbourhoods: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    declared: tuple[DeclaredCount, ...] = ()
    remarks: tuple[str, ...] = field(default=(), metadata=_text)
    references: tuple[Reference, ...] = ()
    actions: tuple[Action, ...] = ()
    clauses: tuple[Clause, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    children: tuple["Objective", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole contract: its head, its words, what it says of itself, and its tree."""

    contract: Contract
    levels: tuple[Level, ...] = ()
    declared: tuple[DeclaredCount, ...] = ()
    remarks: tuple[str, ...] = field(default=(), metadata=_text)
    neighbourhoods: tuple[Neighbourhood, ...] = ()
    objectives: tuple[Objective, ...] = ()

    def level(self, key: str) -> Level | None:
        """The level of that key, or None."""
        return next((level for level in self.levels if level.key == key), None)


#: The kinds of things that hang under an objective, by the name of the field that holds them.
ITEMS = ("actions", "clauses", "indicators")
