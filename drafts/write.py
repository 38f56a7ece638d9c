"""Document → rows: writes a whole document as the draft of its contract, in one transaction."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from accounts.models import User
from actions.models import Action, ActionReference, Clause
from document import nodes
from document.codec import digest, encode
from document.walk import Place, walk
from drafts.read import read_draft
from indicators.models import Indicator
from objectives.access import require_creation
from objectives.changes import changing, check_revision
from objectives.items import Item
from objectives.keys import keep_keys
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
    Territory,
)
from objectives.removal import delete_rows
from objectives.tree import relabel, uproot, write_columns


def write_draft(document: nodes.Document, *, by: User | None, revision: int | None = None) -> Contract:
    """Writes the document as the draft of the contract of its slug, made if there is none; returns the contract.

    What keeps its key keeps its row and its address; a draft that is already so is left as it is. Raises Stale if the
    draft is no longer at `revision` (None: whatever it is), NotAllowed without the right to edit. A contract is made by
    an administrator or by the system.
    """
    with transaction.atomic():
        territory, _ = Territory.objects.get_or_create(name=document.contract.territory)
        contract, new = Contract.objects.get_or_create(slug=document.contract.slug, defaults={"territory": territory})
        if new:
            require_creation(by)
        with changing(contract, "write_draft", by=by) as entry:
            kept = entry.contract
            check_revision(kept, revision)
            entry.before = None if new else {"digest": digest(encode(read_draft(kept)))}
            entry.after = {"digest": digest(encode(document))}
            if entry.before == entry.after:
                return kept
            _write_head(kept, territory, document)
            _Writer(kept, document, entry.revision).write()
            relabel(Objective.objects.of(kept))
    return kept


def _write_head(contract: Contract, territory: Territory, document: nodes.Document) -> None:
    head = document.contract
    contract.territory, contract.title, contract.summary = territory, head.title, head.summary
    contract.start_year, contract.end_year = head.start_year, head.end_year
    contract.sources, contract.remarks = list(head.sources), list(document.remarks)
    contract.save(update_fields=["territory", "title", "summary", "start_year", "end_year", "sources", "remarks"])


class _Writer:
    """Writes the rows of one document, table by table: a fixed number of statements.

    SQLite takes 999 values a statement: there each insertion is one for every batch of 60 to 300 rows.
    """

    def __init__(self, contract: Contract, document: nodes.Document, revision: int) -> None:
        self.contract, self.document, self.revision = contract, document, revision
        self.places = list(walk(document))

    def write(self) -> None:
        """Writes what stays or comes, then removes what the document no longer has."""
        self.levels = self._upsert(
            Level,
            "key",
            [
                {"key": one.key, "name": one.name, "plural": one.plural, "numbering": one.numbering, "position": rank}
                for rank, one in enumerate(self.document.levels)
            ],
        )
        self.quarters = self._upsert(
            Neighbourhood,
            "code",
            [
                {"code": one.code, "name": one.name, "position": rank}
                for rank, one in enumerate(self.document.neighbourhoods)
            ],
        )
        names = dict.fromkeys(name for place in self.places for name in place.objective.tags)
        self.tags = self._upsert(Tag, "name", [{"name": name} for name in names])
        keep_keys(self.contract, self._keys())
        self._write_objectives()
        for model in (Action, Clause, Indicator):
            self._write_items(model)
        # What this revision has not written is gone. Not sooner: an item may have left an objective that goes.
        for model in (Action, Clause, Indicator, Objective):
            delete_rows(self._rows(model).exclude(revision=self.revision))
        self._write_parts()
        self._rows(Level).exclude(key__in=[one.key for one in self.document.levels]).delete()
        self._rows(Neighbourhood).exclude(code__in=[one.code for one in self.document.neighbourhoods]).delete()

    def _rows(self, model: type[Model]) -> QuerySet[Any]:
        return model.objects.filter(contract=self.contract)

    def _keys(self) -> Iterable[str]:
        for place in self.places:
            yield place.objective.key
            for kind in nodes.ITEMS:
                yield from (item.key for item in getattr(place.objective, kind))

    def _upsert(self, model: type[Model], name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
        """Makes or changes the contract's rows of that model, told apart by that field; returns them all by it."""
        columns = [column for column in rows[0] if column != name] if rows else []
        model.objects.bulk_create(
            [model(contract=self.contract, **row) for row in rows],
            update_conflicts=True,
            unique_fields=["contract", name],
            update_fields=columns or [name],
        )
        return {getattr(row, name): row for row in model.objects.filter(contract=self.contract)}

    def _write_objectives(self) -> None:
        """Two passes: rows first, parents next, since a new parent has no pk before."""
        rows = [self._objective_row(place) for place in self.places]
        columns = ["level", "code", "title", "description", "transversal", "remarks", "position", "revision"]
        of_contract = Objective.objects.of(self.contract)
        # Labels and parents go first, so that no two roots meet in one tree on the way.
        uproot(of_contract)
        Objective.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["contract", "key"], update_fields=columns
        )
        self.objectives = dict(of_contract.values_list("key", "pk"))
        parents: list[tuple[int, int]] = [
            (self.objectives[place.objective.key], self.objectives[place.parent.key])
            for place in self.places
            if place.parent is not None
        ]
        write_columns(Objective._meta.db_table, ("parent_id",), parents)

    def _objective_row(self, place: Place) -> Objective:
        node = place.objective
        return Objective(
            contract=self.contract,
            key=node.key,
            level=self.levels[node.level],
            position=place.position,
            code=node.code,
            title=node.title,
            description=node.description,
            transversal=node.transversal,
            remarks=list(node.remarks),
            revision=self.revision,
        )

    def _write_items(self, model: type[Item]) -> None:
        rows = []
        for place in self.places:
            pk = self.objectives[place.objective.key]
            for rank, node in enumerate(getattr(place.objective, model.PART)):
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

    def _write_parts(self) -> None:
        for model in (Note, ObjectiveTag, ObjectiveNeighbourhood, CrossReference):
            delete_rows(model.objects.filter(objective__contract=self.contract))
        delete_rows(self._rows(DeclaredCount))
        delete_rows(ActionReference.objects.filter(action__contract=self.contract))
        notes, tags, locations, declared = [], [], [], []
        for rank, one in enumerate(self.document.declared):
            declared.append(DeclaredCount(contract=self.contract, of=one.of, count=one.count, position=rank))
        for place in self.places:
            node, pk = place.objective, self.objectives[place.objective.key]
            notes += [Note(objective_id=pk, kind=n.kind, text=n.text, position=r) for r, n in enumerate(node.notes)]
            tags += [ObjectiveTag(objective_id=pk, tag=self.tags[t], position=r) for r, t in enumerate(node.tags)]
            locations += [
                ObjectiveNeighbourhood(objective_id=pk, neighbourhood=self.quarters[code], position=rank)
                for rank, code in enumerate(node.neighbourhoods)
            ]
            declared += [
                DeclaredCount(contract=self.contract, objective_id=pk, of=one.of, count=one.count, position=rank)
                for rank, one in enumerate(node.declared)
            ]
        for model, rows in ((Note, notes), (ObjectiveTag, tags), (ObjectiveNeighbourhood, locations)):
            model.objects.bulk_create(rows)
        DeclaredCount.objects.bulk_create(declared)
        self._write_references(
            CrossReference,
            [(self.objectives[place.objective.key], place.objective.references) for place in self.places],
        )
        self._write_references(
            ActionReference,
            [(self.actions[a.key], a.references) for place in self.places for a in place.objective.actions],
        )

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
