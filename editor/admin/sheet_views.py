"""Flat tables of one contract out to a spreadsheet and back, with a preview before anything is written."""

from typing import Any

import tablib
from django import forms
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from editor.admin.pages import contract_page, page
from editor.admin.sheet_files import FILE_LIMIT, FORMATS, FileRefused, read_sheet
from editor.admin.sheet_preview import preview_of
from editor.admin.sheet_resource import SheetResource
from editor.admin.sheets import SHEETS
from editor.forms.rows import status_of
from editor.forms.saving import posted, words_of
from objectives.changes import Refused, Stale, check_revision
from objectives.models import Contract
from publications.templatetags.french import count_of

#: How long a preview can be confirmed, in seconds.
PREVIEW_AGE = 4 * 3600
SALT = "editor.admin.sheet"
#: The files of a whole draft that « Remplacer le brouillon » reads back.
READ_BACK = ("json", "yaml", "xlsx", "ods")


class FileForm(forms.Form):
    """The file to read."""

    use_required_attribute = False

    file = forms.FileField(
        label="Fichier",
        help_text="Classeur Excel (.xlsx), LibreOffice (.ods) ou CSV. La première ligne nomme les colonnes.",
    )

    def clean_file(self) -> tablib.Dataset:
        """What is in it."""
        file = self.cleaned_data["file"]
        return read_sheet(file.name, file.read(FILE_LIMIT + 1))


@contract_page("read")
def sheets_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """The tables, each with its exports and its import."""
    tables = [(kind, len(kind(contract).lines)) for kind in SHEETS.values()]
    return page(
        request,
        "admin/objectives/contract/sheets.html",
        title="Tableurs",
        contract=contract,
        tables=tables,
        forms=list(FORMATS),
        files=READ_BACK,
    )


@contract_page("read")
def export_view(request: HttpRequest, contract: Contract, table: str, form: str) -> HttpResponse:
    """One table as a file."""
    kind = _kind(table)
    if form not in FORMATS:
        raise Http404("Format inconnu")
    format_ = FORMATS[form]()
    response = HttpResponse(format_.export_data(kind(contract).sheet()), content_type=format_.get_content_type())
    response["Content-Disposition"] = f'attachment; filename="{contract.slug}-{table}.{form}"'
    return response


@contract_page("edit")
def import_view(request: HttpRequest, contract: Contract, table: str) -> HttpResponse:
    """Reads a file and shows what it would change; once confirmed, does it, if the draft is still the same."""
    kind = _kind(table)
    if "rows" in request.POST:
        return _confirm(request, contract, kind)
    form = FileForm(posted(request), request.FILES or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        return _preview(request, contract, kind, form.cleaned_data["file"])
    return _ask(request, contract, kind, form)


def _ask(request: HttpRequest, contract: Contract, kind: type[SheetResource], form: FileForm) -> HttpResponse:
    return page(
        request,
        "admin/objectives/contract/import.html",
        title=f"Importer : {kind.TITLE.lower()}",
        contract=contract,
        kind=kind,
        columns=[field.column_name for field in kind.fields.values()],
        form=form,
        status=status_of(form),
    )


def _preview(
    request: HttpRequest, contract: Contract, kind: type[SheetResource], dataset: tablib.Dataset
) -> HttpResponse:
    """What the file would change: the verbs are called, and all is rolled back. The rows travel in the form, signed."""
    revision = Contract.objects.values_list("revision", flat=True).get(pk=contract.pk)
    sent = [dataset.headers, *[list(row) for row in dataset]]
    resource = kind(contract, by=request.user)
    result = resource.import_data(dataset, dry_run=True, rollback_on_validation_errors=True)
    contract.refresh_from_db()
    shown = preview_of(resource, result)
    load = {"table": kind.NAME, "contract": contract.pk, "user": request.user.pk, "revision": revision, "rows": sent}
    return page(
        request,
        "admin/objectives/contract/import_preview.html",
        title=f"Aperçu de l’import : {kind.TITLE.lower()}",
        contract=contract,
        kind=kind,
        shown=shown,
        rows=signing.dumps(load, salt=SALT, compress=True) if shown.is_ready else "",
        status=200 if shown.is_sound else 400,
    )


def _confirm(request: HttpRequest, contract: Contract, kind: type[SheetResource]) -> HttpResponse:
    """Imports for good what the person has seen, under the lock; a draft that has changed since is previewed anew."""
    try:
        load = signing.loads(request.POST["rows"], salt=SALT, max_age=PREVIEW_AGE)
    except signing.BadSignature:
        load = {}
    expected = {"table": kind.NAME, "contract": contract.pk, "user": request.user.pk}
    if {name: load.get(name) for name in expected} != expected:
        messages.error(request, "Cet aperçu n’est plus valable : choisissez de nouveau le fichier.")
        return HttpResponseRedirect(request.path)
    headers, *rows = load["rows"]
    dataset = tablib.Dataset(*rows, headers=headers)
    try:
        counts = _import(contract, kind, dataset, by=request.user, revision=load["revision"])
    except (Stale, Refused, FileRefused) as error:
        messages.error(request, f"{words_of(error)} Voici l’aperçu à jour.")
        return _preview(request, contract, kind, tablib.Dataset(*rows, headers=headers))
    said = [count_of(counts["new"], "ajout,ajouts"), count_of(counts["update"], "modification,modifications")]
    messages.success(request, f"Import terminé : {', '.join(said)}.")
    return HttpResponseRedirect(reverse("admin:objectives_contract_sheets", args=[contract.pk]))


def _import(
    contract: Contract, kind: type[SheetResource], dataset: tablib.Dataset, *, by: Any, revision: int
) -> dict[str, int]:
    with transaction.atomic():
        kept = Contract.objects.select_for_update().get(pk=contract.pk)
        check_revision(kept, revision)
        result = kind(kept, by=by).import_data(dataset, rollback_on_validation_errors=True)
        if result.has_errors() or result.has_validation_errors():
            raise Refused("Une ligne a été refusée : rien n’a été importé.")
    return dict(result.totals)


def _kind(table: str) -> type[SheetResource]:
    if table not in SHEETS:
        raise Http404("Table inconnue")
    return SHEETS[table]
