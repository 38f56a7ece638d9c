"""Every way the quartiers prioritaires of a contract may change."""

from typing import Any

from accounts.models import User
from document import nodes
from objectives.changes import Entry, Refused, changing
from objectives.marks import bearers_of, touch_bearers
from objectives.models import Contract, Neighbourhood
from objectives.parts import changed, plain_of, revised
from objectives.staleness import check_since
from objectives.tree import rank

CHANGEABLE = frozenset(["code", "name"])
VERBS = (
    "add_neighbourhood",
    "change_neighbourhood",
    "move_neighbourhood",
    "delete_neighbourhood",
    "restore_neighbourhood",
)


def add_neighbourhood(
    contract: Contract, *, code: str, name: str, by: User | None, position: int | None = None
) -> Neighbourhood:
    """Adds a quartier, at that rank (None: last). Raises Refused for a code that is empty or taken."""
    with changing(contract, "add_neighbourhood", by=by) as entry:
        node = _revised(entry.contract, {"code": code, "name": name})
        quarter = Neighbourhood.objects.create(contract=entry.contract, code=node.code, name=node.name)
        quarter.position = rank(Neighbourhood.objects.filter(contract=entry.contract), quarter.pk, position)
        entry.key, entry.after = node.code, plain_of(node) | {"position": quarter.position}
    return quarter


def change_neighbourhood(
    quarter: Neighbourhood, *, by: User | None, revision: int | None, **changes: Any
) -> Neighbourhood:
    """Changes its code or name; `revision` is the contract's when it was shown. Raises Stale, Refused."""
    if unknown := set(changes) - CHANGEABLE:
        raise TypeError(f"change_neighbourhood ne change pas {', '.join(sorted(unknown))}")
    with changing(quarter.contract, "change_neighbourhood", by=by) as entry:
        kept = _kept(quarter, entry, revision)
        before = node_of(kept)
        node = _revised(entry.contract, plain_of(before) | changes, but=kept)
        if node.code != kept.code:
            touch_bearers(kept, entry.revision)
        kept.code, kept.name = node.code, node.name
        kept.save(update_fields=["code", "name"])
        entry.key, (entry.before, entry.after) = kept.code, changed(before, node)
    return kept


def move_neighbourhood(
    quarter: Neighbourhood, *, position: int | None, by: User | None, revision: int | None
) -> Neighbourhood:
    """Gives a quartier that rank (None: last). Raises Stale, Refused."""
    with changing(quarter.contract, "move_neighbourhood", by=by) as entry:
        kept = _kept(quarter, entry, revision)
        entry.key, entry.before = kept.code, {"position": kept.position}
        kept.position = rank(Neighbourhood.objects.filter(contract=entry.contract), kept.pk, position)
        entry.after = {"position": kept.position}
    return kept


def delete_neighbourhood(quarter: Neighbourhood, *, by: User | None, revision: int | None) -> int:
    """Deletes a quartier and takes it off its objectives; returns how many named it. Raises Stale, Refused."""
    with changing(quarter.contract, "delete_neighbourhood", by=by) as entry:
        kept = _kept(quarter, entry, revision)
        bearers, place = bearers_of(kept), {"position": kept.position}
        entry.key, entry.before = kept.code, plain_of(node_of(kept)) | place | {"objectives": bearers}
        touch_bearers(kept, entry.revision)
        kept.delete()
        rank(Neighbourhood.objects.filter(contract=entry.contract))
    return len(bearers)


def node_of(quarter: Neighbourhood) -> nodes.Neighbourhood:
    """The quartier as a node of the exchange format."""
    return nodes.Neighbourhood(code=quarter.code, name=quarter.name)


def _kept(quarter: Neighbourhood, entry: Entry, revision: int | None) -> Neighbourhood:
    kept: Neighbourhood = entry.kept(quarter)
    check_since(entry.contract, kept, verbs=VERBS, key=kept.code, revision=revision)
    return kept


def _revised(contract: Contract, values: dict[str, Any], but: Neighbourhood | None = None) -> nodes.Neighbourhood:
    # A code is one word in capitals: what is pasted with spaces around is the same code.
    values = values | {"code": values["code"].strip()}
    said = {"code": "Donnez le code du quartier (QP ou QN suivi de six caractères).", "name": "Nommez ce quartier."}
    if missing := {name: text for name, text in said.items() if not (values[name] or "").strip()}:
        raise Refused(missing)
    node: nodes.Neighbourhood = revised(nodes.Neighbourhood, values)
    others = Neighbourhood.objects.filter(contract=contract, code=node.code)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise Refused({"code": f"Ce contrat a déjà un quartier « {node.code} »."})
    return node
