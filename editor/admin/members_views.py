"""The members of a contract and their roles: shown to its responsables, who invite, change and remove."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.models import User
from editor.admin.fields import RevisionField
from editor.admin.pages import contract_page, page, words_of
from editor.admin.rows import status_of
from editor.admin.saving import told_on
from objectives.changes import Refused, Stale
from objectives.members import grant_role, remove_member
from objectives.models import Contract, Membership


class InviteForm(forms.Form):
    """Whom, by the address of an account that is there, and as what."""

    use_required_attribute = False

    email = forms.EmailField(
        label="Adresse électronique",
        help_text="Celle d’un compte qui existe ; l’administration du site crée les comptes.",
    )
    role = forms.ChoiceField(label="Rôle", choices=Membership.Role.choices, initial=Membership.Role.READER)

    def clean_email(self) -> User:
        """The active account of that address."""
        user = User.objects.filter(email=self.cleaned_data["email"].strip().lower(), is_active=True).first()
        if user is None:
            raise forms.ValidationError("Aucun compte ouvert n’a cette adresse : demandez-en un à l’administration.")
        return user


@contract_page("invite")
def members_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """Who is in the contract; a POST invites, changes a role or removes."""
    form = InviteForm(request.POST if "invite" in request.POST else None, label_suffix="")
    if request.method == "POST":
        if "invite" not in request.POST:
            return _change(request, contract)
        if form.is_valid():
            failed: list[Any] = []
            with told_on(form, failed):
                user = form.cleaned_data["email"]
                member = grant_role(contract, user, role=form.cleaned_data["role"], by=request.user)
            if not failed:
                messages.success(request, f"{user} est maintenant {member.get_role_display()} de ce contrat.")
                return HttpResponseRedirect(request.path)
    members = Membership.objects.filter(contract=contract).select_related("user").order_by("user__name", "pk")
    return page(
        request,
        "admin/objectives/contract/members.html",
        title="Membres",
        contract=contract,
        members=members,
        roles=Membership.Role.choices,
        form=form,
        status=status_of(form),
    )


def _change(request: HttpRequest, contract: Contract) -> HttpResponse:
    """« grant:12 » or « remove:12 »: the member of account 12."""
    gesture, _, pk = request.POST.get("member", "").partition(":")
    if gesture not in ("grant", "remove") or not pk.isdecimal() or len(pk) > 18:
        raise BadRequest("Ce geste n’a pas de sens.")
    user = User.objects.filter(pk=pk, memberships__contract=contract).first()
    revision = RevisionField().clean(request.POST.get("revision"))
    try:
        if user is None:
            raise Refused("Cette personne n’est pas, ou n’est plus, membre de ce contrat.")
        if gesture == "remove":
            remove_member(contract, user, by=request.user, revision=revision)
            messages.success(request, f"{user} n’est plus membre de ce contrat.")
        else:
            role = request.POST.get(f"role-{user.pk}", "")
            member = grant_role(contract, user, role=role, by=request.user, revision=revision)
            messages.success(request, f"{user} est maintenant {member.get_role_display()} de ce contrat.")
    except (Stale, Refused) as error:
        messages.error(request, words_of(error))
    return HttpResponseRedirect(request.path)
