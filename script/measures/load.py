"""A load on one address of this machine: a few kept connections that ask again and again, for a bounded time."""

import socket
import threading
import time
from dataclasses import dataclass, field

#: Longest wait for an answer, in seconds.
PATIENCE = 30


@dataclass(frozen=True)
class Target:
    """An address that is asked for, and the status that it must answer."""

    name: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    #: The least ratio to its floor that is wished for.
    wished: float | None = None
    #: How many clients ask at once.
    clients: int = 8

    def request(self) -> bytes:
        """What is sent."""
        headers = {"Host": "127.0.0.1", "Accept": "*/*", "Accept-Encoding": "gzip"} | self.headers
        lines = [f"GET {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(frozen=True, slots=True)
class Load:
    """What one load came to: answers, in so many seconds."""

    answers: int
    seconds: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds


def load(target: Target, port: int, seconds: float) -> Load:
    """Asks for that long, and counts. Raises RuntimeError for an answer of another status than is expected."""
    counts, wrong = [0] * target.clients, []
    start = time.perf_counter()

    def ask(rank: int) -> None:
        try:
            counts[rank] = _ask(target, port, start + seconds)
        except (OSError, RuntimeError) as error:
            wrong.append(error)

    threads = [threading.Thread(target=ask, args=(rank,)) for rank in range(target.clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(f"{target.path} : {wrong[0]}")
    return Load(sum(counts), time.perf_counter() - start)


def fetch(target: Target, port: int) -> tuple[dict[str, str], bytes]:
    """The headers, by their names in small letters, and the body of one answer."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        connection.sendall(target.request())
        head, body = _read(connection, target)
    lines = [line.partition(": ") for line in head.decode("latin-1").split("\r\n")[1:]]
    return {name.lower(): value for name, _, value in lines}, body


def _ask(target: Target, port: int, until: float) -> int:
    request, count = target.request(), 0
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.perf_counter() < until:
            connection.sendall(request)
            _read(connection, target)
            count += 1
    return count


def _read(connection: socket.socket, target: Target) -> tuple[bytes, bytes]:
    """The head and the body of an answer whose length is told; no more than one is ever under way."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += _receive(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    if int(head[9:12]) != target.status:
        raise RuntimeError(f"statut {head[9:12].decode()} au lieu de {target.status}")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    parts, missing = [body], length - len(body)
    while missing > 0:
        parts.append(_receive(connection))
        missing -= len(parts[-1])
    return head, b"".join(parts)


def _receive(connection: socket.socket) -> bytes:
    received = connection.recv(262_144)
    if not received:
        raise RuntimeError("connexion fermée")
    return received
