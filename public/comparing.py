"""The page that compares two versions of a contract, at a permanent address."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from document.compare import KINDS
from public.finding import find_version
from public.kept import PRIVATE, REVALIDATED, answer_kept, name_of
from publications.editions import edition_of
from publications.models import Publication
from publications.renditions.asking import QueryForm
from publications.renditions.comparison import WORDS, tell


class ComparisonForm(QueryForm):
    """Which kinds of change are told; none chosen: all."""

    genre = forms.MultipleChoiceField(required=False, choices=[(kind, WORDS[kind][2]) for kind in KINDS])


@require_safe
def comparison(request: HttpRequest, slug: str, number: int, other: int) -> HttpResponse:
    """What changed from one version to another."""
    before, after = (find_version(request, slug, which) for which in (number, other))
    kinds = ComparisonForm(request.GET).ask()["genre"]
    public = all(one.visibility == Publication.Visibility.PUBLIC for one in (before, after))
    return answer_kept(
        request,
        ("comparison", slug, name_of(before), name_of(after), *kinds),
        lambda: _page(slug, before, after, kinds),
        caching=REVALIDATED if public else PRIVATE,
    )


def _page(slug: str, before: Publication, after: Publication, kinds: list[str]) -> str:
    context = {
        "account": tell(edition_of(before), edition_of(after), kinds=kinds or KINDS),
        "kinds": kinds,
        "slug": slug,
        "root": reverse("public:publication", args=[slug, after.number]),
        "old_root": reverse("public:publication", args=[slug, before.number]),
    }
    return render_to_string("publications/comparison.html", context)
