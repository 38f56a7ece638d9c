"""Accounts, kept by administrators."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.models import User
from accounts.sessions import close_other_sessions
from editor.forms.saving import words_of
from objectives.changes import Refused
from objectives.members import check_closing, close_account

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

    def clean_is_active(self) -> bool:
        """Raises Refused while a contract, or the site, would be left without anyone: closing is a verb of its own."""
        if not self.cleaned_data["is_active"] and self.instance.is_active:
            check_closing(self.instance)
        return self.cleaned_data["is_active"]


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
    readonly_fields = ("last_login", "date_joined", "invited_at", "roles")
    fieldsets = (
        (None, {"fields": ("email", "name", "organisation", "password")}),
        ("Droits", {"fields": ("is_active", "is_superuser", "roles")}),
        ("Dates", {"fields": ("date_joined", "invited_at", "last_login")}),
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

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Saves the account; one that is closed loses its sessions and tokens at once."""
        closing = change and "is_active" in form.changed_data and not obj.is_active
        if closing:
            close_account(User.objects.get(pk=obj.pk), by=request.user)
        super().save_model(request, obj, form, change)

    def changeform_view(self, request: HttpRequest, object_id: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; what became impossible between its check and its saving is told, and nothing is saved."""
        try:
            return super().changeform_view(request, object_id, *args, **kwargs)
        except Refused as error:
            messages.error(request, words_of(error))
            return HttpResponseRedirect(request.path)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Gives another password; whoever was signed in by the old one no longer is."""
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            user = User.objects.get(pk=id)
            close_other_sessions(user, but=request.session.session_key)
        return response

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
