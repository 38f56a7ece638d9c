"""The state of each contract of a person: their role and rights, the draft, the last version."""

from dataclasses import dataclass

from django.http import HttpRequest

from editor.reading.rights import rights_in
from editor.reading.summary import Summary, summary_of
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
