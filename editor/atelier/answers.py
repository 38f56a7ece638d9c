"""How a gesture is answered: the refreshed outline in place, else a redirect; a refusal keeps the words typed."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from editor.atelier.doors import contract_door, in_place
from editor.atelier.outline import outline_page, outline_url
from editor.atelier.sight import read_sight
from editor.forms.saving import words_of
from editor.reading.outline import Outline
from objectives.changes import Refused, Stale
from objectives.models import Contract
from publications.templatetags.french import french


@dataclass(frozen=True, slots=True)
class Done:
    """What a gesture did: said to the person; the objective that is current after it; the keys that it changed."""

    said: str
    current: str | None
    keys: list[str] = field(default_factory=list)


class Impossible(Exception):
    """A gesture that leads nowhere (the first one cannot go up): said, and nothing is asked of any verb."""


Gesture = Callable[..., Done]


def gesture(view: Gesture) -> Callable[..., HttpResponse]:
    """A POST that asks one verb, for whoever may edit; what the verb refuses is told in the outline."""

    @require_POST
    @contract_door("edit")
    @wraps(view)
    def inner(request: HttpRequest, contract: Contract, **kwargs: Any) -> HttpResponse:
        try:
            done = view(request, contract, Outline(contract), **kwargs)
        except (Stale, Refused, Impossible) as error:
            return refusal(request, contract, error)
        return answer(request, contract, done)

    return inner


def answer(request: HttpRequest, contract: Contract, done: Done) -> HttpResponse:
    """The outline as it now is, or the way to it."""
    if not in_place(request):
        messages.success(request, french(done.said))
        return HttpResponseRedirect(outline_url(contract, done.current))
    outline = Outline(contract)
    sight = read_sight(outline, request.POST, outline.by_key.get(done.current or ""))
    response = outline_page(request, contract, outline, sight, said=french(done.said))
    response["HX-Trigger"] = json.dumps({"draft-changed": {"keys": done.keys}})
    return response


def refusal(request: HttpRequest, contract: Contract, error: Stale | Refused | Impossible) -> HttpResponse:
    """The outline as it now is with the reason; what was typed is back in its field."""
    said = french(str(error)) if isinstance(error, Impossible) else words_of(error)
    outline = Outline(contract)
    key = request.POST.get("objectif", "")
    sight = read_sight(outline, request.POST, outline.by_key.get(key))
    return outline_page(
        request,
        contract,
        outline,
        sight,
        status=412 if isinstance(error, Stale) else 400,
        said=said,
        is_refused=True,
        editing=key if "title" in request.POST and not in_place(request) else "",
        typed=request.POST.get("title", ""),
    )
