"""Who is changing an objective at this moment: told to the others by polling, kept in the database for all workers."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from objectives.models import Contract, Presence

#: How long someone who says nothing more is taken to be still there; browsers ask every 20 seconds.
PRESENT = timedelta(seconds=60)


def mark_present(contract: Contract, key: str, user: User) -> None:
    """Says that this person is changing that objective; what is too old to mean anything goes."""
    now = timezone.now()
    Presence.objects.filter(seen_at__lt=now - PRESENT).delete()
    # One statement on both databases: two windows of one person do not meet.
    Presence.objects.bulk_create(
        [Presence(contract=contract, key=key, user=user, seen_at=now)],
        update_conflicts=True,
        unique_fields=["contract", "key", "user"],
        update_fields=["seen_at"],
    )


def others_at(contract: Contract, key: str, user: User) -> list[str]:
    """The names of the other people who are changing it, the first who came first."""
    present = Presence.objects.filter(contract=contract, key=key, seen_at__gte=timezone.now() - PRESENT)
    return list(present.exclude(user=user).order_by("pk").values_list("user__name", flat=True))


def told(names: list[str]) -> str:
    """« Claire Martin modifie cet objectif. »; empty when nobody does."""
    if not names:
        return ""
    listed = ", ".join(names[:-1]) + (" et " if names[1:] else "") + names[-1]
    return f"{listed} {'modifient' if names[1:] else 'modifie'} cet objectif."
