"""Answers with a PDF once it is made; until then with a page that waits for it, or says that it failed."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response

from public.forms import RetryForm
from public.kept import A_DAY, answer_now, caching_of, tell_caches
from publications.models import Publication, Rendition
from publications.renditions.store import TooManyWaiting, Wanted, ahead_of, pdf_of, reason_of

#: Which steps of the making are told as one: the last of them, in words.
STAGES = ((0, "en file d’attente"), (3, "composition du texte"), (5, "mise en page"), (7, "écriture du fichier"))


def answer_pdf(request: HttpRequest, publication: Publication, wanted: Wanted, name: str) -> HttpResponse:
    """The PDF when it is made; else a page that waits for it (202), or says that it failed (503).

    Raises DocumentKeyError where the publication has no such objective.
    """
    try:
        again = RetryForm(request.GET).ask()["reessayer"] == "1"
        rendition = pdf_of(publication, wanted, wait=0, retry=again)
        if again:  # asked once: whoever waits on that page would ask it for ever
            return HttpResponseRedirect(_address(request, wanted))
    except TooManyWaiting:
        said = "Trop de documents sont en préparation. Essayez dans quelques minutes."
        return _answer_failed(request, publication, wanted, said)
    if rendition.state == Rendition.State.FAILED:
        return _answer_failed(request, publication, wanted, reason_of(rendition))
    if rendition.state != Rendition.State.DONE:
        return _answer_waiting(request, publication, wanted, rendition)
    etag = f'"{rendition.pk}-{rendition.finished_at.timestamp()}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(bytes(rendition.content))
    response["ETag"] = etag
    tell_caches(response, caching_of(publication, A_DAY))
    return named(response, name, "application/pdf")


def named(response: HttpResponse, name: str, content_type: str = "") -> HttpResponse:
    """What the file is called once saved; a PDF opens in the browser, the others are saved."""
    if content_type:
        response["Content-Type"] = content_type
    where = "inline" if name.endswith(".pdf") else "attachment"
    response["Content-Disposition"] = f'{where}; filename="{name}"'
    return response


def _answer_waiting(
    request: HttpRequest, publication: Publication, wanted: Wanted, rendition: Rendition
) -> HttpResponse:
    stage = next(words for last, words in STAGES if rendition.step <= last)
    ahead = ahead_of(rendition) if rendition.state == Rendition.State.QUEUED else 0
    context = _context(publication, wanted) | {
        "address": _address(request, wanted),
        "stage": stage,
        "step": rendition.step,
        "steps": STAGES[-1][0],
        "ahead": ahead,
    }
    return answer_now(request, render_to_string("public/preparing.html", context), caching="no-store", status=202)


def _answer_failed(request: HttpRequest, publication: Publication, wanted: Wanted, said: str) -> HttpResponse:
    address = _address(request, wanted)
    again = f"{address}{'&' if '?' in address else '?'}reessayer=1"
    context = _context(publication, wanted) | {"again": again, "said": said}
    return answer_now(request, render_to_string("public/failed.html", context), caching="no-store", status=503)


def _context(publication: Publication, wanted: Wanted) -> dict[str, object]:
    place = [publication.contract.slug, publication.number]
    back = reverse("public:publication", args=place)
    choices = f"{reverse('public:composer', args=place)}?{wanted.composition.query}" if wanted.composition else ""
    return {"title": publication.title, "back": back, "choices": choices}


def _address(request: HttpRequest, wanted: Wanted) -> str:
    return f"{request.path}?{wanted.composition.query}" if wanted.composition else request.path
