"""`python -m contratville.health`: asks the server beside it for its home page, as the proxy in front of it would."""

import os
import sys
from http.client import HTTPConnection

TIMEOUT = 10  # seconds


def status() -> int:
    """The status of the home page, which reads the database; the connection's error when nobody answers."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".*") or "localhost"
    connection = HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=TIMEOUT)
    connection.request("GET", "/", headers={"Host": host, "X-Forwarded-Proto": "https"})
    return connection.getresponse().status


if __name__ == "__main__":
    sys.exit(status() >= 400)
