"""What every address of the API has in common: it refuses what it does not know, and minds caches."""

from typing import Any

from django.core.validators import ProhibitNullCharactersValidator
from django.http import HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from rest_framework.exceptions import MethodNotAllowed, NotAuthenticated, ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from api.authentication import bears_name

_without_null = ProhibitNullCharactersValidator("Caractère nul interdit.")


class ApiView(APIView):
    """A view that answers to anyone unless it says otherwise, by the methods that it has."""

    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    #: The query parameters that it knows; any other is an error, rather than a filter that silently does nothing.
    parameters: tuple[str, ...] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuses what cannot be answered, before asking who asks."""
        if request.method not in self.allowed_methods:
            raise MethodNotAllowed(request.method)
        super().initial(request, *args, **kwargs)
        check_parameters(request, self.known_parameters())

    def known_parameters(self) -> tuple[str, ...]:
        """The names of the query parameters that this address takes."""
        return self.parameters

    def finalize_response(self, request: Request, response: HttpResponse, *args: Any, **kwargs: Any) -> HttpResponse:
        """Says to caches whose answer this is, and lets the pages of other sites read what is everyone's."""
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, ["Authorization", "Cookie"])
        if bears_name(request):
            patch_cache_control(response, private=True, no_cache=True)
        else:
            patch_cache_control(response, no_cache=True)
            share(response)
        return response


def share(response: HttpResponse) -> None:
    """Lets scripts of any site read this answer. Never with a name: browsers send none where « * » answers."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag"


def check_parameters(request: Request, known: tuple[str, ...]) -> None:
    """Raises ValidationError (400) for a parameter that is not known, given twice, or empty: it filters nothing."""
    faults: dict[str, list[str]] = {}
    for name, values in request.query_params.lists():
        if name not in known:
            listed = f"Paramètres admis : {', '.join(known)}." if known else "Cette adresse n’en admet aucun."
            faults[name] = [f"Paramètre inconnu. {listed}"]
        elif len(values) > 1:
            faults[name] = ["Ce paramètre n’est admis qu’une fois."]
        elif not values[0]:
            faults[name] = ["Ce paramètre est vide : donnez-lui une valeur, ou retirez-le."]
    if faults:
        raise ValidationError(faults)


class SignedIn(BasePermission):
    """Asks a visitor to say who they are: 401 at every address behind it, whether what it names exists or not."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the person is known; what they may read, `objectives.access` says."""
        if not request.user.is_authenticated:
            raise NotAuthenticated
        return True
