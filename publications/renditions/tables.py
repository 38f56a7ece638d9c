"""Tables: a contract as CSV, one row a node in reading order; a file for machines and one for French Excel.

Both have the same columns, in the same order. Version, source and licence are the last columns of every row, not
lines above the headings: any reader then finds one line of headings and one row a node, and a row that is copied
elsewhere still says where it comes from.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from document import nodes
from document.walk import Place, walk
from indicators.models import Indicator
from objectives.models import Note
from publications.editions import LICENCE, Edition

#: Name of the column for machines, heading for people.
COLUMNS = {
    "ordre": "Ordre",
    "nature": "Nature",
    "cle": "Clé",
    "code": "Code",
    "niveau": "Niveau",
    "intitule": "Intitulé",
    "description": "Description",
    "parent": "Sous (clé)",
    "chemin_cles": "Chemin (clés)",
    "chemin_codes": "Chemin (codes)",
    "chemin": "Chemin",
    "transversal": "Transversal",
    "etiquettes": "Étiquettes",
    "quartiers": "Quartiers",
    "mentions_financement": "Mentions de financement",
    "mentions_perimetre": "Mentions de périmètre",
    "mentions_autres": "Autres mentions",
    "renvois": "Renvois",
    "renvois_cles": "Renvois (clés)",
    "effectifs_annonces": "Effectifs annoncés",
    "type_indicateur": "Type d’indicateur",
    "unite": "Unité",
    "ventilation": "Ventilation",
    "valeur_reference": "Valeur de référence",
    "cible": "Cible",
    "remarques": "Remarques",
    "contrat": "Contrat",
    "territoire": "Territoire",
    "version": "Version",
    "libelle_version": "Libellé de la version",
    "date_effet": "Date d’effet",
    "date_publication": "Date de publication",
    "empreinte": "Empreinte",
    "source": "Source",
    "licence": "Licence",
}
_NOTES = {Note.Kind.FUNDING: "financement", Note.Kind.SCOPE: "perimetre", Note.Kind.OTHER: "autres"}
#: Longest text that a cell of Excel holds; what is longer would spill over the next rows.
_CELL_LIMIT = 32_767

Row = dict[str, Any]


def csv_file(edition: Edition) -> bytes:
    """The table for machines: RFC 4180, UTF-8 without BOM, commas, ISO dates, several values of a cell parted by « | ».

    Texts and codes are those of the contract, to the letter.
    """
    return _write(COLUMNS, edition, plain_cell, delimiter=",").encode()


def excel_csv_file(edition: Edition) -> bytes:
    """The table for French Excel: UTF-8 with BOM, semicolons, dates as 24/11/2025, several values on several lines.

    Excel reads cells as if they were typed, so two kinds are guarded:

    - a code or a key such as 1.10 or 1-1-1, which it would turn into a number or a date, is written ="1.10": the only
      writing that it shows, sorts and searches as the text 1.10 itself, where an apostrophe or an invisible sign would
      stay in the cell. It is a constant, made of figures and punctuation alone;
    - a text that begins with = + - @, a tab or a line break, which it would run as a formula, has an apostrophe before
      it. The « - » of lists in a description, which are the exchange format's and not the text's, are bullets here.
    """
    return _write(COLUMNS.values(), edition, guarded_cell, delimiter=";").encode("utf-8-sig")


def _write(headings: Any, edition: Edition, cell: Callable[[str, Any], str], *, delimiter: str) -> str:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(headings)
    last = _edition_cells(edition)
    for order, row in enumerate(_rows(edition.document), start=1):
        cells = {"ordre": order} | row | last
        writer.writerow([cell(name, cells.get(name, "")) for name in COLUMNS])
    return file.getvalue()


def _rows(document: nodes.Document) -> Iterator[Row]:
    """A row a node: each objective, then its actions, clauses and indicators."""
    levels = {level.key: level.name for level in document.levels}
    for place in walk(document):
        node = place.objective
        yield _objective(place, levels.get(node.level, node.level))
        path = (*place.ancestors, node)
        for action in node.actions:
            own = {"code": action.code or "", "intitule": action.title, "description": action.description}
            yield _item("action", action, path) | own | _references(action.references)
        for clause in node.clauses:
            yield _item("clause", clause, path) | {"intitule": clause.text}
        for indicator in node.indicators:
            yield _item("indicateur", indicator, path) | {
                "intitule": indicator.title,
                "type_indicateur": Indicator.Kind(indicator.kind).label,
                "unite": indicator.unit,
                "ventilation": indicator.breakdown,
                "valeur_reference": indicator.baseline,
                "cible": indicator.target,
            }


def _objective(place: Place, level: str) -> Row:
    node = place.objective
    notes = {f"mentions_{word}": [n.text for n in node.notes if n.kind == kind] for kind, word in _NOTES.items()}
    return {
        "nature": "objectif",
        "cle": node.key,
        "code": node.code or "",
        "niveau": level,
        "intitule": node.title,
        "description": node.description,
        "transversal": node.transversal,
        "etiquettes": node.tags,
        "quartiers": node.neighbourhoods,
        "effectifs_annonces": [f"{one.count} {one.of}" for one in node.declared],
        "remarques": node.remarks,
        **_path(place.ancestors),
        **_references(node.references),
        **notes,
    }


def _item(nature: str, node: Any, path: tuple[nodes.Objective, ...]) -> Row:
    return {"nature": nature, "cle": node.key, "remarques": node.remarks} | _path(path)


def _path(path: tuple[nodes.Objective, ...]) -> Row:
    return {
        "parent": path[-1].key if path else "",
        "chemin_cles": " > ".join(one.key for one in path),
        "chemin_codes": " > ".join(one.code for one in path if one.code),
        "chemin": " > ".join(f"{one.code} {one.title}" if one.code else one.title for one in path),
    }


def _references(references: tuple[nodes.Reference, ...]) -> Row:
    targets = dict.fromkeys(key for reference in references for key in reference.targets)
    return {"renvois": [reference.text for reference in references], "renvois_cles": list(targets)}


def _edition_cells(edition: Edition) -> Row:
    return {
        "contrat": edition.slug,
        "territoire": edition.document.contract.territory,
        "version": "brouillon" if edition.is_draft else edition.number,
        "libelle_version": edition.label,
        "date_effet": edition.in_force_on or "",
        "date_publication": "" if edition.is_draft else timezone.localtime(edition.at).date(),
        "empreinte": edition.digest,
        "source": edition.credit,
        "licence": "" if edition.is_draft else LICENCE,
    }


def plain_cell(_: str, value: Any) -> str:
    """A cell of a table for machines."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "|".join(value)
    return str(value)


#: Names of things, which stay text even when they look like a number, and values, in which numbers may be counted with.
_NAMING = {"cle", "code", "parent", "chemin_cles", "chemin_codes", "renvois_cles", "quartiers"}
_NUMBER_LIKE = re.compile(r"\d[\d.,/:\- ]*(?:[eE]\d+)?")
_FRENCH_NUMBER = re.compile(r"\d{1,15}(?:,\d+)?")
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_LIST_MARK = re.compile(r"^- ", re.MULTILINE)


def guarded_cell(name: str, value: Any) -> str:
    """A cell of a table for French Excel, in the column of that name; see `excel_csv_file`."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list | tuple):
        text = "\n".join(value)
    elif hasattr(value, "isoformat"):
        return date_format(value, "d/m/Y")
    else:
        text = _LIST_MARK.sub("• ", value) if name == "description" else value
    if _NUMBER_LIKE.fullmatch(text) and (name in _NAMING or not _FRENCH_NUMBER.fullmatch(text)):
        return f'="{text}"'
    if _FORMULA.match(text):
        text = f"'{text}"
    return text if len(text) <= _CELL_LIMIT else f"{text[: _CELL_LIMIT - 1]}…"
