"""Finding an objective by its code or its words: for who looks for it in the outline, and for a field that suggests."""

from dataclasses import dataclass

from editor.reading.outline import Branch, Outline
from editor.reading.search import bare

#: Most answers that are shown.
FOUND_LIMIT = 30


@dataclass(frozen=True, slots=True)
class Found:
    """The first answers, and how many there are in all."""

    nodes: list[Branch]
    total: int


def find_nodes(outline: Outline, text: str, *, limit: int = FOUND_LIMIT) -> Found:
    """The objective of that code, then those whose codes begin so, then those that bear all of those words."""
    words = bare(text).split()
    code = " ".join(words)
    if not words:
        return Found([], 0)
    codes = [(node, bare(node.code)) for node in outline.nodes if node.code]
    exact = [node for node, its in codes if its == code]
    begun = [node for node, its in codes if its.startswith(code)]
    worded = [node for node in outline.nodes if all(word in bare(node.name) for word in words)]
    found = list(dict.fromkeys([*exact, *begun, *worded]))
    return Found(found[:limit], len(found))
