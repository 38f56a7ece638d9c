"""PDFs that are made while someone waits: one at a time, in a process of its own, within the bounds of every render."""

import os
import subprocess
import sys
import threading

from django.conf import settings

#: Seconds that a request waits for its turn.
PATIENCE = 20
_turn = threading.Semaphore(1)


class NotPrinted(Exception):
    """A PDF that could not be made now; the message says why, in French."""


def print_apart(*what: str) -> bytes:
    """What `manage.py print_pdf` makes of these words, such as "comparison", slug, 1, 2. Raises NotPrinted.

    One at a time in each process that serves pages: whoever asks for many waits, and others still read.
    """
    if not _turn.acquire(timeout=PATIENCE):
        raise NotPrinted("Un autre document est en cours de mise en page. Réessayez dans un moment.")
    try:
        if settings.RENDER_IN_PROCESS:
            from publications.renditions.printing import print_pdf  # WeasyPrint is loaded only where PDFs are made

            return print_pdf(*what)
        return _printed(what)
    finally:
        _turn.release()


def _printed(what: tuple[str, ...]) -> bytes:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "print_pdf", *what]
    environment = os.environ | settings.RENDER_ENVIRONMENT
    try:
        done = subprocess.run(
            command,
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=2 * settings.RENDER_SECONDS + 10,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotPrinted(f"La mise en page n’a pas pu se faire ({type(error).__name__}).") from error
    if done.returncode:
        raise NotPrinted("La mise en page a pris plus de temps ou de mémoire qu’elle ne le peut, ou a échoué.")
    return done.stdout
