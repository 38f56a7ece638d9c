"""« Composer un document »: the page of choices, what they give on screen, and their PDF; addresses say all."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from public.finding import find_framed, find_version
from public.kept import answer_now, caching_of
from public.preparing import answer_pdf
from publications.editions import Edition, edition_of
from publications.models import Publication
from publications.renditions.choosing import CompositionForm
from publications.renditions.composition import Composition, title_of, write_parts
from publications.renditions.frame import Frame
from publications.renditions.store import Wanted


@require_safe
def composer(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The choices; once made, they are the address itself."""
    publication, frame = find_framed(request, slug, number)
    form = _form(request, publication)
    choices = form.read_choices(request.META["QUERY_STRING"])
    if choices.elsewhere:
        return HttpResponseRedirect(f"{request.path}?{choices.elsewhere}")
    context = _context(publication, frame) | {
        "form": form,
        "composition": choices.composition,
        "presets": form.presets(edition_of(publication)),
        "shared": request.build_absolute_uri(),
    }
    page = render_to_string("public/composer.html", context)
    return answer_now(request, page, caching=caching_of(publication), status=choices.status)


@require_safe
def preview(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The same parts as a page."""
    publication, frame = find_framed(request, slug, number)
    composition = _form(request, publication).asked
    edition = edition_of(publication)
    sections = write_parts(edition, composition, _since(publication, composition), on_screen=True)
    context = _context(publication, frame) | {
        "composition": composition,
        "title": title_of(edition, composition),
        "sections": list(sections),
    }
    page = render_to_string("public/composed.html", context)
    return answer_now(request, page, caching=caching_of(publication))


@require_safe
def composed(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The PDF, or the page that waits for it."""
    publication = find_version(request, slug, number)
    composition = _form(request, publication).asked
    name = f"{slug}-v{number}-{composition.digest[:8]}.pdf"
    return answer_pdf(request, publication, Wanted(composition=composition), name)


def _form(request: HttpRequest, publication: Publication) -> CompositionForm:
    """The form, with the versions that whoever may read this one may compare it with."""
    document = edition_of(publication).document  # loads what `find_version` left, in one query
    versions = (
        Publication.objects.filter(contract=publication.contract_id).exclude(pk=publication.pk).order_by("number")
    )
    if publication.visibility == Publication.Visibility.PUBLIC:
        versions = versions.public()
    return CompositionForm(request.GET, document, list(versions.defer("content")))


def _since(publication: Publication, composition: Composition) -> Edition | None:
    if composition.since is None:
        return None
    return edition_of(Publication.objects.get(contract=publication.contract_id, number=composition.since))


def _context(publication: Publication, frame: Frame) -> dict[str, Any]:
    return {
        "edition": edition_of(publication),
        "frame": frame,
        "address": f"{frame.permanent}composer/",
        "preview": f"{frame.permanent}composer/apercu/",
        "pdf": f"{frame.permanent}composer/document.pdf",
    }
