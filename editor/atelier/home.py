"""« Atelier » : a person's contracts, with what waits in each."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from editor.reading.readable import verb_name
from editor.reading.states import PER_PAGE, read_states
from objectives.access import contracts_for
from objectives.models import Change, Contract


@require_safe
@never_cache
@login_required
def home_view(request: HttpRequest) -> HttpResponse:
    """The contracts of the person, by title."""
    contracts = contracts_for(request.user).select_related("territory").order_by("title", "pk")
    listed = Paginator(contracts, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(listed)
    last = _last_changes(shown)
    states: list[dict[str, Any]] = [
        {"state": state, "last": last.get((state.contract.pk, state.contract.revision))}
        for state in read_states(request, shown)
    ]
    return render(request, "editor/home.html", {"states": states, "listed": listed})


def _last_changes(contracts: list[Contract]) -> dict[tuple[int, int], tuple[str, Change]]:
    """The change that made each contract's revision, with its name."""
    rows = Change.objects.filter(contract__in=contracts, revision__in={one.revision for one in contracts})
    changes = rows.select_related("by").defer("before", "after")
    return {(change.contract_id, change.revision): (verb_name(change.verb), change) for change in changes}
