"""The page of one objective: everything that it holds, shown and saved together."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from editor.admin.pages import page
from editor.forms.objective_page import ObjectivePage
from editor.forms.rows import disable, status_of
from editor.forms.saving import posted
from editor.reading.outline import Outline
from editor.reading.rights import allowed
from editor.reading.summary import summary_of
from objectives.access import contracts_for, require
from objectives.edits import suggested_code
from objectives.models import Contract, Objective


def tree_url(contract: Contract, key: str = "", part: str = "n") -> str:
    """The tree of that contract, open and with the focus at that objective."""
    url = reverse("admin:objectives_contract_tree", args=[contract.pk])
    return f"{url}?at={key}#{part}-{key}" if key else url


def find_objective(request: HttpRequest, object_id: object, right: str = "read") -> Objective:
    """The objective of that pk among those that the person may read (else 404), with that right (else 403)."""
    if not str(object_id).isdecimal():
        raise Http404("Objectif introuvable")
    objectives = Objective.objects.filter(contract__in=contracts_for(request.user))
    objective = get_object_or_404(objectives.select_related("contract__territory", "level"), pk=object_id)
    require(request.user, right, objective.contract)
    return objective


def change_view(request: HttpRequest, object_id: str) -> HttpResponse:
    """The objective's own page: everything that it holds, saved together."""
    objective = find_objective(request, object_id, "edit" if request.method == "POST" else "read")
    outline = Outline(objective.contract)
    shown = ObjectivePage(objective, outline, posted(request))
    if request.method == "POST" and shown.is_valid():
        before = objective.contract.revision
        if shown.save(by=request.user):
            changed = Contract.objects.values_list("revision", flat=True).get(pk=objective.contract_id) != before
            messages.success(request, "L’objectif est enregistré." if changed else "Rien n’avait changé.")
            return HttpResponseRedirect(_after(request, objective, outline))
    return _show(request, shown)


def _after(request: HttpRequest, objective: Objective, outline: Outline) -> str:
    """Where to go once it is saved: stay, the next objective, or the tree."""
    if "_tree" in request.POST:
        return tree_url(objective.contract, objective.key)
    following = outline.next_of(objective.pk)
    pk = following.pk if "_next" in request.POST and following else objective.pk
    return reverse("admin:objectives_objective_change", args=[pk])


def _show(request: HttpRequest, shown: ObjectivePage) -> HttpResponse:
    objective, outline = shown.objective, shown.outline
    branch = outline.by_pk[objective.pk]
    readonly = objective.contract_id not in allowed(request, "edit")
    if readonly:
        disable(*shown.forms)
    keys = {objective.key, *(item.key for one in shown.items for item in one.things.values())}
    parent = Objective.objects.filter(pk=branch.parent.pk).first() if branch.parent else None
    return page(
        request,
        "admin/objectives/objective/change_form.html",
        title=branch.name,
        contract=objective.contract,
        status=status_of(*shown.forms),
        shown=shown,
        branch=branch,
        outline=outline,
        previous=outline.next_of(objective.pk, -1),
        next=outline.next_of(objective.pk),
        readonly=readonly,
        findings=summary_of(objective.contract).of(keys),
        suggested=suggested_code(objective.contract, level=objective.level, under=parent),
    )
