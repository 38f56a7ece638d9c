"""How many findings there are on each objective: at once for a usual contract, a moment later for a huge one."""

from collections import Counter
from dataclasses import dataclass, field

from django.core.cache import cache

from editor.reading.summary import summary_of
from objectives.models import Contract

#: Above so many objectives a gesture does not wait for the checks, which read the whole draft.
CHECKED_AT_ONCE = 800


@dataclass(frozen=True, slots=True)
class Tally:
    """Findings by the key of their objective, and in all; not `is_known`: the checks of this revision are to come."""

    on: Counter[str] = field(default_factory=Counter)
    total: int = 0
    is_known: bool = True


def tally_of(contract: Contract, *, wait: bool) -> Tally:
    """The tally of the draft as it is; kept by revision, and apart from the findings, which are long to unpack."""
    revision = Contract.objects.values_list("revision", flat=True).get(pk=contract.pk)
    name = f"tally:{contract.pk}:{revision}"
    kept: Tally | None = cache.get(name)
    if kept is None and not wait:
        return Tally(is_known=False)
    if kept is None:
        summary = summary_of(contract)
        kept = Tally(summary.by_objective, len(summary.findings))
        cache.set(name, kept, 24 * 3600)
    return kept
