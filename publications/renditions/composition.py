"""What a composed document is made of: its parts in their order, the branches chosen, and what each part is told."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

from document.nodes import Document, Objective
from document.walk import places
from publications.editions import Edition


@dataclass(frozen=True, slots=True)
class Composition:
    """The choices; `since` is the number of the version to compare with, `branches` keys of objectives (none: all)."""

    #: Words of `parts.PARTS`, in the order in which they are set.
    parts: tuple[str, ...]
    branches: tuple[str, ...] = ()
    paper: str = "A3"
    sheets: str = "orientation"
    title: str = ""
    meeting: date | None = None
    place: str = ""
    agenda: tuple[str, ...] = ()
    since: int | None = None

    @property
    def query(self) -> str:
        """The choices as the query of an address: always the same for the same, what goes without saying left out."""
        said: list[tuple[str, object]] = [(part, rank) for rank, part in enumerate(self.parts, start=1)]
        said += [("branche", key) for key in self.branches]
        said += [("papier", self.paper)] if self.paper != "A3" else []
        said += [("format", self.sheets)] if self.sheets != "orientation" else []
        said += [("titre", self.title)] if self.title else []
        said += [("date", self.meeting.isoformat())] if self.meeting else []
        said += [("lieu", self.place)] if self.place else []
        said += [("points", "\n".join(self.agenda))] if self.agenda else []
        said += [("depuis", self.since)] if self.since else []
        return urlencode(said)

    @property
    def digest(self) -> str:
        """Names the document among those made of the same edition."""
        return hashlib.sha256(self.query.encode()).hexdigest()[:24]

    def options(self, whole: Document, since: Edition | None) -> dict[str, object]:
        """What the parts are told, as their registry says."""
        return {
            "whole": whole,
            "paper": self.paper,
            "sheets": self.sheets,
            "meeting": self.meeting,
            "place": self.place,
            "agenda": self.agenda,
            "since": since,
        }


def read_query(query: str) -> Composition:
    """The choices of a query that `Composition.query` wrote; the form of the page is who judges what people type."""
    from publications.renditions.parts import PARTS

    said = parse_qsl(query)
    values = dict(said)
    ranks = sorted((int(values[word]), word) for word in PARTS if word in values)
    return Composition(
        parts=tuple(word for _, word in ranks),
        branches=tuple(value for name, value in said if name == "branche"),
        paper=values.get("papier", "A3"),
        sheets=values.get("format", "orientation"),
        title=values.get("titre", ""),
        meeting=date.fromisoformat(values["date"]) if "date" in values else None,
        place=values.get("lieu", ""),
        agenda=tuple(values["points"].split("\n")) if "points" in values else (),
        since=int(values["depuis"]) if "depuis" in values else None,
    )


def chosen(document: Document, branches: tuple[str, ...]) -> Document:
    """The document with those branches alone; of what leads to them, level, code and title. None: the whole."""
    if not branches:
        return document
    known = places(document)
    kept = {one.key for key in branches for one in (*known[key].ancestors, known[key].objective)}

    def cut(node: Objective) -> Objective:
        if node.key in branches:
            return node
        bare = Objective(
            key=node.key, level=node.level, code=node.code, title=node.title, transversal=node.transversal
        )
        return replace(bare, children=tuple(cut(child) for child in node.children if child.key in kept))

    roots = tuple(cut(root) for root in document.objectives if root.key in kept)
    return replace(document, objectives=roots, declared=())
