"""What the sheets say: a sheet for each orientation, a column for each objective under it, every word ready."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from document import nodes
from document.nodes import ITEMS, Document, Objective
from document.walk import Place, places, walk
from indicators.models import Indicator
from objectives.models import Note
from publications.renditions.branches import thread_of
from publications.renditions.parts.sheets_rows import Cited, Line, Row, rows_of
from publications.renditions.pdf_blocks import shortened

#: Most columns of a table.
COLUMNS = 5
#: What is under an objective, by the field that holds it.
KINDS = {"actions": "Actions", "clauses": "Cahier des charges", "indicators": "Indicateurs d’évaluation"}
#: Most small letters of a running head.
HEAD = 90


@dataclass(frozen=True, slots=True)
class Column:
    """An objective with all that hangs under it."""

    node: Objective
    level: str
    #: « mention » of its kind, and its text.
    notes: tuple[tuple[str, str], ...]
    cited: tuple[Cited, ...]
    neighbourhoods: tuple[str, ...]
    #: Lines of actions, of clauses, of indicators.
    lines: dict[str, tuple[Line, ...]]
    #: It is the orientation itself: it holds things although objectives are below it.
    is_whole: bool = False

    @property
    def parts(self) -> list[tuple[str, str, tuple[Line, ...]]]:
        """What it holds: the field, what it is called, the lines; what it does not hold is left out."""
        return [(kind, name, self.lines[kind]) for kind, name in KINDS.items() if self.lines[kind]]

    @property
    def has_notes(self) -> bool:
        """Whether anything is said of it before what hangs under it."""
        return bool(self.node.description or self.neighbourhoods or self.notes or self.cited)

    @property
    def has_values(self) -> bool:
        """Whether an indicator has a reference or a target."""
        return any(line.baseline or line.target for line in self.lines["indicators"])

    @property
    def outline(self) -> str:
        """Its entry in the outline."""
        return _label(self.node)


@dataclass(frozen=True, slots=True)
class Table:
    """Some of the columns of a sheet; `part` of `parts`."""

    columns: tuple[Column, ...]
    part: int
    parts: int

    @property
    def has_notes(self) -> bool:
        """Whether anything is said of any of its objectives."""
        return any(column.has_notes for column in self.columns)

    @property
    def rows(self) -> list[Row]:
        """The kinds that any column has, each in as many rows as keep a row well below a page."""
        found = []
        for kind, name in KINDS.items():
            cells = [column.lines[kind] for column in self.columns]
            if any(cells):
                found.extend(rows_of(kind, name, cells))
        return found


@dataclass(frozen=True, slots=True)
class Sheet:
    """An orientation with the objectives right under it; `node` None: these are roots, and nothing is above them."""

    node: Objective | None
    level: str
    thread: int
    path: tuple[Objective, ...]
    columns: tuple[Column, ...]

    @property
    def key(self) -> str:
        """What its anchor is made of."""
        return self.node.key if self.node else self.columns[0].node.key

    @property
    def title(self) -> str:
        """Of the orientation; of roots, the name of their level."""
        return self.node.title if self.node else self.level

    @property
    def outline(self) -> str:
        """Its entry in the outline."""
        return _label(self.node) if self.node else self.level

    @property
    def head(self) -> str:
        """The same, short enough for a running head."""
        return shortened(self.outline, HEAD)

    @property
    def is_bare(self) -> bool:
        """Whether no objective holds anything: it is a list then, and no table."""
        return not any(column.parts for column in self.columns)

    @property
    def tables(self) -> list[Table]:
        """Its columns by tables of about the same width."""
        count = -(-len(self.columns) // COLUMNS)
        base, more = divmod(len(self.columns), count)
        tables, first = [], 0
        for part in range(count):
            last = first + base + (1 if part < more else 0)
            tables.append(Table(self.columns[first:last], part + 1, count))
            first = last
        return tables


def sheets_of(document: Document, whole: Document) -> list[Sheet]:
    """The sheets in reading order: every objective without any below it is in one, and every action, clause, indicator.

    `whole` is the tree that `document` was chosen of: it knows what references name, and the colour of each root.
    """
    return list(_Sheets(document, whole).make())


class _Sheets:
    def __init__(self, document: Document, whole: Document) -> None:
        self.document = document
        self.known = places(whole)
        self.threads = {root.key: thread_of(rank) for rank, root in enumerate(whole.objectives)}
        self.quarters = {one.code: f"{one.name} ({one.code})" for one in document.neighbourhoods}

    def make(self) -> Iterator[Sheet]:
        """The sheets of roots without anything below them stand where the first of these does."""
        for is_root, group in groupby(walk(self.document), key=lambda place: place.depth == 0 and _is_last(place)):
            if is_root:
                yield self._roots(list(group))
            else:
                yield from filter(None, map(self._sheet, group))

    def _roots(self, found: list[Place]) -> Sheet:
        levels = {place.objective.level for place in found}
        level = self.document.level(next(iter(levels))) if len(levels) == 1 else None
        columns = tuple(self._column(place.objective) for place in found)
        thread = self.threads[found[0].objective.key]
        return Sheet(None, level.plural if level else "Autres objectifs", thread, (), columns)

    def _sheet(self, place: Place) -> Sheet | None:
        node = place.objective
        below = [child for child in node.children if not child.children]
        own = [self._column(node, is_whole=True)] if node.children and _holds(node) else []
        if not below and not own:
            return None
        columns = (*own, *(self._column(child) for child in below))
        return Sheet(node, self._level(node), self.threads[place.root.key], place.ancestors, columns)

    def _column(self, node: Objective, *, is_whole: bool = False) -> Column:
        return Column(
            node=node,
            level=self._level(node),
            notes=tuple(
                (Note.Kind(one.kind).label if one.kind != "other" else "mention", one.text) for one in node.notes
            ),
            cited=tuple(map(self._cited, node.references)),
            neighbourhoods=tuple(self.quarters.get(code, code) for code in node.neighbourhoods),
            lines={
                "actions": tuple(map(self._action, node.actions)),
                "clauses": tuple(Line(None, one.text, remarks=one.remarks) for one in node.clauses),
                "indicators": tuple(map(_indicator, node.indicators)),
            },
            is_whole=is_whole,
        )

    def _level(self, node: Objective) -> str:
        level = self.document.level(node.level)
        return level.name if level else ""

    def _action(self, action: nodes.Action) -> Line:
        cited = tuple(map(self._cited, action.references))
        # An action may be nothing but its reference, which is not said twice.
        cited = tuple(Cited("" if one.text == action.title else one.text, one.targets) for one in cited)
        return Line(action.code, action.title, action.description, cited=cited, remarks=action.remarks)

    def _cited(self, reference: nodes.Reference) -> Cited:
        return Cited(reference.text, tuple(self.known[key].objective for key in reference.targets if key in self.known))


def _indicator(one: nodes.Indicator) -> Line:
    nature = " · ".join(filter(None, [Indicator.Kind(one.kind).label, one.unit, *one.breakdown]))
    return Line(None, one.title, nature=nature, baseline=one.baseline, target=one.target, remarks=one.remarks)


def _kind_of(note: nodes.Note) -> str:
    return Note.Kind(note.kind).label if note.kind != "other" else "mention"


def _is_last(place: Place) -> bool:
    return not place.objective.children


def _holds(node: Objective) -> bool:
    return any(getattr(node, kind) for kind in ITEMS)


def _label(node: Objective) -> str:
    return f"{node.code} {node.title}" if node.code else node.title
