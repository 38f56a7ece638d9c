"""The OpenAPI description: what each operation says of itself, with every status that it may answer."""

import inspect
from collections.abc import Callable, Iterable
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiRequest, OpenApiResponse, extend_schema

from api.answers import answer_shapes
from api.comparison_shapes import comparison_shapes
from api.draft_shapes import draft_shapes
from api.errors import MEDIA_TYPE
from api.examples import EXAMPLES
from api.shapes import Schema, document_shapes, entry_shapes, ref
from api.word_shapes import word_shapes
from publications.templatetags.french import french

_SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
_NAMED = {
    "slug": ("Identifiant du contrat.", _SLUG),
    "number": ("Numéro de la publication, à partir de 1.", {"type": "integer", "minimum": 0}),
    "other": ("Numéro de la publication à laquelle elle est comparée.", {"type": "integer", "minimum": 0}),
    "key": ("Clé du nœud dans son contrat.", _SLUG),
}
_REFUSALS = {
    400: "La demande est mal formée : le champ « errors » dit où et pourquoi.",
    401: "Le jeton n’est pas reconnu, ou l’adresse demande de dire qui l’on est.",
    403: "La personne lit ce contrat sans avoir ce droit, ou le jeton CSRF de la session manque.",
    404: "Rien n’existe à cette adresse, ou rien que la personne puisse lire.",
    406: "L’en-tête Accept ne demande aucun format disponible.",
    409: "L’état du brouillon s’y oppose : le champ « detail » dit pourquoi, et comment y remédier.",
    412: "Modifié depuis cette révision : « current » dit ce qui est gardé, « sent » ce qui ne l’est pas.",
    413: "Le corps de la demande dépasse 20 Mo.",
    415: "Le corps de la demande n’est pas en application/json.",
    428: "L’en-tête If-Match (dans une suite d’opérations, « revision ») manque.",
}
_READING = {400: "Un paramètre est inconnu ou ne convient pas : le champ « errors » dit lequel et pourquoi."}
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
        "L’empreinte du document, entre guillemets : le SHA-256 du JSON décompressé ; de deux, jointes par un tiret.",
        {"type": "string", "pattern": '^"[0-9a-f]{64}(-[0-9a-f]{64})?"$'},
        OpenApiParameter.HEADER,
        response=[200, 304],
    ),
)


_REVISION = parameter(
    "ETag",
    "La révision, entre guillemets : à rappeler dans If-Match pour modifier.",
    {"type": "string", "pattern": '^"[0-9]+"$'},
    OpenApiParameter.HEADER,
    response=[200, 201],
)
_IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": '^"[0-9]{1,18}"$'},
    OpenApiParameter.HEADER,
    required=True,
    description=french("L’ETag de ce qui a été lu : rien ne change si quelqu’un l’a modifié depuis."),
)
_LOCATION = parameter(
    "Location", "L’adresse de ce qui est créé.", {"type": "string"}, OpenApiParameter.HEADER, response=[201]
)


def documented(
    name: str,
    title: str,
    *,
    answer: Schema | None,
    tag: str,
    parameters: Iterable[OpenApiParameter] = (),
    body: Schema | None = None,
    status: int = 200,
    revised: bool = False,
    guarded: bool = False,
    stale: bool = False,
    said: str = "",
    places: dict[str, tuple[str, Schema]] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Describes a `get`, `post`…; its docstring, unless `said`, is the description.

    What is named in the address, or the page of a list, may not exist (404); a document bears an ETag and may be held
    already (304). `answer` None: nothing is answered. `revised`: the answer bears its revision as ETag; `guarded`: the
    change asks for If-Match, `stale`: its body does. `places`: what is named in the address, where it is not as usual.
    """

    def describe(method: Callable[..., Any]) -> Callable[..., Any]:
        named = [one for one in _NAMED if one in inspect.signature(method).parameters]
        writes = method.__name__ != "get"
        held = answer in (ref("Document"), ref("Comparison"))
        absent = {404} if not named and all(one.name != "page" for one in parameters) else set()
        absent |= {403, 409} if not writes else set()
        absent |= {412, 428} if not guarded and not stale else set()
        absent |= {413, 415} if body is None else set()
        responses: dict[Any, Any] = {
            (status, "application/json"): OpenApiResponse(answer, french(title), examples=_examples(name))
        }
        if answer is None:
            responses = {status: OpenApiResponse(description=french(title))}
        if held:
            responses[304] = OpenApiResponse(description=french(_HELD))
        for refused, why in (_REFUSALS | ({} if writes else _READING)).items():
            if refused not in absent:
                responses[refused, MEDIA_TYPE] = OpenApiResponse(ref("Problem"), french(why))
        headers = [*(_ETAG if held and not revised else ()), *([_IF_MATCH] if guarded else [])]
        headers += [*([_REVISION] if revised else []), *([_LOCATION] if status == 201 else [])]
        told = _NAMED | (places or {})
        addressed = [parameter(one, *told[one], OpenApiParameter.PATH) for one in named]
        asked = OpenApiRequest(body, examples=_examples(f"{name}_body")) if body is not None else None
        return extend_schema(
            operation_id=name,
            summary=title,
            description=french(said or inspect.getdoc(method)),
            tags=[tag],
            parameters=[*addressed, *parameters, *headers],
            request={"application/json": asked} if asked else None,
            responses=responses,
        )(method)

    return describe


def _examples(name: str) -> list[OpenApiExample]:
    return [OpenApiExample("Exemple", EXAMPLES[name])] if name in EXAMPLES else []


def add_shapes(result: Schema, **_: Any) -> Schema:
    """A hook of drf-spectacular: adds the components that the operations refer to."""
    result["info"]["description"] = french(result["info"]["description"])
    for item in result["paths"].values():
        for operation in item.values():
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
    shapes = document_shapes() | entry_shapes() | draft_shapes() | answer_shapes() | comparison_shapes() | word_shapes()
    result.setdefault("components", {}).setdefault("schemas", {}).update(sorted(shapes.items()))
    return result
