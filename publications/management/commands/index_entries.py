"""Makes the search rows of every publication again from its frozen document, when the way to make them has changed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from publications.entries import entries_of
from publications.models import Entry, Publication


class Command(BaseCommand):
    """`manage.py index_entries`: one transaction a publication; a reader never finds it half indexed."""

    help = "Refait l’index de recherche de toutes les versions publiées."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a publication."""
        for publication in Publication.objects.order_by("contract__slug", "number").iterator(chunk_size=10):
            with transaction.atomic():
                Entry.objects.filter(publication=publication).delete()
                made = Entry.objects.bulk_create(entries_of(publication, publication.document))
            self.stdout.write(
                f"{publication.document.contract.slug}, version {publication.number} : {len(made)} lignes."
            )
