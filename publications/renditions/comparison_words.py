"""The words of a comparison: kinds of change, natures of nodes, fields."""

from document.compare import Kind

#: For each kind of change: its sign (never colour alone), and what one and several of it are called.
WORDS: dict[Kind, tuple[str, str, str]] = {
    "added": ("+", "ajout", "ajouts"),
    "removed": ("−", "suppression", "suppressions"),
    "moved": ("→", "déplacement", "déplacements"),
    "reordered": ("↕", "changement de rang", "changements de rang"),
    "renumbered": ("№", "renumérotation", "renumérotations"),
    "reworded": ("≈", "reformulation", "reformulations"),
    "changed": ("•", "autre modification", "autres modifications"),
}
PARTS = {"children": "", "actions": "Action", "clauses": "Clause", "indicators": "Indicateur"}
FIELDS = {
    "code": "code",
    "level": "niveau",
    "title": "intitulé",
    "text": "texte",
    "description": "description",
    "transversal": "caractère transversal",
    "tags": "étiquettes",
    "neighbourhoods": "quartiers",
    "notes": "mentions",
    "declared": "effectifs annoncés",
    "remarks": "remarques",
    "references": "renvois",
    "kind": "nature",
    "unit": "unité",
    "breakdown": "ventilation",
    "baseline": "valeur de référence",
    "target": "cible",
    "contract": "en-tête du contrat",
    "levels": "niveaux",
    "start_year": "première année",
    "end_year": "dernière année",
    "summary": "présentation",
    "territory": "territoire",
    "sources": "sources",
    "slug": "adresse",
}
#: What is counted besides levels.
COUNTED = {"actions": "actions", "clauses": "clauses", "indicators": "indicateurs"}
