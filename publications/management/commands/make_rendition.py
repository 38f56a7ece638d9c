"""Makes one PDF that waits; started by `publications.renditions.store`, not by hand."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from publications.renditions.making import bounded, make
from publications.renditions.store import start_next


class Command(BaseCommand):
    """`manage.py make_rendition PK STARTED_AT`: the row, and the moment that marks the turn it was given."""

    help = "Met en page un PDF en attente (lancé par l’application)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which row, which turn."""
        parser.add_argument("pk", type=int)
        parser.add_argument("started_at", type=datetime.fromisoformat)

    def handle(self, *args: Any, pk: int, started_at: datetime, **options: Any) -> None:
        """Whatever comes of it is in the row; then the next one has its turn."""
        with bounded():
            make(pk, started_at)
        start_next()
