"""One shape for every error of the API: the problem details of RFC 9457, in French, whatever was asked for."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse
from django.utils.log import log_response
from rest_framework import exceptions

from api.refusals import place_of, refused
from publications.templatetags.french import french

MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: "Demande mal formée",
    401: "Authentification nécessaire",
    403: "Accès refusé",
    404: "Introuvable",
    405: "Méthode non admise",
    406: "Format non disponible",
    409: "Refusé dans l’état actuel",
    412: "Modifié entre-temps",
    413: "Demande trop volumineuse",
    415: "Format non admis",
    428: "Révision à nommer",
    500: "Erreur du serveur",
}
#: What is said where the refusal itself says nothing better.
DETAILS = {
    400: "La demande ne peut pas être comprise.",
    401: "Joignez un jeton à la demande (« Authorization: Token cv_… ») ou ouvrez une session.",
    403: "Vous n’avez pas le droit de faire cela.",
    404: "Rien n’existe à cette adresse, ou rien que vous puissiez lire.",
    405: "Cette adresse n’admet pas cette méthode : l’en-tête Allow dit lesquelles elle admet.",
    406: "Aucun des formats que demande l’en-tête Accept n’est disponible à cette adresse.",
    413: "Le corps de la demande dépasse 20 Mo.",
    415: "Le corps de la demande s’envoie en JSON (« Content-Type: application/json »).",
    428: (
        "Nommez ce que vous avez lu : l’en-tête If-Match (dans une suite d’opérations, le champ « revision ») rappelle "
        "l’ETag, pour que rien de ce qu’un autre a écrit depuis ne soit perdu."
    ),
    500: "Une erreur inattendue s’est produite ; elle a été consignée. Réessayez plus tard.",
}


def problem(status: int, detail: str = "", errors: list[dict[str, str]] | None = None, **more: Any) -> HttpResponse:
    """The answer to a request that fails; `errors` name what is at fault, each with a sentence."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, TITLES[400]),
        "status": status,
        "detail": french(detail or DETAILS.get(status, "")),
    }
    if errors is not None:
        body["errors"] = errors
    content = json.dumps(body | more, ensure_ascii=False, separators=(",", ":")).encode()
    return HttpResponse(content, status=status, content_type=MEDIA_TYPE)


def answer_error(error: Exception, context: dict[str, Any]) -> HttpResponse:
    """The answer to any exception of a view: what DRF calls for each of them."""
    if (told := refused(error, context["request"])) is not None:
        return problem(**told)
    if isinstance(error, exceptions.ValidationError):
        return problem(400, "Des paramètres ne conviennent pas.", list(_faults(error.detail)))
    if isinstance(error, Http404 | exceptions.NotFound):
        return problem(404, str(error) if isinstance(error, Http404) else "")
    if isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        return problem(403, _denial(error))
    if isinstance(error, SuspiciousOperation):  # such as thousands of parameters
        return problem(400)
    if isinstance(error, exceptions.APIException):
        said = str(error.detail) if isinstance(error, exceptions.AuthenticationFailed) else ""
        response = problem(error.status_code, said, **place_of(error))
        if header := getattr(error, "auth_header", None):
            response["WWW-Authenticate"] = header
        return response
    return _unexpected(error, context)


def _denial(error: Exception) -> str:
    if isinstance(error, PermissionDenied):
        return str(error)
    if str(error).startswith("CSRF"):  # as DRF's session says it, in English
        return "Une session modifie avec son jeton CSRF (en-tête X-CSRFToken) ; un programme, avec un jeton d’API."
    return ""


def _unexpected(error: Exception, context: dict[str, Any]) -> HttpResponse:
    """A fault of ours: signalled and logged as Django does, but answered in the API's own shape."""
    request, response = context["request"], problem(500)
    got_request_exception.send(sender=None, request=request)
    log_response("Erreur de l’API : %s", request.path, response=response, request=request, exception=error)
    return response


def _faults(detail: Any) -> Iterator[dict[str, str]]:
    by_name = detail if isinstance(detail, dict) else {"": detail}
    for name, messages in by_name.items():
        for message in messages:
            yield {"path": name, "message": french(str(message))}
