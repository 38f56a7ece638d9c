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
        """One line a contract; a tree that cannot be mended does not keep the others from it."""
        broken = [one for one in Contract.objects.order_by("slug") if not self._check(one, fix)]
        if broken:
            raise CommandError(f"{len(broken)} arbre(s) en désordre.")

    @transaction.atomic
    def _check(self, contract: Contract, fix: bool) -> bool:
        """Whether the contract's tree is sound by now; read, and mended, under the lock."""
        Contract.objects.select_for_update().get(pk=contract.pk)
        nodes = Objective.objects.of(contract)
        try:
            count = relabel(nodes) if fix else len(disordered(nodes))
        except CycleError as error:
            self.stderr.write(f"{contract.slug} : {error}")
            return False
        said = "sain" if not count else f"{count} nœuds {'réparés' if fix else 'désaccordés'}"
        self.stdout.write(f"{contract.slug} : {nodes.count()} nœuds, {said}.")
        return fix or not count
