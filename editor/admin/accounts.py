"""Accounts, kept by administrators."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.models import User

admin.site.unregister(Group)


class AccountForm(UserChangeForm):
    """An account; its address is one, whatever its capitals."""

    class Meta:
        model = User
        fields = ("email", "name", "organisation", "is_active", "is_superuser", "password")
        labels = {"is_superuser": "Administrateur du site"}
        help_texts = {"is_superuser": "Voit et peut tout, dans tous les contrats."}

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
    list_display = ("name", "email", "organisation", "is_active", "administers", "last_login")
    list_filter = ("is_active", "memberships__role")
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

    @admin.display(description="Administrateur", boolean=True, ordering="is_superuser")
    def administers(self, user: User) -> bool:
        """Whether the account sees and may do everything."""
        return user.is_superuser

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
