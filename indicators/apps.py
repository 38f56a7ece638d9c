"""The application as Django knows it."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Indicateurs."""

    name = "indicators"
    verbose_name = "Indicateurs"
