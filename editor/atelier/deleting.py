"""Deleting objectives of the outline: all that would go is said first, and goes once that is confirmed."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from drafts.bulk import delete_objectives
from editor.atelier.answers import Done, answer, refusal
from editor.atelier.choice import read_choice, rows_of, topmost
from editor.atelier.doors import atelier_page, contract_door, in_place
from editor.forms.item_rows import KINDS
from editor.reading.outline import Branch, Outline
from objectives.changes import Refused, Stale
from objectives.edits import delete_objective
from objectives.models import Contract


@require_http_methods(["GET", "HEAD", "POST"])
@contract_door("edit")
def delete_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """`choisis`: the objectives, with revisions. A GET says what would go; a POST that tells how many deletes them."""
    outline = Outline(contract)
    try:
        chosen = read_choice(outline, request.POST if request.method == "POST" else request.GET)
        if request.method == "POST":
            return answer(request, contract, _delete(request, contract, chosen))
    except (Stale, Refused) as error:
        return refusal(request, contract, error)
    tops = topmost([node for node, _ in chosen])
    return atelier_page(
        request,
        "editor/parts/deletion.html" if in_place(request) else "editor/deletion.html",
        contract=contract,
        chosen=chosen,
        tops=tops,
        total=sum(node.size for node in tops),
        losses=_losses(tops),
    )


def _delete(request: HttpRequest, contract: Contract, chosen: list[tuple[Branch, int]]) -> Done:
    tops = topmost([node for node, _ in chosen])
    total = sum(node.size for node in tops)
    with_all = request.POST.get("with_all") == str(total)
    rows = rows_of(chosen)
    if len(rows) == 1:
        delete_objective(rows[0][0], by=request.user, revision=rows[0][1], with_all=with_all)
    else:
        delete_objectives(contract, rows, by=request.user, with_all=with_all)
    said = f"« {tops[0].name} » est supprimé" if len(tops) == 1 else f"{len(tops)} objectifs sont supprimés"
    more = f", et {total - len(tops)} au-dessous" if total > len(tops) else ""
    return Done(
        f"{said}{more}. « Annuler » {'les' if total > 1 else 'le'} rétablit.",
        _next_to(tops),
        [node.key for node in tops],
    )


def _next_to(gone: list[Branch]) -> str | None:
    """Where a person is once those are gone: the sibling before the first, else the one after the last, else above."""
    first = gone[0]
    left = [node for node in first.siblings if node not in gone]
    before = [node for node in left if node.position < first.position]
    near = before[-1:] or left[:1] or ([first.parent] if first.parent else [])
    return near[0].key if near else None


def _losses(tops: list[Branch]) -> list[tuple[int, str]]:
    """How many objectives, actions, clauses and indicators would go, with their words; none of a kind: left out."""
    pks = [node.pk for top in tops for node in top.all]
    found = [(len(pks), "objectif en tout,objectifs en tout")] if len(pks) > len(tops) else []
    found += [(kind.model.objects.filter(objective__in=pks).count(), kind.words) for kind in KINDS]
    return [(count, words) for count, words in found if count]
