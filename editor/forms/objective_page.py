"""The whole page of an objective: its form and its lists, saved together through the verbs or not at all."""

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404

from accounts.models import User
from editor.forms.item_lists import ItemList
from editor.forms.item_rows import KINDS
from editor.forms.objective_form import LABELS, ObjectiveForm, initial_of, shown_of
from editor.forms.part_rows import DeclaredRow, NoteRow, ReferenceRow
from editor.forms.rows import Rows, count_errors, make_rows, touched
from editor.forms.saving import Conflict, last_change, put, told_on
from editor.reading.outline import Outline
from editor.reading.readable import text_of
from objectives.changes import gesture
from objectives.edits import change_objective
from objectives.models import Objective
from objectives.rows import read_own


class ObjectivePage:
    """Bound to what was typed, or showing what is stored. `outline`: all the objectives of its contract.

    `with_items` False: what is the objective's own, without its actions, clauses and indicators.
    """

    def __init__(self, objective: Objective, outline: Outline, data: Any = None, *, with_items: bool = True) -> None:
        self.objective, self.outline = objective, outline
        self.data = data.copy() if data is not None else None
        self.stored = read_own(objective)
        contract = objective.contract
        self.form = ObjectiveForm(
            self.data, contract=contract, stored=self.stored, initial=initial_of(self.stored, objective.revision)
        )
        self.notes, self.references, self.declared = (self._part(name) for name in ("notes", "references", "declared"))
        kinds = KINDS if with_items else ()
        self.items = [ItemList(kind, objective, outline, self.data) for kind in kinds]
        self.failed: list[Any] = []

    def _part(self, name: str) -> Rows:
        """One of the objective's own lists: bound, or showing what is stored."""
        shown = shown_of(self.stored)[name]
        if name == "references":
            choices = [[self.outline.by_key[key].choice for key in one["targets"]] for one in shown]
            shown = [{"text": one["text"], "targets": named} for one, named in zip(shown, choices, strict=True)]
        row, context = {
            "notes": (NoteRow, None),
            "references": (ReferenceRow, self.outline),
            "declared": (DeclaredRow, list(self.form.levels.values())),
        }[name]
        return make_rows(row, prefix=name, data=self.data, shown=shown, context=context)

    @property
    def parts(self) -> dict[str, Rows]:
        """The lists that are the objective's own."""
        return {"notes": self.notes, "references": self.references, "declared": self.declared}

    @property
    def forms(self) -> list[Any]:
        """Everything on the page that may be wrong."""
        return [self.form, *self.parts.values(), *(one.rows for one in self.items)]

    def is_valid(self) -> bool:
        """Whether all that was typed can be given to the verbs; every part is asked, so that all errors show."""
        answers = [form.is_valid() for form in self.forms]
        return all(answers)

    @property
    def error_count(self) -> int:
        """How many errors the page shows."""
        return count_errors(*self.forms)

    def save(self, by: User) -> bool:
        """Saves the page as one step to undo; False: something was refused, is told on its row, nothing was saved."""
        with gesture(self.objective.contract):
            self._save_own(by)
            for one in self.items:
                self.failed += one.save(by)
            if self.failed:
                transaction.set_rollback(True)
        if self.failed:
            self._show_conflicts()
        return not self.failed

    @property
    def changes(self) -> dict[str, Any]:
        """What the person changed of the objective's own, as `change_objective` takes it."""
        if self.form.cleaned_data.get("keep"):
            return {}
        lists = {name: [row.typed for row in rows.in_order()] for name, rows in self.parts.items()}
        typed = self.form.typed | lists
        return {name: typed[name] for name in touched(typed, self.form.cleaned_data["seen"])}

    def _save_own(self, by: User) -> None:
        if changes := self.changes:
            lists = {name: rows.in_order() for name, rows in self.parts.items()}
            revision = self.form.cleaned_data["revision"]
            with told_on(self.form, self.failed, lists):
                change_objective(self.objective, by=by, revision=revision, **changes)

    def _show_conflicts(self) -> None:
        """What was rolled back is read anew: the page shows it beside what was typed."""
        objectives = Objective.objects.select_related("contract__territory", "level")
        self.objective = get_object_or_404(objectives, pk=self.objective.pk)
        if self.form.is_stale:
            self._show_own_conflict()
        for one in self.items:
            one.show_conflicts()

    def _show_own_conflict(self) -> None:
        """What the person did not touch takes its stored value; the rest is shown twice."""
        self.stored, changes = read_own(self.objective), self.changes
        stored, initial = shown_of(self.stored), initial_of(self.stored, self.objective.revision)
        self.form.conflict = Conflict(last_change(self.objective.contract, self.objective.key))
        for name, label in LABELS.items():
            if name in changes:
                if changes[name] != stored[name]:
                    texts = text_of(name, changes[name]), text_of(name, stored[name])
                    self.form.conflict.fields.append((label, *texts))
            elif name in initial:
                put(self.form, **{name: initial[name]})
        if untouched := set(self.parts) - set(changes):
            data, self.data = self.data, None
            for name in untouched:
                setattr(self, name, self._part(name))
            self.data = data
        put(self.form, revision=self.objective.revision, seen=initial["seen"])
