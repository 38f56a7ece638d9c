"""The application as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Comptes."""

    name = "accounts"
    verbose_name = "Comptes"
