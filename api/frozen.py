"""The frozen documents: the bytes of a publication as the database keeps them, or « not modified »."""

import gzip
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from rest_framework.request import Request

from api.authentication import bears_name
from api.reading import ApiView, share
from api.schema import documented
from api.shapes import ref
from publications.lookup import current_of, public_version
from publications.models import Publication

#: A publication never changes: a year is the longest that caches understand.
FOR_EVER = "public, max-age=31536000, immutable"
#: The current publication may be another tomorrow: kept, but asked again, which costs a 304.
ASK_AGAIN = "public, no-cache"
PRIVATE = "private, no-cache"


class PublicationDocument(ApiView):
    """The document of a publication, for ever the same."""

    caching = FOR_EVER

    def dispatch(self, request: HttpRequest, *args: Any, **named: Any) -> Any:
        """Answers at once the plain request for a public document; what needs a name or a refusal goes the long way."""
        found = self.find_public(held_digests(request), **named) if is_plain(request) else None
        return super().dispatch(request, *args, **named) if found is None else self.send(request, found)

    def find_public(self, held: list[str], *, slug: str, number: int) -> Publication | None:
        """The publication of the address, if everyone may read it."""
        return public_version(slug, number, *_columns(held))

    @documented("publication_document", "Le document d’une publication", answer=ref("Document"), tag="Documents")
    def get(self, request: Request, slug: str, number: int) -> HttpResponse:
        """Le texte figé, à l’octet : l’empreinte de la publication est le SHA-256 de ce JSON, une fois décompressé."""
        readable = Publication.objects.readable_by(request.user).filter(contract__slug=slug, number=number)
        return self.send(request, readable.only(*_columns(held_digests(request))).first())

    def send(self, request: Any, found: Publication | None) -> HttpResponse:
        """Its bytes, or that the client holds them. Raises Http404."""
        if found is None:
            raise Http404
        response = digest_answer(request, found.digest, lambda: bytes(found.content))
        if found.visibility == Publication.Visibility.PUBLIC:
            response["Cache-Control"] = self.caching
            share(response)
        else:
            response["Cache-Control"] = PRIVATE
        return response


class CurrentDocument(PublicationDocument):
    """The document that a visitor reads first."""

    caching = ASK_AGAIN

    def find_public(self, held: list[str], *, slug: str) -> Publication | None:
        """The current publication."""
        return current_of(slug, *_columns(held))

    @documented("document", "Le document en vigueur d’un contrat", answer=ref("Document"), tag="Documents")
    def get(self, request: Request, slug: str) -> HttpResponse:
        """Le texte de la publication en vigueur aujourd’hui ; à défaut, celui de la première à venir."""
        return self.send(request, self.find_public(held_digests(request), slug=slug))


def _columns(held: list[str]) -> tuple[str, ...]:
    """The bytes are read with the rest, unless the client may hold them: then only if it does not."""
    return ("digest", "visibility") if held else ("digest", "visibility", "content")


def is_plain(request: HttpRequest) -> bool:
    """Whether the request asks for JSON, with no parameter and without saying who asks."""
    accepted = request.headers.get("Accept", "*/*")
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("QUERY_STRING")
        and ("*/*" in accepted or "application/json" in accepted)
        and not bears_name(request)
    )


def held_digests(request: Any) -> list[str]:
    """The digests of the documents that the client holds, as its If-None-Match says; « * »: whatever it is."""
    return [tag.removeprefix("W/").strip('"') for tag in parse_etags(request.headers.get("If-None-Match", ""))]


def digest_answer(request: Any, digest: str, packed: Callable[[], bytes]) -> HttpResponse:
    """The JSON of that digest, which `packed` gives gzipped: as it is for who takes gzip, or that the client holds it.

    Both writings bear one ETag, the digest of the JSON: parts of them (Range) are never sent, so they cannot be mixed.
    """
    held = held_digests(request)
    if digest in held or "*" in held:
        response: HttpResponse = HttpResponseNotModified()
    elif accepts_gzip(request):
        response = HttpResponse(packed(), content_type="application/json", headers={"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(gzip.decompress(packed()), content_type="application/json")
    response["ETag"] = f'"{digest}"'
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def accepts_gzip(request: Any) -> bool:
    """Whether the client takes gzip: it names it, or anything, and does not weigh it at nought."""
    weights = {}
    for part in request.headers.get("Accept-Encoding", "").lower().split(","):
        coding, _, weight = part.partition(";")
        weights[coding.strip()] = not weight or weight.replace(" ", "").removeprefix("q=").strip("0.") != ""
    return weights.get("gzip", weights.get("*", False))
