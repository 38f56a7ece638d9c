"""The application as Django knows it."""

from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    """Publications."""

    name = "publications"
    verbose_name = "Publications"
