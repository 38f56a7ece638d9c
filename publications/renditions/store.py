"""The PDFs that are kept: each made once, in a process of its own, whoever and however many ask for it.

That of a draft is made again once the draft has changed: none older than the asking is ever given.
"""

import hashlib
import logging
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from importlib.metadata import version

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from objectives.models import Contract
from publications.models import Publication, Rendition
from publications.renditions.composition import Composition
from publications.renditions.pdf_contents import DocumentKeyError

__all__ = ["DocumentKeyError", "TooManyWaiting", "Wanted", "pdf_of", "reason_of", "start_pdf"]

State = Rendition.State
#: What a PDF is made of: when any of it changes, it is made anew.
MADE_OF = (
    "templates/pdf/*.html",
    "static/css/tokens.css",
    "static/css/pdf*.css",
    "templates/publications/story.html",
    "templates/publications/meeting.html",
    "publications/renditions/pdf*.py",
    "publications/renditions/parts/*.py",
    "publications/renditions/co*.py",
    "publications/renditions/branches.py",
    "publications/templatetags/*.py",
    "publications/editions.py",
    "document/*.py",
)
#: Composed documents kept of a version, or of a draft: one more, and the one that was made first goes.
KEPT = 30
#: Composed documents that may wait for their turn at once, of all contracts.
WAITING = 20
#: Seconds between two looks at a PDF that is being made.
PAUSE = 0.15
#: A PDF that failed is tried again when someone asks after so long.
FORGIVEN = timedelta(minutes=10)
#: PostgreSQL's advisory lock under which turns are given.
_LOCK = 7_240_001
_log = logging.getLogger(__name__)
#: The processes that this one started and has not seen end, by the turn they took.
_children: dict[tuple[int, datetime], "subprocess.Popen[bytes]"] = {}


class TooManyWaiting(Exception):
    """So many composed documents wait for their turn that no more are taken."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which PDF: the whole (as it is read, or to be archived), a branch of a publication, or a composed document."""

    branch: str | None = None
    archival: bool = False
    composition: Composition | None = None

    @property
    def name(self) -> str:
        """Its name among the files of a publication or of a draft, with the version of the make."""
        if self.composition:
            return f"composed:{make_name()}:{self.composition.digest}"
        if self.archival:
            return f"pdfa:{make_name()}"
        return f"pdf:{make_name()}" if self.branch is None else f"pdf:{make_name()}:{self.branch}"


WHOLE = Wanted()


def pdf_of(
    source: Publication | Contract,
    wanted: Wanted = WHOLE,
    *,
    wait: float = 8.0,
    retry: bool = False,
    at_least: int | None = None,
) -> Rendition:
    """That PDF of a publication, or of the draft of a contract; begun if it is not there, and waited for.

    Its `state` says how it stands after at most `wait` seconds: DONE with its bytes, QUEUED or RUNNING (ask again), or
    FAILED (`reason_of` says why), which `retry` begins anew. Not to be called in a transaction.
    `at_least`, of a draft: the oldest revision that will do, where it is not the one that `source` now has. Whoever
    waits says what they first asked for, lest colleagues who go on writing make them wait for ever.
    Raises DocumentKeyError where the publication has no such objective, TooManyWaiting where the queue is full.
    """
    now = source.revision if isinstance(source, Contract) else None
    oldest = now if at_least is None or now is None else min(at_least, now)
    rendition = _asked(source, wanted, retry, oldest)
    end = time.monotonic() + wait
    while rendition.state in (State.QUEUED, State.RUNNING):
        start_next()
        rendition.refresh_from_db()
        if time.monotonic() >= end:
            break
        if not connection.in_atomic_block:
            connection.close()  # whoever waits keeps no connection from others
        time.sleep(PAUSE)
    return rendition


def start_pdf(publication: Publication) -> None:
    """Begins the PDF of a publication, so that it is there when someone asks."""
    pdf_of(publication, wait=0)


def start_next() -> None:
    """Starts as many of the PDFs that wait as there are turns, each in a process that outlives this one."""
    _bury()
    for turn in _take_turns():
        if settings.RENDER_IN_PROCESS:
            from publications.renditions.making import make  # WeasyPrint is loaded only where PDFs are made

            make(*turn)
        else:
            transaction.on_commit(partial(_start, *turn))


@cache
def make_name() -> str:
    """The version of the make: a digest of all that a PDF is made of but its text."""
    made = hashlib.sha256(repr((version("weasyprint"), sorted(settings.SITE.items()))).encode())
    for pattern in MADE_OF:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            made.update(path.read_bytes())
    return made.hexdigest()[:12]


def reason_of(rendition: Rendition) -> str:
    """Why a PDF failed, in a French sentence; what follows it in the row is for whoever mends it."""
    return bytes(rendition.content).decode().partition("\n")[0] if rendition.state == State.FAILED else ""


def fail(pk: int, started_at: datetime, reason: str, details: str = "") -> None:
    """Says why a PDF could not be made, unless it was said already or another process has taken it since."""
    mine = Rendition.objects.filter(pk=pk, state=State.RUNNING, started_at=started_at)
    said = f"{reason}\n{details}".strip()
    if mine.update(state=State.FAILED, finished_at=timezone.now(), content=said.encode()):
        _log.error("PDF %s: %s", pk, said)


def ahead_of(rendition: Rendition) -> int:
    """How many wait that were asked for before that one."""
    return Rendition.objects.filter(state=State.QUEUED, started_at__lt=rendition.started_at).count()


def _asked(source: Publication | Contract, wanted: Wanted, retry: bool, oldest: int | None) -> Rendition:
    """The row of that PDF; added when it is the first time, put back in the queue when it is to be made again."""
    kept = Rendition.objects.of(source).filter(name=wanted.name)
    found = kept.first()
    if found is None:
        _refuse(source, wanted)
        choices = wanted.composition.query if wanted.composition else ""
        row = Rendition(**{source._meta.model_name: source}, name=wanted.name, choices=choices, revision=oldest)
        Rendition.objects.bulk_create([row], ignore_conflicts=True)  # another may have asked meanwhile
        return kept.get()
    if _is_to_be_made_again(found, retry, oldest):
        _refuse(source, wanted)
        again = kept.filter(state=found.state, finished_at=found.finished_at)  # unless another has asked meanwhile
        fresh = {"state": State.QUEUED, "step": 0, "started_at": timezone.now(), "finished_at": None, "content": b""}
        again.update(**fresh, revision=oldest)
        found.refresh_from_db()
    return found


def _is_to_be_made_again(found: Rendition, retry: bool, oldest: int | None) -> bool:
    """Whether it was made of an older draft than will do, or failed and may be tried again."""
    if found.finished_at is None:
        return False  # whoever makes it reads the draft as it begins, and says which revision that was
    if oldest is not None and found.revision < oldest:
        return True
    return found.state == State.FAILED and (retry or found.finished_at < timezone.now() - FORGIVEN)


def _refuse(source: Publication | Contract, wanted: Wanted) -> None:
    """Raises what `pdf_of` says for a PDF that is not there and cannot be."""
    if wanted.branch is not None and not source.entries.filter(kind="objective", key=wanted.branch).exists():
        raise DocumentKeyError(f"Aucun objectif n’a la clé « {wanted.branch} ».")
    waiting = Rendition.objects.filter(state=State.QUEUED, name__startswith="composed:")
    if wanted.composition and waiting.count() >= WAITING:
        raise TooManyWaiting


def _take_turns() -> list[tuple[int, datetime]]:
    """The PDFs that may begin now, the one asked for first ahead, each with the moment that marks its turn.

    No more than RENDER_LIMIT are ever under way; one whose process has lived longer than it may is taken over.
    """
    now = timezone.now()
    dead = now - timedelta(seconds=2 * settings.RENDER_SECONDS + 30)
    waiting = Rendition.objects.filter(Q(state=State.QUEUED) | Q(state=State.RUNNING, started_at__lt=dead))
    if not waiting.exists():  # the usual case takes no lock
        return []
    with transaction.atomic():
        if connection.vendor == "postgresql":  # SQLite's writers are one at a time already
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        busy = Rendition.objects.filter(state=State.RUNNING, started_at__gte=dead).count()
        free = max(settings.RENDER_LIMIT - busy, 0)
        chosen = list(waiting.order_by("started_at", "pk").values_list("pk", flat=True)[:free])
        Rendition.objects.filter(pk__in=chosen).update(state=State.RUNNING, started_at=now)
    return [(pk, now) for pk in chosen]


def _start(pk: int, started_at: datetime) -> None:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "make_rendition", str(pk), started_at.isoformat()]
    try:
        _children[pk, started_at] = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=os.environ | settings.RENDER_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            start_new_session=True,
        )
    except OSError as error:
        fail(pk, started_at, f"Le processus n’a pas pu démarrer ({error.strerror}).")


def _bury() -> None:
    """Tells of the processes that ended without a word: killed for lack of memory, say."""
    for turn, child in list(_children.items()):
        code = child.poll()
        if code is not None and _children.pop(turn, None):
            fail(*turn, f"Le processus s’est arrêté avant d’avoir fini (code {code}).")
