"""The share links of a publication, kept by the responsables of its contract; each address is shown once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from document.nodes import WORD_LENGTH
from editor.admin.pages import contract_page, page
from editor.forms.rows import status_of
from editor.forms.saving import told_on, words_of
from objectives.changes import Refused
from objectives.models import Contract
from publications.models import Publication, ShareLink
from publications.sharing import add_share_link, renew_share_link, revoke_share_link


class ShareForm(forms.Form):
    """For whom a link is."""

    use_required_attribute = False
    is_stale = False

    label = forms.CharField(
        label="Pour qui",
        max_length=WORD_LENGTH,
        help_text="Les personnes à qui vous donnerez ce lien : « Comité de pilotage de mars », « CAF du Gard ».",
    )


@contract_page("publish")
def share_view(request: HttpRequest, contract: Contract, number: int) -> HttpResponse:
    """The links of one publication; a POST makes, renews or revokes one."""
    shared = Publication.objects.filter(visibility=Publication.Visibility.LINK).defer("content")
    publication = shared.select_related("contract").filter(contract=contract, number=number).first()
    if publication is None:
        raise Http404("Publication introuvable")
    form = ShareForm(request.POST if "add" in request.POST else None, label_suffix="")
    secret = ""
    if "link" in request.POST:
        secret = _change(request, publication)
        if not secret:
            return HttpResponseRedirect(request.path)
    elif request.method == "POST" and form.is_valid():
        failed: list[Any] = []
        with told_on(form, failed):
            _, secret = add_share_link(publication, label=form.cleaned_data["label"], by=request.user)
    return _show(request, publication, form, secret)


def _change(request: HttpRequest, publication: Publication) -> str:
    """« revoke:12 » or « renew:12 »: closes link 12; the secret of the one that replaces it, if one does."""
    gesture, _, pk = request.POST["link"].partition(":")
    if gesture not in ("renew", "revoke") or not pk.isdecimal() or len(pk) > 18:
        raise BadRequest("Ce geste n’a pas de sens.")
    link = ShareLink.objects.filter(publication=publication, pk=pk).first()
    if link is None:
        raise Http404("Lien introuvable")
    link.publication = publication
    try:
        if gesture == "renew":
            return renew_share_link(link, by=request.user)[1]
        revoke_share_link(link, by=request.user)
        messages.success(request, f"Le lien « {link} » est révoqué : il n’ouvre plus rien.")
    except Refused as error:
        messages.error(request, words_of(error))
    return ""


def _show(request: HttpRequest, publication: Publication, form: ShareForm, secret: str) -> HttpResponse:
    links = ShareLink.objects.filter(publication=publication).select_related("created_by").order_by("-pk")
    return page(
        request,
        "admin/publications/publication/share.html",
        title="Lien créé" if secret else "Liens de partage",
        contract=publication.contract,
        publication=publication,
        links=links,
        address=request.build_absolute_uri(reverse("public:share", args=[secret])) if secret else "",
        form=ShareForm(label_suffix="") if secret else form,
        status=status_of(form),
    )
