"""Prints a comparison as PDF on the standard output, within the bounds of every render."""

import sys
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError, CommandParser

from publications.renditions.making import bounded
from publications.renditions.printing import FORMS, print_pdf


class Command(BaseCommand):
    """`manage.py print_pdf comparison SLUG N M`."""

    help = f"Écrit un PDF sur la sortie standard : {FORMS}."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What to print."""
        parser.add_argument("what", nargs="+", metavar="QUOI")

    def handle(self, *args: Any, what: list[str], **options: Any) -> None:
        """The bytes, and nothing else."""
        try:
            with bounded():
                content = print_pdf(*what)
        except (ObjectDoesNotExist, TypeError, ValueError) as error:
            raise CommandError(str(error)) from error
        sys.stdout.buffer.write(content)
