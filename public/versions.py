"""The versions of a contract: their list, and which was in force on a day, at an address that names that day."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from public.errors import Missing
from public.finding import NO_CONTRACT, find_current, reserved_for
from public.forms import DayForm
from public.kept import PRIVATE, REVALIDATED, answer_kept, answer_now, name_of
from public.listing import public_versions
from publications.models import Publication
from publications.periods import period_on, periods


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """The public versions of a contract: when each is in force, which is today."""
    found = public_versions(slug)
    current = find_current(slug)

    def page() -> str:
        spans = {one.publication.pk: one for one in periods(found)}
        rows = [(one, before, spans[one.pk]) for one, before in zip(found, [*found[1:], None], strict=True)]
        context = {"versions": rows, "current": current, "slug": slug, "form": DayForm()}
        return render_to_string("public/versions.html", context)

    return answer_kept(request, ("versions", *map(name_of, [current, *found])), page)


@require_safe
def in_force(request: HttpRequest, slug: str) -> HttpResponse:
    """Which version was, is or will be in force on a day: the public one, and the one kept for this reader."""
    public = list(Publication.objects.public().filter(contract__slug=slug).defer("content"))
    reserved = reserved_for(request, slug)
    kept = list(reserved.defer("content"))
    if not public and not kept:
        raise Missing(NO_CONTRACT)
    form = DayForm(request.GET if "le" in request.GET else None)
    day = form.cleaned_data["le"] if form.is_valid() else None
    spans = periods(public)
    context = {
        "slug": slug,
        "title": (public or kept)[0].title,
        "form": form,
        "day": day,
        "today": timezone.localdate(),
        "found": period_on(day, spans) if day else None,
        "first": spans[0].publication if spans else None,
        "reserved": reserved.in_force(day).defer("content").first() if day and kept else None,
        "is_public": bool(public),
    }
    caching = PRIVATE if kept else REVALIDATED
    page = render_to_string("public/in_force.html", context)
    return answer_now(request, page, caching=caching, status=400 if form.errors else 200)
