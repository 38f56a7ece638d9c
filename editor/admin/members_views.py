"""The members of a contract and their roles: shown to its responsables, who invite, change and remove."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from accounts.models import User
from editor.account.letters import send_invitation
from editor.admin.pages import contract_page, page
from editor.forms.fields import RevisionField
from editor.forms.rows import status_of
from editor.forms.saving import told_on, words_of
from objectives.changes import Refused, Stale
from objectives.members import grant_role, invite, remove_member, resend_invitation
from objectives.models import Contract, Membership


class InviteForm(forms.Form):
    """Whom, by a work address, and as what."""

    use_required_attribute = False

    email = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        widget=forms.EmailInput({"class": "wide"}),
        help_text="L’adresse professionnelle. Qui n’a pas de compte reçoit un lien pour l’ouvrir.",
    )
    role = forms.ChoiceField(label="Rôle", choices=Membership.Role.choices, initial=Membership.Role.READER)


@contract_page("invite")
def members_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """Who is in the contract; a POST invites, changes a role, sends an invitation again or removes."""
    form = InviteForm(request.POST if "invite" in request.POST else None, label_suffix="")
    if request.method == "POST":
        if "invite" not in request.POST:
            return _change(request, contract)
        if form.is_valid():
            failed: list[Any] = []
            with told_on(form, failed):
                member = invite(contract, form.cleaned_data["email"], role=form.cleaned_data["role"], by=request.user)
            if not failed:
                send_invitation(request, member)
                return HttpResponseRedirect(request.path)
    members = Membership.objects.filter(contract=contract).select_related("user").order_by("user__name", "pk")
    return page(
        request,
        "admin/objectives/contract/members.html",
        title="Membres",
        contract=contract,
        members=members,
        roles=Membership.Role.choices,
        now=timezone.now(),
        form=form,
        status=status_of(form),
    )


def _change(request: HttpRequest, contract: Contract) -> HttpResponse:
    """« grant:12 », « remove:12 » or « resend:12 »: the member of account 12."""
    gesture, _, pk = request.POST.get("member", "").partition(":")
    if gesture not in ("grant", "remove", "resend") or not pk.isdecimal() or len(pk) > 18:
        raise BadRequest("Ce geste n’a pas de sens.")
    user = User.objects.filter(pk=pk, memberships__contract=contract).first()
    revision = RevisionField().clean(request.POST.get("revision"))
    try:
        if user is None:
            raise Refused("Cette personne n’est pas, ou n’est plus, membre de ce contrat.")
        if gesture == "resend":
            send_invitation(request, resend_invitation(contract, user, by=request.user))
        elif gesture == "remove":
            remove_member(contract, user, by=request.user, revision=revision)
            messages.success(request, f"{user} n’est plus membre de ce contrat.")
        else:
            role = request.POST.get(f"role-{user.pk}", "")
            member = grant_role(contract, user, role=role, by=request.user, revision=revision)
            messages.success(request, f"{user} est maintenant {member.get_role_display()} de ce contrat.")
    except (Stale, Refused) as error:
        messages.error(request, words_of(error))
    return HttpResponseRedirect(request.path)
