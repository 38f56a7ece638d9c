"""What was published: frozen documents, the links that share them, the entries that find them, their files."""

import gzip
import hashlib
import secrets
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.utils import timezone

from accounts.models import User
from document.codec import decode
from document.nodes import TITLE_LENGTH, WORD_LENGTH, Document
from objectives.access import contracts_for
from objectives.frozen import FrozenQuerySet, FrozenRow
from objectives.models import Contract


class PublicationQuerySet(FrozenQuerySet):
    """Reads of publications; writes are refused."""

    def public(self) -> "PublicationQuerySet":
        """Those that everyone may read."""
        return self.filter(visibility=Publication.Visibility.PUBLIC)

    def readable_by(self, user: User | AnonymousUser) -> "PublicationQuerySet":
        """Those that person may read: the public ones, and all of the contracts whose draft they may read."""
        return self.filter(
            Q(visibility=Publication.Visibility.PUBLIC) | Q(contract__in=contracts_for(user, "read").order_by())
        )

    def in_force(self, on: date | None = None) -> "PublicationQuerySet":
        """Of these rows, those in force on that day (default: today): at most one public and one kept a contract.

        In force: the latest date of effect that has come; of two of the same date, the higher number. What is public
        and what is not do not replace each other.
        """
        begun = Publication.objects.filter(
            contract=OuterRef("contract"), in_force_on__lte=on or timezone.localdate()
        ).order_by("-in_force_on", "-number")
        everyone = Q(visibility=Publication.Visibility.PUBLIC)
        return self.filter(
            everyone & Q(pk=Subquery(begun.filter(everyone).values("pk")[:1]))
            | ~everyone & Q(pk=Subquery(begun.exclude(everyone).values("pk")[:1]))
        )

    def current(self) -> "PublicationQuerySet":
        """For each contract, the public one that a visitor reads first: in force today, else the first to come."""
        begun = Case(When(in_force_on__lte=timezone.localdate(), then=F("in_force_on")))
        public = Publication.objects.public().filter(contract=OuterRef("contract"))
        best = public.order_by(begun.desc(nulls_last=True), "in_force_on", "-number")
        return self.filter(pk=Subquery(best.values("pk")[:1]))


class Publication(FrozenRow):
    """A document frozen under a number: `content` is its canonical JSON, gzipped; `digest` is the JSON's SHA-256."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", "tout le monde"
        MEMBERS = "members", "les membres du contrat"
        LINK = "link", "les membres du contrat et les porteurs d’un lien de partage"

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

    @property
    def json(self) -> bytes:
        """The canonical JSON, as it was frozen."""
        return gzip.decompress(self.content)

    @property
    def document(self) -> Document:
        """The frozen document; a value, shared by all who read that digest."""
        return _read(self.digest, bytes(self.content))


class ShareLinkManager(models.Manager["ShareLink"]):
    """Issues links and finds them again by their secret."""

    def issue(self, publication: Publication, *, label: str, by: User | None) -> tuple["ShareLink", str]:
        """A new link and its secret, which is shown this once and kept only as a digest."""
        secret = secrets.token_urlsafe(32)
        return self.create(publication=publication, label=label, created_by=by, digest=_digest(secret)), secret

    def opened_by(self, secret: str) -> "ShareLink | None":
        """The link of that secret, unless it was revoked."""
        links = self.select_related("publication__contract").defer("publication__content")
        return links.filter(digest=_digest(secret), revoked_at=None).first()


class ShareLink(models.Model):
    """A way into one publication without an account: whoever holds its secret may read it, until it is revoked."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="share_links")
    label = models.CharField("pour qui", max_length=WORD_LENGTH)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    #: NULL: made by a command of the system.
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    #: NULL: it still opens.
    revoked_at = models.DateTimeField("révoqué le", null=True)

    objects = ShareLinkManager()

    class Meta:
        verbose_name = "lien de partage"
        verbose_name_plural = "liens de partage"
        ordering = ["publication", "pk"]

    def __str__(self) -> str:
        return self.label


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


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


class RenditionQuerySet(models.QuerySet["Rendition"]):
    """Reads of the files that are kept."""

    def of(self, source: Publication | Contract) -> "RenditionQuerySet":
        """Those made of that publication, or of the draft of that contract."""
        return self.filter(**{source._meta.model_name: source})


class Rendition(models.Model):
    """A file made of a publication or of a draft: kept, and made again when its make, or the draft, changes."""

    class State(models.TextChoices):
        QUEUED = "queued", "en attente"
        RUNNING = "running", "en préparation"
        DONE = "done", "prêt"
        FAILED = "failed", "échoué"

    #: NULL: made of a draft.
    publication = models.ForeignKey(Publication, null=True, on_delete=models.CASCADE, related_name="renditions")
    #: The contract of whose draft it is made; NULL: made of a publication.
    contract = models.ForeignKey(Contract, null=True, on_delete=models.CASCADE, related_name="renditions")
    #: The revision of the draft that it shows, or that it will at least; NULL: made of a publication.
    revision = models.PositiveBigIntegerField(null=True)
    #: What it is, the version of its make, which one: « pdf:1f3a9c02d4e7 », « pdf:1f3a9c02d4e7:1-1 » for a branch,
    #: « pdfa:1f3a9c02d4e7 » for the archival one, « composed:1f3a9c02d4e7:… » with the digest of its choices.
    name = models.CharField(max_length=2 * WORD_LENGTH)
    #: Of a composed document, what it is composed of (`Composition.query`); "" for the others.
    choices = models.TextField(default="", blank=True)
    #: How far its making is, from 0 (it waits) to `making.STEPS`.
    step = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    #: When the process that makes it took it; until then, when it was asked for.
    started_at = models.DateTimeField(default=timezone.now)
    #: NULL: neither made nor failed yet.
    finished_at = models.DateTimeField(null=True)
    #: The file; of one that failed, why, in French.
    content = models.BinaryField(default=b"")

    objects = RenditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "name"], name="rendition_once"),
            models.UniqueConstraint(fields=["contract", "name"], name="rendition_of_draft_once"),
            models.CheckConstraint(
                condition=Q(publication__isnull=False, contract__isnull=True, revision__isnull=True)
                | Q(publication__isnull=True, contract__isnull=False, revision__isnull=False),
                name="rendition_of_one_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} : {self.name}"

    @property
    def source(self) -> Publication | Contract:
        """What it is made of; a contract stands for its draft."""
        return self.publication or self.contract
