"""Document → rows: writes a whole document as the draft of its contract, in one transaction."""

import gzip
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from accounts.models import User
from actions.models import Action, ActionReference, Clause
from document import nodes
from document.codec import digest, encode
from document.walk import walk
from drafts.planting import Planter
from drafts.read import read_draft
from indicators.models import Indicator
from objectives.access import require_creation
from objectives.changes import changing, check_revision
from objectives.keys import keep_keys
from objectives.models import (
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
from objectives.tree import relabel, uproot


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
            if not new:
                former = encode(read_draft(kept))
                entry.before = {"digest": digest(former)}
            entry.after = {"digest": digest(encode(document))}
            if entry.before == entry.after:
                return kept
            if not new:
                entry.draft = gzip.compress(former, mtime=0)
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


class _Writer(Planter):
    """Writes the rows of one document, table by table: a fixed number of statements."""

    def __init__(self, contract: Contract, document: nodes.Document, revision: int) -> None:
        super().__init__(contract, list(walk(document)), revision)
        self.document = document

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
        # Labels and parents go first, so that no two roots meet in one tree on the way.
        uproot(Objective.objects.of(self.contract))
        self.write_objectives()
        for model in (Action, Clause, Indicator):
            self.write_items(model)
        # What this revision has not written is gone. Not sooner: an item may have left an objective that goes.
        for model in (Action, Clause, Indicator, Objective):
            delete_rows(self._rows(model).exclude(revision=self.revision))
        self._write_parts_anew()
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

    def _write_parts_anew(self) -> None:
        for model in (Note, ObjectiveTag, ObjectiveNeighbourhood, CrossReference):
            delete_rows(model.objects.filter(objective__contract=self.contract))
        delete_rows(self._rows(DeclaredCount))
        delete_rows(ActionReference.objects.filter(action__contract=self.contract))
        self.write_parts()
        DeclaredCount.objects.bulk_create(
            DeclaredCount(contract=self.contract, of=one.of, count=one.count, position=rank)
            for rank, one in enumerate(self.document.declared)
        )
