"""Finds the publication that a visitor asks for, and says how it stands; what a visitor may not read does not exist."""

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from objectives.access import contracts_for
from public.addresses import reverse
from public.errors import Missing
from public.sharing import opened_links, shared_with
from publications.lookup import current_of, version_and_current
from publications.models import Publication, PublicationQuerySet
from publications.renditions.frame import Frame, Standing, Version

#: What a page asks of a version to know whether it has been made already; `edition_of` loads the rest at once.
COLUMNS = ("number", "title", "in_force_on", "visibility", "published_at", "digest")
NO_CONTRACT = "Aucun contrat n’est publié à cette adresse."
NO_VERSION = "Ce contrat n’a pas de version publiée sous ce numéro."


def find_current(slug: str) -> Publication:
    """The publication that a visitor reads first, its content not loaded. One query."""
    found = current_of(slug, *COLUMNS)
    if found is None:
        raise Missing(NO_CONTRACT)
    return found


def find_version(request: HttpRequest, slug: str, number: int) -> Publication:
    """The version of that number, its content not loaded: public, or kept for members or holders of a link."""
    return _find(request, slug, number)[0]


def find_framed(request: HttpRequest, slug: str, number: int) -> tuple[Publication, Frame]:
    """The same, with the frame of its permanent address. One query where it is public."""
    publication, current = _find(request, slug, number)
    return publication, _frame(slug, publication, current)


def reserved_for(request: HttpRequest, slug: str) -> PublicationQuerySet:
    """The versions of a contract that are not everyone's and that this reader may read: as `find_version` says."""
    versions = Publication.objects.filter(contract__slug=slug).exclude(visibility=Publication.Visibility.PUBLIC)
    opened = Q(visibility=Publication.Visibility.LINK, pk__in=opened_links(request).values("publication"))
    return versions.filter(Q(contract__in=contracts_for(request.user, "read").order_by()) | opened)


def frame_of_current(slug: str, publication: Publication) -> Frame:
    """The frame of the version read first, at the contract's own address."""
    return Frame(
        root=reverse("public:contract", args=[slug]),
        standing=Standing.IN_FORCE if publication.in_force_on <= timezone.localdate() else Standing.TO_COME,
        permanent=reverse("public:publication", args=[slug, publication.number]),
        versions=reverse("public:versions", args=[slug]),
        at_a_date=reverse("public:in_force", args=[slug]),
    )


def _find(request: HttpRequest, slug: str, number: int) -> tuple[Publication, Publication | None]:
    """That version, and the one read first.

    Whether it does not exist or is kept from the visitor, the same questions are asked and the same answer given.
    """
    found, current = version_and_current(slug, number, *COLUMNS, "label")
    if found is None:
        versions = Publication.objects.filter(contract__slug=slug, number=number).defer("content")
        found = versions.readable_by(request.user).first()
        found = found or shared_with(request, versions, number)
    if found is None:
        raise Missing(NO_VERSION)
    return found, current


def _frame(slug: str, publication: Publication, current: Publication | None) -> Frame:
    address = reverse("public:publication", args=[slug, publication.number])
    other = current if current and current.pk != publication.pk else None
    return Frame(
        root=address,
        standing=_standing(publication, current),
        permanent=address,
        versions=reverse("public:versions", args=[slug]) if current else None,
        at_a_date=reverse("public:in_force", args=[slug]) if current else None,
        current=_version(slug, other) if other else None,
        comparison=_comparison(slug, publication, other) if other else None,
    )


def _standing(publication: Publication, current: Publication | None) -> Standing:
    if publication.visibility == Publication.Visibility.MEMBERS:
        return Standing.MEMBERS
    if publication.visibility == Publication.Visibility.LINK:
        return Standing.SHARED
    if publication.in_force_on > timezone.localdate():
        return Standing.TO_COME
    return Standing.IN_FORCE if current is not None and current.pk == publication.pk else Standing.OTHER


def _comparison(slug: str, publication: Publication, other: Publication) -> str:
    """The page that tells what changed from the older of two versions to the newer."""
    numbers = sorted([publication.number, other.number])
    return reverse("public:comparison", args=[slug, *numbers])


def _version(slug: str, publication: Publication) -> Version:
    return Version(
        number=publication.number,
        label=publication.label,
        in_force_on=publication.in_force_on,
        is_in_force=publication.in_force_on <= timezone.localdate(),
        address=reverse("public:contract", args=[slug]),
    )
