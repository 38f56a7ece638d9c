"""A whole contract back out of a file: replaces a draft once its changes were seen, or makes a new contract."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from document.codec import FILE_LIMIT, decode, encode
from document.faults import DocumentError
from document.nodes import Document
from document.sources.files import READERS, read_file
from drafts.write import write_draft
from editor.admin.objective_views import tree_url
from editor.admin.pages import contract_page, page
from editor.forms.rows import status_of
from editor.forms.saving import posted, words_of
from objectives.access import require_creation
from objectives.changes import Refused, Stale
from objectives.models import Contract
from publications.editions import draft_edition
from publications.renditions.comparison import tell

SALT, PREVIEW_AGE = "editor.admin.document", 4 * 3600


class DocumentForm(forms.Form):
    """The file of a whole contract."""

    use_required_attribute = False

    file = forms.FileField(label="Fichier", help_text=f"Le contrat entier : {', '.join(READERS)}.")

    def clean_file(self) -> Document:
        """The document. Raises ValidationError with the path of every fault."""
        file = self.cleaned_data["file"]
        try:
            return read_file(file.name, file.read(FILE_LIMIT + 1))
        except DocumentError as error:
            raise forms.ValidationError(str(error).split("\n")) from error


@contract_page("edit")
def document_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """Reads a file and shows what it would change; once confirmed, replaces the draft, if it is still the same."""
    if "document" in request.POST:
        return _confirm(request, contract)
    form = DocumentForm(posted(request), request.FILES or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        document = form.cleaned_data["file"]
        if document.contract.slug == contract.slug:
            return _preview(request, contract, document)
        form.add_error("file", f"Ce document est celui du contrat « {document.contract.slug} ».")
    title = "Remplacer le brouillon"
    template = "admin/objectives/contract/document.html"
    return page(request, template, title=title, contract=contract, form=form, status=status_of(form))


def _preview(request: HttpRequest, contract: Contract, document: Document) -> HttpResponse:
    revision = Contract.objects.values_list("revision", flat=True).get(pk=contract.pk)
    draft = draft_edition(contract)
    load = {"contract": contract.pk, "user": request.user.pk, "revision": revision}
    return page(
        request,
        "admin/objectives/contract/document_preview.html",
        title="Aperçu du remplacement",
        contract=contract,
        account=tell(draft, replace(draft, document=document)),
        document=signing.dumps(load | {"document": encode(document).decode()}, salt=SALT, compress=True),
    )


def _confirm(request: HttpRequest, contract: Contract) -> HttpResponse:
    try:
        load: dict[str, Any] = signing.loads(request.POST["document"], salt=SALT, max_age=PREVIEW_AGE)
    except signing.BadSignature:
        load = {}
    if (load.get("contract"), load.get("user")) != (contract.pk, request.user.pk):
        messages.error(request, "Cet aperçu n’est plus valable : choisissez de nouveau le fichier.")
        return HttpResponseRedirect(request.path)
    document = decode(load["document"])
    try:
        write_draft(document, by=request.user, revision=load["revision"])
    except (Stale, Refused) as error:
        messages.error(request, f"{words_of(error)} Voici l’aperçu à jour.")
        return _preview(request, contract, document)
    messages.success(request, "Le brouillon est remplacé par ce document.")
    return HttpResponseRedirect(tree_url(contract))


def _new_document(request: HttpRequest) -> HttpResponse:
    """A new contract out of a file, by an administrator."""
    require_creation(request.user)
    form = DocumentForm(posted(request), request.FILES or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        document = form.cleaned_data["file"]
        if not Contract.objects.filter(slug=document.contract.slug).exists():
            contract = write_draft(document, by=request.user)
            messages.success(request, f"Le contrat « {contract} » est créé.")
            return HttpResponseRedirect(tree_url(contract))
        known = f"Le contrat « {document.contract.slug} » existe déjà"
        form.add_error("file", f"{known} : passez par sa page « Tableurs ».")
    title = "Créer un contrat à partir d’un fichier"
    template = "admin/objectives/contract/document.html"
    return page(request, template, title=title, form=form, status=status_of(form))


new_document_view = admin.site.admin_view(_new_document)
