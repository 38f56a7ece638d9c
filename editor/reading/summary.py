"""The state of a draft as the admin shows it everywhere: its digest, its counts and its findings."""

from collections import Counter
from dataclasses import dataclass

from django.core.cache import cache

from document.checks import Finding, check
from document.codec import digest, encode
from document.nodes import ITEMS, Document
from document.walk import count, walk
from drafts.read import read_draft
from objectives.models import Contract

#: The words for what a finding weighs: one, several.
SEVERITIES = {
    "grave": ("grave", "graves"),
    "contradiction": ("contradiction", "contradictions"),
    "gap": ("à compléter", "à compléter"),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """A draft at one revision: its digest, its counts and all its findings."""

    digest: str
    counts: dict[str, int]
    findings: tuple[Finding, ...]
    #: How many findings there are on each objective and what hangs on it, by its key.
    by_objective: Counter[str]

    @property
    def by_severity(self) -> list[tuple[str, str, list[Finding]]]:
        """The findings, gravest first: the severity, its words, and its findings; severities without any left out."""
        groups = {name: [one for one in self.findings if one.severity == name] for name in SEVERITIES}
        return [(name, SEVERITIES[name][len(found) > 1], found) for name, found in groups.items() if found]

    @property
    def weights(self) -> Counter[str]:
        """How many findings of each severity."""
        return Counter(finding.severity for finding in self.findings)

    def of(self, keys: set[str]) -> list[Finding]:
        """The findings on those keys."""
        return [finding for finding in self.findings if finding.key in keys]


def summary_of(contract: Contract) -> Summary:
    """The draft's summary, kept by revision: a revision names one state of the draft for ever.

    The revision is read anew: that of an instance may come from a transaction that was rolled back.
    """
    revision = Contract.objects.values_list("revision", flat=True).get(pk=contract.pk)
    name = f"draft:{contract.pk}:{revision}"
    found: Summary | None = cache.get(name)
    if found is None:
        document = read_draft(contract)
        findings = tuple(check(document))
        found = Summary(digest(encode(document)), count(document), findings, _by_objective(document, findings))
        cache.set(name, found, 24 * 3600)
    return found


def _by_objective(document: Document, findings: tuple[Finding, ...]) -> Counter[str]:
    nodes = (place.objective for place in walk(document))
    owners = {item.key: node.key for node in nodes for kind in ITEMS for item in getattr(node, kind)}
    return Counter(owners.get(finding.key, finding.key) for finding in findings if finding.key)
