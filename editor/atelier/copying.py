"""Copying a branch from another contract that the person may read: which one, which branch, and where it goes."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from document.nodes import Document
from document.walk import Place, walk
from drafts.copying import copy_branch
from drafts.read import read_draft
from editor.atelier.doors import atelier_page, contract_door
from editor.atelier.gestures import row_of
from editor.atelier.outline import outline_url
from editor.forms.saving import words_of
from editor.reading.outline import Branch, Outline
from editor.reading.search import bare
from objectives.access import contracts_for
from objectives.changes import Refused
from objectives.models import Contract
from publications.models import Publication

#: Most branches that are offered at once.
OFFERED_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Source:
    """A text that a branch may be copied from: « draft:SLUG » or « version:PK »."""

    value: str
    name: str


@require_http_methods(["GET", "HEAD", "POST"])
@contract_door("edit")
def copy_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """`?source=`, `?q=`: its branches; a POST with `key` copies that one `inside` or `after` the current objective."""
    outline = Outline(contract)
    asked = request.POST if request.method == "POST" else request.GET
    node = outline.by_key.get(asked.get("objectif", ""))
    document = read_source(request, asked.get("source", ""))
    error = ""
    if request.method == "POST":
        try:
            return _copy(request, contract, node, document)
        except Refused as refused:
            error = words_of(refused)
    return atelier_page(
        request,
        "editor/copying.html",
        contract=contract,
        status=400 if error else 200,
        error=error,
        node=node,
        sources=sources_for(request),
        source=asked.get("source", ""),
        words=asked.get("q", ""),
        offered=_offered(document, asked.get("q", "")) if document else [],
        is_read=document is not None,
    )


def _copy(request: HttpRequest, contract: Contract, node: Branch | None, document: Document | None) -> HttpResponse:
    if document is None or not request.POST.get("key"):
        raise Refused("Choisissez le contrat et la branche à copier.")
    inside = request.POST.get("place") == "inside"
    under = node if inside or node is None else node.parent
    position = None if inside or node is None else node.position + 1
    copied = copy_branch(
        document, request.POST["key"], into=contract, under=row_of(under), position=position, by=request.user
    )
    messages.success(request, f"« {copied} » est copié, avec tout ce qu’il porte.")
    return HttpResponseRedirect(outline_url(contract, copied.key))


def sources_for(request: HttpRequest) -> list[Source]:
    """The drafts and the versions that the person may read."""
    drafts = contracts_for(request.user).order_by("title").values_list("slug", "title")
    found = [Source(f"draft:{slug}", f"{title} – brouillon") for slug, title in drafts]
    versions = Publication.objects.readable_by(request.user).order_by("title", "-number")
    for pk, title, number, label in versions.values_list("pk", "title", "number", "label"):
        found.append(Source(f"version:{pk}", f"{title} – version {number} ({label})"))
    return found


def read_source(request: HttpRequest, value: str) -> Document | None:
    """The text of that source, None where none is named. Raises Http404 for one that the person may not read."""
    kind, _, name = value.partition(":")
    if not value:
        return None
    if kind == "draft":
        contract = contracts_for(request.user).filter(slug=name).first()
        found = read_draft(contract) if contract else None
    else:
        versions = Publication.objects.readable_by(request.user)
        version = versions.filter(pk=name).first() if kind == "version" and name.isdecimal() else None
        found = version.document if version else None
    if found is None:
        raise Http404("Ce texte n’est pas de ceux que vous pouvez lire.")
    return found


def _offered(document: Document, text: str) -> list[Place]:
    words = bare(text).split()
    found = (
        place
        for place in walk(document)
        if all(word in bare(f"{place.objective.code or ''} {place.objective.title}") for word in words)
    )
    return [place for place, _ in zip(found, range(OFFERED_LIMIT), strict=False)]
