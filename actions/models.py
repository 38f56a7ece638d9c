"""The draft's actions and the clauses of its cahier des charges."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from document import nodes
from document.nodes import TITLE_LENGTH, WORD_LENGTH
from objectives.items import Item
from objectives.models import Citation, Held, Objective
from objectives.rows import read_references
from objectives.writing import write_references


class Action(Item):
    """An action of an objective; `code` is what is printed, NULL where nothing is."""

    PART, NODE = "actions", nodes.Action

    code = models.CharField("code imprimé", max_length=WORD_LENGTH, null=True, blank=True)
    title = models.CharField("intitulé", max_length=TITLE_LENGTH)
    description = models.TextField("description", blank=True)

    class Meta(Item.Meta):
        abstract = False
        verbose_name = "action"
        verbose_name_plural = "actions"

    def __str__(self) -> str:
        return f"{self.code} {self.title}" if self.code else self.title

    @classmethod
    def read_nodes(cls, rows: "models.QuerySet[Any]") -> Iterator[tuple[int, nodes.Action]]:
        """Three queries: the actions, their references and the targets of these."""
        references = read_references(ActionReference, ActionReference.objects.filter(action__in=rows.order_by()))
        columns = ("objective_id", "pk", "key", "code", "title", "description", "remarks")
        for objective, pk, key, code, title, description, remarks in rows.order_by("position", "pk").values_list(
            *columns
        ):
            yield (
                objective,
                nodes.Action(
                    key=key,
                    code=code,
                    title=title,
                    description=description,
                    references=tuple(references[pk]),
                    remarks=tuple(remarks),
                ),
            )

    def write_node(self, node: nodes.Action) -> None:
        """Sets code, title, description and remarks."""
        self.code, self.title, self.description = node.code, node.title, node.description
        self.remarks = list(node.remarks)

    def write_parts(self, node: nodes.Action, before: nodes.Action | None = None) -> None:
        """Replaces its references, where they differ."""
        if node.references != (before.references if before else ()):
            write_references(ActionReference, self, node.references)


class ActionReference(Citation):
    """A « Cf. … » of an action."""

    OWNER = "action"

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="references")
    targets = models.ManyToManyField(Objective, through="ActionReferenceTarget", related_name="cited_by_actions")

    class Meta(Citation.Meta):
        abstract = False
        verbose_name = "renvoi d’action"
        verbose_name_plural = "renvois d’actions"


class ActionReferenceTarget(Held):
    """An objective that an action's reference names, at its rank."""

    reference = models.ForeignKey(ActionReference, on_delete=models.CASCADE, related_name="target_rows")
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="action_citations")

    class Meta(Held.Meta):
        constraints = [models.UniqueConstraint(fields=["reference", "objective"], name="action_reference_target_once")]

    def __str__(self) -> str:
        return f"{self.objective}"


class Clause(Item):
    """What an operator commits to: one item of the cahier des charges."""

    PART, NODE = "clauses", nodes.Clause

    text = models.TextField("texte")

    class Meta(Item.Meta):
        abstract = False
        verbose_name = "clause du cahier des charges"
        verbose_name_plural = "clauses du cahier des charges"

    def __str__(self) -> str:
        return self.text

    @classmethod
    def read_nodes(cls, rows: "models.QuerySet[Any]") -> Iterator[tuple[int, nodes.Clause]]:
        """One query."""
        columns = ("objective_id", "key", "text", "remarks")
        for objective, key, text, remarks in rows.order_by("position", "pk").values_list(*columns):
            yield objective, nodes.Clause(key=key, text=text, remarks=tuple(remarks))

    def write_node(self, node: nodes.Clause) -> None:
        """Sets text and remarks."""
        self.text, self.remarks = node.text, list(node.remarks)
