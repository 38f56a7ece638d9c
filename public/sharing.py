"""The door of share links: the secret opens once, a signed cookie then says which link let the reader in."""

from contextlib import suppress

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from public.errors import Missing
from public.kept import PRIVATE, tell_caches
from publications.models import Publication, PublicationQuerySet, ShareLink

NO_LINK = (
    "Ce lien de partage n’ouvre rien : il est incomplet, ou le responsable du contrat l’a retiré. "
    "Demandez-en un autre à la personne qui vous l’a donné."
)
#: How long a browser remembers that it was let in, in seconds; opening the link again begins anew.
REMEMBERED = 365 * 24 * 3600
_signer = signing.Signer(salt="public.sharing")


@require_safe
def enter(request: HttpRequest, secret: str) -> HttpResponse:
    """Leads to the publication that this secret opens, at its own address: what is read there never bears the secret.

    The cookie goes to the pages of that contract alone, and its link is looked up at each of them: revoked, it opens
    nothing more.
    """
    link = ShareLink.objects.opened_by(secret)
    if link is None:
        raise Missing(NO_LINK)
    publication = link.publication
    slug = publication.contract.slug
    response = HttpResponseRedirect(reverse("public:publication", args=[slug, publication.number]))
    response.set_cookie(
        _name(publication.number),
        _signer.sign(str(link.pk)),
        max_age=REMEMBERED,
        path=reverse("public:contract", args=[slug]),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    tell_caches(response, PRIVATE)
    return response


def shared_with(request: HttpRequest, versions: PublicationQuerySet, number: int) -> Publication | None:
    """That version, if the reader came in by a link to it that still opens. No query without the cookie."""
    try:
        pk = _signer.unsign(request.COOKIES.get(_name(number), ""))
    except signing.BadSignature:
        return None
    shared = versions.filter(visibility=Publication.Visibility.LINK)
    return shared.filter(share_links__pk=pk, share_links__revoked_at=None).first()


def opened_links(request: HttpRequest) -> QuerySet[ShareLink]:
    """The links by which the reader came in, by the cookies of this path, and that still open."""
    keys = []
    for name, value in request.COOKIES.items():
        if name.startswith(_name("")):
            with suppress(signing.BadSignature):
                keys.append(_signer.unsign(value))
    return ShareLink.objects.filter(pk__in=keys, revoked_at=None)


def _name(number: int | str) -> str:
    return f"partage-{number}"
