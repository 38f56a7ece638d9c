"""Answers with the PDF of a publication once it is made; until then with the page that stands for it."""

from datetime import datetime
from functools import lru_cache

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import get_conditional_response

from public.kept import A_DAY, answer_now, caching_of, tell_caches
from publications.lookup import made_file
from publications.models import Publication, Rendition
from publications.renditions.asking import WaitingForm
from publications.renditions.files import named
from publications.renditions.store import Wanted
from publications.renditions.waiting import Around, ask_pdf


def answer_pdf(request: HttpRequest, publication: Publication, wanted: Wanted, name: str) -> HttpResponse:
    """The PDF when it is made; else a page that waits for it (202), or says that it failed (503).

    Raises DocumentKeyError where the publication has no such objective.
    """
    made = made_file(publication, wanted.name) if "reessayer" not in request.GET else None
    return _answer_file(request, publication, made, name) if made else _ask(request, publication, wanted, name)


def _ask(request: HttpRequest, publication: Publication, wanted: Wanted, name: str) -> HttpResponse:
    around = _around(request, publication, wanted)
    again = WaitingForm(request.GET).ask()["reessayer"] == "1"
    found = ask_pdf(publication, wanted, around, retry=again)
    if isinstance(found, Rendition):
        return _answer_file(request, publication, found, name)
    if again and found.status == 202:  # asked once: whoever waits on that page would ask it for ever
        return HttpResponseRedirect(around.address)
    return answer_now(request, found.html, caching="no-store", status=found.status)


def _answer_file(request: HttpRequest, publication: Publication, made: Rendition, name: str) -> HttpResponse:
    etag = f'"{made.pk}-{made.finished_at.timestamp()}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(_content_of(made.pk, made.finished_at))
    response["ETag"] = etag
    tell_caches(response, caching_of(publication, A_DAY))
    return named(response, name, "application/pdf")


@lru_cache(maxsize=16)
def _content_of(pk: int, _: datetime) -> bytes:
    """The bytes of a file, made at that moment: those asked for last are not read again."""
    return bytes(Rendition.objects.values_list("content", flat=True).get(pk=pk))


def _around(request: HttpRequest, publication: Publication, wanted: Wanted) -> Around:
    place = [publication.contract.slug, publication.number]
    query = f"?{wanted.composition.query}" if wanted.composition else ""
    return Around(
        title=publication.title,
        address=f"{request.path}{query}",
        back=reverse("public:publication", args=place),
        choices=f"{reverse('public:composer', args=place)}{query}" if query else "",
    )
