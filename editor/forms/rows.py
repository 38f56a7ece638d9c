"""Rows: a list of things edited on one page, in order, each as a small form; nothing is saved here, verbs do that."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms import BaseFormSet, formset_factory

from editor.forms.fields import RevisionField

#: Blank rows that a page offers without JavaScript.
BLANK = 1
#: Most rows of one list that a form may send.
LIMIT = 1_000


def traces(values: dict[str, Any]) -> str:
    """A short digest of each value, by which a page knows later which of them the person touched."""
    return ",".join(f"{name}:{_digest(value)}" for name, value in values.items())


def touched(values: dict[str, Any], seen: str) -> list[str]:
    """The names of the values that differ from what was shown; all of them when nothing was."""
    shown = dict(part.split(":", 1) for part in seen.split(",") if ":" in part)
    return [name for name, value in values.items() if shown.get(name) != _digest(value)]


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


class Row(forms.Form):
    """One thing of a list. `pk` empty: a new one. `seen` are the traces of what was shown."""

    #: What a person types, in the order of the page; the names of the verb's own arguments.
    CONTENT: ClassVar[tuple[str, ...]] = ()
    #: Those of them that are folded away until something is in them.
    FOLDED: ClassVar[tuple[str, ...]] = ()
    use_required_attribute = False

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    revision = RevisionField()
    seen = forms.CharField(required=False, max_length=1_000, widget=forms.HiddenInput)
    rank = forms.IntegerField(label="Rang", required=False, min_value=1, max_value=LIMIT)
    gone = forms.BooleanField(label="Supprimer", required=False)
    keep = forms.BooleanField(label="Garder le texte enregistré", required=False)

    def __init__(self, *args: Any, context: Any = None, **kwargs: Any) -> None:
        self.context = context
        #: The stored thing, when the row is about one; what it holds now, when someone changed it meanwhile.
        self.thing: Any = None
        self.conflict: Any = None
        self.is_stale = False
        super().__init__(*args, label_suffix="", **kwargs)
        self.prepare()
        if not self.is_bound and self.initial.get("pk") is not None:
            self.initial["seen"] = traces(self.shown(self.initial))

    def prepare(self) -> None:
        """Fills choices from the context; nothing, for most."""

    def shown(self, values: dict[str, Any]) -> dict[str, Any]:
        """The content as the verbs take it, from cleaned or initial values: the same words give the same result."""
        return {name: tidy(values.get(name)) for name in self.CONTENT}

    @property
    def open_fields(self) -> list[forms.BoundField]:
        """The fields that are always in sight."""
        return [self[name] for name in self.CONTENT if name not in self.FOLDED]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        """The others."""
        return [self[name] for name in self.FOLDED]

    @property
    def folded_names(self) -> str:
        """« Description, renvois, remarques »."""
        return ", ".join(str(field.label).lower() for field in self.folded_fields).capitalize()

    @property
    def is_unfolded(self) -> bool:
        """Whether something is in them, or wrong in them."""
        return any(field.value() or field.errors for field in self.folded_fields)

    @property
    def typed(self) -> dict[str, Any]:
        """What was typed, as the verbs take it."""
        return self.shown(self.cleaned_data)

    @property
    def is_new(self) -> bool:
        """Whether the row is about something that is not stored."""
        return self.cleaned_data.get("pk") is None

    @property
    def changes(self) -> dict[str, Any]:
        """What the person changed of what was shown, as the verbs take it."""
        if self.cleaned_data.get("keep"):
            return {}
        typed = self.typed
        return {name: typed[name] for name in touched(typed, self.cleaned_data.get("seen") or "")}

    @property
    def is_void(self) -> bool:
        """A new row in which nothing was typed, or one that is taken back."""
        return self.is_new and (self.cleaned_data.get("gone", False) or not any(self._words()))

    def _words(self) -> Iterable[Any]:
        return (value for name, value in self.typed.items() if value != tidy(self.fields[name].initial))


class Rows(BaseFormSet):
    """The rows of one list, shown in order; bound, they say in which order the person wants them."""

    default_error_messages = BaseFormSet.default_error_messages | {
        "missing_management_form": "Cette liste est arrivée incomplète : rechargez la page, puis reprenez votre saisie."
    }

    def get_default_prefix(self) -> str:
        """Named by whoever makes it."""
        return "rows"

    @property
    def filled(self) -> list[Row]:
        """The rows that are about something, stored or new."""
        return [row for row in self.forms if not row.is_void]

    def in_order(self) -> list[Row]:
        """The rows that stay or come, as the person ranks them.

        A rank that was typed goes before the one that was there when it moved up, after it when it moved down.
        """
        ranked = []
        for index, row in enumerate(self.forms):
            if row.is_void or row.cleaned_data.get("gone"):
                continue
            rank = row.cleaned_data.get("rank")
            was = index + 1
            ranked.append(((rank or LIMIT + 1, (rank or was) - was if rank else 0, index), row))
        return [row for _, row in sorted(ranked, key=lambda one: one[0])]


def make_rows(row: type[Row], *, prefix: str, data: Any, shown: Sequence[dict[str, Any]], context: Any = None) -> Rows:
    """The rows of one list: bound to `data`, or showing the things of `shown` and a blank row."""
    kind = formset_factory(row, formset=Rows, extra=BLANK, max_num=LIMIT, absolute_max=LIMIT, validate_max=True)
    initial = [{"rank": rank, **values} for rank, values in enumerate(shown, 1)] if data is None else []
    return kind(data, prefix=prefix, initial=initial, form_kwargs={"context": context})


def tidy(value: Any) -> Any:
    """Typed text as it is compared: line ends of one kind, no space around; nothing typed is an empty text."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return "" if value is None else value


def paragraphs(text: str) -> list[str]:
    """The texts that blank lines part."""
    return [part.strip() for part in tidy(text).split("\n\n") if part.strip()]


def count_errors(*forms_: forms.Form | Rows) -> int:
    """How many errors those forms and lists of rows show; 0 for what is not bound."""
    found = 0
    for one in forms_:
        rows = one.forms if isinstance(one, Rows) else [one]
        found += sum(len(errors) for row in rows if row.is_bound for errors in row.errors.values())
        found += len(one.non_form_errors()) if isinstance(one, Rows) and one.is_bound else 0
    return found


def status_of(*forms_: forms.Form | Rows) -> int:
    """200; 400 for a page with errors; 412 when something in it has changed since it was shown."""
    every = [row for one in forms_ for row in (one.forms if isinstance(one, Rows) else [one])]
    if any(getattr(one, "is_stale", False) for one in every):
        return 412
    return 400 if count_errors(*forms_) else 200


def disable(*forms_: forms.Form | Rows) -> None:
    """Shows everything and lets nothing be typed: the page of someone who may read alone."""
    for one in forms_:
        for form in one.forms if isinstance(one, Rows) else [one]:
            for field in form.fields.values():
                field.disabled = True
