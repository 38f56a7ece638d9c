"""Reads plain data into the nodes, strictly: every fault is named with its path, unknown keys are refused."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from functools import cache
from itertools import islice
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from document.codes import is_numbering
from document.faults import GATHERED, DocumentError, Fault, shown, trimmed
from document.nodes import DEPTH_LIMIT, ITEMS, WORD_LENGTH, Document, Objective
from document.walk import walk

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: Lists that name things: each once.
ONCE = ("tags", "neighbourhoods", "targets", "breakdown")
YEARS = range(1900, 2200)
Node = TypeVar("Node")


def read_document(data: dict[str, Any]) -> Document:
    """The Document of plain data. Raises DocumentError with its faults: those of form first, else what it names."""
    reader = _Reader()
    document: Document = reader.read_node(Document, data, "", 0)
    faults = reader.faults or list(islice(_broken_links(document), GATHERED))
    if faults:
        raise DocumentError(faults)
    return document


def read_part(cls: type[Node], data: dict[str, Any]) -> Node:
    """One node of that class from plain data, its form alone: what it names is not looked up. Raises DocumentError."""
    reader = _Reader()
    node: Node = reader.read_node(cls, data, "", 0)
    if reader.faults:
        raise DocumentError(reader.faults)
    return node


class _Reader:
    """Walks the data along the types of the nodes and gathers faults instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, path: str, message: str) -> None:
        self.faults.append(Fault(path, message))
        if len(self.faults) >= GATHERED:
            raise DocumentError(self.faults)

    def read_node(self, cls: type, data: Any, path: str, depth: int) -> Any:
        if not isinstance(data, dict):
            return self.fault(path, "un objet (des clés et des valeurs) est attendu ici.")
        if cls is Objective and depth > DEPTH_LIMIT:
            return self.fault(path, f"l’arbre a plus de {DEPTH_LIMIT} niveaux de profondeur.")
        known = _shape(cls)
        for name in data:
            if name not in known:
                self.fault(_join(path, name), f"clé inconnue ; clés admises : {', '.join(known)}.")
        before = len(self.faults)
        values = {}
        for name, (spec, hint) in known.items():
            if name in data:
                values[name] = self.read_value(hint, data[name], _join(path, name), spec, depth)
            elif spec.default is MISSING:
                self.fault(_join(path, name), "cette clé est obligatoire et manque.")
        return cls(**values) if len(self.faults) == before else None

    def read_value(self, hint: Any, value: Any, path: str, spec: Field[Any], depth: int) -> Any:
        if get_origin(hint) is tuple:
            return self.read_list(get_args(hint)[0], value, path, spec, depth)
        if isinstance(hint, UnionType):
            if value is None:
                return None
            hint = next(arg for arg in get_args(hint) if arg is not NoneType)
        if get_origin(hint) is Literal:
            if value not in get_args(hint):
                self.fault(path, f"valeur inconnue ; valeurs admises : {', '.join(get_args(hint))}.")
            return value
        if hint is str:
            return self.read_text(value, path, spec)
        if hint is int:
            return self.read_number(value, path)
        if hint is bool:
            if not isinstance(value, bool):
                self.fault(path, "vrai ou faux (true, false) est attendu ici.")
            return value
        return self.read_node(hint, value, path, depth + 1 if hint is Objective else depth)

    def read_list(self, hint: Any, value: Any, path: str, spec: Field[Any], depth: int) -> Any:
        if not isinstance(value, list):
            return self.fault(path, "une liste est attendue ici.")
        texts = [item for item in value if isinstance(item, str)]
        if spec.name in ONCE and len(set(texts)) < len(texts):
            self.fault(path, "la même valeur est donnée deux fois dans cette liste.")
        return tuple(self.read_value(hint, item, f"{path}[{rank}]", spec, depth) for rank, item in enumerate(value))

    def read_text(self, value: Any, path: str, spec: Field[Any]) -> Any:
        if not isinstance(value, str):
            return self.fault(path, f"un texte est attendu ici (entre guillemets) et non {shown(value)}.")
        limit = spec.metadata.get("limit", WORD_LENGTH)
        if len(value) > limit:
            return self.fault(path, f"texte de {len(value)} caractères ; la limite est de {limit}.")
        if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in value):
            return self.fault(path, "le texte contient un caractère de contrôle invisible ; supprimez-le.")
        if spec.metadata.get("key") and not KEY.fullmatch(value):
            self.fault(path, "une clé s’écrit en minuscules sans accent, chiffres et tirets (exemple : 1-1-3).")
        if spec.name == "numbering" and not is_numbering(value):
            self.fault(path, "motif de numérotation inconnu (exemples : {n}, {parent}.{n}, {A}, #{n}).")
        return value

    def read_number(self, value: Any, path: str) -> Any:
        if isinstance(value, bool) or not isinstance(value, int):
            return self.fault(path, f"un nombre entier est attendu ici et non {shown(value)}.")
        if not 0 <= value < 1_000_000:
            return self.fault(path, "un nombre de 0 à 999 999 est attendu ici.")
        if path.endswith("_year") and value not in YEARS:
            return self.fault(path, f"l’année {value} est hors de {YEARS.start}-{YEARS.stop - 1}.")
        return value


@cache
def _shape(cls: type) -> dict[str, tuple[Field[Any], Any]]:
    hints = get_type_hints(cls)
    return {spec.name: (spec, hints[spec.name]) for spec in fields(cls)}


def _join(path: str, name: Any) -> str:
    name = trimmed(name) if isinstance(name, str) else shown(name)
    return f"{path}.{name}" if path else name


def _broken_links(document: Document) -> Iterator[Fault]:
    """Faults of a well-formed document: a key given twice, a level, a quartier or a target that does not exist."""
    paths = _paths(document)
    keys = [(f"{path}.key", node.key) for path, node in paths]
    keys += [
        (f"{path}.{kind}[{rank}].key", item.key)
        for path, node in paths
        for kind in ITEMS
        for rank, item in enumerate(getattr(node, kind))
    ]
    yield from _twice([(f"levels[{rank}].key", level.key) for rank, level in enumerate(document.levels)])
    yield from _twice([(f"neighbourhoods[{rank}].code", one.code) for rank, one in enumerate(document.neighbourhoods)])
    yield from _twice(keys)
    levels = {level.key for level in document.levels}
    quarters = {one.code for one in document.neighbourhoods}
    objectives = {node.key for _, node in paths}
    for prefix, declared in [("", document.declared), *((f"{path}.", node.declared) for path, node in paths)]:
        for rank, one in enumerate(declared):
            if one.of not in levels and one.of not in ITEMS:
                said = f"« {one.of} » n’est ni un niveau ni {', '.join(ITEMS)}."
                yield Fault(f"{prefix}declared[{rank}].of", said)
    for path, node in paths:
        if node.level not in levels:
            yield Fault(f"{path}.level", f"le niveau « {node.level} » n’est pas dans la liste « levels ».")
        for rank, code in enumerate(node.neighbourhoods):
            if code not in quarters:
                said = f"le quartier « {code} » n’est pas déclaré dans « neighbourhoods »."
                yield Fault(f"{path}.neighbourhoods[{rank}]", said)
        owners = [(path, node.references)]
        owners += [(f"{path}.actions[{rank}]", action.references) for rank, action in enumerate(node.actions)]
        for owner, references in owners:
            for rank, reference in enumerate(references):
                for target in reference.targets:
                    if target not in objectives:
                        said = f"aucun objectif n’a la clé « {target} »."
                        yield Fault(f"{owner}.references[{rank}].targets", said)


def _twice(keys: list[tuple[str, str]]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for path, key in keys:
        if first.setdefault(key, path) != path:
            yield Fault(path, f"la clé « {key} » est déjà prise par {first[key]}.")


def _paths(document: Document) -> list[tuple[str, Objective]]:
    found: dict[int, str] = {}
    result = []
    for place in walk(document):
        parent = f"{found[id(place.parent)]}.children" if place.parent else "objectives"
        path = f"{parent}[{place.position}]"
        found[id(place.objective)] = path
        result.append((path, place.objective))
    return result
