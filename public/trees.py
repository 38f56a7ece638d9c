"""The tree of a version on one page, and the drawing of it, at permanent addresses."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from public.finding import find_framed, find_version
from public.kept import A_DAY, answer_kept, caching_of, name_of
from publications.editions import edition_of
from publications.renditions.asking import QueryForm
from publications.renditions.parts.project_tree import svg
from publications.renditions.parts.project_tree_page import project_tree_page
from publications.renditions.parts.project_tree_pages import PAPERS


class PaperForm(QueryForm):
    """Which paper the tree is to fit; A3 where nothing is asked."""

    papier = forms.ChoiceField(required=False, choices=[(name, name) for name in PAPERS])


@require_safe
def project_tree(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The page: lists in columns on a screen, the drawing on paper."""
    publication, frame = find_framed(request, slug, number)
    paper = PaperForm(request.GET).ask()["papier"] or "A3"
    return answer_kept(
        request,
        ("project-tree", name_of(publication), repr(frame), paper),
        lambda: project_tree_page(edition_of(publication), frame, paper),
        caching=caching_of(publication),
    )


@require_safe
def project_tree_svg(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The drawing."""
    publication = find_version(request, slug, number)
    paper = PaperForm(request.GET).ask()["papier"] or "A3"
    response = answer_kept(
        request,
        ("project-tree.svg", name_of(publication), paper),
        lambda: svg(edition_of(publication), paper),
        content_type="image/svg+xml",
        caching=caching_of(publication, A_DAY),
    )
    response["Content-Disposition"] = f'inline; filename="{slug}-v{number}-arbre.svg"'
    return response
