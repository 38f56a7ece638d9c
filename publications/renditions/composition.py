"""What a composed document is made of: its parts in their order, the branches chosen, and what each part is told."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

from django.utils.safestring import SafeString

from document.nodes import Document, Objective
from document.walk import places
from publications.editions import Edition
from publications.renditions.parts import PARTS, Part


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
        bare = Objective(key=node.key, level=node.level, code=node.code, title=node.title, transversal=node.transversal)
        return replace(bare, children=tuple(cut(child) for child in node.children if child.key in kept))

    roots = tuple(cut(root) for root in document.objectives if root.key in kept)
    return replace(document, objectives=roots, declared=())


def write_parts(
    edition: Edition, composition: Composition, since: Edition | None, *, on_screen: bool = False
) -> Iterator[tuple[str, Part, SafeString]]:
    """Each part in its order: its word, itself and its `<section>`, for paper or for a page of the site."""
    narrowed = replace(edition, document=chosen(edition.document, composition.branches))
    options = composition.options(edition.document, since)
    for word in composition.parts:
        part = PARTS[word]
        write = getattr(part, "screen", part.html) if on_screen else part.html
        # Beside the branches themselves, the tree on a page shows where they are in the whole.
        is_map = word == "arbre" and len(composition.parts) > 1
        yield word, part, write(edition if is_map else narrowed, options)


def title_of(edition: Edition, composition: Composition) -> str:
    """The title given, else that of its only part, else the contract's."""
    if composition.title:
        return composition.title
    if len(composition.parts) == 1 and composition.parts != ("contrat",):
        return PARTS[composition.parts[0]].TITLE
    return edition.document.contract.title
