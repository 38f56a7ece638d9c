"""The one place that says who may do what in a contract. Every door asks it; administrators may do all."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from accounts.models import User
from objectives.models import Contract, Membership

Role = Membership.Role

#: Which roles may do each thing. Reading covers the draft, its findings and the publications kept for members.
RIGHTS = {
    "read": (Role.READER, Role.EDITOR, Role.MANAGER),
    "edit": (Role.EDITOR, Role.MANAGER),
    "publish": (Role.MANAGER,),
    "invite": (Role.MANAGER,),
}


class NotAllowed(PermissionDenied):
    """The person may not do that; every door answers 403."""


def contracts_for(user: User | AnonymousUser, right: str = "read") -> QuerySet[Contract]:
    """The contracts in which that person has that right: all for an administrator, none for a visitor."""
    if not user.is_authenticated or not user.is_active:
        return Contract.objects.none()
    if user.is_superuser:
        return Contract.objects.all()
    return Contract.objects.filter(
        pk__in=Membership.objects.filter(user=user, role__in=RIGHTS[right]).values("contract_id")
    )


def may(user: User | AnonymousUser, right: str, contract: Contract) -> bool:
    """Whether that person has that right in that contract."""
    return contracts_for(user, right).filter(pk=contract.pk).exists()


def require(user: User | None, right: str, contract: Contract) -> None:
    """Raises NotAllowed unless the person has that right. None is the system itself, which may."""
    if user is not None and not may(user, right, contract):
        verbs = {"read": "lire", "edit": "modifier", "publish": "publier", "invite": "inviter dans"}
        raise NotAllowed(f"Vous n’avez pas le droit de {verbs[right]} ce contrat.")


def require_creation(user: User | None) -> None:
    """Raises NotAllowed unless the person may make a contract: an administrator, or the system itself (None)."""
    if user is not None and not (user.is_active and user.is_superuser):
        raise NotAllowed("Seule l’administration du site peut créer un contrat.")


def has_some_right(user: User | AnonymousUser) -> bool:
    """Whether the person has anything to do behind the second door."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or Membership.objects.filter(user=user).exists()
