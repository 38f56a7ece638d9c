"""Where a draft stands: its revision and the last rows of its log, as the API says them."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from objectives import members
from objectives.models import Change, Contract


def changes_of(contract: Contract) -> QuerySet[Change]:
    """The log of the draft, from the latest; who was given which role is not of the draft."""
    rows = Change.objects.filter(contract=contract).exclude(verb__in=members.VERBS)
    return rows.select_related("by").order_by("-revision")


def state_row(contract: Contract) -> dict[str, Any]:
    """The draft's revision now, and its last change."""
    contract = Contract.objects.get(pk=contract.pk)
    last = changes_of(contract).first()
    return {
        "contract": contract.slug,
        "revision": contract.revision,
        "last_change": None if last is None else change_row(last),
    }


def change_row(change: Change) -> dict[str, Any]:
    """One change, without its values."""
    return {
        "revision": change.revision,
        "at": timezone.localtime(change.at).isoformat(timespec="seconds"),
        "by": str(change.by) if change.by else None,
        "verb": change.verb,
        "key": change.key,
    }


def detail_row(change: Change) -> dict[str, Any]:
    """One change, with what there was before and what there is after."""
    return change_row(change) | {"before": change.before, "after": change.after}
