"""What was published: frozen documents, the entries that find them, and the files made of them."""

import gzip
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from document.codec import decode
from document.nodes import TITLE_LENGTH, WORD_LENGTH, Document
from objectives.models import Contract


class Frozen(TypeError):
    """An attempt to alter what was published."""


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Reads of publications; writes are refused."""

    def public(self) -> "PublicationQuerySet":
        """Those that everyone may read."""
        return self.filter(visibility=Publication.Visibility.PUBLIC)

    def in_force(self, on: date | None = None) -> "PublicationQuerySet":
        """For each contract, among these rows' visibility: the one in force on that day (default: today).

        In force: the latest date of effect that has come; of two of the same date, the higher number.
        """
        day = on or timezone.localdate()
        begun = self.filter(in_force_on__lte=day)
        later = Publication.objects.filter(
            Q(in_force_on__gt=OuterRef("in_force_on"))
            | Q(in_force_on=OuterRef("in_force_on"), number__gt=OuterRef("number")),
            contract=OuterRef("contract"),
            in_force_on__lte=day,
            visibility=OuterRef("visibility"),
        )
        return begun.exclude(Exists(later))

    def current(self) -> "PublicationQuerySet":
        """For each contract, the public one that a visitor reads first: in force today, or the first to come."""
        day = timezone.localdate()
        others = Publication.objects.public().filter(contract=OuterRef("contract"))
        begun = others.filter(in_force_on__lte=day)
        better = begun.filter(
            Q(in_force_on__gt=OuterRef("in_force_on"))
            | Q(in_force_on=OuterRef("in_force_on"), number__gt=OuterRef("number"))
        )
        sooner = others.filter(
            Q(in_force_on__lt=OuterRef("in_force_on"))
            | Q(in_force_on=OuterRef("in_force_on"), number__gt=OuterRef("number"))
        )
        return self.public().filter(
            Q(~Exists(better), in_force_on__lte=day) | Q(~Exists(begun), ~Exists(sooner), in_force_on__gt=day)
        )

    def update(self, **_: Any) -> int:
        """Refused."""
        raise Frozen("Une publication ne se modifie pas : publiez une nouvelle version.")

    def delete(self) -> Any:
        """Refused."""
        raise Frozen("Une publication ne se supprime pas : publiez une nouvelle version.")

    bulk_update = update


class Publication(models.Model):
    """A document frozen for ever under a number: `content` is its canonical JSON, gzipped; `digest` the JSON's SHA-256."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", "tout le monde"
        MEMBERS = "members", "les membres du contrat"

    contract = models.ForeignKey(
        Contract, verbose_name="contrat", on_delete=models.PROTECT, related_name="publications"
    )
    number = models.PositiveIntegerField("numéro")
    label = models.CharField("libellé", max_length=WORD_LENGTH)
    in_force_on = models.DateField("date d’effet")
    note = models.TextField("note", blank=True)
    visibility = models.CharField("visible par", max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC)
    published_at = models.DateTimeField("publiée le", auto_now_add=True)
    #: NULL: published by a command of the system.
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="publiée par", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: The draft's revision that was frozen: the draft has since changed when the contract's is higher.
    revision = models.PositiveBigIntegerField("révision du brouillon")
    title = models.CharField("titre", max_length=TITLE_LENGTH)
    territory = models.CharField("territoire", max_length=TITLE_LENGTH)
    start_year = models.PositiveSmallIntegerField("première année", null=True)
    end_year = models.PositiveSmallIntegerField("dernière année", null=True)
    counts = models.JSONField("effectifs")
    digest = models.CharField("empreinte", max_length=64)
    content = models.BinaryField("document")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "publication"
        verbose_name_plural = "publications"
        ordering = ["contract", "-number"]
        constraints = [models.UniqueConstraint(fields=["contract", "number"], name="publication_number_once")]
        indexes = [
            models.Index(F("contract"), F("in_force_on").desc(), F("number").desc(), name="publication_in_force")
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row; refuses to change one."""
        if self.pk is not None:
            raise Frozen("Une publication ne se modifie pas : publiez une nouvelle version.")
        super().save(*args, force_insert=True, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refused."""
        raise Frozen("Une publication ne se supprime pas : publiez une nouvelle version.")

    @property
    def json(self) -> bytes:
        """The canonical JSON, as it was frozen."""
        return gzip.decompress(self.content)

    @property
    def document(self) -> Document:
        """The frozen document; a value, shared by all who read that digest."""
        return _read(self.digest, bytes(self.content))


@lru_cache(maxsize=64)
def _read(digest: str, content: bytes) -> Document:
    return decode(gzip.decompress(content))


class Entry(models.Model):
    """A row of a publication that lists, filters and search find: an objective, an action, a clause or an indicator."""

    class Kind(models.TextChoices):
        OBJECTIVE = "objective", "objectif"
        ACTION = "action", "action"
        CLAUSE = "clause", "clause"
        INDICATOR = "indicator", "indicateur"

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="entries")
    #: Rank in the reading order of the document, over all kinds.
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=WORD_LENGTH)
    #: The key of the objective that holds it; an objective's own key.
    objective_key = models.CharField(max_length=WORD_LENGTH)
    level = models.CharField(max_length=WORD_LENGTH)
    code = models.CharField(max_length=WORD_LENGTH, null=True)
    #: What is printed first: a title, or a clause's text.
    title = models.TextField()
    #: The tags of the objective that holds it, folded, each between bars: « |npnru|pre| ».
    tags = models.TextField(blank=True)
    #: All its words, folded by `entries.fold`: what is searched.
    words = models.TextField()
    #: Its flat form, as the API gives it.
    data = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "kind", "key"], name="entry_once")]
        indexes = [models.Index(fields=["publication", "position"], name="entry_in_order")]

    def __str__(self) -> str:
        return f"{self.code or self.key} {self.title}"


class Rendition(models.Model):
    """A file made of a publication, once: the whole or a branch, in one make. Kept, and made again when the make changes."""

    class State(models.TextChoices):
        RUNNING = "running", "en préparation"
        DONE = "done", "prêt"
        FAILED = "failed", "échoué"

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="renditions")
    #: What it is and the version of its make: « pdf:2 », « pdf:2:1-1 » for a branch.
    name = models.CharField(max_length=2 * WORD_LENGTH)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    content = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "name"], name="rendition_once")]

    def __str__(self) -> str:
        return f"{self.publication} : {self.name}"
