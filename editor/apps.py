"""The application as Django knows it."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class EditorConfig(AppConfig):
    """Atelier."""

    default = True
    name = "editor"
    verbose_name = "Atelier"


class EditorAdminConfig(admin.AdminConfig):
    """Puts the house's admin site in the place of Django's."""

    default = False
    default_site = "editor.site.EditorAdminSite"
