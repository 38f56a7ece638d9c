"""What the admin's own pages share: the contract they are about, the right they ask for, and what their frame shows."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import site
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from editor.reading.rights import rights_in
from editor.reading.summary import summary_of
from objectives.access import contracts_for, require
from objectives.models import Contract
from publications.models import Publication

View = Callable[..., HttpResponseBase]


def contract_page(right: str, *, to_post: str | None = None) -> Callable[[View], View]:
    """A page of one contract: 404 for whoever may not read it, 403 without that right (`to_post`: to send its form)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, contract_id: int, **kwargs: Any) -> HttpResponseBase:
            contract = find_contract(request, contract_id)
            require(request.user, (to_post or right) if request.method == "POST" else right, contract)
            return view(request, contract, **kwargs)

        return site.admin_view(inner)

    return decorate


def find_contract(request: HttpRequest, pk: object) -> Contract:
    """The contract of that pk among those that the person may read; else 404."""
    if not str(pk).isdecimal():
        raise BadRequest("Le numéro du contrat n’en est pas un.")
    return get_object_or_404(contracts_for(request.user).select_related("territory"), pk=pk)


def page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    contract: Contract | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """One page of the admin, with the contract's own navigation when it is about one."""
    if contract is not None:
        published = Publication.objects.filter(contract=contract).exists()
        context |= {"rights": rights_in(request, contract), "draft": summary_of(contract), "published": published}
    return TemplateResponse(
        request,
        template,
        {**site.each_context(request), "title": title, "contract": contract, **context},
        status=status,
    )
