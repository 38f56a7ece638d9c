"""How each change of a contract's own words is undone: levels, tags, quartiers, head, codes, and the whole draft."""

import gzip
from typing import Any

from accounts.models import User
from actions.models import Action
from document.codec import decode, digest, encode
from drafts.blame import blame
from drafts.inverses import check_fields, check_no_later_move
from drafts.read import read_draft
from drafts.write import write_draft
from objectives.changes import Refused, changing
from objectives.contract_edits import head_values, read_head, rewrite_head
from objectives.level_edits import delete_level, move_level
from objectives.level_edits import node_of as level_node
from objectives.marks import bearers_of, give_back, touch_bearers
from objectives.models import Change, Contract, Level, Neighbourhood, Objective, Tag
from objectives.neighbourhood_edits import delete_neighbourhood, move_neighbourhood
from objectives.neighbourhood_edits import node_of as quarter_node
from objectives.parts import plain_of
from objectives.tag_edits import delete_tag
from objectives.tree import rank, write_columns

#: Words of the contract, by the end of the name of their verbs: their model, and the field that names one.
NAMES: dict[str, tuple[type[Any], str]] = {
    "level": (Level, "key"),
    "tag": (Tag, "name"),
    "neighbourhood": (Neighbourhood, "code"),
}
DELETE = {"level": delete_level, "tag": delete_tag, "neighbourhood": delete_neighbourhood}


def unadd_word(change: Change, by: User | None) -> None:
    """Deletes a level, a tag or a quartier that was added or restored, and that nobody has since changed or borne."""
    word = _found(change, by)
    bearers = bearers_of(word) if not isinstance(word, Level) else []
    given = {one["key"] for one in change.after.get("objectives", ())}
    if borne := {one["key"] for one in bearers} - given:
        raise blame(change, by, borne)
    check_fields(change, by, _plain(word) | {name: change.after.get(name) for name in ("position", "objectives")})
    DELETE[_kind(change)](word, by=by, revision=None)


def undelete_word(change: Change, by: User | None) -> None:
    """Makes it again at its rank, and gives it back to the objectives that bore it and are still there."""
    kind = _kind(change)
    model, name = NAMES[kind]
    values = {field: value for field, value in change.before.items() if field not in ("position", "objectives")}
    with changing(change.contract, "add_level" if kind == "level" else f"restore_{kind}", by=by) as entry:
        _make_way(change, by, change.key)
        word = model.objects.create(contract=entry.contract, **values)
        entry.key, entry.after = change.key, dict(values)
        if "position" in change.before:
            words = model.objects.filter(contract=entry.contract)
            entry.after["position"] = rank(words, word.pk, change.before["position"])
        if "objectives" in change.before:
            give_back(word, entry.contract, change.before["objectives"])
            touch_bearers(word, entry.revision)
            entry.after["objectives"] = bearers_of(word)


def unchange_word(change: Change, by: User | None) -> None:
    """Gives a level, a tag or a quartier its former values."""
    word = _found(change, by)
    model, name = NAMES[_kind(change)]
    with changing(change.contract, change.verb, by=by) as entry:
        check_fields(change, by, _plain(word))
        former = change.before.get(name, change.key)
        if former != change.key:
            _make_way(change, by, former)
            touch_bearers(word, entry.revision)
        model.objects.filter(pk=word.pk).update(**change.before)
        entry.key, entry.before, entry.after = former, change.after, change.before


def unmove_word(change: Change, by: User | None) -> None:
    """Gives a level or a quartier its former rank."""
    word = _found(change, by)
    check_no_later_move(change, by)
    move = move_level if _kind(change) == "level" else move_neighbourhood
    move(word, position=change.before["position"], by=by, revision=None)


def unchange_head(change: Change, by: User | None) -> None:
    """Gives fields of the head their former values."""
    with changing(change.contract, "change_contract", by=by) as entry:
        kept = Contract.objects.select_related("territory").get(pk=change.contract_id)
        values = head_values(read_head(kept))
        check_fields(change, by, values)
        rewrite_head(entry, kept, values, values | change.before)


def unrenumber(change: Change, by: User | None) -> None:
    """Gives objectives and actions their former codes, where all still have those of the renumbering."""
    with changing(change.contract, "renumber", by=by) as entry:
        rows = {
            model: list(model.objects.filter(contract=entry.contract).order_by().values_list("pk", "key", "code"))
            for model in (Objective, Action)
        }
        codes = {key: code for listed in rows.values() for _, key, code in listed}
        if changed := {key for key, code in change.after.items() if key not in codes or codes[key] != code}:
            raise blame(change, by, changed)
        for model, listed in rows.items():
            due = [(pk, change.before[key], entry.revision) for pk, key, _ in listed if key in change.before]
            write_columns(model._meta.db_table, ("code", "revision"), due)
        entry.key, entry.before, entry.after = change.key, change.after, change.before


def unwrite(change: Change, by: User | None) -> None:
    """Writes the whole draft as it was before, where nobody has since changed anything in it."""
    if digest(encode(read_draft(change.contract))) != change.after["digest"]:
        raise blame(change, by, _all_keys(change))
    if change.draft is None:
        raise Refused("L’état d’avant cet import n’a pas été gardé.")
    write_draft(decode(gzip.decompress(bytes(change.draft))), by=by)


def _make_way(change: Change, by: User | None, value: str) -> None:
    """Raises Refused where another word has since taken that name; a tag that nobody bears gives it back."""
    model, name = NAMES[_kind(change)]
    taken = model.objects.filter(contract=change.contract, **{name: value})
    if model is Tag:
        taken.filter(taggings=None).delete()
    if taken.exists():
        raise Refused(f"« {value} » est de nouveau dans ce contrat. {blame(change, by, [value]).message}")


def _all_keys(change: Change) -> list[str]:
    later = Change.objects.filter(contract=change.contract, revision__gt=change.revision)
    return list(later.exclude(verb__in=("publish", "grant_role", "remove_member")).values_list("key", flat=True))


def _found(change: Change, by: User | None) -> Any:
    model, name = NAMES[_kind(change)]
    found = model.objects.filter(contract=change.contract, **{name: change.key}).first()
    if found is None:
        raise blame(change, by, [change.key])
    found.contract = change.contract
    return found


def _plain(word: Any) -> dict[str, Any]:
    if isinstance(word, Tag):
        return {"name": word.name}
    return plain_of(level_node(word) if isinstance(word, Level) else quarter_node(word))


def _kind(change: Change) -> str:
    return change.verb.partition("_")[2]
