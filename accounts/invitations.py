"""Accounts of people who were invited: made without a password, opened by a signed link that serves once."""

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User

_SALT = "accounts.invitations"


def await_account(email: str) -> User:
    """The account of that address, whatever its capitals; made without name nor password if there is none.

    Of two who make it at once, the second finds the first's.
    """
    awaited = {"name": "", "password": make_password(None), "invited_at": timezone.now()}
    user, _ = User.objects.get_or_create(email=User.normalize_username(email), defaults=awaited)
    return user


def renew_invitation(user: User) -> None:
    """Makes the link anew: the one of an earlier letter is void."""
    user.invited_at = timezone.now()
    user.save(update_fields=["invited_at"])


def invitation_secret(user: User) -> str:
    """What the link of an invitation bears: signed, for settings.INVITATION_DAYS, and for this letter alone."""
    return signing.dumps([user.pk, _stamp(user)], salt=_SALT)


def find_awaited(secret: str, among: QuerySet[User] | None = None) -> User | None:
    """The account that the link opens; None when it was forged, has expired, has served, or was sent again."""
    accounts = User.objects.all() if among is None else among
    try:
        pk, stamp = signing.loads(secret, salt=_SALT, max_age=settings.INVITATION_DAYS * 86_400)
    except (signing.BadSignature, ValueError):
        return None
    user = accounts.filter(pk=pk, is_active=True, invited_at__isnull=False).first()
    return user if user is not None and _stamp(user) == stamp else None


def accept_invitation(secret: str, *, name: str, organisation: str, password: str) -> User | None:
    """Opens the account of that link under that name; None when the link is void, or has just served elsewhere."""
    with transaction.atomic():
        user = find_awaited(secret, User.objects.select_for_update())
        if user is None:
            return None
        user.name, user.organisation = name, organisation
        user.set_password(password)
        user.save(update_fields=["name", "organisation", "password", "invited_at"])
    return user


def _stamp(user: User) -> int:
    return int(user.invited_at.timestamp() * 1_000_000) if user.invited_at else 0
