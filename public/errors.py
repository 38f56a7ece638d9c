"""What a visitor is told when a page cannot be given; rendered without the request, so that it needs nothing of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

from objectives.access import NotAllowed
from publications.renditions.asking import BadQuery


class Missing(Http404):
    """Something that is not there; says what, in French."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what was asked makes no sense."""
    return _answer(400, exception, BadQuery)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the person may not."""
    return _answer(403, exception, NotAllowed)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing there, or nothing that this person may know of."""
    return _answer(404, exception, Missing)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return _answer(500)


def _answer(status: int, exception: Exception | None = None, *said_by: type[Exception]) -> HttpResponse:
    context: dict[str, Any] = {"said": str(exception) if isinstance(exception, said_by) else ""}
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)
