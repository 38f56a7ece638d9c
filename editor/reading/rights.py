"""What a person may do in the contracts, as `objectives.access` says, asked once a request."""

from django.http import HttpRequest

from objectives.access import RIGHTS, contracts_for
from objectives.models import Contract


def allowed(request: HttpRequest, right: str) -> frozenset[int]:
    """The pks of the contracts in which the person of this request has that right."""
    kept: dict[str, frozenset[int]] = request.__dict__.setdefault("_allowed_contracts", {})
    if right not in kept:
        kept[right] = frozenset(contracts_for(request.user, right).values_list("pk", flat=True))
    return kept[right]


def rights_in(request: HttpRequest, contract: Contract) -> dict[str, bool]:
    """What the person may do in that contract, by the name of the right."""
    return {right: contract.pk in allowed(request, right) for right in RIGHTS}
