"""How to use the API: its OpenAPI description, the page that tells and tries it, the answer at unknown addresses."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import problem
from api.reading import ApiView, share
from api.reference import description, shapes, themes


@extend_schema(exclude=True)
class Schema(ApiView):
    """The OpenAPI description, as JSON or, for who asks for it, as YAML."""

    renderer_classes = (OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer2, OpenApiYamlRenderer)

    def get(self, request: Request) -> Response:
        """The description."""
        return Response(description())


class Docs(TemplateView):
    """The page where the API is read and tried; the only one under /api/ that is for people."""

    http_method_names = ["get", "head"]
    template_name = "api/docs.html"
    extra_context = {"themes": themes, "shapes": shapes}


@extend_schema(exclude=True)
class Trial(ApiView):
    """Where the forms of that page lead: on to the address that they fill in, without what is left empty."""

    def initial(self, request: Request, *args: Any, **named: Any) -> None:
        """Takes any parameter: the address that it leads to refuses those that it does not know."""

    def get(self, request: Request, name: str) -> HttpResponse:
        """Redirects. Raises Http404 for an operation that is none, ValidationError for a place that is none."""
        operation = next(
            (one for theme in themes() for one in theme.operations if one.name == name and one.method == "GET"), None
        )
        if operation is None:
            raise Http404
        query = request.GET.copy()
        places = {one.name: query.pop(one.name, [""])[-1] for one in operation.parameters if one.required}
        try:
            address = reverse(f"api:{name}", kwargs=places)
        except NoReverseMatch as error:
            said = ["Donnez à cette partie de l’adresse une valeur qui convient."]
            raise ValidationError(dict.fromkeys(places, said)) from error
        for empty in [one for one, values in query.lists() if not any(values)]:
            del query[empty]
        return HttpResponseRedirect(f"{address}?{query.urlencode()}" if query else address)


@csrf_exempt
def unknown(request: HttpRequest) -> HttpResponse:
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
