"""The tree of one contract: shown, filtered, and moved a step at a time by plain buttons."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from editor.admin.pages import contract_page, page
from editor.admin.tree_lines import TreeFilter, read_lines
from editor.forms.fields import RevisionField
from editor.forms.saving import words_of
from editor.reading.outline import Branch, Outline
from editor.reading.stepping import DIRECTIONS, aim
from editor.reading.summary import summary_of
from objectives.changes import Refused, Stale
from objectives.edits import move_objective
from objectives.models import Contract, Objective


@contract_page("read", to_post="edit")
def tree_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """The whole tree as an indented list; a POST moves one objective a step."""
    outline = Outline(contract)
    if request.method == "POST":
        return _step(request, contract, outline)
    asked = TreeFilter(request.GET, contract, outline)
    if not asked.is_valid():
        raise Http404("Ce niveau ou cette étiquette n’est pas dans ce contrat.")
    lines = read_lines(contract, outline, asked, summary_of(contract).findings)
    return page(
        request,
        "admin/objectives/contract/tree.html",
        title="Arbre",
        contract=contract,
        asked=asked,
        lines=lines,
        found=sum(line.is_found for line in lines),
        total=len(outline.nodes),
        directions=DIRECTIONS,
    )


def _step(request: HttpRequest, contract: Contract, outline: Outline) -> HttpResponse:
    """« up:12:345 »: the objective 12, seen at revision 345, goes up. Focus comes back to the same button."""
    direction, _, rest = request.POST.get("move", "").partition(":")
    pk, _, revision = rest.partition(":")
    if direction not in DIRECTIONS or not pk.isdecimal():
        raise BadRequest("Ce déplacement n’a pas de sens.")
    node = outline.by_pk.get(int(pk))
    if node is None:
        raise Http404("Objectif introuvable dans ce contrat")
    place = aim(node, direction)
    if place is None:
        messages.warning(request, f"« {node.name} » ne peut pas aller plus loin de ce côté.")
        return _back(request, node, "n")
    under, position = place
    objective = Objective.objects.get(pk=node.pk)
    try:
        move_objective(
            objective,
            under=Objective.objects.get(pk=under.pk) if under else None,
            position=position,
            by=request.user,
            revision=RevisionField().clean(revision),
        )
    except (Stale, Refused) as error:
        messages.error(request, words_of(error))
        return _back(request, node, "n")
    moved = Outline(contract).by_pk[node.pk]
    messages.success(request, _said(moved, direction, left=node.parent))
    return _back(request, moved, direction if aim(moved, direction) else "n")


def _said(moved: Branch, direction: str, left: Branch | None) -> str:
    where = f"sous « {moved.parent.name} »" if moved.parent else "au premier niveau"
    said = (
        f"« {moved.name} » {DIRECTIONS[direction][1]} : rang {moved.position + 1} sur {len(moved.siblings)}, {where}."
    )
    if (moved.parent and moved.parent.key) != (left and left.key) and moved.code:
        said += f" Son code reste « {moved.code} » ; les contrôles diront s’il ne convient plus."
    return said


def _back(request: HttpRequest, node: Branch, part: str) -> HttpResponseRedirect:
    kept = {name: value for name, value in request.GET.items() if name in ("open",)}
    return HttpResponseRedirect(f"{request.path}?{urlencode(kept | {'at': node.key})}#{part}-{node.key}")
