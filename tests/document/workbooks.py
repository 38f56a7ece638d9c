"""A small workbook as an officer would type it, changed at will, as XLSX and as ODS."""

import io
import zipfile
from copy import deepcopy
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

Sheets = dict[str, list[list[Any]]]

SMALL: Sheets = {
    "Document": [
        ["Champ", "Valeur"],
        ["Adresse", "essai"],
        ["Intitulé", "Contrat d’essai"],
        ["Territoire", "Ville d’essai"],
        ["Première année", "2024"],
        ["Dernière année", None],
        ["Présentation", "Un.\n\nDeux."],
        ["Document source", "Texte signé"],
        ["Version (pour lecture)", "version 2"],
    ],
    "Objectifs": [
        ["Clé", "Sous (clé)", "Niveau", "Code", "Intitulé", "Description", "Transversal", "Étiquettes",
         "Quartiers (codes)"],
        ["axe-1", None, "axe", "1", "Premier axe", None, None, None, None],
        ["o-1", "axe-1", "objectif", "1.10", "Premier objectif", "- un", "oui", "PRE\nCLAS", "QP030001"],
        ["o-2", "axe-1", "objectif", None, "Second objectif", None, "non", None, None],
    ],
    "Actions": [
        ["Clé", "Objectif (clé)", "Objectif (pour lecture)", "Code", "Intitulé", "Description"],
        ["o-1-a", "o-1", "1.10 Premier objectif", "1.10.a", "Première action", None],
        ["o-1-b", "o-1", None, None, "Seconde action", "En détail"],
    ],
    "Clauses": [["Clé", "Objectif (clé)", "Texte"], ["o-1-c", "o-1", "L’opérateur s’engage"]],
    "Indicateurs": [
        ["Clé", "Objectif (clé)", "Intitulé", "Type", "Unité", "Ventilation", "Valeur de référence", "Cible"],
        ["o-1-i", "o-1", "Part de femmes", "taux", "%", "F/H", "45 %", 50],
    ],
    "Mentions": [["Objectif (clé)", "Nature", "Texte"], ["o-1", "financement", "PRIORISER"]],
    "Renvois": [["Élément (clé)", "Texte", "Vers (clés)"], ["o-1-a", "Cf. 1", "axe-1\no-2"], ["o-2", "Cf.", None]],
    "Remarques": [["Élément (clé)", "Texte"], ["(contrat)", "Du tout"], ["o-1-c", "De la clause"]],
    "Effectifs annoncés": [
        ["Élément (clé)", "Objet", "Nombre"],
        ["(contrat)", "objectif", 2],
        ["axe-1", "indicateurs", 9],
    ],
    "Niveaux": [
        ["Clé", "Nom", "Pluriel", "Numérotation"],
        ["axe", "Axe", "Axes", "{n}"],
        ["objectif", "Objectif opérationnel", "Objectifs opérationnels", None],
    ],
    "Quartiers": [["Code", "Nom"], ["QP030001", "Les Cévennes"]],
}  # fmt: skip


def small(**cells: Any) -> Sheets:
    """SMALL with other values: small(Actions_B2="o-2")."""
    sheets = deepcopy(SMALL)
    for name, value in cells.items():
        title, _, cell = name.rpartition("_")
        rows = sheets[title.replace("_", " ")]
        column, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = value
    return sheets


def make_xlsx(sheets: Sheets) -> bytes:
    """The workbook as Excel would have it; a text that begins with « = » is a formula."""
    workbook = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append([None if value is None else WriteOnlyCell(sheet, value) for value in row])
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def make_ods(sheets: Sheets) -> bytes:
    """The workbook as LibreOffice would have it."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    tables = "".join(
        f'<table:table table:name="{title}">'
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for title, rows in sheets.items()
    )
    return make_ods_of(
        f'<office:document-content xmlns:office="{office}office:1.0" xmlns:table="{office}table:1.0" '
        f'xmlns:text="{office}text:1.0"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>'
        "</office:document-content>"
    )


def make_ods_of(content: str, **parts: str) -> bytes:
    """The package of that content.xml and other parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        for name, part in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", part)
    return file.getvalue()


def repacked(content: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The package with other parts; None: without it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name in old.namelist():
            part = changes.get(name, old.read(name))
            if part is not None:
                package.writestr(name, part)
    return file.getvalue()


def _ods_cell(value: Any) -> str:
    match value:
        case None:
            return "<table:table-cell/>"
        case bool():
            said = str(value).lower()
            return f'<table:table-cell office:value-type="boolean" office:boolean-value="{said}"/>'
        case int() | float():
            shown = str(value).replace(".", ",")
            number = f'office:value-type="float" office:value="{value}"'
            return f"<table:table-cell {number}><text:p>{shown}</text:p></table:table-cell>"
        case str() if value.startswith("="):
            return f'<table:table-cell table:formula="of:{escape(value)}" office:value-type="string"/>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


MAKERS = (make_xlsx, make_ods)
