"""« Vos contrats » : where an officer arrives, each contract with its state and the ways into it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from editor.admin.pages import page
from editor.reading.states import PER_PAGE, read_states
from objectives.access import contracts_for


def home_view(request: HttpRequest) -> HttpResponse:
    """The contracts of the person, by title."""
    contracts = contracts_for(request.user).select_related("territory").order_by("title", "pk")
    number = request.GET.get("p", "1")
    if not number.isdecimal():
        raise Http404("Page introuvable")
    listed = Paginator(contracts, PER_PAGE).get_page(number)
    return page(
        request,
        "admin/index.html",
        title="Vos contrats",
        states=read_states(request, list(listed)),
        listed=listed,
        may_create=request.user.is_superuser,
    )
