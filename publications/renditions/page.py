"""The pages of an edition: its tree, and each of its objectives. The published page and the preview are the same."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from document.nodes import Document, Indicator, Objective, Reference
from document.walk import Place, count, count_branch, referring, walk
from indicators.models import Indicator as IndicatorRow
from objectives.models import Note as NoteRow
from publications.editions import Edition
from publications.entries import tag_form
from publications.renditions.branches import Grower, count_remarks, thread_of
from publications.renditions.frame import Frame
from publications.renditions.hits import tally
from publications.renditions.narrowing import Narrowing

#: Signs from which a title is a paragraph rather than a heading.
LONG = 90
#: Nothing is asked: the whole tree.
WHOLE = Narrowing()


def contract_page(edition: Edition, frame: Frame, narrowing: Narrowing = WHOLE, *, unfolded: bool = False) -> str:
    """The page of a contract: head, tree (whole, or narrowed to what is asked), as HTML."""
    document = edition.document
    grower = Grower(document, frame)
    counts = count(document)
    found = narrowing.find(edition) if narrowing else []
    context = {
        "edition": edition,
        "contract": document.contract,
        "document": document,
        "frame": frame,
        "counts": [_figure(text) for text in grower.counted(counts)],
        "differences": grower.differences(document.declared, counts),
        "agreements": grower.agreements(document.declared, counts),
        "remarks": len(document.remarks) + sum(count_remarks(place.objective) for place in walk(document)),
        "narrowing": narrowing,
        "query": narrowing.query,
        "tally": tally(entry.kind for entry in found),
        "branches": grower.grow_found(found, narrowing.query) if narrowing else grower.grow(unfolded=unfolded),
        "tags": _tags(document),
    }
    return render_to_string("publications/contract.html", context)


def objective_page(edition: Edition, key: str, frame: Frame) -> str | None:
    """The page of the objective of that key, as HTML; None where the edition has none."""
    document = edition.document
    order = list(walk(document))
    rank = next((rank for rank, place in enumerate(order) if place.objective.key == key), None)
    if rank is None:
        return None
    place = order[rank]
    node = place.objective
    known = {one.objective.key: one for one in order}
    thread = thread_of(document.objectives.index(place.root))
    grower = Grower(document, frame)
    counts = count_branch(node)
    context = {
        "edition": edition,
        "contract": document.contract,
        "frame": frame,
        "objective": node,
        "place": place,
        "level": document.level(node.level),
        "classes": _classes(node.title),
        "thread": thread,
        "path": [_Link.to(one, frame) for one in place.ancestors],
        "notes": [(NoteRow.Kind(note.kind).label, note.text) for note in node.notes],
        "actions": [(action, _references(action.references, known, frame)) for action in node.actions],
        "indicators": _Indicators.of(node),
        "references": _references(node.references, known, frame),
        "referring": [_Link.to(one, frame) for one in referring(document).get(key, [])],
        "quarters": [one for one in document.neighbourhoods if one.code in node.neighbourhoods],
        "children": grower.below(node, thread),
        "query": (),
        "counts": grower.counted(counts),
        "differences": grower.differences(node.declared, counts),
        "agreements": grower.agreements(node.declared, counts),
        "previous": _Link.to(order[rank - 1].objective, frame) if rank else None,
        "next": _Link.to(order[rank + 1].objective, frame) if rank + 1 < len(order) else None,
        "citation": frame.citation(key),
        "branch_pdf": frame.branch_pdf(key),
    }
    return render_to_string("publications/objective.html", context)


@dataclass(frozen=True, slots=True)
class _Link:
    """An objective that a page names and leads to."""

    code: str | None
    title: str
    address: str

    @classmethod
    def to(cls, node: Objective, frame: Frame) -> "_Link":
        return cls(node.code, node.title, frame.objective(node.key))


@dataclass(frozen=True, slots=True)
class _Indicators:
    """The indicators of an objective, with what each is and which columns have anything to say."""

    rows: list[tuple[Indicator, str, list[str]]]
    has_values: bool

    @classmethod
    def of(cls, node: Objective) -> "_Indicators":
        rows = [
            (one, IndicatorRow.Kind(one.kind).label, [IndicatorRow.Breakdown(by).label for by in one.breakdown])
            for one in node.indicators
        ]
        return cls(rows, any(one.baseline or one.target for one in node.indicators))


def _references(
    references: tuple[Reference, ...], known: dict[str, Place], frame: Frame
) -> list[tuple[str, list[_Link]]]:
    return [
        (reference.text, [_Link.to(known[key].objective, frame) for key in reference.targets])
        for reference in references
    ]


def _figure(text: str) -> tuple[str, str]:
    """« 75 objectifs opérationnels » as its figure and its word."""
    number, _, word = text.partition("\N{NO-BREAK SPACE}")
    return number, word


def _classes(title: str) -> str:
    """How a title is set as the heading of its page: in capitals and long ones smaller."""
    size = "long" if len(title) > LONG else ""
    return " ".join(filter(None, ["in-capitals" if title.isupper() else "", size]))


def _tags(document: Document) -> list[str]:
    return sorted({tag for place in walk(document) for tag in place.objective.tags}, key=tag_form)
