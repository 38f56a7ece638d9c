"""The rows of an objective's actions, clauses and indicators, each saved by the verbs of its own room."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from actions import edits as action_edits
from actions.models import Action, Clause
from document.nodes import TITLE_LENGTH, WORD_LENGTH
from editor.forms.fields import area, line, remarks_area
from editor.forms.references import ReferencesField
from editor.forms.rows import Row, paragraphs, tidy
from indicators import edits as indicator_edits
from indicators.models import Indicator
from objectives.items import Item


class ItemRow(Row):
    """A row of something that has a key, a revision and remarks of its own."""

    FOLDED = ("remarks",)
    #: The field without which the row says nothing, and what the person then reads.
    NEEDED: tuple[str, str]
    #: What that field says as long as nothing is in it.
    PROMPT: str

    remarks = remarks_area()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self["pk"].value():
            self.fields[self.NEEDED[0]].widget.attrs["placeholder"] = self.PROMPT

    def clean(self) -> dict[str, Any]:
        """A row in which something was typed says what it is about."""
        name, said = self.NEEDED
        if not self.errors and not self.is_void and not self.cleaned_data.get("gone") and not self.typed[name]:
            self.add_error(name, said)
        return self.cleaned_data

    def shown(self, values: dict[str, Any]) -> dict[str, Any]:
        """Remarks are a list."""
        return super().shown(values) | {"remarks": paragraphs(values.get("remarks") or "")}


class ActionRow(ItemRow):
    """An action."""

    CONTENT = ("code", "title", "description", "references", "remarks")
    FOLDED = ("description", "references", "remarks")
    NEEDED = ("title", "Donnez l’intitulé de cette action.")
    PROMPT = "Ajouter une action"

    code = forms.CharField(
        label="Code imprimé",
        required=False,
        max_length=WORD_LENGTH,
        widget=forms.TextInput(attrs={"class": "code", "placeholder": "Code"}),
    )
    title = area("Intitulé", limit=TITLE_LENGTH)
    description = area("Description", rows=4)
    references = ReferencesField()

    def prepare(self) -> None:
        """References are read within the contract."""
        self.fields["references"].outline = self.context

    def shown(self, values: dict[str, Any]) -> dict[str, Any]:
        """No code is None; references are as the exchange format has them."""
        references = self.fields["references"].clean(values.get("references") or "")
        return super().shown(values) | {"code": tidy(values.get("code")) or None, "references": references}


class ClauseRow(ItemRow):
    """A clause of the cahier des charges."""

    CONTENT = ("text", "remarks")
    NEEDED = ("text", "Rédigez cette clause.")
    PROMPT = "Ajouter une clause"

    text = area("Texte de la clause", rows=2)


class IndicatorRow(ItemRow):
    """An indicator."""

    CONTENT = ("title", "kind", "breakdown", "unit", "baseline", "target", "remarks")
    FOLDED = ("unit", "baseline", "target", "remarks")
    NEEDED = ("title", "Donnez l’intitulé de cet indicateur.")
    PROMPT = "Ajouter un indicateur"

    title = area("Intitulé", limit=TITLE_LENGTH)
    kind = forms.ChoiceField(label="Nature", choices=Indicator.Kind.choices, initial="other", required=False)
    breakdown = forms.MultipleChoiceField(
        label="Ventilation",
        required=False,
        choices=Indicator.Breakdown.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    unit = line("Unité")
    baseline = line("Valeur de référence", limit=TITLE_LENGTH, help_text="Telle qu’écrite : « 45 % en 2014 ».")
    target = line("Cible", limit=TITLE_LENGTH)

    def shown(self, values: dict[str, Any]) -> dict[str, Any]:
        """A breakdown is a list."""
        return super().shown(values) | {
            "kind": values.get("kind") or "other",
            "breakdown": list(values.get("breakdown") or []),
        }


@dataclass(frozen=True, slots=True)
class ItemKind:
    """A list of an objective's page: its rows and the verbs that change it."""

    model: type[Item]
    row: type[ItemRow]
    title: str
    #: One and several, parted by a comma.
    words: str
    add: Callable[..., Any]
    change: Callable[..., Any]
    move: Callable[..., Any]
    delete: Callable[..., Any]

    @property
    def one(self) -> str:
        """« action »."""
        return self.words.split(",")[0]

    @property
    def prefix(self) -> str:
        """The name of the list in the exchange format and in the form."""
        return self.model.PART

    def initial(self, item: Item, node: Any, outline: Any) -> dict[str, Any]:
        """What a row shows of an item."""
        values = {name: getattr(node, name) for name in self.row.CONTENT}
        values["remarks"] = "\n\n".join(node.remarks)
        if "references" in values:
            values["references"] = ReferencesField.write(node.references, outline)
        if "breakdown" in values:
            values["breakdown"] = list(node.breakdown)
        return values | {"pk": item.pk, "revision": item.revision}


KINDS = (
    ItemKind(
        Action,
        ActionRow,
        "Actions",
        "action,actions",
        action_edits.add_action,
        action_edits.change_action,
        action_edits.move_action,
        action_edits.delete_action,
    ),
    ItemKind(
        Clause,
        ClauseRow,
        "Cahier des charges",
        "clause,clauses",
        action_edits.add_clause,
        action_edits.change_clause,
        action_edits.move_clause,
        action_edits.delete_clause,
    ),
    ItemKind(
        Indicator,
        IndicatorRow,
        "Indicateurs d’évaluation",
        "indicateur,indicateurs",
        indicator_edits.add_indicator,
        indicator_edits.change_indicator,
        indicator_edits.move_indicator,
        indicator_edits.delete_indicator,
    ),
)
