"""What is sent a second time because its answer was lost is known again, so that nothing is added twice."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from objectives.models import Change, Contract

#: For how long an addition is known again.
REPEATED = timedelta(hours=1)


def lately_added(contract: Contract, thing: str, *, by: User) -> QuerySet[Change]:
    """That person's own additions of such things (« action », « objective »), the latest first."""
    changes = Change.objects.filter(contract=contract, by=by, verb=f"add_{thing}", at__gt=timezone.now() - REPEATED)
    return changes.order_by("-revision")


def is_same(one: str | None, other: str | None) -> bool:
    """Whether those are the same words, whatever the spaces."""
    return (one or "").split() == (other or "").split()
