"""How to use the API: its OpenAPI description, the page that reads it, and the answer at unknown addresses."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import problem
from api.reading import ReadView, share


@cache
def description() -> dict[str, Any]:
    """The OpenAPI description: the same for everyone, made once a process."""
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return found


@extend_schema(exclude=True)
class Schema(ReadView):
    """The OpenAPI description, as JSON or, for who asks for it, as YAML."""

    renderer_classes = (OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer2, OpenApiYamlRenderer)

    def get(self, request: Request) -> Response:
        """The description."""
        return Response(description())


class Docs(TemplateView):
    """The page where the API is read and tried; the only one under /api/ that is for people."""

    http_method_names = ["get", "head"]
    template_name = "api/docs.html"


@csrf_exempt
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address under /api/ that is none: the one with a slash if that exists, else the API's own 404."""
    if request.method in ("GET", "HEAD") and not request.path.endswith("/"):
        try:
            found = resolve(f"{request.path_info}/")
        except Resolver404:
            found = None
        if found is not None and found.func is not unknown:
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    response = problem(404)
    share(response)
    return response
