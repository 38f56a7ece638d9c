"""Answers with what is made once and kept compressed: pages and files of publications, which never change."""

import gzip
import hashlib
import re
from collections.abc import Callable
from functools import cache as once
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from publications.models import Publication

#: A page may be kept by anyone, who asks each time whether it still stands: a new version may come into force.
REVALIDATED = "public, no-cache"
#: Bytes that nothing will ever change.
IMMUTABLE = "public, max-age=31536000, immutable"
#: Files made of what never changes, in a make that may get better.
A_DAY = "public, max-age=86400"
#: What is not everyone's is nobody else's to keep.
PRIVATE = "private, no-store"
_GZIP = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?!;\s*q=0(?:\.0*)?\s*(?:,|$))(?:;|,|$)")


def answer_kept(
    request: HttpRequest,
    name: tuple[object, ...],
    make: Callable[[], str | bytes | None],
    *,
    content_type: str = "text/html; charset=utf-8",
    caching: str = REVALIDATED,
) -> HttpResponse:
    """The answer of that name, made if it is not kept. `make` gives None for what does not exist: 404, nothing kept.

    The name says everything that the content depends on, save the code and the templates, which are added to it.
    """
    digest = hashlib.sha256(repr((make_version(), *name)).encode()).hexdigest()
    etag = f'W/"{digest[:32]}"'
    held = etag in request.headers.get("If-None-Match", "")  # it was made once: no need to look for it
    response = get_conditional_response(request, etag=etag) if held else None
    if response is None:
        content = _keep(f"kept:{digest}", make)
        response = get_conditional_response(request, etag=etag)
    if response is None:
        response = _compressed(request, content)
        response["Content-Type"] = content_type
    response["ETag"] = etag
    tell_caches(response, caching)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def answer_now(request: HttpRequest, html: str, *, caching: str = REVALIDATED, status: int = 200) -> HttpResponse:
    """The answer of a page that is not kept: it depends on what was typed, or on the state of a work in progress."""
    response = _compressed(request, gzip.compress(html.encode(), compresslevel=6, mtime=0))
    response.status_code = status
    tell_caches(response, caching)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def tell_caches(response: HttpResponse, caching: str) -> None:
    """Says who may keep that answer; what is not everyone's is not for search engines either."""
    response["Cache-Control"] = caching
    if caching == PRIVATE:
        response["X-Robots-Tag"] = "noindex, nofollow"


def caching_of(publication: Publication, public: str = REVALIDATED) -> str:
    """How an answer about that publication may be kept: as said when it is public, else not at all."""
    return public if publication.visibility == Publication.Visibility.PUBLIC else PRIVATE


def name_of(publication: Publication) -> str:
    """Which version it is, and whether its date of effect has come."""
    begun = publication.in_force_on <= timezone.localdate()
    return f"{publication.digest}:{publication.number}:{publication.published_at.isoformat()}:{begun}"


def accepts_gzip(request: HttpRequest) -> bool:
    """Whether the client takes gzip."""
    return bool(_GZIP.search(request.headers.get("Accept-Encoding", "")))


def _keep(key: str, make: Callable[[], str | bytes | None]) -> bytes:
    """What is kept under that key, compressed, made when it is not. Raises Http404 when there is nothing to make."""
    content = cache.get(key)
    if content is None:
        made = make()
        if made is None:
            raise Http404
        content = gzip.compress(made.encode() if isinstance(made, str) else made, compresslevel=9, mtime=0)
        cache.set(key, content)
    return content


def _compressed(request: HttpRequest, content: bytes) -> HttpResponse:
    """The answer of compressed bytes, opened for a client that does not take them so."""
    if accepts_gzip(request):
        return HttpResponse(content, headers={"Content-Encoding": "gzip"})
    return HttpResponse(gzip.decompress(content))


@once
def make_version() -> str:
    """The digest of all that pages are made with: templates, code, names of static files, who publishes the site."""
    folders = [settings.BASE_DIR / name for name in ("templates", "document", "publications", "public")]
    made = hashlib.sha256(repr(sorted(settings.SITE.items())).encode())
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in (".html", ".py")):
        made.update(path.read_bytes())
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    made.update(manifest.read_bytes() if manifest.exists() else b"")
    return made.hexdigest()
