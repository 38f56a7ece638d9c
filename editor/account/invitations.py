"""The answer to an invitation: the link of the letter, then a form without it, so that no log and no page keeps it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts.invitations import accept_invitation, find_awaited
from accounts.models import User
from editor.account.frame import worded
from editor.admin.pages import page
from editor.forms.rows import status_of
from editor.forms.saving import posted
from objectives.models import Membership

_KEPT = "_invitation"


class AnswerForm(SetPasswordForm):
    """Who the person is, and a password."""

    use_required_attribute = False

    name = forms.CharField(label="Prénom et nom", max_length=150, widget=forms.TextInput({"autocomplete": "name"}))
    organisation = forms.CharField(
        label="Organisme",
        max_length=150,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization"}),
        help_text="L’intercommunalité, la commune, la CAF, le bailleur, l’association…",
    )
    field_order = ("name", "organisation", "new_password1", "new_password2")

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(user, data, label_suffix="")
        worded(self).fields["new_password1"].label = "Mot de passe"

    def clean_name(self) -> str:
        """The name, which the password must not resemble."""
        self.user.name = self.cleaned_data["name"]
        return self.user.name


@never_cache
@require_safe
def open_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The link of the letter: its secret goes from the address into the session. Reading it uses nothing up."""
    if find_awaited(secret) is None:
        return _answer_void(request)
    request.session[_KEPT] = secret
    return redirect("account:invitation")


@sensitive_post_parameters()
@never_cache
def answer_invitation(request: HttpRequest) -> HttpResponse:
    """Asks the person's name and a password, then signs them in."""
    secret = request.session.get(_KEPT, "")
    user = find_awaited(secret)
    if user is None:
        return _answer_void(request)
    form = AnswerForm(user, posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        opened = accept_invitation(
            secret, name=given["name"], organisation=given["organisation"], password=given["new_password1"]
        )
        if opened is None:
            return _answer_void(request)
        request.session.flush()
        login(request, opened, backend="django.contrib.auth.backends.ModelBackend")
        messages.success(request, f"Bienvenue, {opened} : votre compte est ouvert.")
        return redirect(settings.LOGIN_REDIRECT_URL)
    members = Membership.objects.filter(user=user).select_related("contract").order_by("contract__title")
    context = {"form": form, "email": user.email, "members": members, "status": status_of(form)}
    return page(request, "account/invitation.html", title="Ouvrir votre compte", **context)


def _answer_void(request: HttpRequest) -> HttpResponse:
    return page(request, "account/void.html", title="Ce lien ne sert plus", status=404)
