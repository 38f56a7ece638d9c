"""The application as Django knows it."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Site public."""

    name = "public"
    verbose_name = "Site public"
