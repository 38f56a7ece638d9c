"""The pages of a contract's own words: its fiche, its tags and quartiers, and the making of a new one."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from editor.admin.contract_form import ContractForm, ContractPage
from editor.admin.pages import contract_page, page
from editor.admin.word_rows import NEIGHBOURHOODS, TAGS, WordList
from editor.forms.rows import count_errors, disable, status_of
from editor.forms.saving import posted, told_on
from editor.reading.rights import allowed
from objectives.access import require_creation
from objectives.contract_edits import create_contract
from objectives.models import Contract


@contract_page("read", to_post="edit")
def contract_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """Head, levels and declared counts."""
    found = contract.revision
    shown = ContractPage(contract, posted(request))
    if request.method == "POST" and shown.is_valid() and shown.save(by=request.user):
        return _saved(request, contract, found, "La fiche du contrat est enregistrée.")
    readonly = contract.pk not in allowed(request, "edit")
    if readonly:
        disable(shown.form, shown.declared, shown.levels.rows)
    return page(
        request,
        "admin/objectives/contract/change_form.html",
        title="Fiche",
        contract=contract,
        shown=shown,
        readonly=readonly,
        status=status_of(*shown.forms),
    )


@contract_page("read", to_post="edit")
def words_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """Tags and quartiers."""
    found = contract.revision
    data = request.POST.copy() if request.method == "POST" else None
    lists = [WordList(kind, contract, data) for kind in (TAGS, NEIGHBOURHOODS)]
    failed: list[Any] = []
    answers = [one.rows.is_valid() for one in lists]
    if data is not None and all(answers):
        with transaction.atomic():
            for one in lists:
                failed += one.save(request.user)
            if failed:
                transaction.set_rollback(True)
        if not failed:
            return _saved(request, contract, found, "Les étiquettes et les quartiers sont enregistrés.")
        for one in lists:
            one.show_conflicts()
    errors = count_errors(*(one.rows for one in lists))
    readonly = contract.pk not in allowed(request, "edit")
    if readonly:
        disable(*(one.rows for one in lists))
    return page(
        request,
        "admin/objectives/contract/words.html",
        title="Étiquettes et quartiers",
        contract=contract,
        lists=lists,
        error_count=errors,
        readonly=readonly,
        status=status_of(*(one.rows for one in lists)),
    )


def add_contract_view(request: HttpRequest) -> HttpResponse:
    """A new contract, by an administrator."""
    require_creation(request.user)
    form = ContractForm(posted(request))
    if request.method == "POST" and form.is_valid():
        failed: list[Any] = []
        with told_on(form, failed):
            contract = create_contract(by=request.user, **form.typed)
        if not failed:
            messages.success(request, "Le contrat est créé : donnez-lui ses niveaux, puis ses premiers objectifs.")
            return HttpResponseRedirect(reverse("admin:objectives_contract_change", args=[contract.pk]))
    return page(
        request,
        "admin/objectives/contract/add_form.html",
        title="Créer un contrat",
        form=form,
        status=status_of(form),
    )


def _saved(request: HttpRequest, contract: Contract, found: int, said: str) -> HttpResponseRedirect:
    now = Contract.objects.values_list("revision", flat=True).get(pk=contract.pk)
    messages.success(request, said if found != now else "Rien n’avait changé.")
    return HttpResponseRedirect(request.path)
