"""The tokens by which programs read what their owners may read, kept by these; each secret is shown once."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import Token, User
from editor.admin.pages import page, posted
from editor.admin.rows import status_of
from editor.admin.scope import ScopedAdmin, may_enter


class TokenForm(forms.Form):
    """What the token is for; an administrator may issue one for another account."""

    use_required_attribute = False

    label = forms.CharField(label="Usage", max_length=100, help_text="Le logiciel ou le service qui s’en servira.")
    user = forms.ModelChoiceField(label="Compte", queryset=User.objects.filter(is_active=True), empty_label=None)

    def __init__(self, data: Any, *, by: User) -> None:
        super().__init__(data, label_suffix="", initial={"user": by})
        if not by.is_superuser:
            del self.fields["user"]


@admin.register(Token)
class TokenAdmin(ScopedAdmin):
    """One's own tokens; administrators see all. The secret is shown once."""

    list_display = ("label", "user", "created_at")
    list_display_links = None
    list_select_related = ("user",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Token]:
        """One's own."""
        tokens = Token.objects.all()
        return tokens if request.user.is_superuser else tokens.filter(user=request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Everyone with a role: a token reads what its owner may."""
        return may_enter(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The owner and administrators."""
        return obj is None or obj.user_id == request.user.pk or request.user.is_superuser

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """With a way to revoke."""
        return (*super().get_list_display(request), "revoke")

    @admin.display(description="Révoquer")
    def revoke(self, token: Token) -> SafeString:
        """The page that asks for confirmation."""
        url = reverse("admin:accounts_token_delete", args=[token.pk])
        return format_html('<a href="{}">Révoquer « {} »</a>', url, token.label)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Issues a token, and shows its secret this once."""
        form = TokenForm(posted(request), by=request.user)
        secret = ""
        if request.method == "POST" and form.is_valid():
            owner = form.cleaned_data.get("user") or request.user
            token, secret = Token.objects.issue(owner, label=form.cleaned_data["label"])
        return page(
            request,
            "admin/accounts/token/add_form.html",
            title="Jeton émis" if secret else "Émettre un jeton d’API",
            form=form,
            secret=secret,
            status=status_of(form),
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """There is nothing to change: the list."""
        if self.get_object(request, object_id) is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return HttpResponseRedirect(reverse("admin:accounts_token_changelist"))

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:
        """Not kept: a token that is gone has no history."""
        messages.info(request, "Un programme qui se servait de ce jeton ne peut plus rien lire.")
