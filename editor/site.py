"""The admin site: open to every account with a role somewhere, each of which then sees its own contracts."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from objectives.access import has_some_right


class OfficerAuthenticationForm(AdminAuthenticationForm):
    """Lets in whoever has something to do here, and tells the others why not."""

    def confirm_login_allowed(self, user: Any) -> None:
        """Raises ValidationError for a closed account, or one without any role."""
        super().confirm_login_allowed(user)
        if not has_some_right(user):
            raise ValidationError(
                "Ce compte n’a de rôle dans aucun contrat : demandez au responsable de votre contrat de vous inviter.",
                code="no_role",
            )


class EditorAdminSite(AdminSite):
    """Django's admin in the words of the house."""

    site_header = site_title = "contratville"
    index_title = "Vos contrats"
    site_url = "/"
    enable_nav_sidebar = False
    login_form = OfficerAuthenticationForm

    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever has a role in a contract, and administrators."""
        return has_some_right(request.user)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Django's, without its list of applications: the navigation is our own."""
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": self.site_url,
            "has_permission": self.has_permission(request),
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
        }

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """On the person's own pages."""
        return redirect("account:password")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The contracts of the person."""
        from editor.admin.home import home_view

        return home_view(request)

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The same: applications mean nothing to an officer."""
        return self.index(request)
