"""Dull makers of small documents: an axis, its objectives, and the findings on them."""

from document.checks import check
from document.nodes import Action, Clause, Contract, Document, Indicator, Level, Objective

CONTRACT = Contract(slug="essai", title="Contrat d’essai", territory="Ville d’essai", start_year=2024, end_year=2030)
AXIS = Level(key="axe", name="Axe", plural="Axes", numbering="{n}")
THEME = Level(key="theme", name="Thème", plural="Thèmes", numbering=None)
OBJECTIVE = Level(
    key="objectif", name="Objectif opérationnel", plural="Objectifs opérationnels", numbering="{parent}.{n}"
)


def document(*objectives: Objective, **changes) -> Document:
    values = {"contract": CONTRACT, "levels": (AXIS, THEME, OBJECTIVE), "objectives": objectives}
    return Document(**(values | changes))


def axis(code: str | None, *children: Objective, **changes) -> Objective:
    values = {"key": f"axe-{code}", "level": "axe", "code": code, "title": f"Axe {code}", "children": children}
    return Objective(**(values | changes))


def theme(key: str, *children: Objective, **changes) -> Objective:
    return Objective(**({"key": key, "level": "theme", "title": f"Thème {key}", "children": children} | changes))


def objective(key: str, code: str | None = None, *, actions: tuple[Action, ...] | None = None, **changes) -> Objective:
    """An operational objective that lacks nothing."""
    values = {
        "key": key,
        "level": "objectif",
        "code": code,
        "title": f"Objectif {key}",
        "actions": (Action(key=f"{key}-a", title=f"Action {key}"),) if actions is None else actions,
        "clauses": (Clause(key=f"{key}-c", text=f"Clause {key}"),),
        "indicators": (Indicator(key=f"{key}-i", title=f"Indicateur {key}"),),
    }
    return Objective(**(values | changes))


def coded(*codes: str | None) -> tuple[Objective, ...]:
    """Operational objectives that bear those codes; keys are o1, o2…"""
    return tuple(objective(f"o{rank}", code) for rank, code in enumerate(codes, start=1))


def actions(*codes: str | None) -> tuple[Action, ...]:
    """Actions that bear those codes; keys are a1, a2…"""
    return tuple(Action(key=f"a{rank}", code=code, title=f"Action {rank}") for rank, code in enumerate(codes, start=1))


def found(checked: Document) -> list[tuple[str, str, str, str]]:
    """Kind, severity, key and message of each finding, ordinary spaces for no-break ones so that tests can be read."""
    return [(one.kind, one.severity, one.key, plain_spaces(one.message)) for one in check(checked)]


def kinds(checked: Document) -> list[tuple[str, str]]:
    return [(one.kind, one.key) for one in check(checked)]


def plain_spaces(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
