"""What the panel saves as it is typed: the objective's own fields, or one line of a list; answered in JSON."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from editor.atelier.panel_doors import draft_changed, find_objective, outline_of
from editor.atelier.panel_merging import Clash, Merge, clash_of, save_merged, seen_after
from editor.atelier.presence import mark_present
from editor.forms.objective_form import LABELS, initial_of, shown_of
from editor.forms.objective_page import ObjectivePage
from editor.forms.saving import spread, words_of
from objectives.changes import Refused, Stale
from objectives.edits import change_objective
from objectives.models import Contract, Objective
from objectives.rows import read_own

#: The lists that are the objective's own: the page cannot put them into controls, and reads them anew.
LISTS = ("notes", "references", "declared")


@login_required
@require_POST
def save_own(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Saves the fields of the objective that were touched and are sound; the others are told, and stay typed."""
    objective = find_objective(request, slug, key, "edit")
    mark_present(objective.contract, key, request.user)
    page = ObjectivePage(objective, outline_of(objective.contract), request.POST, with_items=False)
    page.is_valid()
    typed, seen = _sound(page), page.form.cleaned_data["seen"]
    stored = Stored(page)
    try:
        merge = save_merged(
            typed,
            seen,
            read=stored.read,
            change=lambda revision, changes: change_objective(objective, by=request.user, revision=revision, **changes),
        )
    except (Refused, Stale) as error:
        tell(error, page.form, {name: rows.in_order() for name, rows in page.parts.items() if name in typed})
        return JsonResponse({"errors": _errors(page), "said": words_of(error)}, status=400)
    initial = initial_of(stored.node, merge.revision)
    clashes = [
        clash_of(
            objective.contract,
            key,
            name,
            LABELS[name],
            typed=typed[name],
            stored=merge.stored[name],
            seen=seen,
            value=None if name in LISTS else initial[name],
        )
        for name in merge.clashes
    ]
    shown = {name: merge.stored[name] for name in LABELS}
    unshown = [*merge.clashes, *(name for name in merge.fresh if name in LISTS), *(set(LABELS) - set(typed))]
    return answer_save(
        request,
        objective.contract,
        merge,
        clashes,
        keys=[key],
        errors=_errors(page),
        seen=seen_after(seen, shown, keeping=unshown),
        fresh={name: initial[name] for name in merge.fresh if name not in LISTS},
        tags=list(merge.stored["tags"]),
    )


class Stored:
    """The objective as it is stored: at first as the page has just read it, then read anew each time."""

    def __init__(self, page: ObjectivePage) -> None:
        self.objective, self.node = page.objective, page.stored
        self.is_read = True

    def read(self) -> tuple[dict[str, Any], int]:
        """The fields and the revision, which is read first: a change in between makes the verb refuse, not overwrite.

        Raises Refused when the objective is gone.
        """
        revision: int | None = self.objective.revision
        if not self.is_read:
            revision = Objective.objects.values_list("revision", flat=True).filter(pk=self.objective.pk).first()
        if revision is None:
            raise Refused("Cet objectif vient d’être supprimé. Votre texte est encore dans cette page : copiez-le.")
        if not self.is_read:
            self.node = read_own(self.objective)
        self.is_read = False
        return shown_of(self.node), revision


def _sound(page: ObjectivePage) -> dict[str, Any]:
    """What was typed, without the fields and lists in which something is wrong."""
    form, wrong = page.form, set(page.form.errors)
    if "new_tags" in wrong:
        wrong.add("tags")
    form.cleaned_data.setdefault("seen", "")
    typed = {name: value for name, value in form.typed.items() if name not in wrong and name in form.fields}
    sound = {name: rows for name, rows in page.parts.items() if rows.is_valid()}
    return typed | {name: [row.typed for row in rows.in_order()] for name, rows in sound.items()}


def _errors(page: ObjectivePage) -> dict[str, list[str]]:
    found = errors_of(page.form)
    for rows in page.parts.values():
        found |= {rows.prefix: [str(one) for one in rows.non_form_errors()]} if rows.non_form_errors() else {}
        for row in rows.forms:
            found |= errors_of(row)
    return found


def errors_of(form: Any) -> dict[str, list[str]]:
    """What is wrong in a form, by the name of the control; under the form's own prefix where it is about the whole."""
    named = form.errors.items()
    return {
        (form.prefix or "" if name == "__all__" else form.add_prefix(name)): [str(one) for one in errors]
        for name, errors in named
    }


def tell(error: Refused | Stale, form: Any, lists: dict[str, Any]) -> None:
    """Puts what a verb refuses beside its field."""
    if isinstance(error, Stale):
        form.add_error(None, words_of(error))
    else:
        spread(error, form, lists)


def answer_save(
    request: HttpRequest,
    contract: Contract,
    merge: Merge,
    clashes: list[Clash],
    *,
    keys: list[str],
    errors: dict[str, list[str]],
    **answer: Any,
) -> HttpResponse:
    """200; 400 when something typed could not be saved, 412 when something typed clashes. The rest is saved."""
    shown = {
        clash.name: {
            "html": render_to_string("editor/panel/clash.html", {"clash": clash}, request),
            "value": clash.value,
            "trace": clash.trace,
        }
        for clash in clashes
    }
    at = timezone.localtime().strftime("%H:%M")
    body = {"at": at, "revision": merge.revision, "errors": errors, "clashes": shown} | answer
    response = JsonResponse(body, status=412 if clashes else 400 if errors else 200)
    return draft_changed(response, *keys) if merge.changed else response
