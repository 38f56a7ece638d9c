"""The OpenAPI description as a page for people tells it: operations by theme, and shapes as lists of fields."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator

from api.examples import KEY, KEYS, SLUG
from api.shapes import Schema

_KINDS = {
    "string": "texte",
    "integer": "nombre entier",
    "boolean": "vrai ou faux",
    "object": "une valeur par nom",
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
    """A method at an address of the API, with what it takes and answers; `request` is an example of it, for curl."""

    name: str
    title: str
    said: str
    method: str
    address: str
    parameters: tuple[Named, ...]
    body: Kind | None
    answer: Kind | None
    statuses: tuple[tuple[str, str], ...]
    request: str
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
    #: Whether some of its fields may be left out: then those that may not are told.
    given: bool


@cache
def description() -> Schema:
    """The OpenAPI description: the same for everyone, made once a process."""
    found: Schema = SchemaGenerator().get_schema(request=None, public=True)
    return found


@cache
def themes() -> tuple[Theme, ...]:
    """The operations, theme by theme."""
    found = [
        (one["tags"], _operation(path, method.upper(), one))
        for path, item in description()["paths"].items()
        for method, one in item.items()
    ]
    return tuple(
        Theme(tag["name"], tag["description"], tuple(one for tags, one in found if tag["name"] in tags))
        for tag in description()["tags"]
    )


@cache
def shapes() -> tuple[Shape, ...]:
    """The components, by name."""
    return tuple(
        Shape(
            name,
            shape["description"],
            tuple(_fields(shape)),
            len(shape.get("required", ())) < len(shape.get("properties", ())),
        )
        for name, shape in sorted(description()["components"]["schemas"].items())
    )


def _operation(path: str, method: str, one: Schema) -> Operation:
    answers = [answer for status, answer in one["responses"].items() if status.startswith("2")]
    content = answers[0].get("content", {}).get("application/json")
    body = one.get("requestBody", {}).get("content", {}).get("application/json")
    example = _example(content)
    return Operation(
        name=one["operationId"],
        title=one["summary"],
        said=one["description"],
        method=method,
        address=path,
        parameters=tuple(_parameter(it) for it in one.get("parameters", []) if it["in"] in ("path", "query")),
        body=_kind(body["schema"]) if body else None,
        answer=_kind(content["schema"]) if content else None,
        statuses=tuple((status, answer["description"]) for status, answer in one["responses"].items()),
        request="" if method == "GET" else _curl(path, method, one, body),
        example=_written(example) if example is not None else "",
    )


def _example(content: Schema | None) -> Any:
    return next((one["value"] for one in (content or {}).get("examples", {}).values()), None)


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _curl(path: str, method: str, one: Schema, body: Schema | None) -> str:
    """The request as one types it in a shell, with the example of its body."""
    headers = ["Authorization: Token $JETON"]
    headers += ['If-Match: "42"'] if any(it["name"] == "If-Match" for it in one["parameters"]) else []
    headers += ["Content-Type: application/json"] if body else []
    key = next((key for part, key in KEYS.items() if f"/{part}/" in path), KEY)
    lines = [f'curl -X {method} "$SITE{path.replace("{slug}", SLUG).replace("{key}", key)}"']
    lines += [f"  -H {_quoted(header)}" for header in headers]
    lines += [f"  -d '{_written(_example(body))}'"] if body else []
    return " \\\n".join(lines)


def _quoted(header: str) -> str:
    return f'"{header}"' if "$" in header else f"'{header}'"


def _parameter(it: Schema) -> Named:
    schema = it["schema"]
    choices, default = tuple(schema.get("enum", ())), str(schema.get("default", ""))
    return Named(it["name"], it["description"], _kind(schema), choices, default, it.get("required", False))


def _fields(shape: Schema) -> Iterator[Named]:
    if "oneOf" in shape:  # by their verb
        for one in shape["oneOf"]:
            verb, *others = one["properties"].items()
            values = _kind(others[-1][1]) if others[-1][0] == "values" else Kind("")
            words = ", ".join(name for name, _ in others)
            told = f"{words}\u00a0: {values.words}".rstrip() if others[-1][0] == "values" else words
            yield Named(verb[1]["const"], "", Kind(told, values.shape))
    else:
        needed = shape.get("required", ())
        for name, schema in shape["properties"].items():
            yield _field(name, schema, required=name in needed)


def _field(name: str, schema: Schema, *, required: bool) -> Named:
    return Named(name, schema.get("description", ""), _kind(schema), required=required)


def _kind(schema: Schema) -> Kind:
    if "$ref" in schema:
        return Kind("", schema["$ref"].rsplit("/", 1)[-1])
    if "oneOf" in schema:
        several = [_kind(one) for one in schema["oneOf"] if one.get("type") != "null"]
        if len(several) < len(schema["oneOf"]):
            return Kind("rien, ou", several[0].shape)
        return Kind(" ou ".join(one.shape for one in several))
    if not schema.get("type") or schema.get("additionalProperties") is True:
        return Kind("des valeurs")
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
