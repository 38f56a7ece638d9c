"""What a request asks of a draft, told to the verbs: the same for an address of its own and for a step of a batch."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from actions import edits as actions
from api.bodies import check_fields, read_fields
from api.nodes import OBJECTIVE, Kind, find
from document.faults import DocumentError, Fault
from indicators import edits as indicators
from objectives import edits as objectives
from objectives.changes import Refused
from objectives.models import Contract, Level, Objective

VERBS = {
    f"{gesture}_{word}": getattr(module, f"{gesture}_{word}")
    for module, words in (
        (objectives, ("objective",)),
        (actions, ("action", "clause")),
        (indicators, ("indicator",)),
    )
    for word in words
    for gesture in ("add", "change", "move", "delete")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where a node goes; without `under` it stays under the same one, without `position` it comes last."""

    under: str | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """How an objective goes: `with_all`, all that stands below it goes too."""

    with_all: bool = False


def add(kind: Kind, contract: Contract, data: dict[str, Any], *, by: User | None) -> Any:
    """A new node, of its fields with `under` and `position`. Raises DocumentError, Refused."""
    placing = frozenset({"under", "position"})
    needed = kind.needed if kind is OBJECTIVE else ("under", *kind.needed)
    check_fields(data, kind.fields | placing, needed)
    place = read_fields(Move, {name: value for name, value in data.items() if name in placing})
    values = {name: value for name, value in data.items() if name not in placing}
    if kind is OBJECTIVE:
        values["level"] = _level(contract, read_fields(_Named, {"level": values["level"]}).level)
        above = {"under": _objective(contract, place.under)}
        return VERBS["add_objective"](contract, by=by, position=place.position, **above, **values)
    holder = _objective(contract, place.under)
    if holder is None:
        raise DocumentError([Fault("under", "la clé de l’objectif qui la porte est attendue ici.")])
    return VERBS[f"add_{kind.word}"](holder, by=by, position=place.position, **values)


def change(kind: Kind, row: Any, data: dict[str, Any], *, by: User | None, revision: int | None) -> Any:
    """The node with other values in the fields that the data name. Raises DocumentError, Stale, Refused."""
    check_fields(data, kind.fields)
    return VERBS[f"change_{kind.word}"](row, by=by, revision=revision, **data)


def move(kind: Kind, row: Any, data: dict[str, Any], *, by: User | None, revision: int | None) -> Any:
    """The node at another place. Raises DocumentError, Stale, Refused."""
    place = read_fields(Move, data)
    under = _objective(row.contract, place.under) if "under" in data else getattr(row, kind.holder)
    if under is None and kind is not OBJECTIVE:
        raise Refused({"under": "Dites sous quel objectif."})
    verb = VERBS[f"move_{kind.word}"]
    return verb(row, under=under, position=place.position, by=by, revision=revision)


def delete(kind: Kind, row: Any, data: dict[str, Any], *, by: User | None, revision: int | None) -> None:
    """The node goes, with what it holds. Raises DocumentError, Stale, Refused for others below without `with_all`."""
    if kind is OBJECTIVE:
        objectives.delete_objective(row, by=by, revision=revision, with_all=read_fields(Removal, data).with_all)
    else:
        check_fields(data, frozenset())
        VERBS[f"delete_{kind.word}"](row, by=by, revision=revision)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    level: str


def _level(contract: Contract, key: str) -> Level:
    found = Level.objects.filter(contract=contract, key=key).first()
    if found is None:
        raise Refused({"level": f"Le contrat n’a pas de niveau « {key} »."})
    return found


def _objective(contract: Contract, key: str | None) -> Objective | None:
    """The objective of that key; None is the root of the tree. Raises Refused when there is none."""
    if key is None:
        return None
    found: Objective | None = find(OBJECTIVE, contract, key)
    if found is None:
        raise Refused({"under": f"Aucun objectif n’a la clé « {key} »."})
    return found
