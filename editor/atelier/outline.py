"""The outline of one contract: its page, its fragment, and the fragment of a branch that is being opened."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from editor.atelier.doors import atelier_page, contract_door, in_place
from editor.atelier.finding import find_nodes
from editor.atelier.rows import read_lines
from editor.atelier.sight import Sight, read_sight
from editor.atelier.step_names import steps_of
from editor.atelier.tally import CHECKED_AT_ONCE, tally_of
from editor.reading.outline import Outline
from objectives.models import Contract
from publications.entries import tag_form

#: The steps that an objective can make: name, words, keys, sign.
GESTURES = (
    ("up", "Monter", "Alt + ↑", "↑"),
    ("down", "Descendre", "Alt + ↓", "↓"),
    ("out", "Désindenter", "Maj + Tab", "←"),
    ("in", "Indenter", "Tab", "→"),
)


@require_safe
@contract_door("read")
def outline_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """The outline beside the panel; `?objectif=` is current, `?intitule=1` lets its title be typed, `?q=` searches."""
    outline = Outline(contract)
    key = request.GET.get("objectif", "")
    if key and key not in outline.by_key:
        raise Http404("Cet objectif n’est pas, ou n’est plus, dans ce contrat.")
    sight = read_sight(outline, request.GET, outline.by_key.get(key))
    return outline_page(request, contract, outline, sight, editing=key if "intitule" in request.GET else "")


def outline_page(
    request: HttpRequest, contract: Contract, outline: Outline, sight: Sight, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The page, or its outline alone where the page is there already."""
    tally = tally_of(contract, wait=len(outline.nodes) <= CHECKED_AT_ONCE)
    words = request.GET.get("q", "").strip()
    context |= {
        "outline": outline,
        "current": sight.current,
        "opened": " ".join(sorted(sight.opened & outline.by_key.keys())),
        "lines": read_lines(contract, outline, sight, findings=tally.on, reader=request.user),
        "tally": tally,
        "is_choosing": "choisir" in request.GET,
        "words": words,
        "found": find_nodes(outline, words),
        "directions": GESTURES,
        "here": "outline",
        "tags": sorted(contract.tags.values_list("name", flat=True), key=tag_form),
    }
    context |= steps_of(contract, request.user)
    template = "editor/parts/outline.html" if in_place(request) else "editor/outline.html"
    return atelier_page(request, template, contract=contract, status=status, **context)


@require_safe
@contract_door("read")
def branch_view(request: HttpRequest, contract: Contract, key: str) -> HttpResponse:
    """What stands just below one objective; `?ouverts=` names the branches open below it."""
    outline = Outline(contract)
    node = outline.by_key.get(key)
    if node is None:
        raise Http404("Cet objectif n’est pas, ou n’est plus, dans ce contrat.")
    sight = Sight(set(request.GET.get("ouverts", "").split()), None)
    tally = tally_of(contract, wait=len(outline.nodes) <= CHECKED_AT_ONCE)
    lines = read_lines(contract, outline, sight, findings=tally.on, reader=request.user, roots=node.children)
    return atelier_page(request, "editor/parts/branch.html", contract=contract, lines=lines)


@require_safe
@contract_door("read")
def findings_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """Has the checks done on the draft as it is, for an outline that did not wait for them."""
    tally_of(contract, wait=True)
    return HttpResponse(status=204)


@require_safe
@contract_door("read")
def search_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """The objectives that answer to a code or words, as links into the outline."""
    words = request.GET.get("q", "").strip()
    found = find_nodes(Outline(contract), words)
    return atelier_page(request, "editor/parts/found.html", contract=contract, words=words, found=found)


def outline_url(contract: Contract, key: str | None = None) -> str:
    """The outline, at that objective."""
    url = reverse("editor:outline", args=[contract.slug])
    return f"{url}?objectif={key}" if key else url
