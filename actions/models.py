"""The draft's actions and the clauses of its cahier des charges."""

from django.db import models

from document.nodes import TITLE_LENGTH, WORD_LENGTH
from objectives.models import Held, Objective
from objectives.items import Item


class Action(Item):
    """An action of an objective; `code` is what is printed, NULL where nothing is."""

    code = models.CharField("code imprimé", max_length=WORD_LENGTH, null=True, blank=True)
    title = models.CharField("intitulé", max_length=TITLE_LENGTH)
    description = models.TextField("description", blank=True)

    class Meta(Item.Meta):
        abstract = False
        verbose_name = "action"
        verbose_name_plural = "actions"

    def __str__(self) -> str:
        return f"{self.code} {self.title}" if self.code else self.title


class ActionReference(Held):
    """A « Cf. … » of an action, with the objectives it names."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="references")
    text = models.TextField("texte du renvoi")
    targets = models.ManyToManyField(Objective, through="ActionReferenceTarget", related_name="cited_by_actions")

    class Meta(Held.Meta):
        verbose_name = "renvoi d’action"
        verbose_name_plural = "renvois d’actions"

    def __str__(self) -> str:
        return self.text


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

    text = models.TextField("texte")

    class Meta(Item.Meta):
        abstract = False
        verbose_name = "clause du cahier des charges"
        verbose_name_plural = "clauses du cahier des charges"

    def __str__(self) -> str:
        return self.text
