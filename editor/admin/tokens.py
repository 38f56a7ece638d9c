"""The tokens of everyone's programs, for administrators, who may revoke them; owners issue theirs on « Mon compte »."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import Token
from editor.admin.scope import ScopedAdmin


@admin.register(Token)
class TokenAdmin(ScopedAdmin):
    """What each token may and when it last served; never its secret, which is kept nowhere."""

    list_display = ("label", "user", "writes", "limited", "expires_on", "last_used_at", "revoke")
    list_display_links = None
    list_select_related = ("user",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Everyone's."""
        return Token.objects.all()

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Administrators."""
        return bool(request.user.is_active and request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators."""
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators."""
        return self.has_module_permission(request)

    @admin.display(description="Révoquer")
    def revoke(self, token: Token) -> SafeString:
        """The page that asks for confirmation."""
        url = reverse("admin:accounts_token_delete", args=[token.pk])
        return format_html('<a href="{}">Révoquer « {} »</a>', url, token.label)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """There is nothing to change: the list."""
        return HttpResponseRedirect(reverse("admin:accounts_token_changelist"))

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:
        """Not kept: a token that is gone has no history."""
        messages.info(request, "Un programme qui se servait de ce jeton ne peut plus rien lire.")
