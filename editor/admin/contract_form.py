"""The contract's own page: head, levels and declared counts, saved together through the verbs or not at all."""

from typing import Any

from django import forms
from django.db import transaction

from accounts.models import User
from document.nodes import NAME_LENGTH, TITLE_LENGTH, WORD_LENGTH
from editor.admin.word_rows import LEVELS, WordList
from editor.forms.fields import RevisionField, area, remarks_area
from editor.forms.part_rows import DeclaredRow
from editor.forms.rows import count_errors, make_rows, paragraphs, tidy, touched, traces
from editor.forms.saving import Conflict, last_change, put, told_on
from editor.reading.readable import field_name, text_of
from objectives.contract_edits import change_contract, head_values, is_named_for_good, read_head
from objectives.models import Contract, Level, Territory

FIELDS = ("title", "slug", "territory", "start_year", "end_year", "summary", "sources", "remarks")


class ContractForm(forms.Form):
    """The head of a contract; `contract` None: a new one."""

    use_required_attribute = False

    title = forms.CharField(
        label="Titre", max_length=TITLE_LENGTH, widget=forms.Textarea(attrs={"rows": 1, "cols": 80})
    )
    slug = forms.SlugField(
        label="Adresse",
        max_length=WORD_LENGTH,
        help_text="En minuscules, chiffres et tirets : elle termine l’adresse des pages publiques.",
    )
    territory = forms.CharField(
        label="Territoire",
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"list": "territories", "class": "wide"}),
    )
    start_year = forms.IntegerField(label="Première année", required=False, min_value=1900, max_value=2199)
    end_year = forms.IntegerField(label="Dernière année", required=False, min_value=1900, max_value=2199)
    summary = area("Présentation", rows=5, help_text="Une ligne vide sépare deux paragraphes.")
    sources = area("Sources", rows=2, help_text="Une source par paragraphe, séparées par une ligne vide.")
    remarks = remarks_area()
    revision = RevisionField()
    seen = forms.CharField(required=False, max_length=1_000, widget=forms.HiddenInput)
    keep = forms.BooleanField(label="Garder le texte enregistré", required=False)

    def __init__(self, data: Any = None, *, contract: Contract | None = None, **kwargs: Any) -> None:
        self.is_stale = False
        self.conflict: Any = None
        super().__init__(data, label_suffix="", **kwargs)
        self.territories = list(Territory.objects.values_list("name", flat=True))
        if contract is not None and is_named_for_good(contract):
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = "Fixée par la première publication, pour que les liens durent."

    @property
    def typed(self) -> dict[str, Any]:
        """What was typed, as the verbs take it."""
        data = self.cleaned_data
        lists = {name: paragraphs(data.get(name) or "") for name in ("sources", "remarks")}
        years = {name: data.get(name) for name in ("start_year", "end_year")}
        texts = {name: tidy(data.get(name)) for name in ("title", "slug", "territory", "summary")}
        return texts | years | lists


def shown_of(contract: Contract) -> dict[str, Any]:
    """What the page shows of a stored head, in the form in which it would be typed back."""
    values = head_values(read_head(contract))
    for name in ("title", "slug", "territory", "summary"):
        values[name] = tidy(values[name])
    for name in ("sources", "remarks"):
        values[name] = paragraphs("\n\n".join(values[name]))
    return values


def initial_of(contract: Contract) -> dict[str, Any]:
    """What the form shows of a stored head."""
    shown = shown_of(contract)
    texts = {name: "\n\n".join(shown[name]) for name in ("sources", "remarks")}
    return {name: shown[name] for name in FIELDS} | texts | {"revision": contract.revision, "seen": traces(shown)}


class ContractPage:
    """Bound to what was typed, or showing what is stored."""

    def __init__(self, contract: Contract, data: Any = None) -> None:
        self.contract = contract
        self.data = data.copy() if data is not None else None
        self.form = ContractForm(self.data, contract=contract, initial=initial_of(contract))
        levels = list(Level.objects.filter(contract=contract))
        declared = shown_of(contract)["declared"]
        self.declared = make_rows(DeclaredRow, prefix="declared", data=self.data, shown=declared, context=levels)
        self.levels = WordList(LEVELS, contract, self.data)
        self.failed: list[Any] = []

    def is_valid(self) -> bool:
        """Whether all that was typed can be given to the verbs."""
        answers = [form.is_valid() for form in self.forms]
        return all(answers)

    @property
    def forms(self) -> list[Any]:
        """Everything on the page that may be wrong."""
        return [self.form, self.declared, self.levels.rows]

    @property
    def error_count(self) -> int:
        """How many errors the page shows."""
        return count_errors(*self.forms)

    @property
    def changes(self) -> dict[str, Any]:
        """What the person changed of the head, as `change_contract` takes it."""
        if self.form.cleaned_data.get("keep"):
            return {}
        typed = self.form.typed | {"declared": [row.typed for row in self.declared.in_order()]}
        return {name: typed[name] for name in touched(typed, self.form.cleaned_data["seen"])}

    def save(self, by: User) -> bool:
        """Saves the page in one transaction; False: something was refused, is told on its row, nothing was saved."""
        with transaction.atomic():
            # Head first: a level that goes must no longer be counted.
            if changes := self.changes:
                with told_on(self.form, self.failed, {"declared": self.declared.in_order()}):
                    change_contract(self.contract, by=by, revision=self.form.cleaned_data["revision"], **changes)
            self.failed += self.levels.save(by)
            if self.failed:
                transaction.set_rollback(True)
        if self.failed:
            self.contract = Contract.objects.select_related("territory").get(pk=self.contract.pk)
            self._show_conflict()
            self.levels.show_conflicts()
        return not self.failed

    def _show_conflict(self) -> None:
        """What the person did not touch takes its stored value; the rest is shown twice."""
        if not self.form.is_stale:
            return
        changes, stored, initial = self.changes, shown_of(self.contract), initial_of(self.contract)
        self.form.conflict = Conflict(last_change(self.contract, ""))
        for name in (*FIELDS, "declared"):
            if name in changes:
                if changes[name] != stored[name]:
                    texts = text_of(name, changes[name]), text_of(name, stored[name])
                    self.form.conflict.fields.append((field_name(name), *texts))
            elif name in initial:
                put(self.form, **{name: initial[name]})
        put(self.form, revision=self.contract.revision, seen=initial["seen"])
