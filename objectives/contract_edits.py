"""Every way the head of a contract may change: its title, its years, its sources, what it says of itself."""

from typing import Any

from django.db import transaction

from accounts.models import User
from document import nodes
from objectives.access import require_creation
from objectives.changes import Entry, Refused, changing
from objectives.models import Change, Contract, DeclaredCount, Level, Territory
from objectives.parts import plain_of, revised
from objectives.staleness import check_since

OWN = ("slug", "title", "territory", "start_year", "end_year", "summary", "sources")
#: What `change_contract` may change, named as in the exchange format.
CHANGEABLE = frozenset([*OWN, "remarks", "declared"])
VERBS = ("create_contract", "change_contract")


def create_contract(*, slug: str, title: str, territory: str, by: User | None, **values: Any) -> Contract:
    """A new contract without levels nor objectives. Raises NotAllowed, Refused with what is wrong in it."""
    require_creation(by)
    node = _head({"slug": slug, "title": title, "territory": territory} | values)
    with transaction.atomic():
        contract, new = Contract.objects.get_or_create(
            slug=node.contract.slug,
            defaults={"territory": Territory.objects.get_or_create(name=node.contract.territory)[0]},
        )
        if not new:
            raise Refused({"slug": f"Un autre contrat a déjà l’adresse « {node.contract.slug} »."})
        with changing(contract, "create_contract", by=by) as entry:
            entry.after = head_values(node)
            _write(entry.contract, entry.after)
    contract.refresh_from_db()
    return contract


def change_contract(contract: Contract, *, by: User | None, revision: int | None, **changes: Any) -> Contract:
    """Changes fields of the head, given as in the exchange format; `revision` is the contract's when it was shown.

    Raises Stale if the head has changed since, Refused with what is wrong, TypeError for a field it does not have.
    """
    if unknown := set(changes) - CHANGEABLE:
        raise TypeError(f"change_contract ne change pas {', '.join(sorted(unknown))}")
    with changing(contract, "change_contract", by=by) as entry:
        kept = Contract.objects.select_related("territory").get(pk=contract.pk)
        check_since(kept, kept, verbs=VERBS, key="", revision=revision)
        before = head_values(read_head(kept))
        asked = head_values(_head(before | changes))
        after = before | {name: asked[name] for name in changes}  # the rest stays to the letter
        rewrite_head(entry, kept, before, after)
    kept.revision = contract.revision
    return kept


def rewrite_head(entry: Entry, kept: Contract, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Gives the head, which is as `before` says, those values; for verbs that hold the lock."""
    if after["slug"] != before["slug"]:
        _check_slug(kept, after["slug"])
    _write(kept, after)
    names = [name for name in after if after[name] != before[name]]
    entry.before, entry.after = {name: before[name] for name in names}, {name: after[name] for name in names}


def is_named_for_good(contract: Contract) -> bool:
    """Whether the contract's address is fixed: it was published under it, and links must last."""
    return Change.objects.filter(contract=contract, verb="publish").exists()


def read_head(contract: Contract) -> nodes.Document:
    """The contract's head as a document without levels nor tree; one query."""
    own = {name: getattr(contract, name) for name in OWN if name not in ("territory", "sources")}
    declared = DeclaredCount.objects.filter(contract=contract, objective=None).values_list("of", "count")
    return nodes.Document(
        contract=nodes.Contract(territory=contract.territory.name, sources=tuple(contract.sources), **own),
        declared=tuple(nodes.DeclaredCount(of=of, count=count) for of, count in declared),
        remarks=tuple(contract.remarks),
    )


def head_values(document: nodes.Document) -> dict[str, Any]:
    """The head as plain data, flat: what `change_contract` takes."""
    values = plain_of(document)
    return {**values["contract"], "remarks": values["remarks"], "declared": values["declared"]}


def _head(values: dict[str, Any]) -> nodes.Document:
    own = {name: values[name] for name in OWN if name in values}
    rest = {name: value for name, value in values.items() if name not in OWN}
    node: nodes.Document = revised(nodes.Document, {"contract": own} | rest)
    empty = {"title": "Donnez un titre au contrat.", "territory": "Nommez le territoire du contrat."}
    if missing := {name: said for name, said in empty.items() if not getattr(node.contract, name)}:
        raise Refused(missing)
    return node


def _check_slug(contract: Contract, slug: str) -> None:
    if is_named_for_good(contract):
        raise Refused(
            {"slug": "Ce contrat a été publié à cette adresse : elle ne change plus, pour que les liens durent."}
        )
    if Contract.objects.filter(slug=slug).exists():
        raise Refused({"slug": f"Un autre contrat a déjà l’adresse « {slug} »."})


def _write(contract: Contract, values: dict[str, Any]) -> None:
    counted = {*nodes.ITEMS, *Level.objects.filter(contract=contract).values_list("key", flat=True)}
    if unknown := sorted({one["of"] for one in values["declared"]} - counted):
        raise Refused({"declared": f"« {', '.join(unknown)} » n’est pas un niveau de ce contrat."})
    left = contract.territory_id
    contract.territory = Territory.objects.get_or_create(name=values["territory"])[0]
    columns = [name for name in (*OWN, "remarks") if name != "territory"]
    for name in columns:
        setattr(contract, name, values[name])
    contract.save(update_fields=[*columns, "territory"])
    if left != contract.territory_id:
        Territory.objects.filter(pk=left, contracts=None).delete()
    DeclaredCount.objects.filter(contract=contract, objective=None).delete()
    DeclaredCount.objects.bulk_create(
        DeclaredCount(contract=contract, position=rank, **one) for rank, one in enumerate(values["declared"])
    )
