"""Loads the contracts of fixtures/ that are not there yet, publishes them, and makes one account a role."""

import secrets
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from document.nodes import Document
from document.sources.files import read_file
from drafts.write import write_draft
from objectives.members import grant_role
from objectives.models import Contract, Membership
from publications.publish import publish

#: Name, address before the @, role in every contract (None: administrator).
ACCOUNTS = [
    ("Claire Lecteur", "lecteur", Membership.Role.READER),
    ("Rachid Rédacteur", "redacteur", Membership.Role.EDITOR),
    ("Solène Responsable", "responsable", Membership.Role.MANAGER),
    ("Administration", "administration", None),
]

TRANSCRIBED = "Transcription des documents d’origine ; les incertitudes sont signalées par des remarques."
UNDATED = "Le document ne dit pas depuis quand il est en vigueur : la date d’effet est ici celle de son chargement."


class Command(BaseCommand):
    """`manage.py load_demo [--accounts [--new-passwords]]`: idempotent; what is there is left as it is."""

    help = "Charge et publie les contrats fournis ; --accounts crée des comptes de démonstration."

    def add_arguments(self, parser: Any) -> None:
        """Whether to make the accounts, and whether those that are there get a new password."""
        parser.add_argument(
            "--accounts", action="store_true", help="crée un compte par rôle et affiche son mot de passe"
        )
        parser.add_argument(
            "--new-passwords", action="store_true", help="donne un nouveau mot de passe à ceux qui existent"
        )

    @transaction.atomic
    def handle(self, *args: Any, accounts: bool, new_passwords: bool, **options: Any) -> None:
        """Contracts first, since roles are held in them."""
        for file in sorted((Path(settings.BASE_DIR) / "fixtures").glob("*.yaml")):
            if not Contract.objects.filter(slug=file.stem).exists():
                self._load(read_file(file.name, file.read_bytes()))
        if accounts:
            self._make_accounts(new_passwords)

    def _load(self, document: Document) -> None:
        contract = write_draft(document, by=None)
        year = document.contract.start_year
        publication = publish(
            contract,
            label="Texte initial",
            in_force_on=date(year, 1, 1) if year else timezone.localdate(),
            by=None,
            note=TRANSCRIBED if year else f"{TRANSCRIBED} {UNDATED}",
        )
        self.stdout.write(f"{contract.slug} : chargé et publié (version {publication.number}).")

    def _make_accounts(self, new_passwords: bool) -> None:
        known = User.objects.in_bulk([f"{address}@exemple.fr" for _, address, _ in ACCOUNTS], field_name="email")
        given = []
        for name, address, role in ACCOUNTS:
            email, password = f"{address}@exemple.fr", secrets.token_urlsafe(12)
            if email not in known:
                _make_account(email, name, password, role)
            elif new_passwords:
                known[email].set_password(password)
                known[email].save(update_fields=["password"])
            else:
                continue
            given.append((email, password))
        if given:
            self.stdout.write("Comptes de démonstration (ces mots de passe ne seront plus affichés) :")
        for email, password in given:
            self.stdout.write(f"  {email:32} {password}")
        if len(given) < len(ACCOUNTS):
            there = ", ".join(known)
            self.stdout.write(
                f"Comptes de démonstration déjà là : {there} (--new-passwords change leurs mots de passe)."
            )


def _make_account(email: str, name: str, password: str, role: str | None) -> None:
    """An account with that role in every contract; without a role, an administrator."""
    if role is None:
        User.objects.create_superuser(email, name, password)
        return
    user = User.objects.create_user(email, name, password, organisation="Démonstration")
    for contract in Contract.objects.all():
        grant_role(contract, user, role=role, by=None)
