"""Makes a PDF whose turn has come, within bounds of time and memory, and keeps it."""

import gc
import logging
import os
import re
import resource
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from math import ceil
from time import process_time
from types import FrameType

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from weasyprint.urls import FatalURLFetchingError

from publications.editions import Edition, draft_edition, edition_of
from publications.models import Publication, Rendition
from publications.renditions.composition import read_query
from publications.renditions.pdf import render_pdf
from publications.renditions.pdf_composed import render_composed
from publications.renditions.store import KEPT, fail

#: The steps that WeasyPrint tells of: 1 to 3 the text and its styles, 4 and 5 the layout, 6 and 7 the writing.
STEPS = 7


class TooLong(Exception):
    """The render took more time than it may."""


def make(pk: int, started_at: datetime) -> bool:
    """Makes and keeps the PDF of that row, if the turn is still ours; False where it failed or was taken."""
    mine = Rendition.objects.filter(pk=pk, state=Rendition.State.RUNNING, started_at=started_at)
    rendition = mine.select_related("publication", "contract").first()
    if rendition is None:
        return False
    try:
        with _told(mine):
            content = _render(rendition, _read(mine, rendition))
    except TooLong:
        fail(pk, started_at, f"La mise en page a pris plus de {settings.RENDER_SECONDS} secondes.")
    except MemoryError:
        fail(pk, started_at, f"La mise en page a pris plus de {settings.RENDER_MEMORY} Mo de mémoire.")
    except (Exception, FatalURLFetchingError) as error:
        fail(pk, started_at, f"La mise en page a échoué ({type(error).__name__}).", traceback.format_exc())
    else:
        done = mine.update(state=Rendition.State.DONE, finished_at=timezone.now(), content=content)
        if done:
            _forget_older(rendition)
        return bool(done)
    return False


@contextmanager
def bounded() -> Iterator[None]:
    """Holds this whole process to the time and memory that a render may take; for a process that does nothing else."""
    seconds, octets = settings.RENDER_SECONDS, settings.RENDER_MEMORY * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (octets, octets))
    # The soft limit says so to this process, the hard one ends it; what it took to start is not counted.
    _, most = resource.getrlimit(resource.RLIMIT_CPU)  # that of whoever started it, when it was a render too
    last = ceil(process_time()) + seconds
    hard = last + 5 if most == resource.RLIM_INFINITY else min(last + 5, most)
    resource.setrlimit(resource.RLIMIT_CPU, (min(last, hard), hard))
    signal.signal(signal.SIGXCPU, _give_up)
    signal.signal(signal.SIGALRM, _give_up)
    signal.setitimer(signal.ITIMER_REAL, 2 * seconds)
    os.nice(max(10 - os.nice(0), 0))  # whoever reads a page goes first
    gc.disable()  # a render makes millions of objects that live as long as it: looking for others costs a quarter
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


def _give_up(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)  # it comes every second, and what is left is to say so
    signal.setitimer(signal.ITIMER_REAL, 0)
    raise TooLong


def _read(mine: QuerySet[Rendition], rendition: Rendition) -> Edition:
    """What the PDF is made of; the row says of a draft which revision was read."""
    if rendition.contract is None:
        return edition_of(rendition.publication)
    edition = draft_edition(rendition.contract)
    rendition.revision = edition.revision
    mine.update(revision=edition.revision)
    return edition


def _render(rendition: Rendition, edition: Edition) -> bytes:
    """The bytes of the PDF that the row's name asks for."""
    what, _, *branch = rendition.name.split(":")
    if what != "composed":
        return render_pdf(edition, *branch, archival=what == "pdfa")
    composition = read_query(rendition.choices)
    contract = rendition.contract_id or rendition.publication.contract_id
    since = Publication.objects.filter(contract=contract, number=composition.since).first()
    return render_composed(edition, composition, edition_of(since) if since else None)


@contextmanager
def _told(mine: QuerySet[Rendition]) -> Iterator[None]:
    """Writes in the row each step of WeasyPrint as it begins, so that whoever waits sees it go on."""
    steps = _Steps(mine)
    log = logging.getLogger("weasyprint.progress")
    before = log.level, log.propagate
    log.propagate = False  # each page is a line, which nobody reads
    log.setLevel(logging.INFO)
    log.addHandler(steps)
    try:
        yield
    finally:
        log.removeHandler(steps)
        log.setLevel(before[0])
        log.propagate = before[1]


class _Steps(logging.Handler):
    """Hears « Step 5 - Creating layout - Page 12 »."""

    def __init__(self, mine: QuerySet[Rendition]) -> None:
        super().__init__()
        self.mine, self.last = mine, 0

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps a step that is further than the last."""
        found = re.match(r"Step (\d)", record.getMessage())
        step = min(int(found[1]), STEPS) if found else 0
        if step > self.last:
            self.last = step
            self.mine.update(step=step)


def _forget_older(rendition: Rendition) -> None:
    """Deletes the same PDF in its former makes; of composed ones those of former makes, and the oldest.

    Of a draft, all that was made of an older revision goes too.
    """
    what, make, *which = rendition.name.split(":")
    others = Rendition.objects.of(rendition.source).exclude(pk=rendition.pk)
    names = others.filter(name__startswith=f"{what}:").values_list("pk", "name")
    gone = [pk for pk, name in names if name.split(":")[2:] == which]
    kept = others.filter(finished_at__isnull=False)
    if rendition.contract is not None:
        gone += list(kept.filter(revision__lt=rendition.revision).values_list("pk", flat=True))
    if what == "composed":
        composed = kept.filter(name__startswith="composed:")
        gone += list(composed.exclude(name__startswith=f"composed:{make}:").values_list("pk", flat=True))
        gone += list(composed.order_by("-finished_at", "-pk").values_list("pk", flat=True)[KEPT - 1 :])
    Rendition.objects.filter(pk__in=gone).delete()
