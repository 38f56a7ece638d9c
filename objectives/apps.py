"""The application as Django knows it."""

from django.apps import AppConfig


class ObjectivesConfig(AppConfig):
    """Objectifs."""

    name = "objectives"
    verbose_name = "Objectifs"
