"""The application as Django knows it."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """Actions et clauses."""

    name = "actions"
    verbose_name = "Actions et clauses"
