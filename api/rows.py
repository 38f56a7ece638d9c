"""What the API says of contracts, publications, entries and findings: plain values, with absolute links."""

from dataclasses import asdict
from typing import Any

from django.urls import reverse
from django.utils import timezone
from rest_framework.request import Request

from document.findings import Finding
from objectives.models import Contract
from publications.models import Entry, Publication

#: Columns of a publication that its row is made of: all but its content, which only its document's address sends.
COLUMNS = (
    "number",
    "label",
    "in_force_on",
    "published_at",
    "note",
    "visibility",
    "digest",
    "title",
    "territory",
    "start_year",
    "end_year",
    "counts",
)
#: Columns of an entry that its row is made of.
ENTRY_COLUMNS = ("publication__contract__slug", "publication__number", "kind", "key", "objective_key", "data")
LISTS = ("objectives", "actions", "clauses", "indicators")
#: The links of a contract (those that exist for the person) and of a publication, with what they lead to.
CONTRACT_LINKS = {
    "self": "Cette ressource.",
    "publications": "Ses publications.",
    "page": "Sa page publique.",
    "document": "Son document en vigueur.",
    "objectives": "Ses objectifs, à plat.",
    "actions": "Ses actions, à plat.",
    "clauses": "Ses clauses, à plat.",
    "indicators": "Ses indicateurs, à plat.",
    "draft_document": "Son brouillon, pour ses membres.",
    "draft_findings": "Les constats sur son brouillon, pour ses membres.",
}
PUBLICATION_LINKS = {
    "self": "Cette ressource.",
    "contract": "Le contrat.",
    "document": "Le texte figé.",
    "page": "Sa page publique.",
    "downloads": "Ses fichiers à télécharger.",
}


def address(request: Request, name: str, *args: Any) -> str:
    """The absolute address of a view."""
    return request.build_absolute_uri(reverse(name, args=args))


def contract_row(
    request: Request, contract: Contract, publication: Publication | None, *, readable: bool
) -> dict[str, Any]:
    """A contract as its current publication says it; `readable`: the person may read its draft.

    Without a public publication (`publication` None) only its members come here, and its head is the draft's.
    """
    head = publication or contract
    slug = contract.slug
    links = {
        "self": address(request, "api:contract", slug),
        "publications": address(request, "api:publications", slug),
    }
    if publication is not None:
        links["page"] = address(request, "public:contract", slug)
        links["document"] = address(request, "api:document", slug)
        links |= {name: f"{address(request, f'api:{name}')}?contract={slug}" for name in LISTS}
    if readable:
        links["draft_document"] = address(request, "api:draft_document", slug)
        links["draft_findings"] = address(request, "api:draft_findings", slug)
    return {
        "slug": slug,
        "title": head.title,
        "territory": publication.territory if publication else contract.territory.name,
        "start_year": head.start_year,
        "end_year": head.end_year,
        "counts": publication.counts if publication else None,
        "publication": publication_row(request, slug, publication, current=True) if publication else None,
        "links": links,
    }


def publication_row(request: Request, slug: str, publication: Publication, *, current: bool) -> dict[str, Any]:
    """A publication, without its document; `current`: it is the one that a visitor reads first."""
    row = {name: getattr(publication, name) for name in COLUMNS}
    row["in_force_on"] = publication.in_force_on.isoformat()
    row["published_at"] = timezone.localtime(publication.published_at).isoformat(timespec="seconds")
    named = (slug, publication.number)
    links = {
        "self": address(request, "api:publication", *named),
        "contract": address(request, "api:contract", slug),
        "document": address(request, "api:publication_document", *named),
        "page": address(request, "public:publication", *named),
        "downloads": address(request, "public:downloads", *named),
    }
    return {"contract": slug, **row, "current": current, "links": links}


def entry_row(request: Request, values: tuple[Any, ...]) -> dict[str, Any]:
    """An objective, an action, a clause or an indicator of a current publication, flat, from its ENTRY_COLUMNS."""
    slug, number, kind, key, objective, data = values
    page = address(request, "public:objective", slug, objective)
    return {
        "contract": slug,
        "publication": number,
        **data,
        "page": page if kind == Entry.Kind.OBJECTIVE else f"{page}#{key}",
    }


def finding_row(finding: Finding) -> dict[str, Any]:
    """A finding of the checks."""
    return asdict(finding)
