"""Looks whether the labels of every tree agree with the parents, and mends them when asked."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from objectives.models import Contract, Objective
from objectives.tree import CycleError, disordered, relabel


class Command(BaseCommand):
    """`manage.py check_trees [--fix]`: exit code 1 when a tree is out of order and not mended."""

    help = "Vérifie que les arbres sont sains ; --fix les répare."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to mend."""
        parser.add_argument("--fix", action="store_true", help="répare sous verrou ce qui est désaccordé")

    def handle(self, *args: Any, fix: bool, **options: Any) -> None:
        """One line a contract."""
        broken = 0
        for contract in Contract.objects.order_by("slug"):
            nodes = Objective.objects.of(contract)
            try:
                with transaction.atomic():
                    Contract.objects.select_for_update().get(pk=contract.pk)
                    count = relabel(nodes) if fix else len(disordered(nodes))
            except CycleError as error:
                broken += 1
                self.stderr.write(f"{contract.slug} : {error}")
                continue
            said = "sain" if not count else f"{count} nœuds {'réparés' if fix else 'désaccordés'}"
            broken += bool(count and not fix)
            self.stdout.write(f"{contract.slug} : {nodes.count()} nœuds, {said}.")
        if broken:
            raise CommandError(f"{broken} arbre(s) en désordre.")
