"""The letters that the site sends: plain text in careful French, whose first line is the subject."""

import logging

from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.invitations import invitation_secret
from objectives.models import Membership
from publications.templatetags.french import french

logger = logging.getLogger(__name__)


def send_letter(name: str, to: str, *, reply_to: str = "", **context: object) -> None:
    """Sends the letter of that name to that address. Raises OSError when the mail server does not take it."""
    text = french(render_to_string(f"letters/{name}.txt", context | {"site": settings.SITE}).strip())
    subject, _, body = str(text).partition("\n")
    answer_to = [reply_to] if reply_to else []
    EmailMessage(subject.strip(), f"{body.strip()}\n", to=[to], reply_to=answer_to).send()


def send_invitation(request: HttpRequest, member: Membership) -> None:
    """Sends a member the letter that tells their role, with the link that opens their account if they have none yet.

    Says on the next page whether it went.
    """
    user = member.user
    if user.is_awaited:
        name, link = "invitation", reverse("account:open_invitation", args=[invitation_secret(user)])
    else:
        name, link = "new_role", resolve_url(settings.LOGIN_REDIRECT_URL)
    context = {"member": member, "by": request.user, "link": request.build_absolute_uri(link)}
    try:
        send_letter(name, user.email, reply_to=request.user.email, **context)
    except OSError:
        logger.exception("Lettre « %s » au compte %s", name, user.pk)
        messages.warning(
            request,
            f"Le rôle de {user} est enregistré, mais la lettre n’a pas pu partir. Prévenez-le autrement."
            if name == "new_role"
            else f"L’invitation de {user} est enregistrée, mais la lettre n’a pas pu partir. Renvoyez-la plus tard.",
        )
    else:
        messages.success(request, f"Une lettre est partie à {user.email}.")
