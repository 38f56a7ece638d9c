"""The application as Django knows it."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Brouillons."""

    name = "drafts"
    verbose_name = "Brouillons"
