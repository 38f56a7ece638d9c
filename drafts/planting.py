"""Nodes → rows, many at once: objectives, their items and what hangs on both, one statement a table."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from actions.models import Action, ActionReference, Clause
from document import nodes
from document.walk import Place, walk
from indicators.models import Indicator
from objectives.changes import Entry, Refused
from objectives.edits import check_depth
from objectives.items import Item
from objectives.models import (
    Citation,
    Contract,
    CrossReference,
    DeclaredCount,
    Level,
    Neighbourhood,
    Note,
    Objective,
    ObjectiveNeighbourhood,
    ObjectiveTag,
    Tag,
)
from objectives.tree import place, write_columns


class Planter:
    """Writes the rows of those places; `levels`, `quarters` and `tags` are the contract's rows by what names them.

    SQLite takes 999 values a statement: there each insertion is one for every batch of 60 to 300 rows.
    """

    def __init__(self, contract: Contract, places: list[Place], revision: int) -> None:
        self.contract, self.places, self.revision = contract, places, revision
        self.levels: dict[str, Level] = {}
        self.quarters: dict[str, Neighbourhood] = {}
        self.tags: dict[str, Tag] = {}
        self.objectives: dict[str, int] = {}
        self.actions: dict[str, int] = {}

    def write_objectives(self) -> None:
        """Two passes: rows first, parents next, since a new parent has no pk before. Labels are left to `relabel`."""
        rows = [self._objective_row(one) for one in self.places]
        columns = ["level", "code", "title", "description", "transversal", "remarks", "position", "revision"]
        Objective.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["contract", "key"], update_fields=columns
        )
        self.objectives = dict(Objective.objects.of(self.contract).values_list("key", "pk"))
        parents: list[tuple[int, int]] = [
            (self.objectives[one.objective.key], self.objectives[one.parent.key])
            for one in self.places
            if one.parent is not None
        ]
        write_columns(Objective._meta.db_table, ("parent_id",), parents)

    def _objective_row(self, one: Place) -> Objective:
        node = one.objective
        return Objective(
            contract=self.contract,
            key=node.key,
            level=self.levels[node.level],
            position=one.position,
            code=node.code,
            title=node.title,
            description=node.description,
            transversal=node.transversal,
            remarks=list(node.remarks),
            revision=self.revision,
        )

    def write_items(self, model: type[Item]) -> None:
        """The items of that kind, in their order; not yet what they cite."""
        rows = []
        for one in self.places:
            pk = self.objectives[one.objective.key]
            for rank, node in enumerate(getattr(one.objective, model.PART)):
                row = model(
                    contract=self.contract, objective_id=pk, key=node.key, position=rank, revision=self.revision
                )
                row.write_node(node)
                rows.append(row)
        fixed = {"id", "contract", "key"}
        columns = [field.name for field in model._meta.concrete_fields if field.name not in fixed]
        model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["contract", "key"], update_fields=columns)
        if model is Action:
            self.actions = dict(Action.objects.filter(contract=self.contract).values_list("key", "pk"))

    def write_parts(self) -> None:
        """Notes, tags, quartiers, counts and references of objectives that hold none yet."""
        notes, tags, locations, declared = [], [], [], []
        for one in self.places:
            node, pk = one.objective, self.objectives[one.objective.key]
            notes += [Note(objective_id=pk, kind=n.kind, text=n.text, position=r) for r, n in enumerate(node.notes)]
            tags += [ObjectiveTag(objective_id=pk, tag=self.tags[t], position=r) for r, t in enumerate(node.tags)]
            locations += [
                ObjectiveNeighbourhood(objective_id=pk, neighbourhood=self.quarters[code], position=rank)
                for rank, code in enumerate(node.neighbourhoods)
            ]
            declared += [
                DeclaredCount(contract=self.contract, objective_id=pk, of=said.of, count=said.count, position=rank)
                for rank, said in enumerate(node.declared)
            ]
        for model, rows in ((Note, notes), (ObjectiveTag, tags), (ObjectiveNeighbourhood, locations)):
            model.objects.bulk_create(rows)
        DeclaredCount.objects.bulk_create(declared)
        citing = [(self.objectives[one.objective.key], one.objective.references) for one in self.places]
        self._write_references(CrossReference, citing)
        citing = [(self.actions[a.key], a.references) for one in self.places for a in one.objective.actions]
        self._write_references(ActionReference, citing)

    def _write_references(self, model: type[Citation], held: list[tuple[int, tuple[nodes.Reference, ...]]]) -> None:
        pairs = [
            (model(**{f"{model.OWNER}_id": pk}, text=reference.text, position=rank), reference)
            for pk, references in held
            for rank, reference in enumerate(references)
        ]
        model.objects.bulk_create(row for row, _ in pairs)
        through = model.targets.through
        through.objects.bulk_create(
            through(reference=row, objective_id=self.objectives[key], position=rank)
            for row, reference in pairs
            for rank, key in enumerate(reference.targets)
        )


def plant(entry: Entry, branch: nodes.Objective, *, under: Objective | None, position: int | None) -> nodes.Objective:
    """Writes a branch whose keys are free into the contract, there; returns it as it now is, for verbs in `changing`.

    References to objectives that the contract has not keep their text without them. Raises Refused for a key, a level
    or a quartier that does not fit the contract, and for a tree too deep.
    """
    contract = entry.contract
    places = list(walk(document_of(branch)))
    check_depth(under, max(one.depth for one in places))
    keys = [one.objective.key for one in places]
    items = [item.key for one in places for kind in nodes.ITEMS for item in getattr(one.objective, kind)]
    for model in (Objective, Action, Clause, Indicator):
        if taken := model.objects.filter(contract=contract, key__in=[*keys, *items]).first():
            raise Refused(f"« {taken} » est déjà dans ce contrat.")
    known = {*keys, *Objective.objects.of(contract).values_list("key", flat=True)}
    branch = with_targets(branch, lambda key: key if key in known else None)
    planter = Planter(contract, list(walk(document_of(branch))), entry.revision)
    planter.levels = _levels(contract, planter.places)
    planter.quarters = _quarters(contract, planter.places)
    planter.tags = _tags(contract, planter.places)
    planter.write_objectives()
    for model in (Action, Clause, Indicator):
        planter.write_items(model)
    planter.write_parts()
    place(Objective.objects.get(pk=planter.objectives[branch.key]), under=under, position=position)
    return branch


def document_of(branch: nodes.Objective) -> nodes.Document:
    """A document of that branch alone, to be walked."""
    return nodes.Document(contract=nodes.Contract(slug="branche", title="", territory=""), objectives=(branch,))


def with_targets(branch: nodes.Objective, target: Any) -> nodes.Objective:
    """The branch, where that function says what becomes of each target of a reference (None: it goes)."""

    def cited(references: tuple[nodes.Reference, ...]) -> tuple[nodes.Reference, ...]:
        found = [(one, [target(key) for key in one.targets]) for one in references]
        return tuple(replace(one, targets=tuple(key for key in keys if key is not None)) for one, keys in found)

    return replace(
        branch,
        references=cited(branch.references),
        actions=tuple(replace(one, references=cited(one.references)) for one in branch.actions),
        children=tuple(with_targets(child, target) for child in branch.children),
    )


def _levels(contract: Contract, places: Iterable[Place]) -> dict[str, Level]:
    found = {level.key: level for level in Level.objects.filter(contract=contract)}
    named = {key for one in places for key in (one.objective.level, *(said.of for said in one.objective.declared))}
    if missing := sorted(named - {*found, *nodes.ITEMS}):
        raise Refused(f"Le contrat n’a pas, ou n’a plus, de niveau « {', '.join(missing)} » : ajoutez-le d’abord.")
    return found


def _quarters(contract: Contract, places: Iterable[Place]) -> dict[str, Neighbourhood]:
    found = {one.code: one for one in Neighbourhood.objects.filter(contract=contract)}
    if missing := sorted({code for one in places for code in one.objective.neighbourhoods} - set(found)):
        said = f"Le quartier « {', '.join(missing)} » n’est pas, ou n’est plus, dans ce contrat : ajoutez-le d’abord."
        raise Refused(said)
    return found


def _tags(contract: Contract, places: Iterable[Place]) -> dict[str, Tag]:
    names = dict.fromkeys(name for one in places for name in one.objective.tags)
    Tag.objects.bulk_create((Tag(contract=contract, name=name) for name in names), ignore_conflicts=True)
    return {tag.name: tag for tag in Tag.objects.filter(contract=contract, name__in=names)}
