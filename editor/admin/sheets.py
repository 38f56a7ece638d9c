"""The flat tables of one contract: its tags, its quartiers, its indicators."""

from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError
from import_export.fields import Field

from editor.admin.sheet_resource import SheetResource
from editor.admin.sheet_widgets import ChoiceWidget, ListWidget
from editor.reading.outline import Outline
from indicators.edits import add_indicator, change_indicator, move_indicator
from indicators.models import Indicator
from objectives.models import Neighbourhood, Objective, Tag
from objectives.neighbourhood_edits import add_neighbourhood, change_neighbourhood
from objectives.tag_edits import add_tag, change_tag


class TagSheet(SheetResource):
    """The tags of a contract."""

    NAME, TITLE, ID, NEEDED = "tags", "Étiquettes", "name", ("name",)

    name = Field("name", "Nom")
    new_name = Field("new_name", "Nouveau nom")

    def read_lines(self) -> list[SimpleNamespace]:
        """By name."""
        tags = Tag.objects.filter(contract=self.contract)
        return [SimpleNamespace(thing=tag, name=tag.name, new_name="") for tag in tags]

    def add(self, line: SimpleNamespace) -> None:
        """A new tag."""
        add_tag(self.contract, name=line.name, by=self.by)

    def change(self, line: SimpleNamespace, stored: SimpleNamespace) -> None:
        """Its new name."""
        if line.new_name:
            change_tag(stored.thing, name=line.new_name, by=self.by, revision=None)


class NeighbourhoodSheet(SheetResource):
    """The quartiers of a contract."""

    NAME, TITLE, ID, NEEDED = "neighbourhoods", "Quartiers", "code", ("code", "name")

    code = Field("code", "Code")
    name = Field("name", "Nom")

    def read_lines(self) -> list[SimpleNamespace]:
        """In their order."""
        quarters = Neighbourhood.objects.filter(contract=self.contract)
        return [SimpleNamespace(thing=one, code=one.code, name=one.name) for one in quarters]

    def add(self, line: SimpleNamespace) -> None:
        """A new quartier."""
        add_neighbourhood(self.contract, code=line.code, name=line.name, by=self.by)

    def change(self, line: SimpleNamespace, stored: SimpleNamespace) -> None:
        """Its name."""
        change_neighbourhood(stored.thing, by=self.by, revision=None, name=line.name)


class IndicatorSheet(SheetResource):
    """The indicators of a contract, each under an objective of that contract and of no other."""

    NAME, TITLE, ID, NEEDED = "indicators", "Indicateurs", "key", ("key", "title")
    CONTENT = ("title", "kind", "breakdown", "unit", "baseline", "target")

    key = Field("key", "Clé")
    objective = Field("objective", "Clé de l’objectif")
    objective_code = Field("objective_code", "Code de l’objectif", readonly=True)
    objective_title = Field("objective_title", "Intitulé de l’objectif", readonly=True)
    title = Field("title", "Intitulé")
    kind = Field("kind", "Nature", ChoiceWidget(Indicator.Kind.choices))
    breakdown = Field("breakdown", "Ventilation", ListWidget(Indicator.Breakdown.values))
    unit = Field("unit", "Unité")
    baseline = Field("baseline", "Valeur de référence")
    target = Field("target", "Cible")

    def read_lines(self) -> list[SimpleNamespace]:
        """In reading order."""
        self.outline = Outline(self.contract)
        order = {node.pk: rank for rank, node in enumerate(self.outline.nodes)}
        rows = Indicator.objects.filter(contract=self.contract).select_related("contract")
        return [self._line(one) for one in sorted(rows, key=lambda one: (order[one.objective_id], one.position))]

    def _line(self, indicator: Indicator) -> SimpleNamespace:
        node = self.outline.by_pk[indicator.objective_id]
        place = {"objective": node.key, "objective_code": node.code or "", "objective_title": node.title}
        own = {name: getattr(indicator, name) for name in ("key", *self.CONTENT)}
        return SimpleNamespace(thing=indicator, **place, **own)

    def blank(self) -> SimpleNamespace:
        """Without breakdown."""
        line = super().blank()
        line.breakdown = []
        return line

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Finds the objective within the contract, by key, else by code. Raises ValidationError when there is none."""
        key, code = (row.get(self.fields[name].column_name) or "" for name in ("objective", "objective_code"))
        if not row.get("Clé") and not key and not code:
            raise ValidationError("Dites sous quel objectif va ce nouvel indicateur (sa clé ou son code).")
        if row.get("Clé") and row["Clé"] not in self.known:
            said = "laissez la clé vide pour ajouter un indicateur."
            raise ValidationError(f"Aucun indicateur de ce contrat n’a la clé « {row['Clé']} » ; {said}")
        if key and key not in self.outline.by_key:
            raise ValidationError(f"Aucun objectif de ce contrat n’a la clé « {key} ».")
        if not key and code and not row.get("Clé"):
            row["Clé de l’objectif"] = self.outline.find(code).key
        elif not key:
            row["Clé de l’objectif"] = self.known[row["Clé"]].objective

    def add(self, line: SimpleNamespace) -> None:
        """A new indicator, last of its objective."""
        values = self._values(line)
        if not values["title"]:
            raise ValidationError("Donnez l’intitulé de cet indicateur.")
        add_indicator(self._objective(line), by=self.by, **values)

    def change(self, line: SimpleNamespace, stored: SimpleNamespace) -> None:
        """What differs, and its objective."""
        values, kept = self._values(line), self._values(stored)
        if not values["title"]:
            raise ValidationError("Donnez l’intitulé de cet indicateur.")
        if changes := {name: value for name, value in values.items() if value != kept[name]}:
            change_indicator(stored.thing, by=self.by, revision=None, **changes)
        if line.objective != stored.objective:
            move_indicator(stored.thing, position=None, under=self._objective(line), by=self.by, revision=None)

    def _values(self, line: SimpleNamespace) -> dict[str, Any]:
        return {name: getattr(line, name) for name in self.CONTENT} | {"kind": line.kind or "other"}

    def _objective(self, line: SimpleNamespace) -> Objective:
        node = self.outline.by_key[line.objective]
        return Objective.objects.select_related("contract").get(pk=node.pk)


SHEETS: dict[str, type[SheetResource]] = {one.NAME: one for one in (TagSheet, NeighbourhoodSheet, IndicatorSheet)}
