"""The production server over the throwaway database, on a free port of this machine's own address."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORKERS, THREADS = 2, 4
#: Longest wait for the server to answer, in seconds.
PATIENCE = 40


@contextmanager
def served(environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Starts gunicorn as in production; gives its port and its pid, and stops it at the end."""
    port = _free_port()
    command = [str(Path(sys.executable).parent / "gunicorn"), "--config", "contratville/gunicorn.py"]
    # A process that is renewed in the middle of a measure would be measured too.
    command += ["--max-requests", "0", "--log-level", "warning", "contratville.wsgi"]
    settings = {"PORT": str(port), "HOST": "127.0.0.1", "WEB_CONCURRENCY": str(WORKERS), "WEB_THREADS": str(THREADS)}
    process = subprocess.Popen(command, env=os.environ | environment | settings)
    try:
        _wait_for(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def processor_time(pid: int) -> float:
    """Seconds of processor that the server's workers have taken; 0 where the system does not tell."""
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    if not tasks.exists():
        return 0.0
    ticks = 0
    for worker in tasks.read_text().split():
        fields = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("le serveur n’a pas démarré")
