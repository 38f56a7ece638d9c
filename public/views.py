"""The pages of published contracts: find, ask the form, answer. None of them knows who is signed in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from public.finding import find_current, find_framed, frame_of_current
from public.kept import answer_kept, answer_now, caching_of, name_of
from public.listing import versions_having
from publications.editions import edition_of
from publications.models import Publication
from publications.renditions.asking import TreeForm
from publications.renditions.frame import Frame
from publications.renditions.page import WHOLE, contract_page, objective_page


@require_safe
def contract(request: HttpRequest, slug: str) -> HttpResponse:
    """The tree of the version that is read first."""
    publication = find_current(slug)
    return _answer_tree(request, publication, frame_of_current(slug, publication))


@require_safe
def publication(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The tree of one version, for ever."""
    return _answer_tree(request, *find_framed(request, slug, number))


@require_safe
def objective(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """An objective in the version that is read first; one that left it is looked for in the earlier ones."""
    found = find_current(slug)
    try:
        return _answer_objective(request, found, frame_of_current(slug, found), key)
    except Http404:
        earlier = versions_having(slug, key)
        if not earlier:
            raise
        return answer_now(request, render_to_string("public/gone.html", {"versions": earlier, "key": key}), status=404)


@require_safe
def publication_objective(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """An objective in one version, for ever."""
    return _answer_objective(request, *find_framed(request, slug, number), key)


def _answer_tree(request: HttpRequest, publication: Publication, frame: Frame) -> HttpResponse:
    caching, narrowing, unfolded = caching_of(publication), WHOLE, False
    if request.GET:
        form = TreeForm(request.GET, edition_of(publication).document)
        narrowing, unfolded = form.narrowing, form.unfolded
    if narrowing:
        return answer_now(request, contract_page(edition_of(publication), frame, narrowing), caching=caching)
    return answer_kept(
        request,
        _name("tree", publication, frame, str(unfolded)),
        lambda: contract_page(edition_of(publication), frame, unfolded=unfolded),
        caching=caching,
    )


def _answer_objective(request: HttpRequest, publication: Publication, frame: Frame, key: str) -> HttpResponse:
    return answer_kept(
        request,
        _name("objective", publication, frame, key),
        lambda: objective_page(edition_of(publication), key, frame),
        caching=caching_of(publication),
    )


def _name(page: str, publication: Publication, frame: Frame, *more: str) -> tuple[object, ...]:
    """All that a page of a version depends on: which version, how it stands, where it is shown."""
    return (page, name_of(publication), repr(frame), *more)
