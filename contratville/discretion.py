"""Keeps the secrets of share links out of logs, whoever writes there: Django about errors, gunicorn about requests."""

import logging
import re

_SECRET = re.compile(r"(/partage/)[^/\s?\"']+")


def hide(text: str) -> str:
    """The text with the secrets of its addresses left out."""
    return _SECRET.sub(r"\1…", text)


class Discreet(logging.Filter):
    """Rewrites the messages that pass through a handler."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets everything through, without the secrets."""
        if "/partage/" in (message := record.getMessage()):
            record.msg, record.args = hide(message), ()
        return True
