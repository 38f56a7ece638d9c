"""The application as Django knows it."""

from django.apps import AppConfig


class EditorConfig(AppConfig):
    """Atelier."""

    name = "editor"
    verbose_name = "Atelier"
