"""Every verb that changes a draft, on one ground: upon what it is called, with what, and what its row of log says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from actions import edits as actions
from actions.models import Action, Clause
from drafts import renumbering
from indicators import edits as indicators
from indicators.models import Indicator
from objectives import contract_edits, edits, level_edits, neighbourhood_edits, tag_edits
from objectives.models import Contract, Level, Neighbourhood, Objective, Tag

#: The modules whose public verbs must all be in CASES.
MODULES = (
    edits,
    actions,
    indicators,
    contract_edits,
    level_edits,
    neighbourhood_edits,
    tag_edits,
    renumbering,
)


def _keyed(model: type, key: str, name: str = "key") -> Callable[[Contract], Any]:
    return lambda contract: model.objects.get(contract=contract, **{name: key})


def whole(contract: Contract) -> Contract:
    return Contract.objects.get(pk=contract.pk)


def _objective(key: str) -> Callable[[Contract], Objective]:
    return _keyed(Objective, key)


@dataclass(frozen=True)
class Case:
    """A verb, its subject on the ground, its other values, and what the log says of it (`key` None: a new one)."""

    verb: Callable[..., Any]
    subject: Callable[[Contract], Any]
    values: Callable[[Contract], dict[str, Any]] = lambda _: {}
    key: str | None = None
    before: Any = None
    after: Any = None
    #: Values with which the verb finds nothing to change; None: it always changes something.
    idle: Callable[[Contract], dict[str, Any]] | None = None
    #: What someone else does to the subject meanwhile; None: the verb names no revision.
    meanwhile: Callable[[Any], Any] | None = None

    @property
    def name(self) -> str:
        return self.verb.__name__

    def run(self, contract: Contract, *, by: User | None = None, subject: Any = None, **values: Any) -> Any:
        """Calls the verb as the table says, with the subject's own revision unless another is given."""
        subject = subject or self.subject(contract)
        given = {"by": by} | (self.values(contract) | values)
        if self.meanwhile is not None:
            given.setdefault("revision", revision_of(subject))
        return self.verb(subject, **given)


def revision_of(subject: Any) -> int:
    """The revision that a form shows with a thing: its own, or the contract's where it has none."""
    own = getattr(subject, "revision", None)
    return own if own is not None else subject.contract.revision


def _retitle(verb: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda subject: verb(subject, title="Changé entre-temps", by=None, revision=None)


CHILD = {"level": "objectif", "description": "", "transversal": False, "tags": [], "neighbourhoods": []}
EMPTY = {"notes": [], "declared": [], "remarks": [], "references": []}
ACTION = {"description": "", "references": [], "remarks": []}
INDICATOR = {"kind": "other", "unit": "", "breakdown": [], "baseline": "", "target": "", "remarks": []}
CITATION = [{"text": "Cf. objectif 1.2", "targets": ["1-2"]}]
_of = {"objective": "1-1"}
_moved = {"before": {"objective": "1-1", "position": 0}, "after": {"objective": "1-2", "position": 1}}
_under = {"values": lambda contract: {"under": _objective("1-2")(contract), "position": None}}


CASES = [
    Case(
        edits.add_objective,
        whole,
        lambda contract: {
            "level": _keyed(Level, "objectif")(contract),
            "under": _objective("axe-1")(contract),
            "title": " Neuf ",
            "position": 1,
        },
        after={"code": "1.3", "title": "Neuf", "under": "axe-1", "position": 1} | CHILD | EMPTY,
    ),
    Case(
        edits.change_objective,
        _objective("1-1"),
        lambda _: {"title": "Autre intitulé", "tags": ["PRE", "CLAS"]},
        key="1-1",
        before={"title": "Objectif 1.1", "tags": ["PRE"]},
        after={"title": "Autre intitulé", "tags": ["PRE", "CLAS"]},
        idle=lambda _: {"title": " Objectif\n1.1", "tags": ["PRE"]},
        meanwhile=_retitle(edits.change_objective),
    ),
    Case(
        edits.move_objective,
        _objective("1-2"),
        lambda contract: {"under": _objective("axe-2")(contract), "position": 0},
        key="1-2",
        before={"under": "axe-1", "position": 1},
        after={"under": "axe-2", "position": 0},
        idle=lambda contract: {"under": _objective("axe-1")(contract), "position": None},
        meanwhile=_retitle(edits.change_objective),
    ),
    Case(
        edits.delete_objective,
        _objective("1-2"),
        lambda _: {"with_all": True},
        key="1-2",
        before={
            "key": "1-2",
            "code": "1.2",
            "title": "Objectif 1.2",
            "actions": [{"key": "1-2-a", "code": "1.2.a", "title": "Action de 1.2"} | ACTION],
            "clauses": [{"key": "1-2-c1", "text": "L’opérateur s’engage pour 1.2", "remarks": []}],
            "indicators": [
                {"key": "1-2-i1", "title": "Nombre de participants à 1.2 (F/H)"}
                | INDICATOR
                | {"kind": "count", "breakdown": ["F/H"]}
            ],
            "children": [
                {"key": "1-2-1", "code": None, "title": "Objectif 1.2.1"}
                | CHILD
                | EMPTY
                | {"transversal": True, "actions": [], "clauses": [], "indicators": [], "children": []}
            ],
            "under": "axe-1",
            "position": 1,
            "cited_by": [{"key": "1-1", "references": CITATION}, {"key": "2-1-a", "references": CITATION}],
        }
        | CHILD
        | EMPTY
        | {"tags": ["PRE"], "notes": [{"kind": "scope", "text": "HORS APPEL"}]},
        meanwhile=_retitle(edits.change_objective),
    ),
    Case(
        actions.add_action,
        _objective("1-1"),
        lambda _: {"title": "Neuve", "position": 0},
        after={"code": "1.1.b", "title": "Neuve", "position": 0} | ACTION | _of,
    ),
    Case(
        actions.change_action,
        _keyed(Action, "1-1-a"),
        lambda _: {"code": "", "references": CITATION},
        key="1-1-a",
        before={"code": "1.1.a", "references": []},
        after={"code": None, "references": CITATION},
        idle=lambda _: {"code": "1.1.a", "references": []},
        meanwhile=_retitle(actions.change_action),
    ),
    Case(
        actions.move_action,
        _keyed(Action, "1-1-a"),
        **_under,
        key="1-1-a",
        **_moved,
        idle=lambda _: {"under": None, "position": 0},
        meanwhile=_retitle(actions.change_action),
    ),
    Case(
        actions.delete_action,
        _keyed(Action, "2-1-a"),
        key="2-1-a",
        before={"key": "2-1-a", "code": "2.1.a", "title": "Action de 2.1", "objective": "2-1", "position": 0}
        | ACTION
        | {"references": CITATION},
        meanwhile=_retitle(actions.change_action),
    ),
    Case(
        actions.add_clause,
        _objective("1-1"),
        lambda _: {"text": "Accueillir\r\ntous les publics\n"},
        after={"text": "Accueillir\ntous les publics", "remarks": [], "position": 1} | _of,
    ),
    Case(
        actions.change_clause,
        _keyed(Clause, "1-1-c1"),
        lambda _: {"remarks": ["Sic."]},
        key="1-1-c1",
        before={"remarks": []},
        after={"remarks": ["Sic."]},
        idle=lambda _: {"remarks": []},
        meanwhile=lambda clause: actions.change_clause(clause, text="Autre", by=None, revision=None),
    ),
    Case(
        actions.move_clause,
        _keyed(Clause, "1-1-c1"),
        **_under,
        key="1-1-c1",
        **_moved,
        idle=lambda _: {"under": None, "position": 0},
        meanwhile=lambda clause: actions.change_clause(clause, text="Autre", by=None, revision=None),
    ),
    Case(
        actions.delete_clause,
        _keyed(Clause, "1-1-c1"),
        key="1-1-c1",
        before={"key": "1-1-c1", "text": "L’opérateur s’engage pour 1.1", "remarks": [], "position": 0} | _of,
        meanwhile=lambda clause: actions.change_clause(clause, text="Autre", by=None, revision=None),
    ),
    Case(
        indicators.add_indicator,
        _objective("1-1"),
        lambda _: {"title": "Taux", "kind": "rate", "unit": "%", "breakdown": ["F/G"]},
        after={"title": "Taux", "position": 1} | INDICATOR | {"kind": "rate", "unit": "%", "breakdown": ["F/G"]} | _of,
    ),
    Case(
        indicators.change_indicator,
        _keyed(Indicator, "1-1-i1"),
        lambda _: {"baseline": "45 % en 2014", "breakdown": []},
        key="1-1-i1",
        before={"baseline": "", "breakdown": ["F/H"]},
        after={"baseline": "45 % en 2014", "breakdown": []},
        idle=lambda _: {"baseline": "", "breakdown": ["F/H"]},
        meanwhile=_retitle(indicators.change_indicator),
    ),
    Case(
        indicators.move_indicator,
        _keyed(Indicator, "1-1-i1"),
        **_under,
        key="1-1-i1",
        **_moved,
        idle=lambda _: {"under": None, "position": 0},
        meanwhile=_retitle(indicators.change_indicator),
    ),
    Case(
        indicators.delete_indicator,
        _keyed(Indicator, "1-1-i1"),
        key="1-1-i1",
        before={"key": "1-1-i1", "title": "Nombre de participants à 1.1 (F/H)", "position": 0}
        | INDICATOR
        | {"kind": "count", "breakdown": ["F/H"]}
        | _of,
        meanwhile=_retitle(indicators.change_indicator),
    ),
    Case(
        contract_edits.change_contract,
        whole,
        lambda _: {"title": "Contrat de la ville", "start_year": None},
        key="",
        before={"title": "Contrat terrain", "start_year": 2024},
        after={"title": "Contrat de la ville", "start_year": None},
        idle=lambda _: {"title": "Contrat terrain", "start_year": 2024},
        meanwhile=_retitle(contract_edits.change_contract),
    ),
    Case(
        level_edits.add_level,
        whole,
        lambda _: {"name": "Fiche action", "plural": "Fiches actions", "numbering": "FA {n}"},
        key="fiche-action",
        after={"key": "fiche-action", "name": "Fiche action", "plural": "Fiches actions", "numbering": "FA {n}"}
        | {"position": 3},
    ),
    Case(
        level_edits.change_level,
        _keyed(Level, "axe"),
        lambda _: {"name": "Pilier", "plural": "Piliers"},
        key="axe",
        before={"name": "Axe", "plural": "Axes"},
        after={"name": "Pilier", "plural": "Piliers"},
        idle=lambda _: {"name": "Axe", "plural": "Axes"},
        meanwhile=lambda level: level_edits.change_level(level, name="Ambition", by=None, revision=None),
    ),
    Case(
        level_edits.move_level,
        _keyed(Level, "enjeu"),
        lambda _: {"position": 0},
        key="enjeu",
        before={"position": 2},
        after={"position": 0},
        idle=lambda _: {"position": None},
        meanwhile=lambda level: level_edits.change_level(level, name="Ambition", by=None, revision=None),
    ),
    Case(
        level_edits.delete_level,
        _keyed(Level, "enjeu"),
        key="enjeu",
        before={"key": "enjeu", "name": "Enjeu", "plural": "Enjeux", "numbering": None, "position": 2},
        meanwhile=lambda level: level_edits.change_level(level, name="Ambition", by=None, revision=None),
    ),
    Case(
        neighbourhood_edits.add_neighbourhood,
        whole,
        lambda _: {"code": "QP030002", "name": "Gare"},
        key="QP030002",
        after={"code": "QP030002", "name": "Gare", "position": 1},
    ),
    Case(
        neighbourhood_edits.change_neighbourhood,
        _keyed(Neighbourhood, "QP030001", "code"),
        lambda _: {"name": "Centre-ville"},
        key="QP030001",
        before={"name": "Centre"},
        after={"name": "Centre-ville"},
        idle=lambda _: {"name": "Centre"},
        meanwhile=lambda one: neighbourhood_edits.change_neighbourhood(one, name="Nord", by=None, revision=None),
    ),
    Case(
        neighbourhood_edits.move_neighbourhood,
        lambda contract: neighbourhood_edits.add_neighbourhood(whole(contract), code="QP030009", name="Sud", by=None),
        lambda _: {"position": 0},
        key="QP030009",
        before={"position": 1},
        after={"position": 0},
        idle=lambda _: {"position": None},
        meanwhile=lambda one: neighbourhood_edits.change_neighbourhood(one, name="Nord", by=None, revision=None),
    ),
    Case(
        neighbourhood_edits.delete_neighbourhood,
        _keyed(Neighbourhood, "QP030001", "code"),
        key="QP030001",
        before={"code": "QP030001", "name": "Centre", "position": 0, "objectives": []},
        meanwhile=lambda one: neighbourhood_edits.change_neighbourhood(one, name="Nord", by=None, revision=None),
    ),
    Case(
        tag_edits.add_tag,
        whole,
        lambda _: {"name": "NPNRU"},
        key="NPNRU",
        after={"name": "NPNRU"},
    ),
    Case(
        tag_edits.change_tag,
        _keyed(Tag, "PRE", "name"),
        lambda _: {"name": "DRE"},
        key="DRE",
        before={"name": "PRE"},
        after={"name": "DRE"},
        idle=lambda _: {"name": "PRE"},
        meanwhile=lambda tag: tag_edits.change_tag(tag, name="Réussite", by=None, revision=None),
    ),
    Case(
        tag_edits.delete_tag,
        _keyed(Tag, "PRE", "name"),
        key="PRE",
        before={
            "name": "PRE",
            "objectives": [{"key": key, "position": 0} for key in ("1-1", "1-2", "2-1", "2-2")],
        },
        meanwhile=lambda tag: tag_edits.change_tag(tag, name="Réussite", by=None, revision=None),
    ),
    Case(
        renumbering.renumber,
        whole,
        key="",
        before={"1-2-1": None},
        after={"1-2-1": "1.2.1"},
        idle=lambda _: {"key": "axe-2"},
        meanwhile=lambda contract: edits.change_objective(
            _objective("1-1")(contract), title="Autre", by=None, revision=None
        ),
    ),
]
