"""What every output is a function of: a document, and which version of it this is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from document.codec import digest, encode
from document.nodes import Document
from drafts.read import read_draft
from objectives.models import Change, Contract
from publications.models import Publication
from publications.templatetags.french import written_day, written_hour

LICENCE = "Licence Ouverte 2.0 (Etalab)"


@dataclass(frozen=True, slots=True)
class Edition:
    """A document with the name of its version; `number` None: the draft, whose last change was made at `at`."""

    document: Document
    digest: str
    at: datetime
    number: int | None = None
    label: str = ""
    in_force_on: date | None = None
    note: str = ""
    #: Of a draft, its revision.
    revision: int | None = None

    @property
    def is_draft(self) -> bool:
        """Whether this is the draft, which no output may show as the contract's text."""
        return self.number is None

    @property
    def slug(self) -> str:
        """The contract's slug."""
        return self.document.contract.slug

    @property
    def version(self) -> str:
        """« version 2, Avenant n° 1 », or « brouillon du 24 novembre 2025 à 9 h 30 »."""
        if self.number is None:
            return f"brouillon du {written_hour(self.at)}"
        return f"version {self.number}, {self.label}"

    @property
    def marking(self) -> str:
        """What each page to print says of itself: the version, or that this is a working document and of when."""
        return f"document de travail, {self.version}" if self.is_draft else self.version

    @property
    def credit(self) -> str:
        """The line that goes with every copy: source, date and licence (Licence Ouverte 2.0), which a draft has not."""
        source = f"Source : {settings.SITE['publisher']}, « {self.document.contract.title} », {self.version}"
        if self.is_draft:
            return f"{source}. Document de travail : ce texte n’est pas publié et peut encore changer."
        return f"{source} ; publication du {written_day(self.at)}. {LICENCE}."


def edition_of(publication: Publication) -> Edition:
    """A publication's edition; what of it is not loaded yet is, in one query."""
    if missing := publication.get_deferred_fields():
        publication.refresh_from_db(fields=missing)
    return Edition(
        document=publication.document,
        digest=publication.digest,
        at=publication.published_at,
        number=publication.number,
        label=publication.label,
        in_force_on=publication.in_force_on,
        note=publication.note,
    )


def draft_edition(contract: Contract) -> Edition:
    """The draft's edition, now; for those with the right to read it."""
    with transaction.atomic():
        document = read_draft(contract)  # takes the lock: the last change is then that of what was read
        last = Change.objects.filter(contract=contract).values_list("revision", "at").first()
    revision, at = last or (0, timezone.now())  # a contract that no verb has touched yet
    return Edition(document=document, digest=digest(encode(document)), at=at, revision=revision)
