"""The change log and the lock: every verb runs inside `changing`, which locks the contract's row and writes one row of log."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from objectives.access import require
from objectives.models import Change, Contract


class Stale(Exception):
    """The change names an old revision: someone has changed the same thing since. Nothing was written."""

    def __init__(self, kept: Any, revision: int) -> None:
        self.kept, self.revision = kept, revision
        super().__init__(
            f"« {kept} » a été modifié entre-temps (révision {kept.revision}, la vôtre était la {revision}). "
            "Rien n’a été enregistré : relisez la version actuelle, puis reprenez votre modification."
        )


class Refused(ValidationError):
    """A change that cannot be made; the message says why and how to mend it."""


class Entry:
    """What a verb tells the log of its change; the revision is given to all that the change touches."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.revision = contract.revision + 1
        self.key = ""
        self.before: Any = None
        self.after: Any = None


@contextmanager
def changing(contract: Contract, verb: str, *, by: User | None, right: str = "edit") -> Iterator[Entry]:
    """One change of a draft, in one transaction: checks the right, locks the contract's row, gives the next revision, logs.

    Nodes must be read inside: what was read before the lock may be stale. `by` None is the system. The contract's revision
    only grows, so a revision names one state of one object for ever.
    """
    require(by, right, contract)
    with transaction.atomic():
        locked = Contract.objects.select_for_update().get(pk=contract.pk)
        entry = Entry(locked)
        yield entry
        Contract.objects.filter(pk=locked.pk).update(revision=entry.revision)
        Change.objects.create(
            contract=locked,
            revision=entry.revision,
            by=by,
            verb=verb,
            key=entry.key,
            before=entry.before,
            after=entry.after,
        )
    contract.revision = entry.revision


def check_revision(kept: Any, revision: int | None) -> None:
    """Raises Stale unless the object is still at that revision; None: the caller has just read it under the lock."""
    if revision is not None and kept.revision != revision:
        raise Stale(kept, revision)
