"""The lines of the outline that are in the page: what each holds, what the checks say of it, who changed it lately."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import NamedTuple

from django.db.models import Count, Max
from django.utils import timezone

from accounts.models import User
from editor.atelier.sight import Sight
from editor.forms.item_rows import KINDS
from editor.reading.outline import Branch, Outline
from objectives.models import Change, Contract

#: How long « lately » lasts.
LATELY = timedelta(days=14)


class Touch(NamedTuple):
    """Who changed something last, and when."""

    by: str
    at: datetime


@dataclass(slots=True, eq=False)
class Line:
    """One line; `closes`: how many lists end after it."""

    node: Branch
    level: str
    is_open: bool = False
    is_current: bool = False
    counts: list[tuple[int, str]] = field(default_factory=list)
    #: Findings on the objective and what hangs on it, then in all its branch.
    findings: int = 0
    findings_below: int = 0
    touch: Touch | None = None
    opens: bool = False
    closes: list[int] = field(default_factory=list)

    @property
    def below(self) -> int:
        """How many objectives are below it, at all depths."""
        return self.node.size - 1


def shown_nodes(roots: Iterable[Branch], sight: Sight) -> list[Branch]:
    """Those nodes and what is open below them, in reading order."""
    found, stack = [], list(roots)[::-1]
    while stack:
        found.append(node := stack.pop())
        if node.key in sight.opened:
            stack.extend(reversed(node.children))
    return found


def read_lines(
    contract: Contract,
    outline: Outline,
    sight: Sight,
    *,
    findings: Counter[str],
    reader: User,
    roots: Sequence[Branch] | None = None,
) -> list[Line]:
    """The lines of those nodes (None: the whole tree) that are in sight; a fixed number of queries.

    `findings` are counted by the key of their objective; `reader` is called « vous ».
    """
    nodes = shown_nodes(outline.roots if roots is None else roots, sight)
    lines = [
        Line(
            node,
            outline.levels[node.level_id].name,
            is_open=bool(node.children) and node.key in sight.opened,
            is_current=node is sight.current,
            findings=findings[node.key],
        )
        for node in nodes
    ]
    revisions = _add_counts(lines)
    _add_touches(contract, lines, revisions, reader)
    _add_findings(outline, lines, findings)
    base = lines[0].node.depth if lines else 0
    for line, following in zip_longest(lines, lines[1:]):
        depth = following.node.depth if following else base
        line.opens = depth > line.node.depth
        line.closes = list(range(max(0, line.node.depth - depth)))
    return lines


def _add_counts(lines: list[Line]) -> dict[int, int]:
    """Counts what hangs on each line; returns the latest revision of each objective and all that hangs on it."""
    latest = {line.node.pk: line.node.revision for line in lines}
    by_pk = {line.node.pk: line for line in lines}
    for line in lines:
        if line.node.children:
            line.counts.append((line.below, "objectif,objectifs"))
    for kind in KINDS:
        found = kind.model.objects.filter(objective__in=list(by_pk)).order_by().values("objective_id")
        for row in found.annotate(number=Count("pk"), latest=Max("revision")):
            pk = row["objective_id"]
            by_pk[pk].counts.append((row["number"], kind.words))
            latest[pk] = max(latest[pk], row["latest"])
    return latest


def _add_findings(outline: Outline, lines: list[Line], findings: Counter[str]) -> None:
    """Sums the findings of each branch, from its leaves up."""
    below = Counter(findings)
    for node in reversed(outline.nodes if findings else []):
        if node.parent is not None:
            below[node.parent.key] += below[node.key]
    for line in lines:
        line.findings_below = below[line.node.key]


def _add_touches(contract: Contract, lines: list[Line], revisions: dict[int, int], reader: User) -> None:
    """Says who last changed each line, where that was lately: a revision names one row of the log."""
    changes = Change.objects.filter(
        contract=contract, revision__in=set(revisions.values()), at__gte=timezone.now() - LATELY, by__isnull=False
    ).exclude(verb="write_draft")
    by_revision = {
        revision: Touch("vous" if pk == reader.pk else name, at)
        for revision, pk, name, at in changes.order_by().values_list("revision", "by", "by__name", "at")
    }
    for line in lines:
        line.touch = by_revision.get(revisions[line.node.pk])
