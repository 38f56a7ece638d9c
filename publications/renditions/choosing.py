"""The choices of a composed document as a form in an address: which parts, in which order, of which branches."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django import forms
from django.http import QueryDict

from document.nodes import Document
from document.walk import Place, walk
from publications.editions import Edition
from publications.models import Publication
from publications.renditions.asking import QueryForm
from publications.renditions.composition import Composition
from publications.renditions.parts import PARTS

#: Longest title or place, longest line and most lines of an agenda.
LINE_LENGTH, AGENDA_LINES = 200, 40
#: Documents that are often made: title, what for, parts.
PRESETS = (
    (
        "Dossier de comité de pilotage",
        "ordre du jour, arbre, changements, constats, relevé de décisions",
        ("ordre-du-jour", "arbre", "changements", "constats", "decisions"),
    ),
    ("Annexe à l’appel à projets", "cadre stratégique et cahier des charges", ("cadre", "cahier-des-charges")),
    ("Suivi des indicateurs", "le tableau à remplir", ("indicateurs",)),
)


@dataclass(frozen=True, slots=True)
class Choices:
    """How an address stands: what it chooses (None: nothing, or nothing that makes sense), and with which status.

    `elsewhere`: the query that says the same as it is always said, where this one says it otherwise; else "".
    """

    composition: Composition | None = None
    status: int = 200
    elsewhere: str = ""


class CompositionForm(QueryForm):
    """What may be composed of a document; `versions` are those that it may be compared with."""

    use_required_attribute = False

    papier = forms.ChoiceField(
        label="Papier de l’arbre", required=False, choices=[("A3", "A3, en largeur"), ("A4", "A4, en largeur")]
    )
    format = forms.ChoiceField(
        label="Fiches",
        required=False,
        choices=[("orientation", "une par orientation, en largeur"), ("objectif", "une par objectif, en hauteur")],
    )
    titre = forms.CharField(label="Titre du document", required=False, max_length=LINE_LENGTH)
    date = forms.DateField(
        label="Date de la réunion", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    lieu = forms.CharField(label="Lieu", required=False, max_length=LINE_LENGTH)
    points = forms.CharField(
        label="Ordre du jour",
        required=False,
        help_text="Un point par ligne.",
        max_length=AGENDA_LINES * LINE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    depuis = forms.TypedChoiceField(label="Changements depuis", required=False, coerce=int, empty_value=None)

    def __init__(self, data: QueryDict, document: Document, versions: list[Publication]) -> None:
        super().__init__(data or None, label_suffix="")
        places = list(walk(document))
        for word, part in PARTS.items():
            self.fields[word] = forms.TypedChoiceField(
                label=part.TITLE,
                help_text=part.PURPOSE,
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", "non"), *((place, _rank(place)) for place in range(1, len(PARTS) + 1))],
            )
        self.fields["branche"] = forms.MultipleChoiceField(
            label="Branches",
            required=False,
            choices=[(place.objective.key, _label(place)) for place in places],
            widget=forms.CheckboxSelectMultiple,
        )
        self._numbers = [one.number for one in versions]
        self.shown = [place for place in places if place.depth < 2]
        chosen = self.data.getlist("branche") if data else []
        self.shown += [place for place in places if place.depth > 1 and place.objective.key in chosen]
        self.chosen = set(chosen)
        self.fields["depuis"].choices = [("", "aucune version")] + [
            (one.number, f"version {one.number}, {one.label}") for one in versions
        ]

    def clean(self) -> dict[str, Any]:
        """At least a part; a line of the agenda that is no longer than a line."""
        data = super().clean()
        if not self.errors and not any(data[word] for word in PARTS):
            self.add_error(None, "Choisissez au moins une partie.")
        lines = [line.strip() for line in (data.get("points") or "").splitlines() if line.strip()]
        if len(lines) > AGENDA_LINES or any(len(line) > LINE_LENGTH for line in lines):
            said = f"{AGENDA_LINES} points au plus, de {LINE_LENGTH} caractères chacun."
            self.add_error("points", said)
        self.agenda = tuple(lines)
        return data

    def presets(self, edition: Edition) -> list[tuple[str, str, str]]:
        """Title, purpose and query of documents often made of that edition, compared with the version before it."""
        since = max((one for one in self._numbers if edition.is_draft or one < edition.number), default=None)
        found = []
        for title, purpose, words in PRESETS:
            parts = tuple(word for word in words if word in PARTS)
            told = since if "changements" in parts else None
            found.append((title, purpose, Composition(parts=parts, title=title, since=told).query))
        return found

    @property
    def part_rows(self) -> list[forms.BoundField]:
        """The field of each part, in the order in which parts are set unless told otherwise."""
        return [self[word] for word in PARTS]

    @property
    def branch_rows(self) -> list[tuple[Place, str, bool]]:
        """The objectives that are offered, each with its label, and whether it is chosen: the two first levels."""
        return [(place, _label(place), place.objective.key in self.chosen) for place in self.shown]

    def read_choices(self, query: str) -> Choices:
        """The choices of the page whose address has that query."""
        if not self.is_bound:
            return Choices()
        if not self.is_valid():
            return Choices(status=400)
        said = self.composition.query
        is_said_so = parse_qsl(query, keep_blank_values=True) == parse_qsl(said)
        return Choices(self.composition, elsewhere="" if is_said_so else said)

    @property
    def asked(self) -> Composition:
        """The choices. Raises BadQuery (400)."""
        self.ask()
        return self.composition

    @property
    def composition(self) -> Composition:
        """The choices of a valid form; a branch inside another that is chosen goes without saying."""
        data = self.cleaned_data
        ranks = sorted((data[word], rank, word) for rank, word in enumerate(PARTS) if data[word])
        return Composition(
            parts=tuple(word for _, _, word in ranks),
            branches=tuple(data["branche"]),
            paper=data["papier"] or "A3",
            sheets=data["format"] or "orientation",
            title=data["titre"],
            meeting=data["date"],
            place=data["lieu"],
            agenda=self.agenda,
            since=data["depuis"],
        )


def _rank(place: int) -> str:
    return "en 1er" if place == 1 else f"en {place}e"


def _label(place: Place) -> str:
    node = place.objective
    return f"{node.code} {node.title}" if node.code else node.title
