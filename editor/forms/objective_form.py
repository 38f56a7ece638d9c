"""The objective's own form: its words, its place among the levels, its tags and quartiers."""

from typing import Any

from django import forms

from document import nodes
from document.nodes import TITLE_LENGTH, WORD_LENGTH
from editor.forms.fields import RevisionField, area, line, remarks_area
from editor.forms.rows import paragraphs, tidy, traces
from objectives.models import Contract, Level, Neighbourhood, Tag
from publications.entries import tag_form

#: The name of each field that a person may change, as the screens say it.
LABELS = {
    "level": "Niveau",
    "code": "Code imprimé",
    "title": "Intitulé",
    "description": "Description",
    "transversal": "Transversal",
    "tags": "Étiquettes",
    "neighbourhoods": "Quartiers",
    "notes": "Mentions",
    "declared": "Effectifs annoncés",
    "remarks": "Remarques",
    "references": "Renvois",
}


class ObjectiveForm(forms.Form):
    """What is an objective's own; `stored` None: a new one."""

    use_required_attribute = False

    level = forms.ChoiceField(label="Niveau")
    code = line("Code imprimé", css="code")
    no_code = forms.BooleanField(label="Sans code imprimé", required=False)
    title = forms.CharField(
        label="Intitulé", max_length=TITLE_LENGTH, widget=forms.Textarea(attrs={"rows": 2, "cols": 80})
    )
    description = area(
        "Description", rows=4, help_text="Une ligne vide sépare deux paragraphes ; « - » ouvre une liste."
    )
    transversal = forms.BooleanField(
        label="Transversal", required=False, help_text="Axe ou objectif qui traverse les autres (jeunesse, égalité…)."
    )
    tags = forms.MultipleChoiceField(label="Étiquettes", required=False, widget=forms.CheckboxSelectMultiple)
    new_tags = line("Nouvelles étiquettes", limit=2_000, help_text="Séparées par des virgules.")
    neighbourhoods = forms.MultipleChoiceField(label="Quartiers", required=False, widget=forms.CheckboxSelectMultiple)
    remarks = remarks_area()
    revision = RevisionField()
    seen = forms.CharField(required=False, max_length=1_000, widget=forms.HiddenInput)
    keep = forms.BooleanField(label="Garder le texte enregistré", required=False)

    def __init__(self, data: Any = None, *, contract: Contract, stored: nodes.Objective | None, **kwargs: Any) -> None:
        self.stored = stored
        self.is_stale = False
        self.conflict: Any = None
        super().__init__(data, label_suffix="", **kwargs)
        levels = list(Level.objects.filter(contract=contract))
        self.levels = {level.key: level for level in levels}
        self.fields["level"].choices = [(level.key, level.name) for level in levels]
        # An imported draft may name what the contract does not have: it is shown as it is.
        names = sorted(Tag.objects.filter(contract=contract).values_list("name", flat=True), key=tag_form)
        self.fields["tags"].choices = [(name, name) for name in names]
        quarters = Neighbourhood.objects.filter(contract=contract)
        self.fields["neighbourhoods"].choices = [(one.code, str(one)) for one in quarters]
        if not quarters:
            del self.fields["neighbourhoods"]
        if stored is not None:
            del self.fields["no_code"]

    def clean_new_tags(self) -> list[str]:
        """The names, each once. Raises ValidationError for one that is too long."""
        names = [" ".join(name.split()) for name in self.cleaned_data["new_tags"].split(",")]
        if long := next((name for name in names if len(name) > WORD_LENGTH), None):
            raise forms.ValidationError(f"« {long:.40}… » : une étiquette a {WORD_LENGTH} caractères au plus.")
        return list(dict.fromkeys(name for name in names if name))

    @property
    def typed(self) -> dict[str, Any]:
        """What was typed, as the verbs take it; lists in the stored order, what is new after it."""
        data = self.cleaned_data
        kept = self.stored.tags if self.stored else ()
        quarters = self.stored.neighbourhoods if self.stored else ()
        return {
            "level": data.get("level", ""),
            "code": tidy(data.get("code")) or None,
            "title": tidy(data.get("title")),
            "description": tidy(data.get("description")),
            "transversal": bool(data.get("transversal")),
            "tags": ordered([*data.get("tags", []), *(data.get("new_tags") or [])], kept),
            "neighbourhoods": ordered(data.get("neighbourhoods", []), quarters),
            "remarks": paragraphs(data.get("remarks") or ""),
        }


def ordered(chosen: list[str], stored: tuple[str, ...]) -> list[str]:
    """What was chosen: in the stored order, then the new ones as they were given."""
    return list(dict.fromkeys([*(one for one in stored if one in chosen), *chosen]))


def shown_of(node: nodes.Objective) -> dict[str, Any]:
    """What a page shows of a stored objective, in the form in which it would be typed back."""
    return {
        "level": node.level,
        "code": tidy(node.code) or None,
        "title": tidy(node.title),
        "description": tidy(node.description),
        "transversal": node.transversal,
        "tags": list(node.tags),
        "neighbourhoods": list(node.neighbourhoods),
        "remarks": paragraphs("\n\n".join(node.remarks)),
        "notes": [{"kind": note.kind, "text": tidy(note.text)} for note in node.notes],
        "declared": [{"of": one.of, "count": one.count} for one in node.declared],
        "references": [{"text": tidy(one.text), "targets": list(one.targets)} for one in node.references],
    }


def initial_of(node: nodes.Objective, revision: int) -> dict[str, Any]:
    """What the form shows of a stored objective."""
    shown = shown_of(node)
    own = {name: shown[name] for name in ("level", "code", "title", "description", "transversal", "tags")}
    own |= {"neighbourhoods": shown["neighbourhoods"], "remarks": "\n\n".join(shown["remarks"])}
    return own | {"revision": revision, "seen": traces(shown)}
