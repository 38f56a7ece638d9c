"""The words in which a contract speaks of its own tree (levels, tags, quartiers) and its head, as the API says them.

None bears a revision of its own: theirs is the draft's as it was read, and the log says whether they changed since.
"""

from collections.abc import Callable, Iterable
from dataclasses import MISSING, dataclass, fields
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from api.bodies import check_fields, read_fields
from document import nodes
from document.reading import read_part
from objectives import contract_edits, level_edits, neighbourhood_edits, tag_edits
from objectives.models import Contract, Level, Neighbourhood, Tag
from objectives.parts import plain_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TagName:
    """A tag as a value: the exchange format knows its name alone."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """A place in a list that has one level; None: the last."""

    position: int | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A kind of word: what it is called, its list in an address, its table, its value, the field that names one.

    `verbs` are those of its module; `fields` what a request may give; `ordered`: it has a rank among its likes.
    """

    word: str
    plural: str
    model: type[Any]
    node: type[Any]
    named: str
    verbs: Any
    value: Callable[[Any], Any]
    fields: frozenset[str]
    ordered: bool

    @property
    def shape(self) -> str:
        """The name of its component in the OpenAPI description."""
        return f"Draft{self.model.__name__}"

    @property
    def needed(self) -> tuple[str, ...]:
        """What a new one needs."""
        return tuple(one.name for one in fields(self.node) if one.name in self.fields and one.default is MISSING)

    def verb(self, gesture: str) -> Callable[..., Any]:
        """The verb that adds, changes, moves or deletes one."""
        found: Callable[..., Any] = getattr(self.verbs, f"{gesture}_{self.word}")
        return found

    def rows(self, contract: Contract) -> QuerySet[Any]:
        """Those of the contract, in their order."""
        return self.model.objects.filter(contract=contract)


LEVEL = Word(
    "level", "levels", Level, nodes.Level, "key", level_edits, level_edits.node_of, level_edits.CHANGEABLE, True
)
TAG = Word(
    "tag", "tags", Tag, TagName, "name", tag_edits, lambda tag: TagName(name=tag.name), frozenset(["name"]), False
)
NEIGHBOURHOOD = Word(
    "neighbourhood",
    "neighbourhoods",
    Neighbourhood,
    nodes.Neighbourhood,
    "code",
    neighbourhood_edits,
    neighbourhood_edits.node_of,
    neighbourhood_edits.CHANGEABLE,
    True,
)
WORDS = {word.plural: word for word in (LEVEL, TAG, NEIGHBOURHOOD)}


def find_word(word: Word, contract: Contract, key: str) -> Any:
    """The one of that key, tag's name or quartier's code; None when there is none."""
    found = None if "\0" in key else word.rows(contract).filter(**{word.named: key}).first()
    if found is not None:
        found.contract = contract
    return found


def word_rows(word: Word, rows: Iterable[Any], revision: int) -> list[dict[str, Any]]:
    """Words as the API says them, at that revision of the draft."""
    return [plain_of(word.value(row)) | {"revision": revision} for row in rows]


def word_row(row: Any) -> dict[str, Any]:
    """One word, at the revision of its contract."""
    word = next(word for word in WORDS.values() if isinstance(row, word.model))
    return word_rows(word, [row], row.contract.revision)[0]


def head_row(contract: Contract) -> dict[str, Any]:
    """The head of the draft, flat, at its revision."""
    return contract_edits.head_values(contract_edits.read_head(contract)) | {"revision": contract.revision}


def add_word(word: Word, contract: Contract, data: dict[str, Any], *, by: User | None) -> Any:
    """A new one, last or at its `position`. Raises DocumentError, Refused."""
    placing = frozenset({"position"}) if word.ordered else frozenset()
    check_fields(data, word.fields | placing, word.needed)
    place = {name: value for name, value in data.items() if name in placing}
    values = {name: value for name, value in data.items() if name in word.fields}
    _check_form(word, values)
    ranked = {"position": read_fields(Rank, place).position} if word.ordered else {}
    return word.verb("add")(contract, by=by, **ranked, **values)


def change_word(word: Word, row: Any, data: dict[str, Any], *, by: User | None, revision: int) -> Any:
    """The word with other values in the fields that the data name. Raises DocumentError, Stale, Refused."""
    check_fields(data, word.fields)
    _check_form(word, data)
    kept = plain_of(word.value(row))
    return word.verb("change")(row, by=by, revision=revision, **{name: kept[name] for name in word.fields} | data)


def move_word(word: Word, row: Any, data: dict[str, Any], *, by: User | None, revision: int) -> Any:
    """The word at another rank. Raises DocumentError, Stale."""
    return word.verb("move")(row, position=read_fields(Rank, data).position, by=by, revision=revision)


def change_head(contract: Contract, data: dict[str, Any], *, by: User | None, revision: int) -> Contract:
    """The head with other values in the fields that the data name. Raises DocumentError, Stale, Refused."""
    check_fields(data, contract_edits.CHANGEABLE)
    blank = {"slug": "contrat", "title": "", "territory": ""}
    own = {name: value for name, value in data.items() if name in contract_edits.OWN}
    read_part(nodes.Contract, blank | own)
    read_part(nodes.Document, {"contract": blank} | {name: value for name, value in data.items() if name not in own})
    return contract_edits.change_contract(contract, by=by, revision=revision, **data)


def _check_form(word: Word, data: dict[str, Any]) -> None:
    """Raises DocumentError for a value that is not of its field's form; what is not named is no fault here."""
    blank = {one.name: "mot" for one in fields(word.node) if one.default is MISSING}
    read_part(word.node, blank | data)
