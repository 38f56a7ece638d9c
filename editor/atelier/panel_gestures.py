"""What the panel does beyond one line: paste a list, move a line elsewhere, bring back what was deleted, suggest."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms import formset_factory
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from actions.models import Action
from document.nodes import TEXT_LENGTH, WORD_LENGTH
from document.pasted import read_lines
from drafts.restoring import restore
from editor.atelier.doors import contract_door, in_place
from editor.atelier.finding import find_nodes
from editor.atelier.panel import DELETIONS, list_of
from editor.atelier.panel_doors import (
    draft_changed,
    find_item,
    find_kind,
    find_objective,
    outline_of,
    rights_of,
)
from editor.forms.fields import area
from editor.forms.item_rows import KINDS, ItemKind
from editor.forms.rows import tidy
from editor.forms.saving import posted, told_on, words_of
from editor.reading.outline import Branch, Outline
from objectives.changes import Refused, Stale, gesture
from objectives.models import Change, Contract, Objective

#: Most lines of one pasted list, and most suggestions.
PASTE_LIMIT, CHOICE_LIMIT = 300, 12


@require_safe
@contract_door("read")
def choices(request: HttpRequest, contract: Contract) -> HttpResponse:
    """The objectives that a code or some words name; as JSON, for a field that suggests."""
    found = find_nodes(Outline(contract), request.GET.get("q", ""), limit=CHOICE_LIMIT)
    listed = [{"value": node.choice, "code": node.code or "", "title": node.title} for node in found.nodes]
    return JsonResponse({"choices": listed, "total": found.total})


class PasteForm(forms.Form):
    """A list as it was copied."""

    use_required_attribute = False

    text = area(
        "La liste à coller",
        rows=8,
        limit=TEXT_LENGTH,
        help_text="Une ligne par élément. Les puces et les rangs (« • », « - », « a) », « 1. ») seront ôtés.",
    )


class PastedLine(forms.Form):
    """A line of the preview: emptied, it is left out."""

    use_required_attribute = False

    code = forms.CharField(label="Code imprimé", required=False, max_length=WORD_LENGTH)
    text = area("Texte", rows=1)


PastedLines = formset_factory(PastedLine, extra=0, max_num=PASTE_LIMIT, absolute_max=PASTE_LIMIT, validate_max=True)


@never_cache
@login_required
def paste(request: HttpRequest, slug: str, key: str, part: str) -> HttpResponse:
    """A copied list: typed, then shown line by line, then added whole or not at all."""
    objective, kind = find_objective(request, slug, key, "edit"), find_kind(part)
    form, lines, status = PasteForm(posted(request), label_suffix=""), None, 200
    if "lines-TOTAL_FORMS" in request.POST:
        lines = PastedLines(request.POST, prefix="lines", form_kwargs={"label_suffix": ""})
        if lines.is_valid() and (count := _add_all(objective, kind, lines, request.user)):
            return _back(request, objective, kind, f"{count} ajouté{_marks(kind, count)} à la liste.")
        status = 400
    elif request.method == "POST" and form.is_valid():
        read = read_lines(form.cleaned_data["text"])
        if read and len(read) <= PASTE_LIMIT:
            initial = [_shown(kind, line.code, line.text) for line in read]
            lines = PastedLines(initial=initial, prefix="lines", form_kwargs={"label_suffix": ""})
        else:
            said = f"Collez moins de {PASTE_LIMIT} lignes à la fois." if read else "Collez au moins une ligne."
            form.add_error("text", said)
            status = 400
    template = "editor/panel/paste.html"
    return _piece(request, template, objective, kind, status=status, form=form, lines=lines)


def _shown(kind: ItemKind, code: str | None, text: str) -> dict[str, str | None]:
    """Only actions have a code of their own: for the others it stays in the text."""
    if kind.model is Action or not code:
        return {"code": code, "text": text}
    return {"code": None, "text": f"{code} {text}"}


def _marks(kind: ItemKind, count: int) -> str:
    feminine = "e" if kind.one in ("action", "clause") else ""
    return feminine + ("s" if count > 1 else "")


def _add_all(objective: Objective, kind: ItemKind, lines: Any, by: Any) -> int:
    """How many were added, in order, after those that are there; 0: a line was refused, says why, and none was.

    They are one step to undo.
    """
    failed: list[forms.Form] = []
    count = 0
    with gesture(objective.contract):
        for line in lines.forms:
            text, code = tidy(line.cleaned_data.get("text")), tidy(line.cleaned_data.get("code"))
            if not text:
                continue
            values = {kind.row.NEEDED[0]: text} | ({"code": code} if code else {})
            with told_on(line, failed):
                kind.add(objective, by=by, **values)
                count += 1
        if failed:
            transaction.set_rollback(True)
    if not failed and not count:
        lines.forms and lines.forms[0].add_error("text", "Gardez au moins une ligne.")
    return 0 if failed else count


class MoveForm(forms.Form):
    """Under which objective a line goes."""

    use_required_attribute = False

    under = forms.CharField(
        label="Sous quel objectif ?",
        max_length=2_500,
        widget=forms.TextInput(attrs={"class": "target", "autocomplete": "off"}),
        help_text="Tapez son code ou des mots de son intitulé.",
    )

    def __init__(self, *args: Any, outline: Outline, **kwargs: Any) -> None:
        self.outline = outline
        super().__init__(*args, label_suffix="", **kwargs)

    def clean_under(self) -> Branch:
        """The objective that was named. Raises ValidationError."""
        return self.outline.find(self.cleaned_data["under"])


@never_cache
@login_required
def move(request: HttpRequest, slug: str, key: str, part: str, item: str) -> HttpResponse:
    """A line goes under another objective of the contract, after those that are there."""
    objective, kind = find_objective(request, slug, key, "edit"), find_kind(part)
    moved = find_item(objective, kind, key=item)
    if moved is None:
        raise Http404("Cette ligne n’est plus sous cet objectif.")
    form, status = MoveForm(posted(request), outline=outline_of(objective.contract)), 200
    if request.method == "POST" and form.is_valid():
        target = Objective.objects.get(pk=form.cleaned_data["under"].pk)
        failed: list[forms.Form] = []
        with told_on(form, failed):
            kind.move(moved, position=None, under=target, by=request.user, revision=None)
        if not failed:
            return _back(request, objective, kind, f"« {moved} » est maintenant sous « {target} ».", target.key)
    if request.method == "POST":
        status = 400
    return _piece(request, "editor/panel/move.html", objective, kind, status=status, form=form, item=moved)


@login_required
@require_POST
def bring_back(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Brings back a line that the person has just deleted, with all it held, under the same key."""
    objective = find_objective(request, slug, key, "edit")
    pk = request.POST.get("change", "")
    if not pk.isdecimal() or len(pk) > 18:
        raise Http404("Cette suppression est introuvable.")
    change = get_object_or_404(Change, pk=pk, contract=objective.contract, verb__in=DELETIONS)
    kind = next(kind for kind in KINDS if change.verb == f"delete_{kind.model._meta.model_name}")
    try:
        restore(change, by=request.user)
    except (Refused, Stale) as error:
        if in_place(request):
            return list_of(request, objective, kind, said=words_of(error))
        messages.error(request, words_of(error))
        return HttpResponseRedirect(reverse("editor:objective", args=[slug, key]))
    return _back(request, objective, kind, f"{kind.one.capitalize()} rétabli{_marks(kind, 1)}.")


def _back(request: HttpRequest, objective: Objective, kind: ItemKind, said: str, *keys: str) -> HttpResponse:
    """The list as it is now, in place; without JavaScript the whole panel, where the list is."""
    if in_place(request):
        return draft_changed(list_of(request, objective, kind, said=said), objective.key, *keys)
    messages.success(request, said)
    url = reverse("editor:objective", args=[objective.contract.slug, objective.key])
    return HttpResponseRedirect(f"{url}#panel-{kind.prefix}")


def _piece(
    request: HttpRequest, template: str, objective: Objective, kind: ItemKind, *, status: int, **context: Any
) -> HttpResponse:
    """A gesture's form: a piece of the panel for htmx, else a page of its own."""
    context |= {"objective": objective, "contract": objective.contract, "kind": kind, "piece": template}
    fragment = in_place(request)
    context |= {"fragment": fragment, "rights": rights_of(request, objective.contract)}
    return TemplateResponse(request, template if fragment else "editor/panel/alone.html", context, status=status)
