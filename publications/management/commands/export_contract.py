"""Prints a contract in the exchange format: its current publication, another, or its draft."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from document.codec import encode, encode_yaml
from drafts.read import read_draft
from objectives.models import Contract
from publications.models import Publication


class Command(BaseCommand):
    """`manage.py export_contract SLUG [--publication N | --draft] [--yaml]`: the canonical JSON, to the byte."""

    help = "Écrit un contrat au format d’échange sur la sortie standard."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which contract, which version, in which writing."""
        parser.add_argument("slug")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--publication", type=int, metavar="N", help="une version publiée (sinon celle en vigueur)")
        which.add_argument("--draft", action="store_true", help="le brouillon")
        parser.add_argument("--yaml", action="store_true", help="en YAML, pour une tenue à la main")

    def handle(self, *args: Any, slug: str, **options: Any) -> None:
        """Writes bytes, so that the digest of the output is the publication's."""
        contract = Contract.objects.filter(slug=slug).first()
        if contract is None:
            raise CommandError(f"Aucun contrat « {slug} ». Contrats : {', '.join(self._slugs()) or 'aucun'}.")
        if options["draft"]:
            document = read_draft(contract)
        else:
            document = self._publication(contract, options["publication"]).document
        content = encode_yaml(document).encode() if options["yaml"] else encode(document)
        stream = getattr(self.stdout._out, "buffer", None)
        if stream is None:
            self.stdout.write(content.decode(), ending="")
        else:
            stream.write(content)

    def _slugs(self) -> list[str]:
        return list(Contract.objects.order_by("slug").values_list("slug", flat=True))

    def _publication(self, contract: Contract, number: int | None) -> Publication:
        if number is None:
            found = Publication.objects.current().filter(contract=contract).first()
        else:
            found = Publication.objects.filter(contract=contract, number=number).first()
        if found is None:
            which = f"de version {number}" if number is not None else "de version publiée"
            raise CommandError(f"« {contract.slug} » n’a pas {which} ; --draft écrit le brouillon.")
        return found
