"""The tokens of a person's programs: issued and revoked by their owner; each secret is shown once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache

from accounts.models import Token, User
from editor.admin.pages import page
from editor.forms.rows import status_of
from editor.forms.saving import posted, told_on
from objectives.access import contracts_for
from objectives.models import Contract
from objectives.tokens import issue_token


class TokenForm(forms.Form):
    """What the token is for, and how far it goes."""

    use_required_attribute = False

    label = forms.CharField(
        label="Usage",
        max_length=100,
        widget=forms.TextInput({"class": "wide"}),
        help_text="Le logiciel ou le service qui s’en servira : « Tableau de bord du service », « Site de la ville ».",
    )
    writes = forms.TypedChoiceField(
        label="Ce que le jeton permet",
        choices=[("", "Lire"), ("1", "Lire et écrire, dans la limite de vos rôles")],
        widget=forms.RadioSelect,
        coerce=bool,
        empty_value=False,
        required=False,
    )
    contracts = forms.ModelMultipleChoiceField(
        Contract.objects.none(),
        label="Contrats",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Sans choix : tous vos contrats, y compris ceux où vous entrerez plus tard.",
    )
    expires_on = forms.DateField(
        label="Valable jusqu’au",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Ce jour compris. Sans date, il vaut jusqu’à ce que vous le révoquiez.",
    )

    def __init__(self, data: Any, *, by: User) -> None:
        super().__init__(data, label_suffix="")
        self.fields["contracts"].queryset = contracts_for(by).order_by("title")


@never_cache
@login_required
def new_token(request: HttpRequest) -> HttpResponse:
    """Issues a token, and shows its secret this once."""
    form, secret, failed = TokenForm(posted(request), by=request.user), "", []
    if request.method == "POST" and form.is_valid():
        with told_on(form, failed):
            _, secret = issue_token(request.user, **form.cleaned_data)
    title = "Jeton émis" if secret else "Émettre un jeton d’API"
    return page(request, "account/token.html", title=title, form=form, secret=secret, status=status_of(form))


@never_cache
@login_required
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for confirmation, then revokes a token of one's own; those of others do not exist."""
    token = get_object_or_404(Token, pk=pk, user=request.user)
    if request.method == "POST":
        token.delete()
        messages.success(request, f"Le jeton « {token.label} » est révoqué : le programme qui s’en servait est coupé.")
        return redirect("account:home")
    return page(request, "account/revoke.html", title="Révoquer un jeton", token=token)
