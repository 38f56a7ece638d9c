"""What every output is a function of: a document, and which version of it this is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from document.codec import digest, encode
from document.nodes import Document
from drafts.read import read_draft
from objectives.models import Contract
from publications.models import Publication
from publications.templatetags.french import written_day

LICENCE = "Licence Ouverte 2.0 (Etalab)"


@dataclass(frozen=True, slots=True)
class Edition:
    """A document with the name of its version; `number` None: the draft, as it stood at `at`."""

    document: Document
    digest: str
    at: datetime
    number: int | None = None
    label: str = ""
    in_force_on: date | None = None
    note: str = ""

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
        """« version 2, Avenant n° 1 », or « brouillon du 24 novembre 2025 »."""
        if self.number is None:
            return f"brouillon du {written_day(self.at)}"
        return f"version {self.number}, {self.label}"

    @property
    def credit(self) -> str:
        """The line of source and licence that goes with every copy (Licence Ouverte 2.0: source and date)."""
        source = f"{settings.SITE['publisher']}, « {self.document.contract.title} », {self.version}"
        return f"Source : {source} ; {'état' if self.is_draft else 'publication'} du {written_day(self.at)}. {LICENCE}."


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
    document = read_draft(contract)
    return Edition(document=document, digest=digest(encode(document)), at=timezone.now())
