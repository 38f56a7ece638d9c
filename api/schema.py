"""The OpenAPI description: what each operation says of itself, with every status that it may answer."""

import inspect
from collections.abc import Callable, Iterable
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from api.answers import answer_shapes
from api.errors import MEDIA_TYPE
from api.examples import EXAMPLES
from api.shapes import Schema, document_shapes, entry_shapes, ref
from publications.templatetags.french import french

_NAMED = {
    "slug": ("Identifiant du contrat.", {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}),
    "number": ("Numéro de la publication, à partir de 1.", {"type": "integer", "minimum": 0}),
}
_REFUSALS = {
    400: "Un paramètre est inconnu ou ne convient pas : le champ « errors » dit lequel et pourquoi.",
    401: "Le jeton n’est pas reconnu, ou l’adresse demande de dire qui l’on est.",
    404: "Rien n’existe à cette adresse, ou rien que la personne puisse lire.",
    406: "L’en-tête Accept ne demande aucun format disponible.",
}
_HELD = "Le client a déjà ce document : aucun octet n’est renvoyé."


def parameter(
    name: str, said: str, schema: Schema, location: str = OpenApiParameter.QUERY, **more: Any
) -> OpenApiParameter:
    """A parameter of an operation, or a header of its answers."""
    return OpenApiParameter(
        name, schema, location, required=location == OpenApiParameter.PATH, description=french(said), **more
    )


_ETAG = (
    parameter(
        "If-None-Match",
        "Empreinte, entre guillemets, du document déjà détenu.",
        {"type": "string"},
        OpenApiParameter.HEADER,
    ),
    parameter(
        "ETag",
        "L’empreinte du document, entre guillemets : le SHA-256 du JSON décompressé.",
        {"type": "string", "pattern": '^"[0-9a-f]{64}"$'},
        OpenApiParameter.HEADER,
        response=[200, 304],
    ),
)


def documented(
    name: str, title: str, *, answer: Schema, tag: str, parameters: Iterable[OpenApiParameter] = ()
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Describes a `get`; its docstring is the description.

    What is named in the address, or the page of a list, may not exist (404); a document bears an ETag and may be held
    already (304).
    """

    def describe(get: Callable[..., Any]) -> Callable[..., Any]:
        named = [one for one in _NAMED if one in inspect.signature(get).parameters]
        held = answer == ref("Document")
        missing = bool(named) or any(one.name == "page" for one in parameters)
        responses: dict[Any, Any] = {
            (200, "application/json"): OpenApiResponse(answer, title, examples=_examples(name))
        }
        if held:
            responses[304] = OpenApiResponse(description=french(_HELD))
        for status, said in _REFUSALS.items():
            if status != 404 or missing:
                responses[status, MEDIA_TYPE] = OpenApiResponse(ref("Problem"), french(said))
        addressed = [parameter(one, *_NAMED[one], OpenApiParameter.PATH) for one in named]
        return extend_schema(
            operation_id=name,
            summary=title,
            description=french(inspect.getdoc(get)),
            tags=[tag],
            parameters=[*addressed, *parameters, *(_ETAG if held else ())],
            responses=responses,
        )(get)

    return describe


def _examples(name: str) -> list[OpenApiExample]:
    return [OpenApiExample("Exemple", EXAMPLES[name])] if name in EXAMPLES else []


def add_shapes(result: Schema, **_: Any) -> Schema:
    """A hook of drf-spectacular: adds the components that the operations refer to."""
    result["info"]["description"] = french(result["info"]["description"])
    shapes = document_shapes() | entry_shapes() | answer_shapes()
    result.setdefault("components", {}).setdefault("schemas", {}).update(sorted(shapes.items()))
    return result
