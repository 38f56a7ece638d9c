"""Finding an objective of the outline by its code or its words."""

from dataclasses import dataclass

from editor.admin.outline import Branch, Outline
from editor.admin.search import bare

#: Most answers that are shown.
FOUND_LIMIT = 30


@dataclass(frozen=True, slots=True)
class Found:
    """The first answers, and how many there are in all."""

    nodes: list[Branch]
    total: int


def find_nodes(outline: Outline, words: str) -> Found:
    """The objectives that bear that code (first) or all of those words, in reading order."""
    asked = bare(words).split()
    if not asked:
        return Found([], 0)
    coded = [node for node in outline.nodes if node.code and bare(node.code) == bare(words)]
    worded = [node for node in outline.nodes if all(word in bare(node.name) for word in asked) and node not in coded]
    found = coded + worded
    return Found(found[:FOUND_LIMIT], len(found))
