"""« Composer un document » from the draft: the page of choices, what they give on screen, and their PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from editor.atelier.documents import answer_pdf
from editor.atelier.doors import atelier_page, contract_door
from objectives.models import Contract
from publications.editions import Edition, draft_edition, edition_of
from publications.models import Publication
from publications.renditions.choosing import CompositionForm
from publications.renditions.composition import Composition, title_of, write_parts
from publications.renditions.store import Wanted


@require_safe
@contract_door("read")
def composer_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """The choices; once made, they are the address itself."""
    edition = draft_edition(contract)
    form = _form(request, contract, edition)
    choices = form.read_choices(request.META["QUERY_STRING"])
    if choices.elsewhere:
        return HttpResponseRedirect(f"{request.path}?{choices.elsewhere}")
    context = _context(contract, edition) | {
        "form": form,
        "composition": choices.composition,
        "presets": form.presets(edition),
        "shared": request.build_absolute_uri(),
    }
    return atelier_page(request, "editor/composer.html", contract=contract, status=choices.status, **context)


@require_safe
@contract_door("read")
def preview_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """The same parts as a page."""
    edition = draft_edition(contract)
    composition = _form(request, contract, edition).asked
    context = _context(contract, edition) | {
        "composition": composition,
        "title": title_of(edition, composition),
        "sections": list(write_parts(edition, composition, _since(contract, composition), on_screen=True)),
    }
    return atelier_page(request, "editor/composed.html", contract=contract, **context)


@require_safe
@contract_door("read")
def pdf_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """The PDF, or the page that waits for it."""
    composition = _form(request, contract, draft_edition(contract)).asked
    name = f"{contract.slug}-brouillon-{composition.digest[:8]}.pdf"
    return answer_pdf(request, contract, Wanted(composition=composition), name)


def _form(request: HttpRequest, contract: Contract, edition: Edition) -> CompositionForm:
    """The form, with all versions of the contract: whoever reads its draft reads each of them."""
    versions = Publication.objects.filter(contract=contract).order_by("number").defer("content")
    return CompositionForm(request.GET, edition.document, list(versions))


def _since(contract: Contract, composition: Composition) -> Edition | None:
    if composition.since is None:
        return None
    return edition_of(Publication.objects.get(contract=contract, number=composition.since))


def _context(contract: Contract, edition: Edition) -> dict[str, Any]:
    return {
        "here": "documents",
        "edition": edition,
        "address": reverse("editor:composer", args=[contract.slug]),
        "preview": reverse("editor:composed_preview", args=[contract.slug]),
        "pdf": reverse("editor:composed_pdf", args=[contract.slug]),
    }
