"""The one place that says who may do what in a contract. Every door asks it; administrators may do all."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from accounts.models import User
from objectives.models import Contract, Membership, TokenContract

Role = Membership.Role

#: Which roles may do each thing. Reading covers the draft, its findings and the publications kept for members.
RIGHTS = {
    "read": (Role.READER, Role.EDITOR, Role.MANAGER),
    "edit": (Role.EDITOR, Role.MANAGER),
    "publish": (Role.MANAGER,),
    "invite": (Role.MANAGER,),
}
#: What a token has to be made for; any token reads.
WRITING = frozenset(RIGHTS) - {"read"}


class NotAllowed(PermissionDenied):
    """The person may not do that; every door answers 403."""


def contracts_for(user: User | AnonymousUser, right: str = "read") -> QuerySet[Contract]:
    """The contracts in which that person has that right: all for an administrator, none for a visitor.

    A program that asks by a token has no other contract than the token's, and writes only if the token may.
    """
    if not user.is_authenticated or not user.is_active or (right in WRITING and not _writes(user)):
        return Contract.objects.none()
    contracts = Contract.objects.all()
    if not user.is_superuser:
        roles = Membership.objects.filter(user=user, role__in=RIGHTS[right])
        contracts = contracts.filter(pk__in=roles.values("contract_id"))
    if user.token is not None and user.token.limited:
        contracts = contracts.filter(pk__in=TokenContract.objects.filter(token=user.token).values("contract_id"))
    return contracts


def may(user: User | AnonymousUser, right: str, contract: Contract) -> bool:
    """Whether that person has that right in that contract."""
    return contracts_for(user, right).filter(pk=contract.pk).exists()


def require(user: User | None, right: str, contract: Contract) -> None:
    """Raises NotAllowed unless the person has that right. None is the system itself, which may."""
    if user is not None and not may(user, right, contract):
        if right in WRITING and not _writes(user):
            raise NotAllowed("Ce jeton ne fait que lire : il en faut un qui permette d’écrire.")
        verbs = {"read": "lire", "edit": "modifier", "publish": "publier", "invite": "inviter dans"}
        raise NotAllowed(f"Vous n’avez pas le droit de {verbs[right]} ce contrat.")


def require_creation(user: User | None) -> None:
    """Raises NotAllowed unless the person may make a contract: an administrator, or the system itself (None).

    By a token, it must write, and not be limited to contracts that are there.
    """
    if user is None:
        return
    if not (user.is_active and user.is_superuser):
        raise NotAllowed("Seule l’administration du site peut créer un contrat.")
    if not _writes(user) or (user.token is not None and user.token.limited):
        raise NotAllowed("Ce jeton ne permet pas de créer un contrat.")


def has_some_right(user: User | AnonymousUser) -> bool:
    """Whether the person has anything to do behind the second door."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or Membership.objects.filter(user=user).exists()


def _writes(user: User | AnonymousUser) -> bool:
    """Whether it is the person themself who asks, or a program whose token may write."""
    token = getattr(user, "token", None)  # a visitor has none
    return token is None or token.writes
