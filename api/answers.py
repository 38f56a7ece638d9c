"""The shapes of what the API says besides the exchange format: contracts, publications, findings, pages, problems."""

from typing import get_args

from api.errors import TITLES
from api.nodes import KINDS
from api.rows import CONTRACT_LINKS, LISTS, PUBLICATION_LINKS
from api.shapes import Schema, list_of, record, ref, said
from api.vocabulary import WORDS
from document.findings import Severity
from publications.models import Publication

_WORD: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_ADDRESS: Schema = {"type": "string", "format": "uri"}
_NO_ADDRESS: Schema = {"type": ["string", "null"], "format": "uri"}
_YEAR: Schema = {"type": ["integer", "null"]}
_COUNTS: Schema = {"type": "object", "additionalProperties": _COUNT}

_HEAD = {
    "title": said(_WORD, "Titre."),
    "territory": said(_WORD, "Territoire : l’intercommunalité."),
    "start_year": said(_YEAR, "Première année ; nulle quand elle n’est pas dite."),
    "end_year": said(_YEAR, "Dernière année ; nulle quand elle n’est pas dite."),
}
_COUNTED = "Combien de nœuds : une entrée par niveau (sa clé), puis actions, clauses et indicators."


#: What a stale change may be of.
KEPT = (*(kind.shape for kind in (*KINDS.values(), *WORDS.values())), "DraftHead", "DraftState")


def page_of(name: str) -> Schema:
    """A page of a list of that component."""
    return record(
        "Une page de la liste.",
        {
            "count": said(_COUNT, "Nombre de lignes en tout."),
            "next": said(_NO_ADDRESS, "Adresse de la page suivante ; nulle à la dernière."),
            "previous": said(_NO_ADDRESS, "Adresse de la page précédente ; nulle à la première."),
            "results": said(list_of(ref(name)), "Les lignes de la page."),
        },
    )


def answer_shapes() -> dict[str, Schema]:
    """The components, by name."""
    return {
        "Index": record(
            "Les adresses de l’API.",
            dict.fromkeys(("contracts", *LISTS, "schema", "docs"), _ADDRESS)
            | {"licence": said(_WORD, "Licence des données publiées.")},
        ),
        "Contract": _contract(),
        "Publication": _publication(),
        "Finding": record(
            "Un constat des contrôles sur un nœud, ou sur le document entier.",
            {
                "kind": said(_WORD, "Nature du constat : un mot stable (« empty-title »)."),
                "severity": said(
                    {"type": "string", "enum": list(get_args(Severity))},
                    "grave : empêche de publier ; contradiction : le texte se contredit ; gap : à compléter.",
                ),
                "key": said(_WORD, "Clé du nœud ; vide pour le document entier."),
                "code": said({"type": ["string", "null"]}, "Code imprimé du nœud."),
                "title": said(_WORD, "Intitulé du nœud, ou titre du contrat."),
                "message": said(_WORD, "Le constat, en une phrase."),
            },
        ),
        "Problem": _problem(),
    }


def _contract() -> Schema:
    links = {name: said(_ADDRESS, words) for name, words in CONTRACT_LINKS.items()}
    return record(
        "Un contrat de ville.",
        {
            "slug": said(_WORD, "Identifiant, qui sert d’adresse."),
            **_HEAD,
            "counts": said(_COUNTS | {"type": ["object", "null"]}, f"{_COUNTED} Nul tant que rien n’est publié."),
            "publication": said(
                {"oneOf": [ref("Publication"), {"type": "null"}]},
                "Celle qu’un visiteur lit d’abord : en vigueur aujourd’hui, à défaut la première à venir.",
            ),
            "links": record("Adresses.", links) | {"required": ["self", "publications"]},
        },
    )


def _publication() -> Schema:
    visibilities = {"type": "string", "enum": list(Publication.Visibility.values)}
    return record(
        "Une version publiée, figée pour toujours.",
        {
            "contract": said(_WORD, "Identifiant du contrat."),
            "number": said({"type": "integer", "minimum": 1}, "Numéro de la version."),
            "label": said(_WORD, "Libellé (« Texte initial », « Avenant n° 1 »)."),
            "in_force_on": said({"type": "string", "format": "date"}, "Date d’effet."),
            "published_at": said({"type": "string", "format": "date-time"}, "Jour et heure de publication."),
            "note": said(_WORD, "Note de publication."),
            "visibility": said(
                visibilities,
                "Qui la lit : tous, les membres, ou eux et qui tient un lien.",
            ),
            "digest": said(_WORD | {"pattern": "^[0-9a-f]{64}$"}, "Empreinte : le SHA-256 du document."),
            **_HEAD,
            "counts": said(_COUNTS, _COUNTED),
            "current": said({"type": "boolean"}, "Vrai pour celle qu’un visiteur lit d’abord."),
            "links": record("Adresses.", {name: said(_ADDRESS, words) for name, words in PUBLICATION_LINKS.items()}),
        },
    )


def _problem() -> Schema:
    fault = {
        "path": said(_WORD, "Le paramètre ou le champ en cause (« notes[0].text ») ; vide pour le tout."),
        "message": said(_WORD, "Ce qui ne convient pas, et ce qui conviendrait."),
    }
    problem = record(
        "Une erreur (RFC 9457).",
        {
            "type": said({"type": "string", "const": "about:blank"}, "L’erreur n’en dit pas plus que son statut HTTP."),
            "title": said({"type": "string", "enum": list(TITLES.values())}, "Le statut, en français."),
            "status": said({"type": "integer", "enum": list(TITLES)}, "Le statut HTTP."),
            "detail": said(_WORD, "Ce qui s’est passé, en une phrase."),
            "errors": said(list_of(record("Ce qui est en cause.", fault)), "Ce qui est en cause, s’il se nomme."),
            "findings": said(list_of(ref("Finding")), "Tous les constats graves, quand ils empêchent de publier."),
            "operation": said(_COUNT, "Dans une suite d’opérations, le rang de celle qui est en cause, à partir de 0."),
            "current": said(
                {"oneOf": [ref(name) for name in KEPT]}, "Ce qui est gardé, quand il a changé entre-temps."
            ),
            "sent": said({"type": "object", "additionalProperties": True}, "Ce qui était envoyé, et n’est pas gardé."),
        },
    )
    return problem | {"required": ["type", "title", "status", "detail"]}
