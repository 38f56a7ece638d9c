"""« Documents »: all that may be made of the draft, its files, and the answer of a PDF that is being made."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from editor.atelier.doors import atelier_page, contract_door
from objectives.models import Contract
from publications.editions import draft_edition
from publications.renditions.asking import WaitingForm
from publications.renditions.files import LISTED, MAKERS, PRINTED, WHOLE_FORMAT, File, named
from publications.renditions.store import WHOLE, Wanted
from publications.renditions.waiting import Around, Page, ask_pdf


@require_safe
@contract_door("read")
def documents_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """What there is of the draft, to print, to work on or to give to other software."""
    files = [
        File(*PRINTED, _address(contract, ".pdf")),
        *(File(*said, _address(contract, ending)) for ending, said in LISTED.items()),
        File("Le document entier", WHOLE_FORMAT, "Se réimporte sans perte.", _address(contract, ".json")),
        File("Le même, à tenir à la main", "YAML", "Se réimporte sans perte.", _address(contract, ".yaml")),
    ]
    return atelier_page(
        request,
        "editor/documents.html",
        contract=contract,
        here="documents",
        files=files,
        last=contract.publications.defer("content").order_by("-number").first(),
    )


@require_safe
@contract_door("read")
def file_view(request: HttpRequest, contract: Contract, name: str) -> HttpResponse:
    """The draft, as it is at this moment, as a file."""
    ending = name.removeprefix(_stem(contract))
    if name == _stem(contract) + ".pdf":
        return answer_pdf(request, contract, WHOLE, name)
    if ending not in MAKERS or ending == name:
        raise Http404("Ce contrat n’a pas de fichier de ce nom.")
    make, content_type = MAKERS[ending]
    return named(HttpResponse(make(draft_edition(contract))), name, content_type)


def answer_pdf(request: HttpRequest, contract: Contract, wanted: Wanted, name: str) -> HttpResponse:
    """The PDF of the draft when it is made; else a page that waits for it (202), or says that it failed (503).

    Who waits does so at an address that names the revision they asked for: that one, or any later, is what they get.
    """
    asked = WaitingForm(request.GET).ask()
    revision = contract.revision if asked["revision"] is None else asked["revision"]
    query = f"{wanted.composition.query}&" if wanted.composition else ""
    around = Around(
        title=contract.title,
        address=f"{request.path}?{query}revision={revision}",
        back=reverse("editor:documents", args=[contract.slug]),
        choices=f"{reverse('editor:composer', args=[contract.slug])}?{query.rstrip('&')}" if query else "",
        is_draft=True,
    )
    found = ask_pdf(contract, wanted, around, retry=asked["reessayer"] == "1", at_least=revision)
    if not isinstance(found, Page):
        return named(HttpResponse(bytes(found.content)), name, "application/pdf")
    if found.status == 202 and (asked["reessayer"] or asked["revision"] is None):
        return HttpResponseRedirect(around.address)
    return HttpResponse(found.html, status=found.status)


def _address(contract: Contract, ending: str) -> str:
    """Where that file of the draft is."""
    return reverse("editor:document", args=[contract.slug, _stem(contract) + ending])


def _stem(contract: Contract) -> str:
    return f"{contract.slug}-brouillon"
