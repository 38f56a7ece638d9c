"""Every way the people of a contract may change; each is written in its log, by the pk of the account alone."""

from accounts.models import User
from objectives.changes import Entry, Refused, changing
from objectives.models import Contract, Membership
from objectives.staleness import check_since

Role = Membership.Role
VERBS = ("grant_role", "remove_member")


def grant_role(
    contract: Contract, user: User, *, role: str, by: User | None, revision: int | None = None
) -> Membership:
    """Gives a person that role in the contract, in the place of any other they had there.

    Raises NotAllowed without the right to invite, Refused when no responsable would be left, Stale if the person's role
    has changed since `revision`, the contract's when it was shown.
    """
    if role not in Role.values:
        raise Refused({"role": "Choisissez un rôle : lecteur, rédacteur ou responsable."})
    with changing(contract, "grant_role", by=by, right="invite") as entry:
        kept = _kept(contract, user, entry, revision)
        if not user.is_active:
            raise Refused(f"Le compte de {user} est fermé : l’administration du site peut le rouvrir.")
        if kept is not None and kept.role == Role.MANAGER and role != Role.MANAGER:
            _check_another(kept, entry)
        entry.before = _plain(user, kept.role) if kept else None
        membership, _ = Membership.objects.update_or_create(contract=entry.contract, user=user, defaults={"role": role})
        entry.after = _plain(user, role)
    return membership


def remove_member(contract: Contract, user: User, *, by: User | None, revision: int | None = None) -> None:
    """Takes a person out of the contract. Raises NotAllowed, Stale, Refused for the last responsable or a stranger."""
    with changing(contract, "remove_member", by=by, right="invite") as entry:
        kept = _kept(contract, user, entry, revision)
        if kept is None:
            raise Refused(f"{user} n’est pas, ou n’est plus, membre de ce contrat.")
        if kept.role == Role.MANAGER:
            _check_another(kept, entry)
        entry.before = _plain(user, kept.role)
        kept.delete()


def _kept(contract: Contract, user: User, entry: Entry, revision: int | None) -> Membership | None:
    entry.key = f"user-{user.pk}"
    kept = Membership.objects.filter(contract=entry.contract, user=user).first()
    check_since(entry.contract, kept or contract, verbs=VERBS, key=entry.key, revision=revision)
    return kept


def _check_another(kept: Membership, entry: Entry) -> None:
    others = Membership.objects.filter(contract=entry.contract, role=Role.MANAGER, user__is_active=True)
    if not others.exclude(pk=kept.pk).exists():
        said = "Nommez d’abord un autre responsable."
        raise Refused(f"{kept.user} est le seul responsable de ce contrat. {said}")


def _plain(user: User, role: str) -> dict[str, object]:
    return {"user": user.pk, "role": role}
