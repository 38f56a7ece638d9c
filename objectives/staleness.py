"""Refuses a stale change of what bears no revision of its own (a level, a tag…): the log says whether it changed."""

from typing import Any

from django.db.models import Q

from objectives.changes import Stale
from objectives.models import Change, Contract

#: Verbs that may change anything at all in a draft.
WHOLE = ("write_draft",)


def check_since(contract: Contract, kept: Any, *, verbs: tuple[str, ...], key: str, revision: int | None) -> None:
    """Raises Stale if one of those verbs changed that key after `revision`: the contract's when the thing was shown.

    So does a revision that the contract has not reached. None: the caller has just read it under the lock.
    """
    if revision is None:
        return
    if revision > contract.revision:
        kept.revision = contract.revision
        raise Stale(kept, revision)
    later = Change.objects.filter(Q(verb__in=verbs, key=key) | Q(verb__in=WHOLE), contract=contract)
    last = later.filter(revision__gt=revision).order_by("-revision").values_list("revision", flat=True).first()
    if last is not None:
        kept.revision = last
        raise Stale(kept, revision)
