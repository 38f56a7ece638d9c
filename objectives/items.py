"""What hangs under an objective, whatever its kind: the fields that actions, clauses and indicators share."""

from django.db import models

from document.nodes import WORD_LENGTH
from objectives.models import Contract, Held, Objective


class Item(Held):
    """An item of an objective, with a key of its own and a rank among its likes."""

    contract = models.ForeignKey(Contract, verbose_name="contrat", on_delete=models.CASCADE, related_name="%(class)ss")
    objective = models.ForeignKey(
        Objective, verbose_name="objectif", on_delete=models.CASCADE, related_name="%(class)ss"
    )
    key = models.CharField("clé", max_length=WORD_LENGTH, editable=False)
    remarks = models.JSONField("remarques", default=list, blank=True)
    revision = models.PositiveBigIntegerField("révision", default=0, editable=False)

    class Meta(Held.Meta):
        abstract = True
        constraints = [models.UniqueConstraint(fields=["contract", "key"], name="%(class)s_key_once")]
