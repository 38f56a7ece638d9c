"""« Tableau des indicateurs »: a line for each, with cells left blank where a value is to be written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from document.nodes import Document, Indicator, Objective
from document.walk import walk_branch
from publications.editions import Edition
from publications.renditions.branches import thread_of

NAME = "indicators"
TITLE = "Tableau des indicateurs"
PURPOSE = "Une ligne par indicateur : référence, cible, valeur et source, à remplir."


@dataclass(frozen=True, slots=True)
class Table:
    """A root with its lines; `first` of a line: whether it is the first of its objective, whose title it says."""

    node: Objective
    thread: int
    lines: tuple[tuple[Objective, Indicator, bool], ...]


def html(edition: Edition, options: Mapping[str, object]) -> SafeString:
    """A table a root."""
    tables = list(tables_of(edition.document, options["whole"]))
    return render_to_string("pdf/indicators.html", {"title": TITLE, "tables": tables})


def tables_of(document: Document, whole: Document) -> Iterator[Table]:
    """The roots that hold indicators, each with the colour it has in the whole tree."""
    threads = {root.key: thread_of(rank) for rank, root in enumerate(whole.objectives)}
    for root in document.objectives:
        lines = [(node, one, rank == 0) for node in walk_branch(root) for rank, one in enumerate(node.indicators)]
        if lines:
            yield Table(root, threads[root.key], tuple(lines))
