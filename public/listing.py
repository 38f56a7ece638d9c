"""Lists of what is published: the contracts, and the versions of one."""

from dataclasses import dataclass

from django.urls import reverse

from document.nodes import Document, Objective
from document.walk import walk_branch
from public.errors import Missing
from public.finding import NO_CONTRACT
from publications.entries import fold
from publications.models import Entry, Publication
from publications.renditions.branches import Grower, thread_of
from publications.renditions.frame import Frame, Standing


def current_publications() -> list[Publication]:
    """What a visitor reads first of each contract, contents not loaded. One query.

    By title, as French sorts it: databases do not agree on that.
    """
    found = Publication.objects.current().select_related("contract").defer("content").order_by("pk")
    return sorted(found, key=lambda one: fold(one.title))


def public_versions(slug: str) -> list[Publication]:
    """All public versions of a contract, the last first. Raises Missing when there is none. One query."""
    found = list(
        Publication.objects.public()
        .filter(contract__slug=slug)
        .select_related("contract")
        .defer("content")
        .order_by("-number")
    )
    if not found:
        raise Missing(NO_CONTRACT)
    return found


def all_public_versions() -> list[Publication]:
    """All public versions of all contracts, by the title of the last of each, the last first. One query."""
    found = Publication.objects.public().select_related("contract").defer("content").order_by("contract", "-number")
    titles: dict[int, list[str]] = {}
    for one in found:
        titles.setdefault(one.contract_id, fold(one.title))
    return sorted(found, key=lambda one: (titles[one.contract_id], one.contract_id))


def versions_having(slug: str, key: str) -> list[tuple[Publication, str]]:
    """The public versions of a contract that have an objective of that key, the last first, each with its address."""
    entries = Entry.objects.filter(publication__contract__slug=slug, kind=Entry.Kind.OBJECTIVE, key=key)
    found = Publication.objects.public().filter(pk__in=entries.values("publication_id"))
    return [
        (one, reverse("public:publication_objective", args=[slug, one.number, key]))
        for one in found.defer("content").order_by("-number")
    ]


@dataclass(frozen=True, slots=True)
class Root:
    """A root of a contract, and how much of the contract's objectives it holds."""

    objective: Objective
    thread: int
    address: str
    #: Objectives from the left before it, and of its own: the measures of its thread in the strip.
    start: int
    weight: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A contract on the home page."""

    publication: Publication
    address: str
    counts: list[str]
    roots: list[Root]
    weight: int


def listed(publications: list[Publication]) -> list[Listed]:
    """Those publications as the home page shows them. One query, for their documents."""
    full = Publication.objects.in_bulk([one.pk for one in publications])
    return [_listed(one, full[one.pk].document) for one in publications]


def _listed(publication: Publication, document: Document) -> Listed:
    address = reverse("public:contract", args=[document.contract.slug])
    grower = Grower(document, Frame(root=address, standing=Standing.IN_FORCE))
    roots: list[Root] = []
    start = 0
    for rank, node in enumerate(document.objectives):
        weight = sum(1 for _ in walk_branch(node))
        roots.append(Root(node, thread_of(rank), grower.frame.objective(node.key), start, weight))
        start += weight
    return Listed(publication, address, grower.counted(publication.counts), roots, start)
