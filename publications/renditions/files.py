"""The files that are made of an edition in one go, and how a page lists them beside its PDFs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse

from document.codec import FORMAT, encode, encode_yaml
from publications.editions import Edition
from publications.renditions.docx import docx_file
from publications.renditions.markdown import markdown_file
from publications.renditions.tables import csv_file, excel_csv_file
from publications.renditions.workbook import ods_file, xlsx_file

#: By the ending of their name: the maker, and what it is to a browser.
MAKERS: dict[str, tuple[Callable[[Edition], bytes], str]] = {
    ".xlsx": (xlsx_file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".ods": (ods_file, "application/vnd.oasis.opendocument.spreadsheet"),
    ".docx": (docx_file, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".md": (markdown_file, "text/markdown; charset=utf-8"),
    ".csv": (csv_file, "text/csv; charset=utf-8"),
    "-excel.csv": (excel_csv_file, "text/csv; charset=utf-8"),
    ".json": (lambda edition: encode(edition.document), "application/json"),
    ".yaml": (lambda edition: encode_yaml(edition.document).encode(), "application/yaml"),
}
#: How each is listed: title, format, what it is for.
PRINTED = ("Le contrat à imprimer", "PDF", "Mis en page pour être lu en réunion ou sur papier.")
LISTED = {
    ".xlsx": (
        "Le classeur Excel",
        "XLSX",
        "L’arbre à lire, puis une feuille par nature ; se modifie et se réimporte sans perte.",
    ),
    ".ods": ("Le classeur LibreOffice", "ODS", "Le même classeur, au format ouvert."),
    ".docx": ("Le texte pour Word", "DOCX", "Avec ses styles de titre et sa table, pour continuer à rédiger."),
    ".md": ("Le texte simple", "Markdown", "Pour un site, un courriel ou un wiki."),
    "-excel.csv": (
        "Le tableau pour Excel",
        "CSV, point-virgule, UTF-8",
        "Une ligne par objectif, action, clause et indicateur ; s’ouvre tel quel dans un tableur en français.",
    ),
    ".csv": ("Le tableau pour les logiciels", "CSV, virgule, UTF-8", "Le même tableau, à lire par programme."),
}
#: The whole document, as other software takes it.
WHOLE_FORMAT = f"JSON, format d’échange {FORMAT}"


@dataclass(frozen=True, slots=True)
class File:
    """A file as a page lists it; `weight` in octets, None where it is not known."""

    title: str
    format: str
    purpose: str
    address: str
    weight: int | None = None


def named(response: HttpResponse, name: str, content_type: str = "") -> HttpResponse:
    """What the file is called once saved; a PDF opens in the browser, the others are saved."""
    if content_type:
        response["Content-Type"] = content_type
    where = "inline" if name.endswith(".pdf") else "attachment"
    response["Content-Disposition"] = f'{where}; filename="{name}"'
    return response
