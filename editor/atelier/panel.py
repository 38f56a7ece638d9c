"""The panel of one objective: everything that it holds, on a page of its own or beside the outline."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from document.checks import Finding
from drafts.copying import origin_of
from editor.atelier.doors import in_place
from editor.atelier.panel_doors import find_objective, outline_of, rights_of
from editor.atelier.presence import mark_present, others_at, told
from editor.forms.item_lists import ItemList
from editor.forms.objective_page import ObjectivePage
from editor.forms.rows import disable, status_of
from editor.forms.saving import posted
from editor.reading.outline import THREADS
from editor.reading.summary import summary_of
from objectives.access import contracts_for, may
from objectives.edits import suggested_code
from objectives.models import Change, Contract, Objective
from publications.models import Entry, Publication


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def panel(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The page, or its piece for htmx; a POST saves all of it at once, as a browser without JavaScript does."""
    objective = find_objective(request, slug, key, "edit" if request.method == "POST" else "read")
    shown = ObjectivePage(objective, outline_of(objective.contract), posted(request))
    if request.method == "POST" and shown.is_valid():
        before = objective.contract.revision
        if shown.save(by=request.user):
            changed = Contract.objects.values_list("revision", flat=True).get(pk=objective.contract_id) != before
            at = timezone.localtime().strftime("%H:%M")
            messages.success(request, f"Enregistré à {at}." if changed else "Rien n’avait changé.")
            return HttpResponseRedirect(_after(objective, before, request))
    return TemplateResponse(
        request,
        "editor/panel/section.html" if in_place(request) else "editor/panel.html",
        _context(request, shown),
        status=status_of(*shown.forms),
    )


def _after(objective: Objective, before: int, request: HttpRequest) -> str:
    """The same page, which offers to take back what this saving has deleted."""
    deleted = Change.objects.filter(
        contract=objective.contract, by=request.user, revision__gt=before, verb__in=DELETIONS
    ).order_by("revision")
    query = {"supprime": ",".join(str(pk) for pk in deleted.values_list("pk", flat=True)[:20])}
    url = reverse("editor:objective", args=[objective.contract.slug, objective.key])
    return f"{url}?supprime={query['supprime']}" if query["supprime"] else url


#: The verbs that delete a line of the panel.
DELETIONS = ("delete_action", "delete_clause", "delete_indicator")


def _context(request: HttpRequest, shown: ObjectivePage) -> dict[str, Any]:
    objective, contract = shown.objective, shown.objective.contract
    readonly = not may(request.user, "edit", contract)
    if readonly:
        disable(*shown.forms)
    above = list(Objective.objects.above(objective))
    parent = above[-1] if above else None
    prepare(shown)
    return {
        "contract": contract,
        "rights": rights_of(request, contract),
        "objective": objective,
        "shown": shown,
        "above": above,
        "thread": ((above[0] if above else objective).position % THREADS) + 1,
        "readonly": readonly,
        "fragment": in_place(request),
        "suggested": suggested_code(contract, level=objective.level, under=parent),
        "findings": findings_on(objective),
        "last": last_change_of(objective),
        "origin": _origin(request, objective),
        "published": Entry.objects.filter(
            publication=Publication.objects.current().filter(contract=contract).first(),
            kind=Entry.Kind.OBJECTIVE,
            key=objective.key,
        ).exists(),
        "present": told(others_at(contract, objective.key, request.user)),
        "gone": [] if readonly else _gone(request, objective),
    }


def _origin(request: HttpRequest, objective: Objective) -> dict[str, Any] | None:
    """What it was copied from; `is_open`: it is there, in a draft that the person may read, else it is not named."""
    origin = origin_of(objective)
    if origin is not None:
        here = Objective.objects.filter(contract__in=contracts_for(request.user), contract__slug=origin["contract"])
        origin["is_open"] = here.filter(key=origin["key"]).exists()
    return origin


def prepare(shown: ObjectivePage) -> None:
    """Tags that the objective does not bear are suggested as one types, not all listed."""
    shown.form.fields["new_tags"].widget.attrs |= {"list": "panel-tags", "autocomplete": "off"}


def _gone(request: HttpRequest, objective: Objective) -> list[Change]:
    """What the person's last saving deleted, while the page still offers to bring it back."""
    pks = [int(pk) for pk in request.GET.get("supprime", "").split(",")[:20] if pk.isdecimal() and len(pk) < 19]
    return list(Change.objects.filter(contract=objective.contract, pk__in=pks, verb__in=DELETIONS, by=request.user))


def keys_of(objective: Objective) -> set[str]:
    """Its own key and those of all that hangs under it, children left out."""
    items = [list(rows.values_list("key", flat=True)) for rows in _items(objective)]
    return {objective.key, *(key for keys in items for key in keys)}


def _items(objective: Objective) -> tuple[Any, ...]:
    return objective.actions, objective.clauses, objective.indicators


def findings_on(objective: Objective) -> list[Finding]:
    """What the checks say of it and of what it holds."""
    return summary_of(objective.contract).of(keys_of(objective))


def last_change_of(objective: Objective) -> Change | None:
    """Who changed it, or something that it holds, last."""
    changes = Change.objects.filter(contract=objective.contract, key__in=keys_of(objective))
    return changes.select_related("by").order_by("-revision").first()


@never_cache
@login_required
@require_safe
def state(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Findings and last change, read anew after something was saved."""
    objective = find_objective(request, slug, key)
    context = {"findings": findings_on(objective), "last": last_change_of(objective)}
    named = {"objective": objective, "contract": objective.contract}
    return TemplateResponse(request, "editor/panel/standing.html", context | named)


@never_cache
@login_required
@require_POST
def presence(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Says who else is at it; « editing » says that the person is too, which a reader never is."""
    objective = find_objective(request, slug, key)
    if request.POST.get("editing") and may(request.user, "edit", objective.contract):
        mark_present(objective.contract, key, request.user)
    return HttpResponse(told(others_at(objective.contract, key, request.user)))


def list_of(request: HttpRequest, objective: Objective, kind: Any, *, said: str = "") -> HttpResponse:
    """One list of the panel as it stands, after a gesture that changed several of its lines."""
    one = ItemList(kind, objective, outline_of(objective.contract), None)
    context = {"list": one, "objective": objective, "contract": objective.contract, "fragment": True, "said": said}
    response = TemplateResponse(request, "editor/panel/list.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = f"#panel-{kind.prefix}", "outerHTML"
    return response
