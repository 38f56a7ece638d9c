"""Every way the people of a contract may change; each is written in its log, by the pk of the account alone."""

from django.db import transaction
from django.db.models import QuerySet

from accounts.invitations import await_account, renew_invitation
from accounts.models import User
from objectives.access import NotAllowed, require
from objectives.changes import Entry, Refused, changing
from objectives.models import Contract, Membership
from objectives.staleness import check_since

Role = Membership.Role
VERBS = ("grant_role", "remove_member")


def invite(contract: Contract, email: str, *, role: str, by: User | None) -> Membership:
    """Gives a role to the person of that address; someone without an account gets one that their answer opens.

    Raises NotAllowed before anything is looked up, so that nobody learns who has an account; Refused for a member, for
    a closed account and for what is no role. The letter is not sent here.
    """
    require(by, "invite", contract)
    with transaction.atomic():
        user = await_account(email)
        if Membership.objects.filter(contract=contract, user=user).exists():
            raise Refused({"email": "Cette personne est déjà membre du contrat : son rôle se change dans la liste."})
        membership = grant_role(contract, user, role=role, by=by)
        if user.is_awaited:
            renew_invitation(user)
    return membership


def resend_invitation(contract: Contract, user: User, *, by: User | None) -> Membership:
    """Makes the link of someone who has not answered anew. Raises NotAllowed, Refused. The letter is not sent here."""
    require(by, "invite", contract)
    kept = Membership.objects.filter(contract=contract, user=user).select_related("user").first()
    if kept is None or not kept.user.is_awaited:
        raise Refused(f"{user} n’attend pas, ou n’attend plus, d’invitation dans ce contrat.")
    renew_invitation(kept.user)
    return kept


def grant_role(
    contract: Contract, user: User, *, role: str, by: User | None, revision: int | None = None
) -> Membership:
    """Gives a person that role in the contract, in the place of any other they had there.

    Raises NotAllowed without the right to invite, Refused when no responsable would be left, Stale if the person's role
    has changed since `revision`, the contract's when it was shown.
    """
    if role not in Role.values:
        raise Refused({"role": "Choisissez un rôle : lecteur, rédacteur ou responsable."})
    with changing(contract, "grant_role", by=by, right="invite") as entry:
        kept = _kept(contract, user, entry, revision)
        if not user.is_active:
            raise Refused(f"Le compte de {user} est fermé : l’administration du site peut le rouvrir.")
        if kept is not None and role != Role.MANAGER:
            _check_seat(kept, entry)
        entry.before = _plain(user, kept.role) if kept else None
        membership, _ = Membership.objects.update_or_create(contract=entry.contract, user=user, defaults={"role": role})
        entry.after = _plain(user, role)
    return membership


def remove_member(contract: Contract, user: User, *, by: User | None, revision: int | None = None) -> None:
    """Takes a person out of the contract. Raises NotAllowed, Stale, Refused for the last responsable or a stranger.

    The account of someone who has not answered their invitation, and is invited nowhere else, goes with it.
    """
    with changing(contract, "remove_member", by=by, right="invite") as entry:
        kept = _kept(contract, user, entry, revision)
        if kept is None:
            raise Refused(f"{user} n’est pas, ou n’est plus, membre de ce contrat.")
        _check_seat(kept, entry)
        entry.before = _plain(user, kept.role)
        kept.delete()
        _forget(kept.user)


def close_account(user: User, *, by: User | None) -> None:
    """Closes an account with its sessions and tokens; its roles stay, for the day it is opened again.

    Raises NotAllowed unless it is one's own or `by` is an administrator (None: the system); Refused while a contract
    has no other responsable, or the site no other administrator.
    """
    if by is not None and by.pk != user.pk and not (by.is_active and by.is_superuser):
        raise NotAllowed("Seule l’administration du site peut fermer le compte de quelqu’un d’autre.")
    with transaction.atomic():
        # Locked as every change of members locks, so that two responsables do not leave at the same moment.
        list(_managed(user).select_for_update().order_by("pk"))
        check_closing(user)
        user.close()


def check_closing(user: User) -> None:
    """Raises Refused while a contract has no other responsable than that person, or the site no other administrator."""
    if not user.is_active:
        return
    if alone := [one for one in _managed(user).order_by("title") if not _seats(one).exclude(user=user).exists()]:
        titles = ", ".join(f"« {one} »" for one in alone)
        raise Refused(f"{user} est le seul responsable de {titles}. Nommez d’abord un autre responsable.")
    if user.is_superuser and not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk).exists():
        raise Refused(f"{user} est le seul administrateur du site. Nommez-en d’abord un autre.")


def _kept(contract: Contract, user: User, entry: Entry, revision: int | None) -> Membership | None:
    entry.key = f"user-{user.pk}"
    kept = Membership.objects.filter(contract=entry.contract, user=user).select_related("user").first()
    check_since(entry.contract, kept or contract, verbs=VERBS, key=entry.key, revision=revision)
    return kept


def _forget(user: User) -> None:
    """Deletes the account of someone who is awaited nowhere any more; read anew, for they may be answering just now."""
    awaited = User.objects.select_for_update().filter(pk=user.pk, invited_at__isnull=False, is_superuser=False).first()
    if awaited is not None and not awaited.memberships.exists():
        awaited.delete()


def _managed(user: User) -> QuerySet[Contract]:
    """The contracts in which that person holds a seat of responsable."""
    seats = Membership.objects.filter(user=user, role=Role.MANAGER, user__invited_at=None)
    return Contract.objects.filter(pk__in=seats.values("contract_id"))


def _seats(contract: Contract) -> QuerySet[Membership]:
    """The responsables of a contract who can sign in: neither closed nor still awaited."""
    able = {"user__is_active": True, "user__invited_at": None}
    return Membership.objects.filter(contract=contract, role=Role.MANAGER, **able)


def _check_seat(kept: Membership, entry: Entry) -> None:
    """Raises Refused if that member holds the last seat of responsable."""
    seats = _seats(entry.contract)
    if seats.filter(pk=kept.pk).exists() and not seats.exclude(pk=kept.pk).exists():
        said = "Nommez d’abord un autre responsable."
        raise Refused(f"{kept.user} est le seul responsable de ce contrat. {said}")


def _plain(user: User, role: str) -> dict[str, object]:
    return {"user": user.pk, "role": role}
