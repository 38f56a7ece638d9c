"""The sheets and columns that hold a whole document in a workbook: the reader and every writer go by this one list."""

from dataclasses import dataclass
from typing import Literal

#: What a cell holds: `code` and `text` are texts, of which only an empty code differs from none; `list` has one value
#: a line; `word` is a French word of WORDS; `aside` is there for the eye and is not read.
Kind = Literal["key", "code", "text", "list", "word", "yes", "number", "aside"]

#: What stands in the column of an element for the document as a whole; no key can look like it.
WHOLE = "(contrat)"
YES, NO = "oui", "non"
#: What a cell that goes on in the next column is headed with.
CONTINUED = "suite"

#: French words of the cells ↔ words of the exchange format.
WORDS = {
    "notes": {"funding": "financement", "scope": "périmètre", "other": "autre"},
    "indicators": {
        "count": "nombre",
        "rate": "taux",
        "appreciation": "appréciation",
        "document": "document",
        "other": "autre",
    },
}
#: What declared counts may be of besides a level, in cells; a level of that very key takes precedence.
COUNTED = {"actions": "actions", "clauses": "clauses", "indicators": "indicateurs"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field of the node it holds, its heading, what is written there, its width in characters."""

    field: str
    heading: str
    kind: Kind
    width: int
    help: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: the part of the document that it holds, one row each, and its columns in the order they are written."""

    name: str
    title: str
    columns: tuple[Column, ...]


_KEY = "Donnée une fois pour toutes : ne la changez pas. Laissez-la vide sur une ligne nouvelle, elle sera donnée."
_OWNER = Column("owner", "Élément (clé)", "key", 22, f"Clé de l’élément, ou {WHOLE} pour le contrat entier.")
_ORDER = "L’ordre des lignes est celui du contrat."


def _key(note: str = "") -> Column:
    return Column("key", "Clé", "key", 16, f"{_KEY} {note}".strip())


def _objective() -> Column:
    return Column(
        "objective", "Objectif (clé)", "key", 16, f"Clé de l’objectif, dans la feuille « Objectifs ». {_ORDER}"
    )


def _aside(heading: str) -> Column:
    return Column("aside", f"{heading} (pour lecture)", "aside", 30, "Pour s’y retrouver ; n’est pas repris.")


def _text(field: str, heading: str, width: int, note: str = "") -> Column:
    return Column(field, heading, "text", width, note or "Texte, tel qu’il est signé.")


_CODE = Column("code", "Code", "code", 12, "Tel qu’imprimé, au format Texte : 1.10 n’est pas 1.1. Vide : aucun.")

OBJECTIVES = Sheet(
    "objectives",
    "Objectifs",
    (
        _key("Une ligne nouvelle qui en porte d’autres a besoin d’une clé : minuscules, chiffres et tirets."),
        Column("parent", "Sous (clé)", "key", 16, f"Clé de l’objectif au-dessus. Vide : au premier rang. {_ORDER}"),
        Column("level", "Niveau", "key", 18, "Clé ou nom du niveau, dans la feuille « Niveaux »."),
        _CODE,
        _text("title", "Intitulé", 54),
        _text("description", "Description", 40),
        Column("transversal", "Transversal", "yes", 12, f"{YES} ; vide ou {NO} sinon."),
        Column("tags", "Étiquettes", "list", 14, "Une par ligne dans la cellule."),
        Column("neighbourhoods", "Quartiers (codes)", "list", 18, "Un code par ligne dans la cellule."),
    ),
)
ACTIONS = Sheet(
    "actions",
    "Actions",
    (
        _key(),
        _objective(),
        _aside("Objectif"),
        _CODE,
        _text("title", "Intitulé", 54),
        _text("description", "Description", 40),
    ),
)
CLAUSES = Sheet("clauses", "Clauses", (_key(), _objective(), _aside("Objectif"), _text("text", "Texte", 80)))
INDICATORS = Sheet(
    "indicators",
    "Indicateurs",
    (
        _key(),
        _objective(),
        _aside("Objectif"),
        _text("title", "Intitulé", 54),
        Column("kind", "Type", "word", 14, ", ".join(WORDS["indicators"].values()) + "."),
        _text("unit", "Unité", 10, "Unité de la valeur, par exemple : %."),
        Column("breakdown", "Ventilation", "list", 14, "F/H, F/G : une par ligne dans la cellule."),
        _text("baseline", "Valeur de référence", 18, "Telle qu’écrite, par exemple : 45 % en 2014."),
        _text("target", "Cible", 14, "Telle qu’écrite."),
    ),
)
NOTES = Sheet(
    "notes",
    "Mentions",
    (
        _objective(),
        _aside("Objectif"),
        Column("kind", "Nature", "word", 14, ", ".join(WORDS["notes"].values()) + "."),
        _text("text", "Texte", 80),
    ),
)
REFERENCES = Sheet(
    "references",
    "Renvois",
    (
        Column("owner", "Élément (clé)", "key", 22, "Clé de l’objectif ou de l’action qui porte le renvoi."),
        _aside("Élément"),
        _text("text", "Texte", 60, "Tel qu’imprimé, par exemple : Cf. objectif opérationnel 1.1.3."),
        Column("targets", "Vers (clés)", "list", 24, "Clés des objectifs nommés, une par ligne dans la cellule."),
    ),
)
REMARKS = Sheet("remarks", "Remarques", (_OWNER, _aside("Élément"), _text("text", "Texte", 90)))
DECLARED = Sheet(
    "declared",
    "Effectifs annoncés",
    (
        _OWNER,
        _aside("Élément"),
        Column("of", "Objet", "key", 22, "Clé ou nom du niveau, ou : " + ", ".join(COUNTED.values()) + "."),
        Column("count", "Nombre", "number", 10, "Nombre que le texte annonce de lui-même."),
    ),
)
LEVELS = Sheet(
    "levels",
    "Niveaux",
    (
        Column(
            "key", "Clé", "key", 22, "Minuscules, chiffres et tirets. L’ordre des lignes va du plus haut au plus bas."
        ),
        _text("name", "Nom", 34, "Au singulier, tel que le contrat le nomme."),
        _text("plural", "Pluriel", 34, "Au pluriel."),
        Column(
            "numbering", "Numérotation", "code", 18, "Motif des codes : {n}, {parent}.{n}, {A}… Vide : pas de codes."
        ),
    ),
)
NEIGHBOURHOODS = Sheet(
    "neighbourhoods",
    "Quartiers",
    (
        Column("code", "Code", "code", 16, "QP ou QN et six chiffres, là où l’État en a donné un."),
        _text("name", "Nom", 50, "Nom du quartier prioritaire."),
    ),
)
DOCUMENT = Sheet(
    "contract",
    "Document",
    (
        Column("field", "Champ", "key", 34, "Ne changez pas les noms de champs. « Document source » peut se répéter."),
        _text("value", "Valeur", 100, "Valeur du champ."),
    ),
)
#: Rows of the sheet « Document »: the contract's field by its name; sources may be repeated or absent.
FIELDS = {
    "Adresse": "slug",
    "Intitulé": "title",
    "Territoire": "territory",
    "Première année": "start_year",
    "Dernière année": "end_year",
    "Présentation": "summary",
    "Document source": "sources",
}
NUMBERS = ("start_year", "end_year")
#: What the names of rows that are there for the eye end with.
ASIDE = "(pour lecture)"

#: In the order they are written, after the sheet to read.
SHEETS = (
    DOCUMENT,
    OBJECTIVES,
    ACTIONS,
    CLAUSES,
    INDICATORS,
    NOTES,
    REFERENCES,
    REMARKS,
    DECLARED,
    LEVELS,
    NEIGHBOURHOODS,
)
#: Of sheets whose rows are plain texts in the document: the column of that text.
LINE_FIELD = {"contract": "value", "remarks": "text"}
