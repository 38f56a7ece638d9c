"""« Mon compte » : who the person is, where they are signed in, what their programs may, and the end of all that."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.browsers import name_of_browser
from accounts.models import User
from accounts.sessions import close_other_sessions, close_session, sessions_of
from editor.admin.pages import page
from editor.forms.rows import status_of
from editor.forms.saving import posted, words_of
from objectives.changes import Refused
from objectives.members import close_account


class AccountForm(forms.ModelForm):
    """What a person says of themself; the address, which is the account, is the administration's to change."""

    use_required_attribute = False

    class Meta:
        model = User
        fields = ("name", "organisation")
        labels = {"name": "Prénom et nom"}
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "organisation": forms.TextInput({"autocomplete": "organization"}),
        }

    def __init__(self, data: Any, user: User) -> None:
        super().__init__(data, instance=user, label_suffix="")


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Everything of one's account on one page; a POST changes the name."""
    person = User.objects.get(pk=request.user.pk)  # not `request.user`, which the frame shows as it is stored
    form = AccountForm(posted(request), person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Votre compte est enregistré.")
        return redirect("account:home")
    sessions = [(one, name_of_browser(one.browser)) for one in sessions_of(request.user)]
    return page(
        request,
        "account/home.html",
        title="Mon compte",
        form=form,
        sessions=sessions,
        here=request.session.session_key,
        tokens=request.user.tokens.prefetch_related("chosen__contract").order_by("-created_at"),
        status=status_of(form),
    )


@require_POST
@login_required
def close_sessions(request: HttpRequest) -> HttpResponse:
    """Closes the session that is named, or all but this one."""
    if name := request.POST.get("session", ""):
        closed = close_session(request.user, name)
        said = "Cette session est fermée." if closed else "Cette session était déjà fermée."
    else:
        close_other_sessions(request.user, but=request.session.session_key)
        said = "Vos autres sessions sont fermées."
    messages.success(request, said)
    return redirect("account:home")


@never_cache
@login_required
def close(request: HttpRequest) -> HttpResponse:
    """Asks for confirmation, then closes the account and everything that it opens."""
    if request.method == "POST":
        try:
            close_account(request.user, by=request.user)
        except Refused as error:
            messages.error(request, words_of(error))
            return redirect("account:close")
        logout(request)
        messages.success(request, "Votre compte est fermé.")
        return redirect(settings.LOGIN_URL)
    return page(request, "account/close.html", title="Fermer mon compte")
