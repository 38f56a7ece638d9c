"""Passwords, by Django's own views: changed by their owner, or chosen anew by a link that a letter brings."""

import logging
from typing import Any

from axes.utils import reset
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.core.cache import cache
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy

from accounts.sessions import close_other_sessions
from editor.account.frame import Framed, RedirectThen
from editor.account.letters import send_letter

logger = logging.getLogger(__name__)
#: Seconds before the same account gets another letter.
BETWEEN_LETTERS = 120


class Change(Framed, views.PasswordChangeView):
    """A new password, for whoever knows the old one; every other session is closed."""

    template_name = "account/password.html"
    success_url = reverse_lazy("account:home")
    title = "Changer de mot de passe"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Keeps this session alone."""
        response = super().form_valid(form)
        close_other_sessions(self.request.user, but=self.request.session.session_key)
        messages.success(self.request, "Le mot de passe est changé ; vos autres sessions sont fermées.")
        return response


class LetterForm(PasswordResetForm):
    """The address of an account; the letter goes out, or not, without a word."""

    use_required_attribute = False

    email = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "class": "wide"}),
    )

    def send_mail(self, subject: str, body: str, context: dict[str, Any], sender: Any, to: str, **_: Any) -> None:
        """One letter at a time: a stranger who asks and asks again does not fill someone's box."""
        user, args = context["user"], [context["uid"], context["token"]]
        if not cache.add(f"password-letter:{user.pk}", True, BETWEEN_LETTERS):
            return
        link = f"{context['protocol']}://{context['domain']}{reverse('account:choose', args=args)}"
        try:
            send_letter("password", to, user=user, link=link, hours=settings.PASSWORD_RESET_TIMEOUT // 3_600)
        except OSError:
            logger.exception("Lettre « password » au compte %s", user.pk)


class Forgotten(Framed, views.PasswordResetView):
    """Asks for the letter. The answer is the same, and as quick, whether the address has an account or not."""

    form_class = LetterForm
    template_name = "account/forgotten.html"
    success_url = reverse_lazy("account:sent")
    title = "Mot de passe oublié"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """The account is looked for once the answer is sent."""
        return RedirectThen(str(self.success_url), lambda: super(Forgotten, self).form_valid(form))


class Sent(Framed, views.PasswordResetDoneView):
    """What to do now."""

    template_name = "account/sent.html"
    title = "Consultez vos courriels"


class Choose(Framed, views.PasswordResetConfirmView):
    """The link of the letter: a new password, once. All sessions are closed, and sign-in is open again."""

    template_name = "account/choose.html"
    success_url = reverse_lazy("admin:login")
    title = "Choisir un nouveau mot de passe"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Whoever holds the letter is no longer kept waiting for the wrong passwords of before."""
        response = super().form_valid(form)
        close_other_sessions(form.user, but=None)
        reset(username=form.user.email)
        messages.success(self.request, "Votre nouveau mot de passe est enregistré : connectez-vous.")
        return response

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """404 for a link that does not serve, or no longer."""
        if not self.validlink:
            context, kwargs = context | {"title": "Ce lien ne sert plus"}, kwargs | {"status": 404}
        return super().render_to_response(context, **kwargs)
