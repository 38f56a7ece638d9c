"""Publishing: freezes the draft of a contract under the next number, with the entries that find it."""

import gzip
from datetime import date

from accounts.models import User
from document.checks import Finding, check
from document.codec import digest, encode
from document.walk import count
from drafts.read import read_draft
from objectives.changes import Refused, changing, check_revision
from objectives.models import Contract
from publications.entries import entries_of
from publications.models import Entry, Publication


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
    """Freezes the draft and returns its publication. Draft, number and entries are taken in one transaction, under lock.

    Raises NotPublishable with every grave finding, Stale if the draft is no longer at `revision` (the one that was shown),
    NotAllowed without the right, Refused for an empty label.
    """
    label = " ".join(label.split())
    if not label:
        raise Refused("Donnez un libellé à cette version, par exemple « Avenant n° 1 ».")
    if visibility not in Publication.Visibility.values:
        raise Refused("Choisissez qui peut lire cette version.")
    with changing(contract, "publish", by=by, right="publish") as entry:
        kept = Contract.objects.select_related("territory").get(pk=contract.pk)
        check_revision(kept, revision)
        document = read_draft(kept)
        grave = [finding for finding in check(document) if finding.severity == "grave"]
        if grave:
            raise NotPublishable(grave)
        content = encode(document)
        last = Publication.objects.filter(contract=kept).order_by("-number").first()
        publication = Publication(
            contract=kept,
            number=last.number + 1 if last else 1,
            label=label,
            in_force_on=in_force_on,
            note=note.strip(),
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
        Entry.objects.bulk_create(entries_of(publication, document), batch_size=1000)
        entry.after = {"number": publication.number, "digest": publication.digest, "label": label}
    return publication
