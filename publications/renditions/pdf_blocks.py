"""The blocks of the PDF: an objective with all that is set under it, every word ready, no markup."""

from dataclasses import dataclass

from document import nodes
from document.nodes import Objective
from indicators.models import Indicator
from objectives.models import Note

#: Deepest heading there is, in HTML and in PDF.
LAST_RANK = 6
#: Widest halves of a running head, in small letters: the contract's, the branch's.
HEAD_WIDTH, BRANCH_WIDTH = 66, 56


@dataclass(frozen=True)
class Block:
    """A node with what hangs under it, but its children; `rank` is its heading's, `depth` 0 for a root of the PDF."""

    node: Objective
    depth: int
    level: str
    thread: int
    totals: tuple[str, ...]
    declared: tuple["Declared", ...]
    references: tuple["Cited", ...]
    cited_by: tuple[Objective, ...]
    #: The schemes and themes it is about, then its neighbourhoods.
    tags: tuple[str, ...]
    actions: tuple["ActionLine", ...]
    #: Whether it is set as a sheet: it holds actions, clauses or indicators, or stands among those that do.
    is_sheet: bool
    #: Objectives without anything below them, which follow as one list under this heading.
    lines: tuple["Block", ...] = ()
    lines_title: str = ""
    #: How many ranks lower its heading is, in a part of a composed document.
    shift: int = 0

    @property
    def rank(self) -> int:
        """Of its heading: the document's title has 1."""
        return min(self.depth + self.shift + 2, LAST_RANK)

    @property
    def outlined(self) -> int:
        """How deep it is in the outline, 0 at its top."""
        return self.depth + self.shift

    @property
    def part_rank(self) -> int:
        """Of the headings inside it."""
        return min(self.rank + 1, LAST_RANK)

    @property
    def label(self) -> str:
        """Its entry in the outline: code and title."""
        return f"{self.node.code} {self.node.title}" if self.node.code else self.node.title

    @property
    def head(self) -> str:
        """The same, short enough for the other half."""
        return shortened(self.label, BRANCH_WIDTH)

    @property
    def is_brief(self) -> bool:
        """Whether it is a sheet that holds nothing: it does not stand alone at the top of a page."""
        return self.is_sheet and not any(getattr(self.node, kind) for kind in nodes.ITEMS)

    @property
    def notes(self) -> list[tuple[str, str]]:
        """Its mentions with the word for their kind; none for « autre »."""
        return [
            (Note.Kind(note.kind).label if note.kind != "other" else "mention", note.text) for note in self.node.notes
        ]

    @property
    def indicators(self) -> list[tuple[nodes.Indicator, str]]:
        """Its indicators with what they are: « nombre · heures · F/H »."""
        return [
            (one, " · ".join([Indicator.Kind(one.kind).label, *([one.unit] if one.unit else []), *one.breakdown]))
            for one in self.node.indicators
        ]

    @property
    def columns(self) -> list[str]:
        """The columns of its table of indicators: the last two where any indicator has them."""
        optional = ("baseline", "target")
        filled = [name for name in optional if any(getattr(one, name) for one in self.node.indicators)]
        return ["title", "nature", *filled]


@dataclass(frozen=True)
class Cited:
    """A reference with the objectives it names; `inside` are those that are in this PDF."""

    text: str
    targets: tuple[tuple[Objective, bool], ...]


@dataclass(frozen=True)
class ActionLine:
    """An action with its references resolved."""

    node: nodes.Action
    references: tuple[Cited, ...]


@dataclass(frozen=True)
class Declared:
    """A count that the text states of an objective, in words, and the one that is found."""

    stated: str
    found: int
    agrees: bool

    def __str__(self) -> str:
        return f"annonce {self.stated}\N{NO-BREAK SPACE}; on en compte {self.found}"


def shortened(text: str, limit: float) -> str:
    """The text, cut at a word when it is wider than so many small letters; capitals are wider."""
    width = 0.0
    for place, sign in enumerate(text):
        width += 1.3 if sign.isupper() else 1
        if width > limit:
            return text[:place].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"
    return text
