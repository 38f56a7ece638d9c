"""« Cahier des charges »: the clauses by objective, then which holds for which, as an annex to a call for projects."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from document.nodes import Document, Objective
from document.walk import Place, walk
from publications.editions import Edition
from publications.renditions.branches import thread_of

NAME = "terms"
TITLE = "Cahier des charges"
PURPOSE = "Les engagements des opérateurs, par objectif, et leur tableau croisé : à annexer à l’appel à projets."
#: Most objectives of a table: a column each.
COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Group:
    """Objectives with clauses that stand under the same one (None: a root)."""

    parent: Objective | None
    root: Objective
    thread: int
    objectives: tuple[Objective, ...]

    @property
    def label(self) -> str:
        """Code and title of what they stand under."""
        node = self.parent or self.root
        return f"{node.code} {node.title}" if node.code else node.title

    @property
    def rows(self) -> list[tuple[str, list[bool]]]:
        """Each wording once, in the order of the text, however many objectives say it."""
        wordings = dict.fromkeys(clause.text for node in self.objectives for clause in node.clauses)
        held = [{clause.text for clause in node.clauses} for node in self.objectives]
        return [(text, [text in one for one in held]) for text in wordings]


def html(edition: Edition, options: Mapping[str, object]) -> SafeString:
    """The clauses by objective, then a table for each group of objectives."""
    groups = list(groups_of(edition.document, options["whole"]))
    return render_to_string("pdf/terms.html", {"title": TITLE, "groups": groups, "name": NAME})


def groups_of(document: Document, whole: Document) -> Iterator[Group]:
    """The objectives that have clauses, by what they stand under, no more than COLUMNS of them together."""
    threads = {root.key: thread_of(rank) for rank, root in enumerate(whole.objectives)}
    gathered: dict[str, list[Place]] = {}
    for place in walk(document):
        if place.objective.clauses:
            gathered.setdefault(place.parent.key if place.parent else place.objective.key, []).append(place)
    for together in gathered.values():
        for first in range(0, len(together), COLUMNS):
            some = together[first : first + COLUMNS]
            root = some[0].root
            yield Group(some[0].parent, root, threads[root.key], tuple(one.objective for one in some))
