"""The shapes of the exchange format as JSON Schemas, read from its dataclasses, and of the flat rows made of them."""

from collections.abc import Iterable
from dataclasses import MISSING, fields
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from api.words import WORDS
from document import nodes
from document.codec import FORMAT
from document.nodes import ITEMS, WORD_LENGTH
from document.reading import KEY, ONCE, YEARS
from publications.templatetags.french import french

Schema = dict[str, Any]
#: A text that a request brings: no control character but tabs and line breaks.
WRITTEN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
#: The same for what names something, in a list where each is named once: not empty, no space around.
NAMED = r"^[^\x00-\x1f\x7f-\x9f\s]([^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*[^\x00-\x1f\x7f-\x9f\s])?$"
#: A pattern of codes: one counter, and the code of what is above at most once (`document.codes`).
_BARE, _COUNTER = r"[^{}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*", r"\{[naAiI]\}"
NUMBERING = rf"^{_BARE}(\{{parent\}}{_BARE}{_COUNTER}|{_COUNTER}({_BARE}\{{parent\}})?){_BARE}$"

#: « Contract » is the contract as the API lists it; the document's own head bears another name.
_NAMES = {nodes.Contract: "DocumentContract"}
PARTS = (
    nodes.Document,
    nodes.Contract,
    nodes.Level,
    nodes.DeclaredCount,
    nodes.Neighbourhood,
    nodes.Note,
    nodes.Reference,
    nodes.Objective,
    nodes.Action,
    nodes.Clause,
    nodes.Indicator,
)


def ref(name: str) -> Schema:
    """The schema of that component."""
    return {"$ref": f"#/components/schemas/{name}"}


def list_of(schema: Schema) -> Schema:
    """A list of those."""
    return {"type": "array", "items": schema}


def record(said: str, properties: Schema, needed: Iterable[str] | None = None) -> Schema:
    """An object that has all these fields and no other; `needed`: those that may not be left out."""
    return {
        "type": "object",
        "description": french(said),
        "properties": properties,
        "required": list(properties if needed is None else needed),
        "additionalProperties": False,
    }


def said(schema: Schema, words: str) -> Schema:
    """That schema with its sentence."""
    return schema | {"description": french(words)}


def document_shapes() -> dict[str, Schema]:
    """The components of the exchange format, by name."""
    shapes = {}
    for cls in PARTS:
        name = _name(cls)
        shapes[name] = record(WORDS[name][""], properties_of(cls))
    marked = said({"type": "string", "const": FORMAT}, WORDS["Document"]["format"])
    document = {"format": marked} | shapes["Document"]["properties"]
    return shapes | {"Document": record(WORDS["Document"][""], document)}


def entry_shapes() -> dict[str, Schema]:
    """The components of the rows of the flat lists, by name."""
    key, word = {"type": "string", "pattern": _anchored()}, {"type": "string", "maxLength": WORD_LENGTH}
    step = {"key": key, "code": {"type": ["string", "null"]}, "title": {"type": "string"}}
    shapes = {"Step": record("Un objectif sur le chemin, depuis la racine.", step)}
    first = {
        "contract": said(word, "Identifiant du contrat."),
        "publication": said({"type": "integer", "minimum": 1}, "Numéro de la publication d’où vient la ligne."),
    }
    path = said(list_of(ref("Step")), "Les objectifs au-dessus, depuis la racine.")
    last = {"path": path, "page": said({"type": "string", "format": "uri"}, "Sa page publique.")}
    tree = {
        "parent": said({"type": ["string", "null"]}, "Clé de l’objectif immédiatement au-dessus ; nulle à la racine."),
        "depth": said({"type": "integer", "minimum": 0}, "Nombre d’objectifs au-dessus."),
        "position": said({"type": "integer", "minimum": 0}, "Rang parmi ses semblables, à partir de 0."),
    }
    place = {
        "objective": said(key, "Clé de l’objectif qui la porte."),
        "level": said(key, "Clé du niveau de cet objectif."),
    }
    for cls in (nodes.Objective, nodes.Action, nodes.Clause, nodes.Indicator):
        own = {name: one for name, one in properties_of(cls).items() if name not in (*ITEMS, "children")}
        where = tree if cls is nodes.Objective else place
        sentence = f"{WORDS[cls.__name__][''].split(',')[0].rstrip('.')}, à plat, avec la place où il se trouve."
        shapes[f"{cls.__name__}Row"] = record(sentence, first | own | where | last)
    return shapes


def given_shapes() -> dict[str, Schema]:
    """The components of the exchange format as a request brings them: what has a value of its own may be left out."""
    shapes = {}
    for cls in PARTS:
        needed = [one.name for one in fields(cls) if one.default is MISSING]
        sentence = f"{WORDS[_name(cls)][''].rstrip('.')}, tel qu’on l’envoie : ce qui peut être vide peut manquer."
        shapes[name_of(cls, given=True)] = record(sentence, properties_of(cls, given=True), needed)
    marked = said({"type": "string", "const": FORMAT}, WORDS["Document"]["format"])
    document = shapes["DocumentInput"]
    document["properties"] = {"format": marked} | document["properties"]
    document["required"] = ["format", *document["required"]]
    return shapes


def name_of(cls: type, *, given: bool = False) -> str:
    """The name of its component; `given`: as a request brings it."""
    return f"{_name(cls)}Input" if given else _name(cls)


def properties_of(cls: type, *, given: bool = False, words: dict[str, str] | None = None) -> dict[str, Schema]:
    """The schema of each field of that node, with its sentence."""
    hints = get_type_hints(cls)
    told = words or WORDS[_name(cls)]
    return {one.name: said(_schema(hints[one.name], one, given), told[one.name]) for one in fields(cls)}


def _name(cls: type) -> str:
    return _NAMES.get(cls, cls.__name__)


def _anchored() -> str:
    return f"^{KEY.pattern}$"


def _schema(hint: Any, field: Any, given: bool) -> Schema:
    if get_origin(hint) is tuple:
        return list_of(_schema(get_args(hint)[0], field, given)) | ({"uniqueItems": True} if field.name in ONCE else {})
    if get_origin(hint) is Literal:
        return {"type": "string", "enum": list(get_args(hint))}
    if NoneType in get_args(hint):
        plain = _schema(next(one for one in get_args(hint) if one is not NoneType), field, given)
        return plain | {"type": [plain["type"], "null"]}
    if hint is str:
        limit = {"maxLength": field.metadata.get("limit", WORD_LENGTH)}
        written = {"pattern": NUMBERING if field.name == "numbering" else NAMED if field.name in ONCE else WRITTEN}
        written = written if given else {}
        return {"type": "string", **limit} | ({"pattern": _anchored()} if field.metadata.get("key") else written)
    if hint is bool:
        return {"type": "boolean"}
    if hint is int:
        years = {"minimum": YEARS.start, "maximum": YEARS.stop - 1}
        return {"type": "integer"} | (years if field.name.endswith("_year") else {"minimum": 0, "maximum": 999_999})
    return ref(name_of(hint, given=given))
