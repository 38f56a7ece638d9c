"""The shapes of a comparison of two publications, one for each kind of change."""

from dataclasses import fields

from api.nodes import KINDS as NODE_KINDS
from api.shapes import Schema, list_of, properties_of, record, ref, said
from document.compare import KINDS, Kind
from document.nodes import ITEMS
from document.reading import KEY

#: What is no field of a node alone, but hangs below it.
BELOW = (*ITEMS, "children")
#: The shape of a change, by its kind.
SHAPES: dict[Kind, str] = {
    "added": "ComparedPresence",
    "removed": "ComparedPresence",
    "moved": "ComparedMove",
    "reordered": "ComparedMove",
    "renumbered": "ComparedCode",
    "reworded": "ComparedWording",
    "changed": "ComparedField",
}
_TOLD: dict[Kind, str] = {
    "added": "Ce qui est nouveau.",
    "removed": "Ce qui n’y est plus.",
    "moved": "Ce qui a changé d’objectif au-dessus.",
    "reordered": "Ce qui a changé de rang parmi ses semblables.",
    "renumbered": "Les codes imprimés qui ont changé.",
    "reworded": "Les textes qui ont changé.",
    "changed": "Les autres champs qui ont changé.",
}


def comparison_shapes() -> dict[str, Schema]:
    """The components, by name."""
    key = said({"type": "string", "pattern": f"^({KEY.pattern})?$"}, "Clé stable ; vide pour le contrat lui-même.")
    lists = {"type": "string", "enum": ["document", "children", *ITEMS]}
    about = {
        "of": said(lists, "La liste où il est ; « document » : le contrat lui-même."),
        "key": key,
    }
    field = {"field": said({"type": "string"}, "Le champ, au format d’échange.")}
    any_value = {"description": "Une valeur, au format d’échange."}
    code, text = {"type": ["string", "null"]}, {"type": "string"}
    counts = {kind: said({"type": "integer", "minimum": 0}, _TOLD[kind]) for kind in KINDS}
    version = {
        "number": said({"type": "integer", "minimum": 1}, "Numéro."),
        "label": said({"type": "string"}, "Libellé."),
        "in_force_on": said({"type": "string", "format": "date"}, "Date d’effet."),
        "digest": said({"type": "string", "pattern": "^[0-9a-f]{64}$"}, "Empreinte du document."),
    }
    spot = {
        "under": said({"type": ["string", "null"]}, "Clé de l’objectif au-dessus ; nulle à la racine."),
        "position": said({"type": "integer", "minimum": 0}, "Rang parmi ses semblables, à partir de 0."),
    }
    alone = {f"Compared{kind.node.__name__}": _alone(kind.node) for kind in NODE_KINDS.values()}
    presence = {"node": said({"oneOf": [ref(name) for name in alone]}, "Ses champs, sans ce qui est rangé dessous.")}
    return alone | {
        "ComparedVersion": record("Une des deux versions comparées.", version),
        "ComparedSpot": record("Une place dans l’arbre.", spot),
        "ComparedPresence": record("Ce qui est ajouté ou supprimé, et sa place.", about | presence | spot),
        "ComparedMove": record("Une place qui change.", about | _both(ref("ComparedSpot"))),
        "ComparedCode": record("Un code qui change.", about | _both(code)),
        "ComparedWording": record("Un texte qui change.", about | field | _both(text)),
        "ComparedField": record("Un champ qui change.", about | field | _both(any_value)),
        "ComparedCounts": record("Combien de changements de chaque nature.", counts),
        "ComparedChanges": record(
            "Les changements, par nature ; les supprimés dans leur ordre ancien, les autres dans le nouveau.",
            {kind: said(list_of(ref(SHAPES[kind])), _TOLD[kind]) for kind in KINDS},
        ),
        "Comparison": record(
            "Ce qui change d’une version à une autre.",
            {
                "contract": said({"type": "string"}, "Identifiant du contrat."),
                "before": said(ref("ComparedVersion"), "La version de départ."),
                "after": said(ref("ComparedVersion"), "La version d’arrivée."),
                "counts": said(ref("ComparedCounts"), "Combien de changements de chaque nature."),
                "changes": said(ref("ComparedChanges"), "Les changements, par nature."),
            },
        ),
    }


def _both(schema: Schema) -> dict[str, Schema]:
    return {"before": said(schema, "Avant."), "after": said(schema, "Après.")}


def _alone(node: type) -> Schema:
    own = properties_of(node)
    names = [field.name for field in fields(node) if field.name not in BELOW]
    return record("Un nœud sans ce qui est rangé dessous.", {name: own[name] for name in names})
