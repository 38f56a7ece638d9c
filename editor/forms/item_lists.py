"""One list of an objective's page (actions, clauses or indicators): read, shown as rows, saved by its verbs."""

from typing import Any

from accounts.models import User
from editor.forms.item_rows import ItemKind, ItemRow
from editor.forms.ordering import merged, moves
from editor.forms.rows import make_rows, traces
from editor.forms.saving import Conflict, last_change, put, told_on
from editor.reading.outline import Outline
from editor.reading.readable import text_of
from objectives.changes import Refused
from objectives.models import Objective


class ItemList:
    """The rows of one kind of item under one objective."""

    def __init__(self, kind: ItemKind, objective: Objective, outline: Outline, data: Any) -> None:
        self.kind, self.objective, self.outline = kind, objective, outline
        self._read()
        self.rows = make_rows(kind.row, prefix=kind.prefix, data=data, shown=list(self.shown.values()), context=outline)
        for row in self.rows.forms:
            pk = row.initial.get("pk") if data is None else _whole(row["pk"].value())
            row.thing = self.things.get(pk)

    def _read(self) -> None:
        """The items as they stand, by pk, and what a row shows of each; a fixed number of queries."""
        rows = self.kind.model.objects.filter(objective=self.objective).order_by("position", "pk")
        self.things = {item.pk: item for item in rows}
        for item in self.things.values():
            item.contract, item.objective = self.objective.contract, self.objective
        nodes = [node for _, node in self.kind.model.read_nodes(rows)]
        self.shown = {
            item.pk: self.kind.initial(item, node, self.outline)
            for item, node in zip(self.things.values(), nodes, strict=True)
        }

    def save(self, by: User) -> list[ItemRow]:
        """Calls the verbs for what was changed, removed, reordered and added; returns the rows that were refused."""
        failed: list[ItemRow] = []
        for row in self.rows.filled:
            if row.is_new:
                continue
            gone = row.cleaned_data.get("gone")
            if row.thing is None:
                if gone or not row.changes:
                    continue  # it went meanwhile, and the person wanted nothing else of it
                with told_on(row, failed):
                    raise Refused(self._lost())
            elif gone or row.changes:
                with told_on(row, failed):
                    self._save_one(row, by, gone=gone)
        if not failed:
            self._place(by, failed)
        return failed

    def _save_one(self, row: ItemRow, by: User, *, gone: bool) -> None:
        revision = row.cleaned_data["revision"]
        if gone:
            self.kind.delete(row.thing, by=by, revision=revision)
            return
        kept = self.kind.change(row.thing, by=by, revision=revision, **row.changes)
        row.thing.revision = kept.revision

    def _place(self, by: User, failed: list[ItemRow]) -> None:
        """Moves what stands elsewhere than wanted, then adds what is new at its place."""
        wanted = self.rows.in_order()
        asked = [row.thing.pk for row in wanted if row.thing is not None]
        posted = [row.thing.pk for row in self.rows.forms if row.thing is not None and row.thing.pk in asked]
        model = self.kind.model
        current = list(
            model.objects.filter(objective=self.objective).order_by("position", "pk").values_list("pk", flat=True)
        )
        rows = {row.thing.pk: row for row in wanted if row.thing is not None}
        if asked != posted:
            for pk, position in moves(current, merged(current, asked)):
                with told_on(rows[pk], failed):
                    self.kind.move(rows[pk].thing, position=position, by=by, revision=rows[pk].thing.revision)
            current = merged(current, asked)
        before: int | None = None
        for row in wanted:
            if row.thing is None:
                position = current.index(before) + 1 if before is not None else 0
                with told_on(row, failed):
                    added = self._add(row, by, position)
                    current.insert(position, added.pk)
                    before = added.pk
            elif row.thing.pk in current:
                before = row.thing.pk

    def _add(self, row: ItemRow, by: User, position: int | None) -> Any:
        values = row.typed
        if values.get("code", "") is None:
            del values["code"]  # left empty: the verb gives the next one, where its siblings have one
        return self.kind.add(self.objective, by=by, position=position, **values)

    def show_conflicts(self) -> None:
        """Reads the items anew and puts them beside what was typed; a lost one becomes a new row."""
        self._read()
        for row in self.rows.forms:
            pk = row.cleaned_data.get("pk") if hasattr(row, "cleaned_data") else None
            if pk is not None and pk not in self.things:
                row.thing = None
                if row.errors:
                    put(row, pk="", revision="", seen="")
            elif getattr(row, "is_stale", False):
                self._show_conflict(row, self.things[pk])

    def _show_conflict(self, row: ItemRow, item: Any) -> None:
        """What the person did not touch takes its stored value; the rest is shown twice."""
        initial = self.shown[item.pk]
        stored, changes = row.shown(initial), row.changes
        row.conflict = Conflict(last_change(self.objective.contract, item.key))
        for name in row.CONTENT:
            if name not in changes:
                put(row, **{name: initial[name]})
            elif changes[name] != stored[name]:
                label = str(row.fields[name].label)
                row.conflict.fields.append((label, text_of(name, changes[name]), text_of(name, stored[name])))
        put(row, revision=item.revision, seen=traces(stored))

    def _lost(self) -> str:
        return (
            f"Cette ligne ({self.kind.one}) n’est pas, ou n’est plus, sous cet objectif. Rien n’est perdu : "
            "enregistrez pour l’ajouter de nouveau, ou cochez « Supprimer »."
        )


def _whole(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < 19 else None
