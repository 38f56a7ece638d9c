"""The admin site: open to every account, each of which then sees its own contracts."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class EditorAdminSite(AdminSite):
    """Django's admin in the words of the house."""

    site_header = site_title = "contratville"
    index_title = "Vos contrats"
    site_url = "/"
    enable_nav_sidebar = False


class EditorAdminConfig(AdminConfig):
    """Puts that site in the place of Django's."""

    default_site = "editor.site.EditorAdminSite"
