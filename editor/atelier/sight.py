"""What a person sees of a contract's outline: which branches are open, which objective is current."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from editor.reading.outline import Branch, Outline

#: How many lines an outline shows at first: whole levels are opened from the top while they fit.
SEEN_AT_FIRST = 60


@dataclass(slots=True)
class Sight:
    """The keys of the open branches, and the current objective (None: none yet)."""

    opened: set[str]
    current: Branch | None


def read_sight(outline: Outline, asked: Mapping[str, str], current: Branch | None) -> Sight:
    """The branches that a request says are open (`ouverts`: keys), and always the way to the current objective.

    Without `ouverts` the first levels are open, and the current one.
    """
    opened = set(asked["ouverts"].split()) if "ouverts" in asked else opened_at_first(outline)
    if current is not None:
        opened |= {one.key for one in current.above}
        if "ouverts" not in asked:
            opened.add(current.key)
    return Sight(opened, current)


def opened_at_first(outline: Outline) -> set[str]:
    """The branches of the first levels, as many as a screen or two can hold."""
    by_depth = Counter(node.depth for node in outline.nodes)
    seen, depth = by_depth[0], 0
    while by_depth[depth + 1] and seen + by_depth[depth + 1] <= SEEN_AT_FIRST:
        depth += 1
        seen += by_depth[depth]
    return {node.key for node in outline.nodes if node.depth < depth}
