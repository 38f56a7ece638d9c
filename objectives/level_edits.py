"""Every way the levels of a contract may change: the words in which it names its own tree."""

from typing import Any

from django.utils.text import slugify

from accounts.models import User
from document import nodes
from document.nodes import WORD_LENGTH
from objectives.changes import Entry, Refused, changing
from objectives.models import Contract, DeclaredCount, Level, Objective
from objectives.parts import changed, plain_of, revised
from objectives.staleness import check_since
from objectives.tree import rank

#: What `change_level` may change; its key is given once, documents name it.
CHANGEABLE = frozenset(["name", "plural", "numbering"])
VERBS = ("add_level", "change_level", "move_level", "delete_level")


def add_level(
    contract: Contract,
    *,
    name: str,
    plural: str,
    by: User | None,
    numbering: str | None = None,
    position: int | None = None,
) -> Level:
    """Adds a level, at that rank from the top (None: last). Raises Refused with what is wrong in it."""
    with changing(contract, "add_level", by=by) as entry:
        key = _free_key(entry.contract, name)
        node = _revised(key, {"name": name, "plural": plural, "numbering": numbering})
        level = Level.objects.create(contract=entry.contract, **plain_of(node))
        level.position = rank(Level.objects.filter(contract=entry.contract), level.pk, position)
        entry.key, entry.after = key, plain_of(node) | {"position": level.position}
    return level


def change_level(level: Level, *, by: User | None, revision: int | None, **changes: Any) -> Level:
    """Changes its name, plural or numbering; `revision` is the contract's when it was shown. Raises Stale, Refused."""
    if unknown := set(changes) - CHANGEABLE:
        raise TypeError(f"change_level ne change pas {', '.join(sorted(unknown))}")
    with changing(level.contract, "change_level", by=by) as entry:
        kept = _kept(level, entry, revision)
        before = node_of(kept)
        node = _revised(kept.key, plain_of(before) | changes)
        kept.name, kept.plural, kept.numbering = node.name, node.plural, node.numbering
        kept.save(update_fields=["name", "plural", "numbering"])
        entry.key, (entry.before, entry.after) = kept.key, changed(before, node)
    return kept


def move_level(level: Level, *, position: int | None, by: User | None, revision: int | None) -> Level:
    """Gives a level that rank from the top (None: last). Raises Stale, Refused."""
    with changing(level.contract, "move_level", by=by) as entry:
        kept = _kept(level, entry, revision)
        entry.key, entry.before = kept.key, {"position": kept.position}
        kept.position = rank(Level.objects.filter(contract=entry.contract), kept.pk, position)
        entry.after = {"position": kept.position}
    return kept


def delete_level(level: Level, *, by: User | None, revision: int | None) -> None:
    """Deletes a level that nothing bears and no count names. Raises Stale, Refused."""
    with changing(level.contract, "delete_level", by=by) as entry:
        kept = _kept(level, entry, revision)
        if bearing := Objective.objects.of(entry.contract).filter(level=kept).count():
            said = f"{bearing} objectif(s) sont à ce niveau : donnez-leur-en un autre d’abord."
            raise Refused(f"Le niveau « {kept} » ne peut pas être supprimé. {said}")
        if DeclaredCount.objects.filter(contract=entry.contract, of=kept.key).exists():
            raise Refused(f"Le niveau « {kept} » ne peut pas être supprimé : un effectif annoncé le nomme.")
        entry.key, entry.before = kept.key, plain_of(node_of(kept)) | {"position": kept.position}
        kept.delete()
        rank(Level.objects.filter(contract=entry.contract))


def node_of(level: Level) -> nodes.Level:
    """The level as a node of the exchange format."""
    return nodes.Level(key=level.key, name=level.name, plural=level.plural, numbering=level.numbering)


def _revised(key: str, values: dict[str, Any]) -> nodes.Level:
    cleaned = values | {"key": key, "numbering": (values.get("numbering") or "").strip() or None}
    node: nodes.Level = revised(nodes.Level, cleaned)
    said = {"name": "Nommez ce niveau.", "plural": "Donnez le pluriel de ce nom."}
    if missing := {name: text for name, text in said.items() if not getattr(node, name)}:
        raise Refused(missing)
    return node


def _free_key(contract: Contract, name: str) -> str:
    stem = slugify(name)[: WORD_LENGTH - 5].strip("-").replace("_", "-") or "niveau"
    if stem in nodes.ITEMS:  # these words count actions, clauses and indicators
        stem = f"niveau-{stem}"
    taken = set(Level.objects.filter(contract=contract).values_list("key", flat=True))
    return next(key for key in [stem, *(f"{stem}-{rank}" for rank in range(2, len(taken) + 3))] if key not in taken)


def _kept(level: Level, entry: Entry, revision: int | None) -> Level:
    kept: Level = entry.kept(level)
    check_since(entry.contract, kept, verbs=VERBS, key=kept.key, revision=revision)
    return kept
