"""What the PDF says, in the order it says it: the parts, and the tree as blocks of a page; no markup here."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

from document.findings import Subjects
from document.nodes import ITEMS, Action, DeclaredCount, Document, Objective, Reference
from document.walk import Place, count, count_branch, places, referring, walk_branch
from publications.renditions.branches import count_remarks, thread_of
from publications.renditions.pdf_blocks import HEAD_WIDTH, ActionLine, Block, Cited, Declared, shortened

#: Lines of a contents that hold on one page.
CONTENTS_LINES = 34
#: Objectives a branch, on average, up to which branches share pages.
SMALL = 16


class DocumentKeyError(LookupError):
    """No objective of the document has that key."""


@dataclass(frozen=True)
class LevelRow:
    """A level, or actions, clauses, indicators: how many there are, how many the text states (None: it does not)."""

    name: str
    found: int
    stated: int | None


@dataclass(frozen=True)
class Root:
    """A root with its blocks; `flows`: it may share a page with other roots."""

    block: Block
    blocks: tuple[Block, ...]
    flows: bool
    begins_page: bool


class Contents:
    """The contents of the PDF of a document, or of one branch of it.

    In a composed document, `whole` is what the document was chosen from, `prefix` begins the anchors of its part, and
    its headings are `shift` ranks lower.
    """

    def __init__(
        self,
        document: Document,
        branch: str | None = None,
        *,
        whole: Document | None = None,
        prefix: str = "o",
        shift: int = 0,
    ) -> None:
        whole = whole or document
        self.document, self.prefix, self.shift = document, prefix, shift
        self.contract = document.contract
        self._subjects = Subjects(document)
        self._places = places(document)
        self._everywhere = places(whole)
        self._referring = referring(whole)
        if branch is not None and branch not in self._places:
            raise DocumentKeyError(f"Aucun objectif n’a la clé « {branch} ».")
        self.branch = self._places[branch] if branch is not None else None
        roots = (self.branch.objective,) if self.branch else document.objectives
        self._shown = {node.key for root in roots for node in walk_branch(root)}
        self._neighbourhoods = {one.code: f"{one.name} ({one.code})" for one in document.neighbourhoods}
        self._threads = {root.key: thread_of(rank) for rank, root in enumerate(whole.objectives)}

    @property
    def title(self) -> str:
        """Of the document, or of the branch with its code."""
        if self.branch is None:
            return self.contract.title
        node = self.branch.objective
        return f"{node.code} {node.title}" if node.code else node.title

    @property
    def presents(self) -> bool:
        """Whether it begins with the contract's own presentation."""
        return bool(self.contract.summary) and self.branch is None

    @property
    def head(self) -> str:
        """The contract's title, short enough for its half of a running head."""
        return shortened(self.contract.title, HEAD_WIDTH)

    @cached_property
    def blocks(self) -> list[Block]:
        """Every node of the PDF once, in reading order: as a heading, or as a line under its parent's."""
        found: list[Block] = []
        stack = [self.branch] if self.branch else [Place(node, (), 0) for node in self.document.objectives]
        stack.reverse()
        while stack:
            place = stack.pop()
            below = [
                Place(child, (*place.ancestors, place.objective), rank)
                for rank, child in enumerate(place.objective.children)
            ]
            if below and all(_is_line(one.objective) for one in below):
                found.append(self._block(place, tuple(self._block(one) for one in below)))
            else:
                found.append(self._block(place))
                stack.extend(reversed(below))
        return found

    @cached_property
    def roots(self) -> list["Root"]:
        """The blocks by root. Large branches open a page each; small ones follow each other, kept whole."""
        groups: list[list[Block]] = []
        for block in self.blocks:
            if block.depth == 0:
                groups.append([])
            groups[-1].append(block)
        large = self.has_sheets or len(self._every) > SMALL * len(groups)
        roots: list[Root] = []
        for group in groups:
            flows = not (large and (group[0].node.children or group[0].is_sheet))
            roots.append(Root(group[0], tuple(group), flows, begins_page=not (flows and roots and roots[-1].flows)))
        return roots

    @cached_property
    def _every(self) -> list[Block]:
        return [one for block in self.blocks for one in (block, *block.lines)]

    @property
    def names(self) -> dict[str, str]:
        """What each anchor of an objective leads to, in words."""
        return {f"{self.prefix}-{block.node.key}": block.label for block in self._every}

    @cached_property
    def has_tags(self) -> bool:
        """Whether any objective bears a tag."""
        return any(block.node.tags for block in self._every)

    @cached_property
    def has_sheets(self) -> bool:
        """Whether any objective holds actions, clauses or indicators: the last ones of the tree are then sheets."""
        return any(_holds(self._places[key].objective) for key in self._shown)

    @property
    def lists(self) -> bool:
        """Whether it has a contents: an extract does with the table, if it is long."""
        return self.branch is None

    @property
    def sums_up(self) -> bool:
        """Whether a table sums the tree up."""
        return self.has_sheets and (self.branch is None or len(self._every) > 1)

    @cached_property
    def listed(self) -> list[Block]:
        """What the contents lists of the tree: as deep as holds on one page."""
        depths = Counter(block.depth for block in self._every)
        total, last = 0, -1
        for depth in sorted(depths):
            total += depths[depth]
            if total > CONTENTS_LINES and last >= 0:
                break
            last = depth
        return [block for block in self._every if block.depth <= last]

    @cached_property
    def overview(self) -> list[tuple[Block, list[int]]]:
        """Every objective with how many actions, clauses and indicators it holds, all below counted."""
        counts = [(block, count_branch(block.node)) for block in self._every]
        return [(block, [found[kind] for kind in ITEMS]) for block, found in counts]

    @cached_property
    def levels(self) -> list[LevelRow]:
        """How many of each level and kind, and how many the text states; those that are neither are left out."""
        owner = self.branch.objective if self.branch else self.document
        found = count_branch(owner) if self.branch else Counter(count(self.document))
        stated = {one.of: one.count for one in owner.declared}
        names = {level.key: level.plural for level in self.document.levels}
        names |= {"actions": "Actions", "clauses": "Clauses de cahier des charges", "indicators": "Indicateurs"}
        rows = [LevelRow(name, found[of], stated.get(of)) for of, name in names.items()]
        return [row for row in rows if row.found or row.stated is not None]

    @property
    def states_counts(self) -> bool:
        """Whether the text states any of them."""
        return any(row.stated is not None for row in self.levels)

    @cached_property
    def disagreements(self) -> list[tuple[Block, list[Declared]]]:
        """The objectives whose text states another count than the one found."""
        found = [(block, [one for one in block.declared if not one.agrees]) for block in self._every]
        return [(block, wrong) for block, wrong in found if wrong]

    @cached_property
    def remarks_count(self) -> int:
        """How many remarks of transcription there are on the nodes of this PDF."""
        return sum(count_remarks(one.node) for one in self._every)

    def _block(self, place: Place, lines: tuple[Block, ...] = ()) -> Block:
        node = place.objective
        level = self.document.level(node.level)
        found = count_branch(node)
        kinds = [one.key for one in self.document.levels] + list(ITEMS)
        return Block(
            node=node,
            depth=place.depth - (self.branch.depth if self.branch else 0),
            level=_kicker(level.name if level else "", node),
            thread=self._threads[place.root.key],
            totals=tuple(self._subjects.counted(found[of], of) for of in kinds if found[of] and not self._is_cut(node)),
            declared=tuple(self._declared(one, found) for one in node.declared),
            references=tuple(self._cited(one) for one in node.references),
            cited_by=tuple(one for one in self._referring.get(node.key, []) if one.key in self._shown),
            actions=tuple(self._action(one) for one in node.actions),
            tags=(*node.tags, *(self._neighbourhoods[code] for code in node.neighbourhoods)),
            is_sheet=_holds(node) or (self.has_sheets and not node.children),
            lines=lines,
            lines_title=self._lines_title(lines),
            shift=self.shift,
        )

    def _action(self, action: Action) -> ActionLine:
        cited = [self._cited(one) for one in action.references]
        # An action may be nothing but its reference, which is not said twice.
        return ActionLine(action, tuple(replace(one, text="") if one.text == action.title else one for one in cited))

    def _declared(self, one: DeclaredCount, found: Counter[str]) -> Declared:
        return Declared(self._subjects.counted(one.count, one.of), found[one.of], one.count == found[one.of])

    def _lines_title(self, lines: tuple[Block, ...]) -> str:
        """« 4 objectifs opérationnels »; nothing where their levels differ."""
        keys = {line.node.level for line in lines}
        return self._subjects.counted(len(lines), keys.pop()) if len(keys) == 1 else ""

    def _is_cut(self, node: Objective) -> bool:
        """Whether part of what is below it was not chosen."""
        return len(list(walk_branch(node))) < len(list(walk_branch(self._everywhere[node.key].objective)))

    def _cited(self, reference: Reference) -> Cited:
        targets = [self._everywhere[key].objective for key in reference.targets]
        return Cited(reference.text, tuple((one, one.key in self._shown) for one in targets))


def _is_line(node: Objective) -> bool:
    """Whether a list is enough for it: nothing below, and nothing that hangs but words."""
    return not node.children and not _holds(node) and not node.references


def _holds(node: Objective) -> bool:
    return any(getattr(node, kind) for kind in ITEMS)


def _kicker(level: str, node: Objective) -> str:
    """The level's name, with « transversal » where that name does not say it."""
    if not node.transversal or "transversal" in level.lower():
        return level
    return f"{level} · transversal"
