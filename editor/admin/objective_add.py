"""Adding an objective: where it goes, at which level, under which code."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from editor.admin.pages import find_contract, page
from editor.forms.objective_form import ObjectiveForm
from editor.forms.rows import status_of
from editor.forms.saving import posted, told_on
from editor.reading.outline import Branch, Outline
from objectives.access import require
from objectives.edits import add_objective, suggested_code
from objectives.models import Contract, Objective


def add_view(request: HttpRequest) -> HttpResponse:
    """A new objective: `?contract=1&under=KEY` as its last child, `&after=KEY` as its next sibling, else a new root."""
    contract = find_contract(request, request.GET.get("contract", ""))
    require(request.user, "edit", contract)
    outline = Outline(contract)
    parent, position, model = _spot(request, outline)
    under = Objective.objects.get(pk=parent.pk) if parent else None
    form = ObjectiveForm(posted(request), contract=contract, stored=None, initial={"level": model})
    if request.method == "POST" and form.is_valid():
        failed: list[forms.Form] = []
        with told_on(form, failed):
            added = _add(contract, form, under=under, position=position, by=request.user)
        if not failed:
            messages.success(request, f"« {added} » est ajouté. Complétez-le, ou revenez à l’arbre.")
            return HttpResponseRedirect(reverse("admin:objectives_objective_change", args=[added.pk]))
    suggestions = [(level.name, suggested_code(contract, level=level, under=under)) for level in form.levels.values()]
    return page(
        request,
        "admin/objectives/objective/add_form.html",
        title="Ajouter un objectif",
        contract=contract,
        form=form,
        parent=parent,
        after=_named(outline, request.GET.get("after")),
        suggestions=suggestions,
        status=status_of(form),
    )


def _add(contract: Contract, form: ObjectiveForm, **place: Any) -> Objective:
    values = form.typed
    if values["code"] is None and not form.cleaned_data["no_code"]:
        del values["code"]  # left empty: the verb gives the next one of its level
    level = form.levels[values.pop("level")]
    return add_objective(contract, level=level, **place, **values)


def _spot(request: HttpRequest, outline: Outline) -> tuple[Branch | None, int | None, str]:
    """Where the new one goes (under which, at which rank; None: last) and the level that it most likely has."""
    after = _named(outline, request.GET.get("after"))
    under = after.parent if after else _named(outline, request.GET.get("under"))
    level = outline.level_at(under, after)
    return under, after.position + 1 if after else None, level.key if level else ""


def _named(outline: Outline, key: str | None) -> Branch | None:
    if not key:
        return None
    if key not in outline.by_key:
        raise Http404("Objectif introuvable dans ce contrat")
    return outline.by_key[key]
