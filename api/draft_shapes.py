"""The shapes of what is said to a draft and of what it answers: nodes with their revision, changes, batches."""

from api.gestures import Move, Removal
from api.nodes import KINDS, OBJECTIVE, Kind
from api.shapes import WRITTEN, Schema, given_shapes, list_of, properties_of, record, ref, said
from document.nodes import TEXT_LENGTH, WORD_LENGTH
from document.reading import KEY
from publications.models import Publication

_REVISION = said({"type": "integer", "minimum": 0}, "Révision : elle grandit à chaque modification, et sert d’ETag.")
#: Most operations of a batch: each costs what it costs alone.
BATCH_LIMIT = 200
#: A name given to what a batch makes: it cannot be taken for a key.
NAME = f"^@{KEY.pattern}$"
_KEY = {"type": "string", "pattern": f"^{KEY.pattern}$"}
_TEXT = {"type": "string", "maxLength": WORD_LENGTH, "pattern": WRITTEN}
_DAY = {"type": "string", "format": "date"}
_WORDS = {
    "under": "Clé de l’objectif au-dessus ; nulle à la racine.",
    "with_all": "Vrai : tout ce qui est au-dessous part aussi.",
    "position": "Rang parmi ses semblables, à partir de 0 ; nul ou absent : en dernier.",
}
_ANY = {"description": "Valeurs, au format d’échange ; nulles quand il n’y en a pas."}


def draft_shapes() -> dict[str, Schema]:
    """The components, by name."""
    shapes = given_shapes()
    for kind in KINDS.values():
        shapes |= _node_shapes(kind)
    change = {
        "revision": said({"type": "integer", "minimum": 1}, "Révision du brouillon après cette modification."),
        "at": said({"type": "string", "format": "date-time"}, "Jour et heure."),
        "by": said({"type": ["string", "null"]}, "Nom de la personne ; nul pour une commande du système."),
        "verb": said({"type": "string"}, "Geste : un mot stable (« move_objective »)."),
        "key": said({"type": "string"}, "Clé de ce qui a changé ; vide pour le contrat lui-même."),
    }
    state = {
        "contract": said({"type": "string"}, "Identifiant du contrat."),
        "revision": _REVISION,
        "last_change": said({"oneOf": [ref("Change"), {"type": "null"}]}, "La dernière modification du brouillon."),
    }
    stepped = state | {"changes": said(list_of(ref("Change")), "Ce que ce geste a écrit au journal.")}
    return shapes | {
        "Move": _move(),
        "Change": record("Une modification consignée au journal du brouillon.", change),
        "ChangeDetail": record(
            "Une modification, avec ce qu’il y avait avant et ce qu’il y a après.",
            change | {"before": _ANY, "after": _ANY},
        ),
        "DraftState": record("Où en est un brouillon.", state),
        "DraftStep": record("Où en est un brouillon après un pas en arrière ou en avant.", stepped),
        "Restore": record("Ce qui doit revenir.", {"key": said(_TEXT, "Clé de ce qui a été supprimé.")}),
        "Restored": record(
            "Ce qui est revenu, avec tout ce qu’il portait et sous les mêmes clés.",
            {
                "kind": said({"type": "string", "enum": [kind.word for kind in KINDS.values()]}, "Ce que c’est."),
                "key": said(_KEY, "Sa clé."),
                "revision": _REVISION,
            },
        ),
        "NewPublication": _new_publication(),
        "Operation": _operation(),
        "Batch": record(
            "Une suite d’opérations : toutes, ou aucune.",
            {"operations": said(list_of(ref("Operation")) | {"maxItems": BATCH_LIMIT}, "Dans l’ordre.")},
        ),
        "BatchDone": record(
            "Ce qu’une suite d’opérations a fait.",
            {
                "revision": said({"type": "integer", "minimum": 0}, "Révision du brouillon, qui sert d’ETag."),
                "names": said(
                    {"type": "object", "additionalProperties": _KEY}, "La clé donnée à chaque nom provisoire."
                ),
                "results": said(list_of(ref("Done")), "Un résultat par opération, dans l’ordre."),
            },
        ),
        "Done": record(
            "Ce qu’une opération a fait.",
            {
                "verb": said({"type": "string"}, "L’opération."),
                "key": said(_KEY, "La clé du nœud."),
                "revision": said({"type": ["integer", "null"], "minimum": 0}, "Sa révision ; nulle s’il est supprimé."),
            },
        ),
    }


def _node_shapes(kind: Kind) -> dict[str, Schema]:
    name = kind.node.__name__
    own = properties_of(kind.node)
    told = {one: own[one] for one in own if one == "key" or one in kind.fields}
    given = {one: value for one, value in properties_of(kind.node, given=True).items() if one in kind.fields}
    under = {"under": said({"type": ["string", "null"]}, "Clé de l’objectif au-dessus ; nulle à la racine.")}
    moved = _move()["properties"]
    placed = moved if kind is OBJECTIVE else {"position": moved["position"]}
    return {
        kind.shape: record(
            f"{_SAID[kind.word]} du brouillon, sans ce qui est rangé dessous.", told | under | {"revision": _REVISION}
        ),
        f"New{name}": record(f"{_SAID[kind.word]} à ajouter.", given | placed, kind.needed),
        f"{name}Change": record(f"{_SAID[kind.word]} : les champs à changer, les autres restent.", given, ()),
    }


_SAID = {"objective": "Un objectif", "action": "Une action", "clause": "Une clause", "indicator": "Un indicateur"}


def _move() -> Schema:
    properties = properties_of(Move, given=True, words=_WORDS)
    properties["under"] = said(
        properties["under"], "Clé de l’objectif au-dessus ; nulle : à la racine. Absente : là où il est."
    )
    return record("Où va un nœud.", properties, ())


def _new_publication() -> Schema:
    visibility = {"type": "string", "enum": list(Publication.Visibility.values), "default": "public"}
    return record(
        "La version à publier.",
        {
            "label": said(_TEXT | {"minLength": 1}, "Libellé (« Avenant n° 1 »)."),
            "in_force_on": said(_DAY, "Date d’effet."),
            "note": said(_TEXT | {"maxLength": TEXT_LENGTH}, "Note de publication."),
            "visibility": said(
                visibility,
                "Qui la lit : tous, les membres, ou eux et qui tient un lien.",
            ),
        },
        ("label", "in_force_on"),
    )


def _operation() -> Schema:
    """One of sixteen: its verb says which values go with it."""
    name = said({"type": "string", "pattern": NAME}, "Nom provisoire, pour les opérations suivantes (« @axe »).")
    key = said(_TEXT, "Clé du nœud, ou nom provisoire donné plus haut.")
    shown = said(
        {"type": "integer", "minimum": 0}, "Révision qui a été lue ; absente pour ce qui naît dans cette suite."
    )
    alternatives = []
    for kind in KINDS.values():
        values = {"add": _added(kind), "change": ref(f"{kind.node.__name__}Change"), "move": ref("Move")}
        for gesture in ("add", "change", "move", "delete"):
            verb = {"verb": {"type": "string", "const": f"{gesture}_{kind.word}"}}
            about = {"name": name} if gesture == "add" else {"key": key, "revision": shown}
            held = {"values": values[gesture]} if gesture in values else {}
            if (gesture, kind) == ("delete", OBJECTIVE):
                held = {"values": record("Comment il part.", properties_of(Removal, given=True, words=_WORDS), ())}
            needed = ("verb", *(() if gesture == "add" else ("key",)), *(("values",) if gesture in values else ()))
            alternatives.append(record(f"{_SAID[kind.word]}.", verb | about | held, needed))
    return {"description": "Une opération ; « values » porte ce que porterait la demande seule.", "oneOf": alternatives}


def _added(kind: Kind) -> Schema:
    """What a new node is made of in a batch, where no address says under which objective an item goes."""
    if kind is OBJECTIVE:
        return ref("NewObjective")
    given = {one: value for one, value in properties_of(kind.node, given=True).items() if one in kind.fields}
    placed = _move()["properties"] | {"under": said(_TEXT, "Clé, ou nom provisoire, de l’objectif qui la porte.")}
    return record(f"{_SAID[kind.word]} à ajouter.", given | placed, ("under", *kind.needed))
