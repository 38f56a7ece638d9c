"""The rows of what belongs to an objective itself: mentions, cross-references, declared counts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from document.nodes import ITEMS
from editor.forms.fields import area
from editor.forms.rows import Row, tidy
from objectives.models import Level, Note

#: Names of what a declared count may count besides levels.
ITEM_NAMES = {"actions": "actions", "clauses": "clauses", "indicators": "indicateurs"}
#: Inputs without anything in them that a reference offers for its targets.
FREE_TARGETS = 1


class PartRow(Row):
    """A row that has neither key nor revision: it is saved with its objective."""

    def clean(self) -> dict[str, Any]:
        """A row in which something was typed has its text."""
        if not self.errors and not self.is_void and not self.cleaned_data.get("gone") and self.lacks:
            self.add_error(self.CONTENT[-1], self.lacks)
        return self.cleaned_data

    @property
    def lacks(self) -> str:
        """What the person reads when the row is not whole; empty when it is."""
        return ""


class NoteRow(PartRow):
    """A mention: funding, scope or other."""

    CONTENT = ("kind", "text")

    kind = forms.ChoiceField(label="Nature", choices=Note.Kind.choices, initial="other", required=False)
    text = area("Texte de la mention", rows=1)

    @property
    def lacks(self) -> str:
        """A text."""
        return "" if self.typed["text"] else "Rédigez cette mention, ou supprimez la ligne."

    def shown(self, values: dict[str, Any]) -> dict[str, Any]:
        """No kind is « other »."""
        return {"kind": values.get("kind") or "other", "text": tidy(values.get("text"))}


class TargetsInput(forms.Widget):
    """One input a target, all of the same name, with the contract's objectives as native suggestions."""

    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """All that was typed, blanks left out."""
        values: list[str] = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [value for value in values if value.strip()]

    def id_for_label(self, id_: str, index: object = None) -> str:
        """None: the group has a legend, each input its own name."""
        return ""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The targets there are, and a blank one."""
        attrs = attrs or {}
        values = [*(value or []), *[""] * FREE_TARGETS]
        state = SafeString(" disabled") if attrs.get("disabled") else ""
        inputs = format_html_join(
            "\n",
            '<input type="text" name="{}" value="{}" list="objectives" aria-label="Objectif visé {}"{}>',
            ((name, one, rank, state) for rank, one in enumerate(values, 1)),
        )
        return format_html('<div class="targets" id="{}">{}</div>', attrs.get("id", name), inputs)


class TargetsField(forms.Field):
    """Objectives of the same contract, named by code, key or choice of the list."""

    widget = TargetsInput
    outline: Any = None

    def clean(self, value: list[str]) -> list[str]:
        """Their keys. Raises ValidationError with every one that is not found."""
        keys, faults = [], []
        for text in value or []:
            try:
                keys.append(self.outline.find(text).key)
            except ValidationError as error:
                faults += error.messages
        if faults:
            raise ValidationError(faults)
        return list(dict.fromkeys(keys))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether anything is typed that was not shown."""
        return list(initial or []) != list(data or [])


class ReferenceRow(PartRow):
    """A « Cf. … » and the objectives that it names."""

    CONTENT = ("text", "targets")

    text = area("Texte du renvoi", rows=1)
    targets = TargetsField(label="Objectifs visés", required=False)

    def prepare(self) -> None:
        """Targets are looked for within the contract."""
        self.fields["targets"].outline = self.context

    @property
    def lacks(self) -> str:
        """A text."""
        return "" if self.typed["text"] else "Écrivez le texte du renvoi (« Cf. objectif… »), ou supprimez la ligne."

    def shown(self, values: dict[str, Any]) -> dict[str, Any]:
        """Targets are keys."""
        keys = values.get("targets") or []
        return {"text": tidy(values.get("text")), "targets": list(keys)}


class DeclaredRow(PartRow):
    """A count that the signed text states of itself."""

    CONTENT = ("of", "count")

    of = forms.ChoiceField(label="De quoi", required=False)
    count = forms.IntegerField(label="Nombre annoncé", required=False, min_value=0, max_value=999_999)

    def prepare(self) -> None:
        """Levels of the contract, and items."""
        self.fields["of"].choices = [("", "—"), *counted(self.context)]

    @property
    def lacks(self) -> str:
        """Both."""
        whole = self.typed["of"] and self.typed["count"] != ""
        return "" if whole else "Dites ce que le texte annonce, et combien."


def counted(levels: Sequence[Level]) -> list[tuple[str, str]]:
    """What a declared count may count, with its name."""
    return [*((level.key, level.plural) for level in levels), *((of, ITEM_NAMES[of]) for of in ITEMS)]
