"""The draft's evaluation indicators."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from document import nodes
from document.nodes import TITLE_LENGTH, WORD_LENGTH
from objectives.items import Item


class Indicator(Item):
    """An evaluation indicator: what will be counted or appreciated, and broken down how."""

    PART, NODE = "indicators", nodes.Indicator

    class Kind(models.TextChoices):
        COUNT = "count", "nombre"
        RATE = "rate", "taux"
        APPRECIATION = "appreciation", "appréciation"
        DOCUMENT = "document", "document"
        OTHER = "other", "autre"

    class Breakdown(models.TextChoices):
        WOMEN_MEN = "F/H", "femmes / hommes"
        GIRLS_BOYS = "F/G", "filles / garçons"

    title = models.CharField("intitulé", max_length=TITLE_LENGTH)
    kind = models.CharField("nature", max_length=20, choices=Kind.choices, default=Kind.OTHER)
    unit = models.CharField("unité", max_length=WORD_LENGTH, blank=True)
    breakdown = models.JSONField("ventilation", default=list, blank=True)
    baseline = models.CharField("valeur de référence", max_length=TITLE_LENGTH, blank=True)
    target = models.CharField("cible", max_length=TITLE_LENGTH, blank=True)

    class Meta(Item.Meta):
        abstract = False
        verbose_name = "indicateur"
        verbose_name_plural = "indicateurs"

    def __str__(self) -> str:
        return self.title

    @classmethod
    def read_nodes(cls, rows: "models.QuerySet[Any]") -> Iterator[tuple[int, nodes.Indicator]]:
        """One query."""
        columns = ("key", "title", "kind", "unit", "baseline", "target")
        listed = rows.order_by("position", "pk").values_list("objective_id", "breakdown", "remarks", *columns)
        for objective, breakdown, remarks, *values in listed:
            yield (
                objective,
                nodes.Indicator(
                    breakdown=tuple(breakdown), remarks=tuple(remarks), **dict(zip(columns, values, strict=True))
                ),
            )

    def write_node(self, node: nodes.Indicator) -> None:
        """Sets all its columns."""
        self.title, self.kind, self.unit = node.title, node.kind, node.unit
        self.baseline, self.target = node.baseline, node.target
        self.breakdown, self.remarks = list(node.breakdown), list(node.remarks)
