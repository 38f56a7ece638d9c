"""The draft as its published page would be: the same rendering, for those with the right to read it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from objectives.access import contracts_for
from publications.editions import Edition, draft_edition
from publications.renditions.asking import TreeForm
from publications.renditions.frame import Frame, Standing
from publications.renditions.page import contract_page, objective_page


@never_cache
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The tree of the draft."""
    edition = _find_draft(request, slug)
    form = TreeForm(request.GET, edition.document)
    return HttpResponse(contract_page(edition, _frame(slug), form.narrowing, unfolded=form.unfolded))


@never_cache
@require_safe
def preview_objective(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """An objective of the draft."""
    page = objective_page(_find_draft(request, slug), key, _frame(slug))
    if page is None:
        raise Http404
    return HttpResponse(page)


def _find_draft(request: HttpRequest, slug: str) -> Edition:
    """Whoever may not read the draft is told nothing of it, not even that the contract exists."""
    return draft_edition(get_object_or_404(contracts_for(request.user, "read"), slug=slug))


def _frame(slug: str) -> Frame:
    return Frame(root=reverse("editor:preview", args=[slug]), standing=Standing.DRAFT)
