"""Every way the share links of a publication may change; the log says for whom each is, never what opens it."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from objectives.changes import Entry, Refused, changing
from objectives.parts import revised
from publications.models import Publication, ShareLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """For whom a link is, in the limits of the exchange format."""

    label: str


def add_share_link(publication: Publication, *, label: str, by: User | None) -> tuple[ShareLink, str]:
    """A new link to that publication and its secret, which nothing can show again.

    Raises NotAllowed without the right to publish, Refused where the publication is not shared by links.
    """
    named = revised(Naming, {"label": label})
    if not named.label:
        raise Refused({"label": "Dites pour qui est ce lien, par exemple « Comité de pilotage de mars »."})
    if publication.visibility != Publication.Visibility.LINK:
        raise Refused("Cette version n’est pas de celles que l’on partage par un lien.")
    with changing(publication.contract, "add_share_link", by=by, right="publish") as entry:
        entry.after = _plain(publication, named.label)
        return ShareLink.objects.issue(publication, label=named.label, by=by)


def revoke_share_link(link: ShareLink, *, by: User | None) -> None:
    """Closes that link for good. Raises NotAllowed; revoking what is revoked changes nothing."""
    with changing(link.publication.contract, "revoke_share_link", by=by, right="publish") as entry:
        _revoke(link, entry)


def renew_share_link(link: ShareLink, *, by: User | None) -> tuple[ShareLink, str]:
    """Closes that link and makes another for the same readers. Raises NotAllowed, Refused for one that is revoked."""
    with changing(link.publication.contract, "renew_share_link", by=by, right="publish") as entry:
        if not _revoke(link, entry):
            raise Refused("Ce lien est déjà révoqué : créez-en un autre.")
        made, secret = ShareLink.objects.issue(link.publication, label=link.label, by=by)
        entry.after = _plain(link.publication, made.label) | {"link": made.pk}
    return made, secret


def _revoke(link: ShareLink, entry: Entry) -> bool:
    """Whether the link was still open, under the lock."""
    closed = ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    if closed:
        entry.before = _plain(link.publication, link.label) | {"link": link.pk}
    return bool(closed)


def _plain(publication: Publication, label: str) -> dict[str, object]:
    return {"number": publication.number, "label": label}
