"""The exchange format: a document to and from plain data, JSON and YAML, with its digest."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import Any

import yaml

from document.faults import DocumentError, Fault, trimmed
from document.nodes import Document
from document.reading import read_document

FORMAT = "contratville/1"
#: Largest file that is read, in bytes; the largest contract known weighs 300 kB.
FILE_LIMIT = 20_000_000


def to_plain(document: Document) -> dict[str, Any]:
    """The document as plain dicts, lists, strings and numbers, every key present, in the format's order."""
    own: dict[str, Any] = plain(document)
    return {"format": FORMAT} | own


def from_plain(data: Any) -> Document:
    """The document of plain data. Raises DocumentError with the path of every fault found."""
    if not isinstance(data, dict):
        raise DocumentError([Fault("", "le document doit être un objet (des clés et des valeurs).")])
    found = data.get("format")
    if found != FORMAT:
        said = f"« {trimmed(found)} »" if isinstance(found, str) else "absent"
        raise DocumentError([Fault("format", f"format {said} ; format attendu : « {FORMAT} ».")])
    return read_document({key: value for key, value in data.items() if key != "format"})


def encode(document: Document) -> bytes:
    """The canonical JSON: UTF-8, no spaces, keys in the format's order. These bytes are what is frozen and served."""
    return json.dumps(to_plain(document), ensure_ascii=False, separators=(",", ":")).encode()


def decode(content: bytes | str) -> Document:
    """The document of a JSON text. Raises DocumentError, with line and column where it is not JSON."""
    return from_plain(read_json(content))


def read_json(content: bytes | str) -> Any:
    """The plain data of a JSON text. Raises DocumentError, with line and column where it is not JSON."""
    text = _text(content)
    try:
        return json.loads(text, object_pairs_hook=_without_duplicates)
    except DocumentError:  # itself a ValueError: a key given twice
        raise
    except json.JSONDecodeError as error:
        where = f"ligne {error.lineno}, colonne {error.colno}"
        raise DocumentError([Fault(where, "le JSON est mal formé à cet endroit.")]) from error
    except RecursionError as error:
        raise DocumentError([Fault("", "le JSON est imbriqué trop profondément.")]) from error
    except ValueError as error:  # a number of more digits than Python converts
        raise DocumentError([Fault("", "le JSON contient un nombre démesuré.")]) from error


def encode_yaml(document: Document) -> str:
    """The document as YAML for files kept by hand: empty values are left out."""
    data = {"format": FORMAT} | _sparse(document)
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def decode_yaml(content: bytes | str) -> Document:
    """The document of a YAML text. Raises DocumentError; anchors and aliases are refused."""
    text = _text(content)
    try:
        data = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"ligne {mark.line + 1}, colonne {mark.column + 1}" if mark else ""
        said = error.problem if isinstance(error, _Refused) else "le YAML est mal formé à cet endroit."
        raise DocumentError([Fault(where, said or "")]) from error
    except yaml.YAMLError as error:
        raise DocumentError([Fault("", "le fichier n’est pas du YAML lisible.")]) from error
    except RecursionError as error:
        raise DocumentError([Fault("", "le YAML est imbriqué trop profondément.")]) from error
    except ValueError as error:  # a number of more digits than Python converts
        raise DocumentError([Fault("", "le YAML contient un nombre démesuré.")]) from error
    return from_plain(data)


def digest(content: bytes) -> str:
    """The SHA-256 of canonical JSON, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def plain(value: Any) -> Any:
    """A node, or a tuple of nodes, as plain dicts, lists, strings and numbers, in the format's order."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def _sparse(value: Any) -> Any:
    """As `plain`, without what is empty because nothing was said; an empty text that must be given stays."""
    if is_dataclass(value):
        shown = [(field, getattr(value, field.name)) for field in fields(value)]
        return {field.name: _sparse(item) for field, item in shown if item or item != field.default}
    if isinstance(value, tuple):
        return [_sparse(item) for item in value]
    return value


def _text(content: bytes | str) -> str:
    if len(content) > FILE_LIMIT:
        size, limit = len(content) // 1_000_000, FILE_LIMIT // 1_000_000
        raise DocumentError([Fault("", f"le fichier pèse {size} Mo ; la limite est de {limit} Mo.")])
    if isinstance(content, str):
        return content
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = f"le fichier n’est pas en UTF-8 (octet {error.start})."
        raise DocumentError([Fault("", said)]) from error


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise DocumentError([Fault(trimmed(name), "cette clé est donnée deux fois dans le même objet.")])
        found[name] = value
    return found


class _Refused(yaml.MarkedYAMLError):
    """Something that is YAML but not of the exchange format."""


class _Loader(yaml.SafeLoader):
    """Plain YAML: strings stay strings (no dates), keys are not given twice, nothing is shared, nothing is tagged."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(problem="les ancres et alias YAML ne sont pas admis.", problem_mark=event.start_mark)
        if getattr(event, "tag", None):  # « !!bool peut-être » would break the constructors themselves
            raise _Refused(problem="les étiquettes YAML (« ! ») ne sont pas admises.", problem_mark=event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        names: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _Refused(problem="une clé doit être un mot.", problem_mark=key.start_mark)
            if key.value in names:
                said = f"la clé « {trimmed(key.value)} » est donnée deux fois."
                raise _Refused(problem=said, problem_mark=key.start_mark)
            names.add(key.value)
        return super().construct_mapping(node, deep=deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Dumper(yaml.SafeDumper):
    """YAML as a person would keep it: lists indented under their key, several lines as a block."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)
