"""Reads contracts from files into their drafts."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from document.faults import DocumentError
from document.sources.files import read_file
from drafts.write import write_draft


class Command(BaseCommand):
    """`manage.py import_contract FILE…`: all the files or none; exit code 1 with the path of every fault."""

    help = "Lit des contrats (JSON, YAML, XLSX, ODS ou PDF) et en fait les brouillons des contrats de même adresse."

    def add_arguments(self, parser: CommandParser) -> None:
        """The files."""
        parser.add_argument("files", nargs="+", metavar="FICHIER", type=Path)

    @transaction.atomic
    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        """Reads all the files before it writes the first."""
        documents = []
        for file in files:
            try:
                documents.append(read_file(file.name, file.read_bytes()))
            except OSError as error:
                raise CommandError(f"{file} : fichier illisible ({error.strerror}).") from error
            except DocumentError as error:
                raise CommandError(f"{file} : rien n’a été importé.\n{error}") from error
        for document in documents:
            contract = write_draft(document, by=None)
            self.stdout.write(f"{contract.slug} : brouillon enregistré (révision {contract.revision}).")
