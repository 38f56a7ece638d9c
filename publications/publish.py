"""Publishing: freezes the draft of a contract under the next number, with the entries that find it."""

import gzip
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from document.checks import Finding, check, grave
from document.codec import decode, digest, encode
from document.faults import DocumentError
from document.nodes import TEXT_LENGTH
from document.walk import count
from drafts.read import read_draft
from objectives.changes import Refused, changing, check_revision
from objectives.models import Contract
from objectives.parts import revised
from publications.entries import entries_of
from publications.models import Entry, Publication
from publications.renditions.store import start_pdf


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How a version is called, in the limits of the exchange format."""

    label: str
    note: str = field(metadata={"limit": TEXT_LENGTH})


class NotPublishable(Refused):
    """The draft has grave findings; `findings` are all of them."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__([finding.message for finding in findings])


def publish(
    contract: Contract,
    *,
    label: str,
    in_force_on: date,
    by: User | None,
    note: str = "",
    visibility: str = Publication.Visibility.PUBLIC,
    revision: int | None = None,
) -> Publication:
    """Freezes the draft and returns its publication: draft, number and entries are of one transaction, under the lock.

    Raises NotPublishable with every grave finding, Stale if the draft is no longer at `revision` (the one that was
    shown), NotAllowed without the right, Refused for an empty label.
    """
    named = revised(Naming, {"label": label, "note": note})
    if not named.label:
        raise Refused("Donnez un libellé à cette version, par exemple « Avenant n° 1 ».")
    if visibility not in Publication.Visibility.values:
        raise Refused("Choisissez qui peut lire cette version.")
    with changing(contract, "publish", by=by, right="publish") as entry:
        kept = entry.contract
        check_revision(kept, revision)
        document = read_draft(kept)
        if faults := grave(check(document)):
            raise NotPublishable(faults)
        content = _readable(encode(document))
        last = Publication.objects.filter(contract=kept).aggregate(last=Max("number"))["last"]
        publication = Publication(
            contract=kept,
            number=(last or 0) + 1,
            label=named.label,
            in_force_on=in_force_on,
            note=named.note,
            visibility=visibility,
            published_by=by,
            revision=entry.revision,
            title=document.contract.title,
            territory=document.contract.territory,
            start_year=document.contract.start_year,
            end_year=document.contract.end_year,
            counts=count(document),
            digest=digest(content),
            content=gzip.compress(content, compresslevel=9, mtime=0),
        )
        publication.save()
        Entry.objects.bulk_create(entries_of(publication, document))
        entry.after = {"number": publication.number, "digest": publication.digest, "label": named.label}
    if settings.RENDER_ON_PUBLISH:
        transaction.on_commit(partial(start_pdf, publication), robust=True)
    return publication


def _readable(content: bytes) -> bytes:
    """The content, once it was read back: what is frozen stays readable for ever. Raises Refused with every fault."""
    try:
        decode(content)
    except DocumentError as error:
        raise Refused([str(fault) for fault in error.faults]) from error
    return content
