"""Issues the tokens of a person's programs, within what the person may."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Token, User
from objectives.access import contracts_for
from objectives.changes import Refused
from objectives.models import Contract, TokenContract


def issue_token(
    user: User,
    *,
    label: str,
    writes: bool = False,
    contracts: Sequence[Contract] = (),
    expires_on: date | None = None,
) -> tuple[Token, str]:
    """A new token of that person and its secret, shown this once; without contracts, for all of theirs, now and later.

    Raises Refused for an empty label, a contract that is not theirs, or a last day that is over.
    """
    if not label.strip():
        raise Refused({"label": "Dites à quoi ce jeton servira."})
    if expires_on is not None and expires_on < timezone.localdate():
        raise Refused({"expires_on": "Cette date est passée."})
    wanted = {one.pk for one in contracts}
    if wanted - set(contracts_for(user).filter(pk__in=wanted).values_list("pk", flat=True)):
        raise Refused({"contracts": "Choisissez parmi vos contrats."})
    with transaction.atomic():
        token, secret = Token.objects.issue(
            user, label=label.strip(), writes=writes, limited=bool(wanted), expires_on=expires_on
        )
        TokenContract.objects.bulk_create(TokenContract(token=token, contract=one) for one in contracts)
    return token, secret
