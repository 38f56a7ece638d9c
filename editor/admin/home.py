"""« Vos contrats » : where an officer arrives, each contract with its state and the ways into it."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from editor.admin.drafts import Summary, summary_of
from editor.admin.pages import page, rights_in
from objectives.access import contracts_for
from objectives.models import Contract, Membership
from publications.models import Publication

#: Contracts a page: each may have to be checked anew, at some ten queries.
PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class State:
    """A contract as the home shows it; `last` None: never published."""

    contract: Contract
    role: str
    rights: dict[str, bool]
    draft: Summary
    last: Publication | None

    @property
    def has_changed(self) -> bool:
        """Whether the draft's text differs from that of the last publication."""
        return self.last is not None and self.last.digest != self.draft.digest


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


def read_states(request: HttpRequest, contracts: list[Contract]) -> list[State]:
    """The states of those contracts."""
    roles = {row.contract_id: row.get_role_display() for row in Membership.objects.filter(user=request.user)}
    publications = Publication.objects.filter(contract__in=contracts).order_by("number").defer("content", "note")
    last = {publication.contract_id: publication for publication in publications}
    return [
        State(
            contract=contract,
            role=roles.get(contract.pk, "administration"),
            rights=rights_in(request, contract),
            draft=summary_of(contract),
            last=last.get(contract.pk),
        )
        for contract in contracts
    ]
