"""The log and the exchange format in French: what verbs are called, what fields are called, what values say."""

from collections.abc import Iterable
from typing import Any

from indicators.models import Indicator
from objectives.models import Membership, Note

#: What was done, by the name of the verb.
VERBS = {
    "create_contract": "Contrat créé",
    "write_draft": "Brouillon remplacé par un document",
    "change_contract": "Fiche du contrat modifiée",
    "publish": "Version publiée",
    "add_share_link": "Lien de partage créé",
    "renew_share_link": "Lien de partage remplacé",
    "revoke_share_link": "Lien de partage révoqué",
    "add_level": "Niveau ajouté",
    "change_level": "Niveau modifié",
    "move_level": "Niveau déplacé",
    "delete_level": "Niveau supprimé",
    "add_tag": "Étiquette ajoutée",
    "change_tag": "Étiquette renommée",
    "delete_tag": "Étiquette supprimée",
    "restore_tag": "Étiquette restaurée",
    "add_neighbourhood": "Quartier ajouté",
    "change_neighbourhood": "Quartier modifié",
    "move_neighbourhood": "Quartier déplacé",
    "delete_neighbourhood": "Quartier supprimé",
    "restore_neighbourhood": "Quartier restauré",
    "grant_role": "Rôle donné",
    "remove_member": "Membre retiré",
    "add_objective": "Objectif ajouté",
    "change_objective": "Objectif modifié",
    "move_objective": "Objectif déplacé",
    "renumber": "Branche renumérotée",
    "delete_objective": "Objectif supprimé",
    "restore_objective": "Objectif restauré",
    "copy_branch": "Branche copiée",
    "add_action": "Action ajoutée",
    "change_action": "Action modifiée",
    "move_action": "Action déplacée",
    "delete_action": "Action supprimée",
    "restore_action": "Action restaurée",
    "add_clause": "Clause ajoutée",
    "change_clause": "Clause modifiée",
    "move_clause": "Clause déplacée",
    "delete_clause": "Clause supprimée",
    "restore_clause": "Clause restaurée",
    "add_indicator": "Indicateur ajouté",
    "change_indicator": "Indicateur modifié",
    "move_indicator": "Indicateur déplacé",
    "delete_indicator": "Indicateur supprimé",
    "restore_indicator": "Indicateur restauré",
}
_HEAD = ("contract", "draft", "level", "tag", "neighbourhood")


def _about(*things: str) -> list[str]:
    return [verb for verb in VERBS if verb.split("_", 1)[-1] in things]


#: Families of verbs, by what they change: their name and the verbs.
FAMILIES = {
    "objective": ("Objectifs", [*_about("objective", "branch"), "renumber"]),
    "item": ("Actions, clauses, indicateurs", _about("action", "clause", "indicator")),
    "contract": ("Fiche, niveaux, étiquettes, quartiers", _about(*_HEAD)),
    "member": ("Membres", _about("role", "member")),
    "publication": ("Publications", ["publish", *_about("share_link")]),
}
#: What a field is called, by its name in the exchange format or in the log, in the order of reading.
FIELDS = {
    "user": "Compte",
    "role": "Rôle",
    "number": "Numéro",
    "link": "Lien",
    "label": "Libellé",
    "slug": "Adresse",
    "key": "Clé",
    "level": "Niveau",
    "name": "Nom",
    "plural": "Pluriel",
    "numbering": "Numérotation",
    "code": "Code imprimé",
    "title": "Intitulé",
    "text": "Texte",
    "kind": "Nature",
    "breakdown": "Ventilation",
    "unit": "Unité",
    "baseline": "Valeur de référence",
    "target": "Cible",
    "territory": "Territoire",
    "start_year": "Première année",
    "end_year": "Dernière année",
    "summary": "Présentation",
    "description": "Description",
    "transversal": "Transversal",
    "tags": "Étiquettes",
    "neighbourhoods": "Quartiers",
    "objective": "Objectif",
    "under": "Sous",
    "position": "Rang",
    "references": "Renvois",
    "notes": "Mentions",
    "declared": "Effectifs annoncés",
    "sources": "Sources",
    "remarks": "Remarques",
    "actions": "Actions",
    "clauses": "Cahier des charges",
    "indicators": "Indicateurs",
    "children": "Objectifs au-dessous",
    "cited_by": "Cité par",
    "objectives": "Objectifs concernés",
    "digest": "Empreinte",
    "origin": "Copié de",
}
_KINDS = dict(Indicator.Kind.choices) | dict(Note.Kind.choices)
_ROLES = dict(Membership.Role.choices)


def verb_name(verb: str) -> str:
    """« Objectif déplacé »; the verb itself when it is not known here."""
    return VERBS.get(verb, verb)


def field_name(name: str) -> str:
    """« Intitulé »; the name itself when it is not known here."""
    return FIELDS.get(name, name)


def in_order(names: Iterable[str]) -> list[str]:
    """Names of fields in the order of reading: a database may keep the keys of a JSON object in its own."""
    order = {name: rank for rank, name in enumerate(FIELDS)}
    return sorted(names, key=lambda name: order.get(name, len(order)))


def text_of(name: str, value: Any) -> str:
    """A value of the log or of the exchange format as a person reads it; several lines for a list."""
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if name == "position":
        return str(value + 1)  # people count from one
    if name == "kind":
        return str(_KINDS.get(value, value))
    if name == "role":
        return str(_ROLES.get(value, value))
    if isinstance(value, list):
        parts = [text_of(name, one) for one in value]
        return ", ".join(parts) if name in ("tags", "neighbourhoods", "breakdown") else "\n".join(parts)
    if isinstance(value, dict):
        return _text_of_part(value)
    return str(value)


def _text_of_part(value: dict[str, Any]) -> str:
    """A note, a count, a reference, an item or an objective on one line."""
    if "of" in value:
        return f"{value['count']} {FIELDS.get(value['of'], value['of']).lower()}"
    if "targets" in value:
        return f"{value['text']} → {', '.join(value['targets']) or 'aucun objectif'}"
    words = value.get("title") or value.get("text") or ""
    kind = f"({_KINDS[value['kind']]})" if value.get("kind") in _KINDS else ""
    return " ".join(part for part in (value.get("code") or "", words, kind) if part)
