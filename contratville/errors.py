"""What goes wrong outside any view is told at each door in its own way: problem details under /api/, else a page."""

from django.http import HttpRequest, HttpResponse

from api.errors import problem
from public import errors as pages


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: such as a host that is not ours."""
    return problem(400) if _is_api(request) else pages.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return problem(403) if _is_api(request) else pages.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return problem(404) if _is_api(request) else pages.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: such as a database that does not answer."""
    return problem(500) if _is_api(request) else pages.server_error(request)


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")
