"""What the pages of the atelier share: who may come in, and what every one of them shows around its own content."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from editor.reading.rights import rights_in
from objectives.access import contracts_for, require
from objectives.models import Contract

View = Callable[..., HttpResponseBase]


def contract_door(right: str) -> Callable[[View], View]:
    """A page of one contract: sign in first, 404 for whoever may not read it, 403 without that right."""

    def decorate(view: View) -> View:
        @never_cache
        @login_required
        @wraps(view)
        def inner(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
            contract = get_object_or_404(contracts_for(request.user).select_related("territory"), slug=slug)
            require(request.user, right, contract)
            return view(request, contract, **kwargs)

        return inner

    return decorate


def in_place(request: HttpRequest) -> bool:
    """Whether the page is there already and asks only for what has changed in it."""
    return request.headers.get("HX-Request") == "true"


def atelier_page(
    request: HttpRequest, template: str, *, contract: Contract, status: int = 200, **context: Any
) -> HttpResponse:
    """A page or a fragment about one contract, with what the person may do in it."""
    rights = rights_in(request, contract)
    return TemplateResponse(request, template, {"contract": contract, "rights": rights, **context}, status=status)
