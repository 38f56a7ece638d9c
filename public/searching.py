"""Search over all that is published: what holds the words, in its place in its tree, contract by contract."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Case, Count, QuerySet, When
from django.urls import reverse

from public.errors import Missing
from public.finding import frame_of_current
from publications.entries import Sought, fold, having_words, sought
from publications.models import Entry, Publication
from publications.renditions.branches import Branch, Grower
from publications.renditions.hits import tally

#: Entries on one page.
PAGE_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Group:
    """What was found in one contract; `tally` counts all of it, `branches` hold what is on the page."""

    publication: Publication
    address: str
    tally: str
    branches: list[Branch]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found."""

    tally: str
    groups: list[Group]
    #: Contracts whose own title or territory has the words.
    named: list[Publication]
    query: tuple[Sought, ...]
    page: int
    pages: int

    @property
    def numbers(self) -> range:
        """The numbers of all pages."""
        return range(1, self.pages + 1)


def search(publications: list[Publication], words: str, *, kind: str = "", slug: str = "", page: int = 1) -> Results:
    """The results among those publications, contracts in their order, entries in reading order. Three queries.

    Raises Missing for a page that does not exist.
    """
    query = sought(words)
    asked = [one for one in publications if slug in ("", one.contract.slug)]
    found = having_words(Entry.objects.filter(publication__in=asked), words)
    if kind:
        found = found.filter(kind=kind)
    counts: dict[int, Counter[str]] = {one.pk: Counter() for one in asked}
    for row in found.order_by().values("publication_id", "kind").annotate(number=Count("pk")):
        counts[row["publication_id"]][row["kind"]] = row["number"]
    pages = max(-(-sum(one.total() for one in counts.values()) // PAGE_LENGTH), 1)
    if page > pages:
        raise Missing("Cette recherche n’a pas autant de pages.")
    entries = _page(found, [(one.pk, counts[one.pk].total()) for one in asked], (page - 1) * PAGE_LENGTH)
    return Results(
        tally=tally(kind for one in counts.values() for kind in one.elements()),
        groups=list(_groups(entries, counts, query)),
        named=[one for one in asked if query and not kind and _is_named(one, query)],
        query=query,
        page=page,
        pages=pages,
    )


def _page(found: QuerySet[Entry], totals: list[tuple[int, int]], start: int) -> list[Entry]:
    """The entries of one page. `totals`: how many each publication has, in the order of the contracts."""
    chosen: list[int] = []
    before = 0
    skipped = start
    for pk, total in totals:
        if before < start + PAGE_LENGTH and before + total > start:
            skipped = skipped if chosen else start - before
            chosen.append(pk)
        before += total
    ranks = Case(*(When(publication_id=pk, then=rank) for rank, pk in enumerate(chosen)), default=0)
    rows = found.filter(publication_id__in=chosen).defer("words").order_by(ranks, "position")
    return list(rows[skipped : skipped + PAGE_LENGTH])


def _groups(entries: list[Entry], counts: dict[int, Counter[str]], query: tuple[Sought, ...]) -> Iterator[Group]:
    """The entries of each contract in its tree, grown as the contract's own page grows it."""
    wanted = {entry.publication_id for entry in entries}
    known = Publication.objects.select_related("contract").in_bulk(wanted)
    for pk, found in groupby(entries, key=lambda entry: entry.publication_id):
        publication = known[pk]
        slug = publication.contract.slug
        grower = Grower(publication.document, frame_of_current(slug, publication))
        yield Group(
            publication=publication,
            address=reverse("public:contract", args=[slug]),
            tally=tally(counts[pk].elements()),
            branches=grower.grow_found(found, query),
        )


def _is_named(publication: Publication, query: tuple[Sought, ...]) -> bool:
    words = fold(f"{publication.title} {publication.territory}")
    return all(any(one.finds(word) for word in words) for one in query)
