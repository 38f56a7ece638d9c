"""An example of each request to a draft and of its answer, by the name of its operation."""

from typing import Any

_CHANGE = {
    "revision": 43,
    "at": "2025-11-25T10:12:00+01:00",
    "by": "Camille Roux",
    "verb": "change_objective",
    "key": "1-1-1",
}
_STATE = {"contract": "ales-2015-2020", "revision": 43, "last_change": _CHANGE}
_PLACE = {"under": "1-1", "position": 0}
#: The nodes that every example is about: their own fields, in the exchange format.
OBJECTIVE = {
    "key": "1-1-1",
    "level": "objectif-operationnel",
    "code": "1.1.1",
    "title": "Soutenir la fonction parentale",
    "description": "",
    "transversal": False,
    "tags": ["PRE"],
    "neighbourhoods": [],
    "notes": [{"kind": "funding", "text": "PRIORISER LES FINANCEMENTS PRE / PEL"}],
    "declared": [],
    "remarks": [],
    "references": [{"text": "Cf. objectif opérationnel 1.1.3", "targets": ["1-1-3"]}],
}
ACTION = {
    "key": "1-1-1-a",
    "code": "1.1.1.a",
    "title": "Mettre en place des lieux d’écoute et d’accueil des parents",
    "description": "",
    "references": [],
    "remarks": [],
}
CLAUSE = {
    "key": "1-1-1-c1",
    "text": "Associer les parents à la définition des actions",
    "remarks": [],
}
INDICATOR = {
    "key": "1-1-1-i1",
    "title": "Nombre de parents accueillis (F/H)",
    "kind": "count",
    "unit": "",
    "breakdown": ["F/H"],
    "baseline": "",
    "target": "",
    "remarks": [],
}
_HELD = {"under": "1-1-1", "revision": 43}
_NODES = {
    "objective": OBJECTIVE | {"under": "1-1", "revision": 43},
    "action": ACTION | _HELD,
    "clause": CLAUSE | _HELD,
    "indicator": INDICATOR | _HELD,
}
_NEW = {
    "objective": {"level": "objectif-operationnel", "title": "Soutenir la fonction parentale", "under": "1-1"},
    "action": {"title": "Mettre en place des lieux d’écoute et d’accueil des parents"},
    "clause": {"text": "Associer les parents à la définition des actions"},
    "indicator": {"title": "Nombre de parents accueillis (F/H)", "kind": "count", "breakdown": ["F/H"]},
}
_CHANGED = {
    "objective": {"title": "Soutenir la fonction parentale", "tags": ["PRE"]},
    "action": {"title": "Mettre en place des lieux d’écoute et d’accueil des parents"},
    "clause": {"text": "Associer les parents à la définition des actions"},
    "indicator": {"baseline": "120 parents en 2024"},
}

DRAFT_EXAMPLES: dict[str, Any] = {
    "draft_document_replace": _STATE,
    "draft_document_replace_body": {
        "format": "contratville/1",
        "contract": {
            "slug": "ales-2015-2020",
            "title": "Contrat de ville d’Alès Agglomération 2015-2020",
            "territory": "Alès Agglomération",
        },
        "levels": [{"key": "pilier", "name": "Pilier", "plural": "Piliers", "numbering": "{n}"}],
        "objectives": [{"key": "1", "level": "pilier", "code": "1", "title": "Cohésion sociale"}],
    },
    "draft_batch_body": {
        "operations": [
            {
                "verb": "add_objective",
                "name": "@parents",
                "values": {"level": "objectif-operationnel", "title": "Soutenir la fonction parentale", "under": "1-1"},
            },
            {"verb": "add_action", "values": {"under": "@parents", "title": "Ouvrir des lieux d’accueil des parents"}},
            {"verb": "move_objective", "key": "1-1-3", "revision": 12, "values": {"under": "1-2", "position": 0}},
            {"verb": "delete_clause", "key": "1-1-1-c1", "revision": 7},
        ]
    },
    "draft_batch": {
        "revision": 47,
        "names": {"@parents": "k7wq2mzd"},
        "results": [
            {"verb": "add_objective", "key": "k7wq2mzd", "revision": 44},
            {"verb": "add_action", "key": "p3xn8vtc", "revision": 45},
            {"verb": "move_objective", "key": "1-1-3", "revision": 46},
            {"verb": "delete_clause", "key": "1-1-1-c1", "revision": None},
        ],
    },
    "draft_undo": _STATE | {"last_change": _CHANGE, "changes": [_CHANGE]},
    "draft_redo": _STATE | {"last_change": _CHANGE, "changes": [_CHANGE]},
    "draft_restore_body": {"key": "1-1-1-c1"},
    "draft_restore": {"kind": "clause", "key": "1-1-1-c1", "revision": 48},
    "draft_publish_body": {"label": "Avenant n° 1", "in_force_on": "2026-01-01", "note": "Signé le 12 décembre 2025."},
}
_WORDS = {
    "level": {"key": "pilier", "name": "Pilier", "plural": "Piliers", "numbering": "{n}"},
    "tag": {"name": "PRE"},
    "neighbourhood": {"code": "QP030001", "name": "Les Cévennes"},
}
for _word, _values in _WORDS.items():
    _told = _values | {"revision": 43}
    DRAFT_EXAMPLES |= {
        f"draft_{_word}s": {"count": 1, "next": None, "previous": None, "results": [_told]},
        f"draft_{_word}": _told,
        f"draft_{_word}_add_body": {name: value for name, value in _values.items() if name != "key"},
        f"draft_{_word}_add": _told,
        f"draft_{_word}_change_body": {"name": _values["name"]},
        f"draft_{_word}_change": _told,
    }
    if _word != "tag":
        DRAFT_EXAMPLES |= {f"draft_{_word}_move_body": {"position": 0}, f"draft_{_word}_move": _told}
_HEAD = {
    "slug": "ales-2015-2020",
    "title": "Contrat de ville d’Alès Agglomération 2015-2020",
    "territory": "Alès Agglomération",
    "start_year": 2015,
    "end_year": 2020,
    "summary": "",
    "sources": [],
    "remarks": [],
    "declared": [{"of": "pilier", "count": 3}],
    "revision": 43,
}
DRAFT_EXAMPLES |= {"draft_head": _HEAD, "draft_head_change": _HEAD, "draft_head_change_body": {"end_year": 2020}}
for _word, _node in _NODES.items():
    _page = {"count": 1, "next": None, "previous": None, "results": [_node]}
    DRAFT_EXAMPLES |= {
        f"draft_{_word}s": _page,
        f"draft_{_word}": _node,
        f"draft_{_word}_add_body": _NEW[_word],
        f"draft_{_word}_add": _node,
        f"draft_{_word}_change_body": _CHANGED[_word],
        f"draft_{_word}_change": _node,
        f"draft_{_word}_move_body": _PLACE,
        f"draft_{_word}_move": _node,
    }
DRAFT_EXAMPLES["draft_changes"] = {
    "count": 1,
    "next": None,
    "previous": None,
    "results": [_CHANGE | {"before": {"tags": []}, "after": {"tags": ["PRE"]}}],
}
