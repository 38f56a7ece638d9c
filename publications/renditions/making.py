"""Makes a PDF whose turn has come, within bounds of time and memory, and keeps it."""

import gc
import os
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
from django.utils import timezone
from weasyprint.urls import FatalURLFetchingError

from publications.editions import edition_of
from publications.models import Rendition
from publications.renditions.pdf import render_pdf
from publications.renditions.store import fail


class TooLong(Exception):
    """The render took more time than it may."""


def make(pk: int, started_at: datetime) -> bool:
    """Makes and keeps the PDF of that row, if the turn is still ours; False where it failed or was taken."""
    mine = Rendition.objects.filter(pk=pk, state=Rendition.State.RUNNING, started_at=started_at)
    rendition = mine.select_related("publication").first()
    if rendition is None:
        return False
    _, make_name, *branch = rendition.name.split(":")
    try:
        content = render_pdf(edition_of(rendition.publication), *branch)
    except TooLong:
        fail(pk, started_at, f"La mise en page a pris plus de {settings.RENDER_SECONDS} secondes.")
    except MemoryError:
        fail(pk, started_at, f"La mise en page a pris plus de {settings.RENDER_MEMORY} Mo de mémoire.")
    except (Exception, FatalURLFetchingError) as error:
        fail(pk, started_at, f"La mise en page a échoué ({type(error).__name__}).", traceback.format_exc())
    else:
        done = mine.update(state=Rendition.State.DONE, finished_at=timezone.now(), content=content)
        if done:
            _forget_older(rendition, make_name, *branch)
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


def _forget_older(rendition: Rendition, make_name: str, branch: str = "") -> None:
    """Deletes the same PDF in its former makes."""
    same = Rendition.objects.filter(publication=rendition.publication, name__startswith="pdf:").exclude(pk=rendition.pk)
    older = [pk for pk, name in same.values_list("pk", "name") if name.split(":")[2:] == ([branch] if branch else [])]
    Rendition.objects.filter(pk__in=older).delete()
