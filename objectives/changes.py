"""The lock and the log: every verb runs inside `changing`, which locks the contract's row and writes one row of log."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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
        #: The whole draft as it stood, gzipped, where `before` alone does not bring it back.
        self.draft: bytes | None = None

    def kept(self, row: Any) -> Any:
        """That row as it stands now, read under the lock, in this contract alone. Raises Refused when it is gone."""
        try:
            found = type(row).objects.get(pk=row.pk, contract=self.contract)
        except type(row).DoesNotExist as error:
            raise Refused(f"« {row} » n’est pas, ou n’est plus, dans ce contrat.") from error
        found.contract = self.contract
        return found


class Gesture:
    """Changes of one contract that are one step to undo; `undoes` is the revision that the next of them undoes."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.changes: list[Change] = []
        self.undoes: int | None = None


#: The gesture within which this thread (or task) calls verbs.
_open: ContextVar[Gesture | None] = ContextVar("gesture", default=None)


@contextmanager
def gesture(contract: Contract) -> Iterator[Gesture]:
    """Makes one step to undo of the verbs that are called inside on that contract: all of them, or none.

    The lock is taken first, so that what is read inside stays true until the last of them.
    """
    if _open.get() is not None:
        raise RuntimeError("Un geste ne s’ouvre pas à l’intérieur d’un autre.")
    shown = contract.revision
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        whole = Gesture(contract)
        token = _open.set(whole)
        try:
            yield whole
            if whole.changes:
                contract.revision = whole.changes[-1].revision
        except BaseException:
            contract.revision = shown  # what the verbs inside have counted is rolled back
            raise
        finally:
            _open.reset(token)


@contextmanager
def changing(contract: Contract, verb: str, *, by: User | None, right: str = "edit") -> Iterator[Entry]:
    """One change of a draft, in one transaction: locks the contract's row, checks the right, gives a revision, logs.

    Nodes must be read inside, by `entry.kept`: what was read before the lock may be stale. `by` None is the system.
    The contract's revision only grows, so a revision names one state of one object for ever. A verb that leaves
    `before` equal to `after` has changed nothing: what it wrote is undone, no revision is used and nothing is logged,
    unless it undoes a change, which is then undone for good.
    """
    with transaction.atomic():
        locked = Contract.objects.select_for_update().get(pk=contract.pk)
        require(by, right, locked)  # under the lock: a right that was just withdrawn is withdrawn
        entry = Entry(locked)
        yield entry
        whole = _open.get()
        if entry.before == entry.after and (whole is None or whole.undoes is None):
            transaction.set_rollback(True)
            entry.revision = locked.revision
        else:
            _record(entry, verb, by)
    contract.revision = entry.revision


def _record(entry: Entry, verb: str, by: User | None) -> None:
    contract = entry.contract
    if not Contract.objects.filter(pk=contract.pk, revision=contract.revision).update(revision=entry.revision):
        raise RuntimeError(f"{verb} : un verbe ne s’appelle pas à l’intérieur d’un autre ; ils se suivent.")
    contract.revision = entry.revision
    whole = _open.get()
    if whole is not None and whole.contract.pk != contract.pk:
        raise RuntimeError(f"{verb} : ce geste porte sur un autre contrat.")
    change = Change.objects.create(
        contract=contract,
        revision=entry.revision,
        by=by,
        verb=verb,
        key=entry.key,
        before=entry.before,
        after=entry.after,
        draft=entry.draft,
        gesture=None if whole is None else whole.changes[0].revision if whole.changes else entry.revision,
        undoes=whole.undoes if whole is not None else None,
    )
    if whole is not None:
        whole.changes.append(change)


def check_revision(kept: Any, revision: int | None) -> None:
    """Raises Stale unless the object is still at that revision; None: the caller has just read it under the lock."""
    if revision is not None and kept.revision != revision:
        raise Stale(kept, revision)
