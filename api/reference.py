"""The OpenAPI description as a page for people tells it: operations by theme, and shapes as lists of fields."""

import json
from dataclasses import dataclass
from functools import cache

from drf_spectacular.generators import SchemaGenerator

from api.shapes import Schema

_KINDS = {
    "string": "texte",
    "integer": "nombre entier",
    "boolean": "vrai ou faux",
    "object": "un nombre par nom",
    "date": "jour (AAAA-MM-JJ)",
    "date-time": "jour et heure",
    "uri": "adresse",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is: words, and the name of the shape that they end with, if any."""

    words: str
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A parameter of an operation or a field of a shape; `choices`: the only values that it takes."""

    name: str
    said: str
    kind: Kind
    choices: tuple[str, ...] = ()
    default: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """An address of the API, with what it takes and answers."""

    name: str
    title: str
    said: str
    address: str
    parameters: tuple[Named, ...]
    answer: Kind
    statuses: tuple[tuple[str, str], ...]
    example: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of operations."""

    name: str
    said: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A component of the answers."""

    name: str
    said: str
    fields: tuple[Named, ...]


@cache
def description() -> Schema:
    """The OpenAPI description: the same for everyone, made once a process."""
    found: Schema = SchemaGenerator().get_schema(request=None, public=True)
    return found


@cache
def themes() -> tuple[Theme, ...]:
    """The operations, theme by theme."""
    found = [(item["get"]["tags"], _operation(path, item["get"])) for path, item in description()["paths"].items()]
    return tuple(
        Theme(tag["name"], tag["description"], tuple(one for tags, one in found if tag["name"] in tags))
        for tag in description()["tags"]
    )


@cache
def shapes() -> tuple[Shape, ...]:
    """The components, by name."""
    return tuple(
        Shape(name, shape["description"], tuple(_field(*one) for one in shape["properties"].items()))
        for name, shape in sorted(description()["components"]["schemas"].items())
    )


def _operation(path: str, one: Schema) -> Operation:
    content = one["responses"]["200"]["content"]["application/json"]
    examples = [example["value"] for example in content.get("examples", {}).values()]
    return Operation(
        name=one["operationId"],
        title=one["summary"],
        said=one["description"],
        address=path,
        parameters=tuple(_parameter(it) for it in one.get("parameters", []) if it["in"] in ("path", "query")),
        answer=_kind(content["schema"]),
        statuses=tuple((status, answer["description"]) for status, answer in one["responses"].items()),
        example=json.dumps(examples[0], ensure_ascii=False, indent=2) if examples else "",
    )


def _parameter(it: Schema) -> Named:
    schema = it["schema"]
    choices, default = tuple(schema.get("enum", ())), str(schema.get("default", ""))
    return Named(it["name"], it["description"], _kind(schema), choices, default, it.get("required", False))


def _field(name: str, schema: Schema) -> Named:
    return Named(name, schema.get("description", ""), _kind(schema))


def _kind(schema: Schema) -> Kind:
    if "$ref" in schema:
        return Kind("", schema["$ref"].rsplit("/", 1)[-1])
    if "oneOf" in schema:
        return Kind("rien, ou", _kind(schema["oneOf"][0]).shape)
    if "results" in schema.get("properties", {}):
        return Kind("une page de", _kind(schema["properties"]["results"]["items"]).shape)
    if schema.get("type") == "array":
        inner = _kind(schema["items"])
        return Kind(f"liste\u00a0: {inner.words}" if inner.words else "liste de", inner.shape)
    if "properties" in schema:
        return Kind("\u00a0; ".join(schema["properties"]))
    if "const" in schema:
        return Kind(f"«\u00a0{schema['const']}\u00a0»")
    if "enum" in schema:
        return Kind(", ".join(f"«\u00a0{value}\u00a0»" for value in schema["enum"]))
    types = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    words = _KINDS[schema.get("format", types[0])]
    return Kind(f"{words}, ou rien" if "null" in types else words)
