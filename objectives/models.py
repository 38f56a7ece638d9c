"""The draft's tree: one row an objective, with its contract, its words and what hangs on it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from document.nodes import NAME_LENGTH, TITLE_LENGTH, WORD_LENGTH
from objectives.frozen import FrozenQuerySet, FrozenRow
from objectives.tree import Node, NodeManager


class Territory(models.Model):
    """The territory of one or several contracts: an intercommunality."""

    name = models.CharField("nom", max_length=NAME_LENGTH, unique=True)

    class Meta:
        verbose_name = "territoire"
        verbose_name_plural = "territoires"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Contract(models.Model):
    """A contrat de ville as it is being written. `revision` grows with every change of anything it holds."""

    slug = models.SlugField("adresse", max_length=WORD_LENGTH, unique=True)
    territory = models.ForeignKey(
        Territory, verbose_name="territoire", on_delete=models.PROTECT, related_name="contracts"
    )
    title = models.CharField("titre", max_length=TITLE_LENGTH)
    start_year = models.PositiveSmallIntegerField("première année", null=True, blank=True)
    end_year = models.PositiveSmallIntegerField("dernière année", null=True, blank=True)
    summary = models.TextField("présentation", blank=True)
    sources = models.JSONField("sources", default=list, blank=True)
    remarks = models.JSONField("remarques", default=list, blank=True)
    revision = models.PositiveBigIntegerField("révision", default=0, editable=False)

    class Meta:
        verbose_name = "contrat"
        verbose_name_plural = "contrats"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class IssuedKey(models.Model):
    """A key that was given in a contract to an objective, an action, a clause or an indicator: never given again."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="issued_keys")
    key = models.CharField(max_length=WORD_LENGTH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "key"], name="issued_key_once")]

    def __str__(self) -> str:
        return self.key


class Held(models.Model):
    """What belongs to one contract, in an order."""

    position = models.PositiveIntegerField("rang", default=0, editable=False)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class Level(Held):
    """A level of the tree in the contract's own words; `numbering` is NULL where its nodes bear no code."""

    contract = models.ForeignKey(Contract, verbose_name="contrat", on_delete=models.CASCADE, related_name="levels")
    key = models.CharField("clé", max_length=WORD_LENGTH)
    name = models.CharField("nom", max_length=WORD_LENGTH)
    plural = models.CharField("pluriel", max_length=WORD_LENGTH)
    numbering = models.CharField("numérotation", max_length=WORD_LENGTH, null=True, blank=True)

    class Meta(Held.Meta):
        verbose_name = "niveau"
        verbose_name_plural = "niveaux"
        constraints = [
            models.UniqueConstraint(fields=["contract", "key"], name="level_key_once"),
            # What the composite foreign key (contract, level) of an objective refers to.
            models.UniqueConstraint(fields=["contract", "id"], name="level_of_contract"),
        ]

    def __str__(self) -> str:
        return self.name


class Neighbourhood(Held):
    """A quartier prioritaire that the contract covers: the list differs from one contract to the next."""

    contract = models.ForeignKey(
        Contract, verbose_name="contrat", on_delete=models.CASCADE, related_name="neighbourhoods"
    )
    code = models.CharField("code", max_length=WORD_LENGTH, help_text="QP ou QN suivi de six caractères.")
    name = models.CharField("nom", max_length=WORD_LENGTH)

    class Meta(Held.Meta):
        verbose_name = "quartier prioritaire"
        verbose_name_plural = "quartiers prioritaires"
        constraints = [models.UniqueConstraint(fields=["contract", "code"], name="neighbourhood_code_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Tag(models.Model):
    """A scheme (NPNRU, PRE…) or a theme (jeunesse…) by which objectives of one contract are found."""

    contract = models.ForeignKey(Contract, verbose_name="contrat", on_delete=models.CASCADE, related_name="tags")
    name = models.CharField("nom", max_length=WORD_LENGTH)

    class Meta:
        verbose_name = "étiquette"
        verbose_name_plural = "étiquettes"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["contract", "name"], name="tag_name_once")]

    def __str__(self) -> str:
        return self.name


class ObjectiveQuerySet(NodeManager._queryset_class):
    """Reads as prose: `Objective.objects.of(contract).roots()`."""

    def of(self, contract: Contract) -> "ObjectiveQuerySet":
        """The objectives of that contract."""
        return self.filter(contract=contract)


class Objective(Node):
    """A node of the draft's tree, whatever its level; `code` is what is printed, NULL where nothing is."""

    contract = models.ForeignKey(Contract, verbose_name="contrat", on_delete=models.CASCADE, related_name="objectives")
    key = models.CharField("clé", max_length=WORD_LENGTH, editable=False)
    level = models.ForeignKey(Level, verbose_name="niveau", on_delete=models.PROTECT, related_name="objectives")
    code = models.CharField("code imprimé", max_length=WORD_LENGTH, null=True, blank=True)
    title = models.CharField("intitulé", max_length=TITLE_LENGTH, blank=True)
    description = models.TextField("description", blank=True)
    transversal = models.BooleanField("transversal", default=False)
    tags = models.ManyToManyField(Tag, through="ObjectiveTag", related_name="objectives", verbose_name="étiquettes")
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, through="ObjectiveNeighbourhood", related_name="objectives", verbose_name="quartiers"
    )
    remarks = models.JSONField("remarques", default=list, blank=True)
    revision = models.PositiveBigIntegerField("révision", default=0, editable=False)

    objects = NodeManager.from_queryset(ObjectiveQuerySet)()

    class Meta:
        verbose_name = "objectif"
        verbose_name_plural = "objectifs"
        indexes = [models.Index(fields=["tree_id", "lft"], name="objective_tree")]
        constraints = [
            models.UniqueConstraint(fields=["contract", "key"], name="objective_key_once"),
            models.UniqueConstraint(
                fields=["tree_id"], condition=models.Q(parent=None), name="objective_tree_has_one_root"
            ),
            # What the composite foreign keys (contract, parent) refer to: a node keeps to its contract.
            models.UniqueConstraint(fields=["contract", "id"], name="objective_of_contract"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}" if self.code else self.title


class ObjectiveTag(Held):
    """A tag of an objective, at its rank."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")

    class Meta(Held.Meta):
        constraints = [models.UniqueConstraint(fields=["objective", "tag"], name="objective_tag_once")]

    def __str__(self) -> str:
        return f"{self.tag}"


class ObjectiveNeighbourhood(Held):
    """A quartier that an objective concerns, at its rank."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="locations")
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.CASCADE, related_name="locations")

    class Meta(Held.Meta):
        constraints = [
            models.UniqueConstraint(fields=["objective", "neighbourhood"], name="objective_neighbourhood_once")
        ]

    def __str__(self) -> str:
        return f"{self.neighbourhood}"


class DeclaredCount(Held):
    """A count that the text states of itself; `objective` is NULL when the whole contract states it."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="declared")
    objective = models.ForeignKey(Objective, null=True, blank=True, on_delete=models.CASCADE, related_name="declared")
    of = models.CharField("de quoi", max_length=WORD_LENGTH)
    count = models.PositiveIntegerField("nombre annoncé")

    class Meta(Held.Meta):
        verbose_name = "effectif annoncé"
        verbose_name_plural = "effectifs annoncés"

    def __str__(self) -> str:
        return f"{self.count} {self.of}"


class Note(Held):
    """A mention under an objective: a funding priority, a limit of scope, or other."""

    class Kind(models.TextChoices):
        FUNDING = "funding", "financement"
        SCOPE = "scope", "périmètre"
        OTHER = "other", "autre"

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField("nature", max_length=10, choices=Kind.choices, default=Kind.OTHER)
    text = models.TextField("texte")

    class Meta(Held.Meta):
        verbose_name = "mention"
        verbose_name_plural = "mentions"

    def __str__(self) -> str:
        return self.text


class Citation(Held):
    """A « Cf. … », whoever makes it: its text, with the objectives it names (`targets`, each at its rank)."""

    #: The field that says whose it is.
    OWNER: ClassVar[str]

    text = models.TextField("texte du renvoi")

    class Meta(Held.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.text


class CrossReference(Citation):
    """A « Cf. … » of an objective."""

    OWNER = "objective"

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="references")
    targets = models.ManyToManyField(Objective, through="CrossReferenceTarget", related_name="cited_by")

    class Meta(Citation.Meta):
        abstract = False
        verbose_name = "renvoi"
        verbose_name_plural = "renvois"


class CrossReferenceTarget(Held):
    """An objective that a reference names, at its rank."""

    reference = models.ForeignKey(CrossReference, on_delete=models.CASCADE, related_name="target_rows")
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="citations")

    class Meta(Held.Meta):
        constraints = [models.UniqueConstraint(fields=["reference", "objective"], name="reference_target_once")]

    def __str__(self) -> str:
        return f"{self.objective}"


class TokenContract(models.Model):
    """A contract to which its owner limited a token."""

    token = models.ForeignKey("accounts.Token", on_delete=models.CASCADE, related_name="chosen")
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "contract"], name="token_contract_once")]

    def __str__(self) -> str:
        return f"{self.contract}"


class Membership(models.Model):
    """What a person may do in a contract."""

    class Role(models.TextChoices):
        READER = "reader", "lecteur"
        EDITOR = "editor", "rédacteur"
        MANAGER = "manager", "responsable"

    contract = models.ForeignKey(Contract, verbose_name="contrat", on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField("rôle", max_length=10, choices=Role.choices, default=Role.READER)

    class Meta:
        verbose_name = "membre"
        verbose_name_plural = "membres"
        ordering = ["contract", "user"]
        constraints = [models.UniqueConstraint(fields=["contract", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class ChangeManager(models.Manager.from_queryset(FrozenQuerySet)):
    """The log without the drafts that some of its rows keep: each is read from the database when it is asked for."""

    def get_queryset(self) -> FrozenQuerySet:
        """Its rows."""
        return super().get_queryset().defer("draft")


class Change(FrozenRow):
    """One row of the change log, which only grows: who did what to which key, with its value before and after."""

    contract = models.ForeignKey(Contract, verbose_name="contrat", on_delete=models.PROTECT, related_name="changes")
    revision = models.PositiveBigIntegerField("révision")
    at = models.DateTimeField("le", auto_now_add=True)
    #: NULL: a command of the system, with no person behind it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="par", null=True, on_delete=models.PROTECT, related_name="changes"
    )
    verb = models.CharField("geste", max_length=40)
    key = models.CharField("clé", max_length=WORD_LENGTH, blank=True)
    before = models.JSONField("avant", null=True)
    after = models.JSONField("après", null=True)
    #: The revision of the first change of the gesture that this one is part of; NULL: a gesture of its own.
    gesture = models.PositiveBigIntegerField("geste commencé à la révision", null=True)
    #: The revision of the change that this one undoes; NULL: it undoes none.
    undoes = models.PositiveBigIntegerField("annule la révision", null=True)
    #: The whole draft as it stood before, as gzipped canonical JSON; NULL where `before` says all.
    draft = models.BinaryField("brouillon d’avant", null=True)

    objects = ChangeManager()

    class Meta:
        verbose_name = "modification"
        verbose_name_plural = "modifications"
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["contract", "revision"], name="change_revision_once")]
        indexes = [models.Index(fields=["contract", "key"], name="change_of_key")]

    def __str__(self) -> str:
        return f"{self.verb} {self.key}"


class Presence(models.Model):
    """Someone who is changing an objective at this moment; it says nothing once it is a minute old, and then it goes.

    By `key` and not by row: what is deleted under someone's hands is still what they were about.
    """

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="presences")
    key = models.CharField(max_length=WORD_LENGTH)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="presences")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "key", "user"], name="presence_once")]
        indexes = [models.Index(fields=["seen_at"], name="presence_by_age")]

    def __str__(self) -> str:
        return f"{self.user} ({self.key})"
