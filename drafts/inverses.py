"""How each change of the tree is undone: by the contrary verb, where nobody has since changed the same thing."""

from typing import Any

from accounts.models import User
from document import nodes
from document.reading import read_part
from document.walk import walk_branch
from drafts.blame import blame, later_by_others, live
from drafts.restoring import ITEMS, restore
from objectives.changes import Refused, changing
from objectives.edits import delete_objective, move_objective, rewrite
from objectives.items import Item, delete_item, move_item, rewrite_item
from objectives.models import Change, Citation, Objective
from objectives.parts import plain_of
from objectives.rows import read_own, read_tree

#: What the log says of a change beside the fields of the node.
BESIDE = ("under", "objective", "position", "cited_by", "origin")


def unadd_objective(change: Change, by: User | None) -> None:
    """Deletes a branch that was added, restored or copied, and is still as it came."""
    node = _found(Objective, change, by)
    branch = Objective.objects.branch(node)
    tree = read_tree(branch)[0]
    empty = {name: [] for name in (*nodes.ITEMS, "children")}
    if plain_of(tree) != empty | _own(change.after) or _parent_key(node) != change.after["under"]:
        held = [one.key for each in walk_branch(tree) for kind in nodes.ITEMS for one in (each, *getattr(each, kind))]
        raise blame(change, by, held)
    citing = _citing(tree, node) - {one["key"] for one in change.after.get("cited_by", ())}
    if citing:
        raise blame(change, by, citing)
    delete_objective(node, by=by, revision=None, with_all=True)


def unchange_objective(change: Change, by: User | None) -> None:
    """Gives the fields their former values, where they still have those of the change; the others are left."""
    node = _found(Objective, change, by)
    with changing(node.contract, "change_objective", by=by) as entry:
        kept = entry.kept(node)
        before = read_own(kept)
        check_fields(change, by, plain_of(before))
        rewrite(entry, kept, before, read_part(nodes.Objective, plain_of(before) | change.before))


def unmove_objective(change: Change, by: User | None) -> None:
    """Moves it back where it was, where it still stands under the one it was moved under."""
    node = _found(Objective, change, by)
    _check_unmoved(change, by, _parent_key(node), change.after["under"])
    under = _objective(change, by, change.before["under"])
    move_objective(node, under=under, position=change.before["position"], by=by, revision=None)


def unadd_item(change: Change, by: User | None) -> None:
    """Deletes an item that was added or restored, and is still as it came."""
    item = _found(_model(change), change, by)
    if plain_of(item.node) != _own(change.after) or item.objective.key != change.after["objective"]:
        raise blame(change, by, [change.key])
    delete_item(item, by=by, revision=None)


def unchange_item(change: Change, by: User | None) -> None:
    """Like `unchange_objective`."""
    item = _found(_model(change), change, by)
    with changing(item.contract, change.verb, by=by) as entry:
        kept = entry.kept(item)
        before = kept.node
        check_fields(change, by, plain_of(before))
        rewrite_item(entry, kept, before, read_part(kept.NODE, plain_of(before) | change.before))


def unmove_item(change: Change, by: User | None) -> None:
    """Like `unmove_objective`."""
    item = _found(_model(change), change, by)
    _check_unmoved(change, by, item.objective.key, change.after["objective"])
    under = _objective(change, by, change.before["objective"])
    move_item(item, position=change.before["position"], under=under, by=by, revision=None)


def undelete(change: Change, by: User | None) -> None:
    """Restores what was deleted, in its place."""
    restore(change, by=by)


def check_fields(change: Change, by: User | None, values: dict[str, Any]) -> None:
    """Raises Refused unless those values still have what the change gave its fields."""
    if any(values[name] != value for name, value in change.after.items()):
        raise blame(change, by, [change.key])


def check_no_later_move(change: Change, by: User | None) -> None:
    """Raises Refused if someone else has since moved the same thing."""
    later = later_by_others(change, by).filter(verb=change.verb, key=change.key)
    if live(later, change.revision):
        raise blame(change, by, [change.key])


def _check_unmoved(change: Change, by: User | None, holder: str | None, due: str | None) -> None:
    if holder != due:
        raise blame(change, by, [change.key])
    check_no_later_move(change, by)


def _found(model: type[Any], change: Change, by: User | None) -> Any:
    """What the change was about. Raises Refused when it is gone."""
    found = model.objects.filter(contract=change.contract, key=change.key).first()
    if found is None:
        raise blame(change, by, [change.key])
    found.contract = change.contract
    return found


def _objective(change: Change, by: User | None, key: str | None) -> Objective | None:
    """The objective to move back under. Raises Refused when it is gone."""
    if key is None:
        return None
    found = Objective.objects.of(change.contract).filter(key=key).first()
    if found is None:
        raise Refused(f"L’objectif sous lequel il était n’est plus là. {blame(change, by, [key]).message}")
    return found


def _model(change: Change) -> type[Item]:
    return ITEMS[change.verb.partition("_")[2]]


def _own(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in BESIDE}


def _parent_key(node: Objective) -> str | None:
    return node.parent.key if node.parent else None


def _citing(tree: nodes.Objective, node: Objective) -> set[str]:
    """The keys of what refers to that branch from elsewhere."""
    inside = {one.key for each in walk_branch(tree) for one in (each, *each.actions)}
    branch = Objective.objects.branch(node)
    found: set[str] = set()
    for model in Citation.__subclasses__():
        owners = model._meta.get_field(model.OWNER).related_model.objects.filter(references__targets__in=branch)
        found |= set(owners.order_by().values_list("key", flat=True))
    return found - inside
