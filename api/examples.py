"""An example of each answer, by the name of its operation; a test holds them to their schemas."""

from typing import Any

from api.draft_examples import ACTION, CLAUSE, DRAFT_EXAMPLES, INDICATOR, OBJECTIVE

_SITE = "https://contrats.exemple.fr"
_API = f"{_SITE}/api/v1"
#: The contract and the objective that every example is about.
SLUG, KEY = "ales-2015-2020", "1-1-1"
#: What names a word of the contract in an address, by the list that it is of.
KEYS = {"levels": "pilier", "tags": "PRE", "neighbourhoods": "QP030001"}
_ONE = f"{_API}/contracts/{SLUG}/"
_PATH = [
    {"key": "1", "code": "1", "title": "Cohésion sociale"},
    {"key": "1-1", "code": "1.1", "title": "Réussite éducative et parentalité"},
]
_HEAD = {
    "title": "Contrat de ville d’Alès Agglomération 2015-2020",
    "territory": "Alès Agglomération",
    "start_year": 2015,
    "end_year": 2020,
    "counts": {"pilier": 3, "objectif-operationnel": 61, "actions": 204, "clauses": 128, "indicators": 236},
}
_PUBLICATION = {
    "contract": SLUG,
    "number": 1,
    "label": "Texte initial",
    "in_force_on": "2015-01-01",
    "published_at": "2025-11-24T09:30:00+01:00",
    "note": "",
    "visibility": "public",
    "digest": "6a7f0c5e9b1d4c2f8e3a6b5d7c9e1f20a4b6c8d0e2f4a6b8c0d2e4f6a8b0c2d4",
    **_HEAD,
    "current": True,
    "links": {
        "self": f"{_ONE}publications/1/",
        "contract": _ONE,
        "document": f"{_ONE}publications/1/document",
        "page": f"{_SITE}/contrats/{SLUG}/v/1/",
        "downloads": f"{_SITE}/contrats/{SLUG}/v/1/telecharger/",
    },
}
_CONTRACT = {
    "slug": SLUG,
    **_HEAD,
    "publication": _PUBLICATION,
    "links": {
        "self": _ONE,
        "publications": f"{_ONE}publications/",
        "page": f"{_SITE}/contrats/{SLUG}/",
        "document": f"{_ONE}document",
        "objectives": f"{_API}/objectives/?contract={SLUG}",
        "actions": f"{_API}/actions/?contract={SLUG}",
        "clauses": f"{_API}/clauses/?contract={SLUG}",
        "indicators": f"{_API}/indicators/?contract={SLUG}",
    },
}
_FIRST = {"contract": SLUG, "publication": 1}
_OBJECTIVE = {"key": KEY, "code": "1.1.1", "title": "Soutenir la fonction parentale"}
_PAGE = f"{_SITE}/contrats/{SLUG}/objectifs/1-1-1/"
_PLACE = {"objective": "1-1-1", "level": "objectif-operationnel", "path": [*_PATH, _OBJECTIVE]}
_VERSION = {name: _PUBLICATION[name] for name in ("number", "label", "in_force_on", "digest")}
_ABOUT = {"of": "children", "key": KEY}
_CHANGES: dict[str, list[dict[str, Any]]] = {
    "added": [
        {
            "of": "clauses",
            "key": "1-1-1-c2",
            "node": {"key": "1-1-1-c2", "text": "Rendre compte chaque année", "remarks": []},
            "under": "1-1-1",
            "position": 1,
        }
    ],
    "removed": [],
    "moved": [_ABOUT | {"before": {"under": "1-2", "position": 0}, "after": {"under": "1-1", "position": 0}}],
    "reordered": [],
    "renumbered": [_ABOUT | {"before": "1.2.1", "after": "1.1.1"}],
    "reworded": [_ABOUT | {"field": "title", "before": "Aider les parents", "after": _OBJECTIVE["title"]}],
    "changed": [_ABOUT | {"field": "tags", "before": [], "after": ["PRE"]}],
}
_COMPARISON = {
    "contract": SLUG,
    "before": _VERSION,
    "after": _VERSION | {"number": 2, "label": "Avenant n° 1", "in_force_on": "2017-01-01"},
    "counts": {kind: len(rows) for kind, rows in _CHANGES.items()},
    "changes": _CHANGES,
}


def _page(row: dict[str, Any]) -> dict[str, Any]:
    return {"count": 1, "next": None, "previous": None, "results": [row]}


EXAMPLES: dict[str, Any] = DRAFT_EXAMPLES | {
    "contracts": _page(_CONTRACT),
    "contract": _CONTRACT,
    "publications": _page(_PUBLICATION),
    "publication": _PUBLICATION,
    "in_force": _PUBLICATION,
    "comparison": _COMPARISON,
    "objectives": _page(
        _FIRST | OBJECTIVE | {"parent": "1-1", "depth": 2, "position": 0, "path": _PATH, "page": _PAGE},
    ),
    "actions": _page(_FIRST | ACTION | _PLACE | {"page": f"{_PAGE}#1-1-1-a"}),
    "clauses": _page(_FIRST | CLAUSE | _PLACE | {"page": f"{_PAGE}#1-1-1-c1"}),
    "indicators": _page(_FIRST | INDICATOR | _PLACE | {"page": f"{_PAGE}#1-1-1-i1"}),
    "draft_findings": [
        {
            "kind": "no-indicator",
            "severity": "gap",
            "key": "1-1-1",
            "code": "1.1.1",
            "title": "Soutenir la fonction parentale",
            "message": "Objectif opérationnel 1.1.1 : aucun indicateur.",
        }
    ],
}
