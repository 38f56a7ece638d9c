"""The tree as a page of the site: nested lists in columns on a screen, and on paper the page that the PDF has."""

from dataclasses import dataclass
from math import ceil

from django.template.loader import render_to_string

from document.nodes import Document
from publications.editions import Edition
from publications.renditions.frame import Frame
from publications.renditions.parts.project_tree import TITLE, lay_out
from publications.renditions.parts.project_tree_columns import hangs_of
from publications.renditions.parts.project_tree_head import title_of
from publications.renditions.parts.project_tree_pages import PAPERS
from publications.renditions.parts.project_tree_svg import draw_page
from publications.renditions.parts.project_tree_twigs import COLUMNS, Twig, columns_of, grow

#: Widest room for codes, in halves of a size; longer ones push their title.
WIDEST = 8


@dataclass(frozen=True, slots=True)
class _Node:
    """An objective in its column, with its address."""

    twig: Twig
    address: str
    #: Columns that stay empty between it and what it stands under.
    skipped: int
    #: The room that codes take in its column, in halves of a size.
    hang: int
    #: What its list of objectives is called: the name of their level.
    below: str
    children: list["_Node"]

    @property
    def heading(self) -> str:
        """The element of its title: what has something below it, and each root, heads it."""
        return f"h{min(self.twig.depth + 2, 6)}" if self.children or not self.twig.depth else "p"


def project_tree_page(edition: Edition, frame: Frame, paper: str) -> str:
    """The page, for paper of that name when it is printed."""
    document = edition.document
    titles, sheets = lay_out(edition, paper, document)
    twigs, heads = grow(document, document), _heads(document)
    hangs = hangs_of(twigs, len(heads))
    context = {
        "edition": edition,
        "contract": document.contract,
        "frame": frame,
        "title": TITLE,
        "counts": title_of(edition, PAPERS[paper]).under,
        "heads": heads,
        "nodes": [_node(document, frame, twig, -1, hangs) for twig in twigs],
        "paper": PAPERS[paper],
        "other": next(name for name in PAPERS if name != paper),
        "pages": len(sheets),
        "box": f"0 0 {PAPERS[paper].width:.2f} {PAPERS[paper].height:.2f}",
        "drawings": [draw_page(edition, title, sheet) for title, sheet in zip(titles, sheets, strict=True)],
    }
    return render_to_string("publications/project_tree.html", context)


def _node(document: Document, frame: Frame, twig: Twig, column: int, hangs: tuple[float, ...]) -> _Node:
    levels = {child.node.level for child in twig.children}
    level = document.level(next(iter(levels))) if len(levels) == 1 else None
    return _Node(
        twig=twig,
        address=frame.objective(twig.node.key),
        skipped=max(twig.column - column - 1, 0),
        hang=min(max(ceil(2 * hangs[twig.column] - 0.3), 2), WIDEST),
        below=level.plural if level else "Objectifs",
        children=[_node(document, frame, child, twig.column, hangs) for child in twig.children],
    )


def _heads(document: Document) -> list[str]:
    """The names of the levels, column by column."""
    columns = columns_of(document)
    names: list[list[str]] = [[] for _ in range(min(max(columns.values(), default=0) + 1, COLUMNS))]
    for level in document.levels:
        if columns.get(level.key, COLUMNS) < len(names):
            names[columns[level.key]].append(level.plural)
    return [", ".join(one) for one in names]
