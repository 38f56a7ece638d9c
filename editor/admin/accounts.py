"""Accounts, kept by administrators, and the tokens of programs, kept by their owners."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from accounts.models import Token, User
from editor.admin.pages import page, posted
from editor.admin.scope import ScopedAdmin
from objectives.access import has_some_right

admin.site.unregister(Group)


class AccountForm(UserChangeForm):
    """An account; its address is one, whatever its capitals."""

    class Meta:
        model = User
        fields = ("email", "name", "organisation", "is_active", "is_superuser", "password")

    def clean_email(self) -> str:
        """In small letters. Raises ValidationError when another account has it."""
        return free_email(self.cleaned_data["email"], self.instance)


class NewAccountForm(AdminUserCreationForm):
    """A new account, with a first password."""

    class Meta:
        model = User
        fields = ("email", "name", "organisation")
        field_classes: dict[str, Any] = {}

    def clean_email(self) -> str:
        """In small letters. Raises ValidationError when another account has it."""
        return free_email(self.cleaned_data["email"], self.instance)


def free_email(email: str, user: User) -> str:
    """The address in small letters. Raises ValidationError when another account has it."""
    email = email.strip().lower()
    if User.objects.filter(email=email).exclude(pk=user.pk).exists():
        raise forms.ValidationError("Un compte a déjà cette adresse.")
    return email


@admin.register(User)
class AccountAdmin(UserAdmin):
    """For administrators alone."""

    form, add_form = AccountForm, NewAccountForm
    actions = None
    show_facets = admin.ShowFacets.NEVER
    ordering = ("name",)
    list_display = ("name", "email", "organisation", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser", "memberships__role")
    search_fields = ("name", "email", "organisation")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined", "roles")
    fieldsets = (
        (None, {"fields": ("email", "name", "organisation", "password")}),
        ("Droits", {"fields": ("is_active", "is_superuser", "roles")}),
        ("Dates", {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "organisation", "usable_password", "password1", "password2")}),
    )

    @admin.display(description="Rôles dans les contrats")
    def roles(self, user: User) -> str:
        """They are given on the page of each contract."""
        rows = user.memberships.select_related("contract")
        return " ; ".join(f"{row.contract} ({row.get_role_display()})" for row in rows) or "aucun"

    def _is_administrator(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Administrators."""
        return self._is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators."""
        return self._is_administrator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Administrators."""
        return self._is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators."""
        return self._is_administrator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators, for an account that left no trace: any other is closed instead, its name stays in the log."""
        if not self._is_administrator(request):
            return False
        return obj is None or not (obj.changes.exists() or obj.memberships.exists() or obj == request.user)


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
        return has_some_right(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The owner and administrators."""
        return obj is None or obj.user_id == request.user.pk or request.user.is_superuser

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """With a way to revoke."""
        return (*super().get_list_display(request), "revoke")

    @admin.display(description="Révoquer")
    def revoke(self, token: Token) -> Any:
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
            status=422 if form.errors else 200,
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
