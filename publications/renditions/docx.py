"""The contract as a Word document that a service can go on with: real headings, a contents, lists and tables."""

import re
from collections.abc import Iterator

from django.conf import settings

from document.findings import no_break
from document.nodes import Action, Clause, Indicator, Objective, Reference
from document.sources.workbook_columns import WORDS
from document.walk import Place, walk
from publications.editions import Edition
from publications.renditions.docx_marks import Run, contents, heading, paragraph, table
from publications.renditions.docx_paper import make_paper, save

#: Word has nine levels of headings; what lies deeper has the last.
DEEPEST = 9
#: Columns of the table of indicators after the first: heading, share of the width; those never filled are left out.
_COLUMNS = {
    "kind": ("Type", 17),
    "unit": ("Unité", 9),
    "breakdown": ("Ventilation", 16),
    "baseline": ("Référence", 16),
    "target": ("Cible", 13),
}


def docx_file(edition: Edition) -> bytes:
    """The document as DOCX; Word fills in the pages of the contents when it opens it."""
    paper = make_paper(
        title=_line(edition.document.contract.title),
        author=settings.SITE["publisher"],
        version=_line(edition.version),
        credit=_line(edition.credit),
    )
    return save(paper, list(_Writer(edition).blocks()))


class _Writer:
    """Says the whole document, block by block."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.document = edition, edition.document
        self.levels = {level.key: level.name for level in self.document.levels}
        self.titles = {place.objective.key: _name(place.objective) for place in walk(self.document)}
        indicators = [one for place in walk(self.document) for one in place.objective.indicators]
        self.columns = [name for name in _COLUMNS if any(_said(one)[name] for one in indicators)]

    def blocks(self) -> Iterator[str]:
        """The paragraphs and tables, in order."""
        contract = self.document.contract
        yield paragraph("Title", contract.title)
        yield paragraph("Subtitle", f"{contract.territory} · {self.edition.version}")
        yield paragraph("Source", self.edition.credit)
        yield paragraph("ContentsTitle", "Sommaire")
        yield contents(list(self._headings()))
        numbers = iter(range(1, len(self.titles) + 3))
        if self._presents:
            yield heading(1, "Présentation", next(numbers), new_page=True)
            yield from _prose(contract.summary)
            yield from _remarks(self.document.remarks)
        for rank, place in enumerate(walk(self.document)):
            begins = rank == 0 and not self._presents
            yield heading(min(place.depth + 1, DEEPEST), _name(place.objective), next(numbers), new_page=begins)
            yield from self._objective(place)
        if contract.sources:
            yield heading(1, "Documents sources", next(numbers))
            yield from (paragraph("ListBullet", source) for source in contract.sources)

    @property
    def _presents(self) -> bool:
        return bool(self.document.contract.summary or self.document.remarks)

    def _headings(self) -> Iterator[tuple[int, str]]:
        """Level and text of each heading, in the order of their numbers."""
        if self._presents:
            yield 1, "Présentation"
        for place in walk(self.document):
            yield min(place.depth + 1, DEEPEST), _name(place.objective)
        if self.document.contract.sources:
            yield 1, "Documents sources"

    def _objective(self, place: Place) -> Iterator[str]:
        node = place.objective
        said = [self.levels.get(node.level, node.level)]
        said += ["transversal"] if node.transversal else []
        said += [f"étiquettes : {', '.join(node.tags)}"] if node.tags else []
        said += [f"quartiers : {', '.join(node.neighbourhoods)}"] if node.neighbourhoods else []
        yield paragraph("Level", " · ".join(said))
        yield from _prose(node.description)
        for note in node.notes:
            yield paragraph("Normal", Run(f"Mention ({WORDS['notes'][note.kind]}) : ", bold=True), note.text)
        for reference in node.references:
            yield self._reference(reference)
        yield from _remarks(node.remarks)
        if node.actions:
            yield paragraph("Label", "Actions")
            yield from (block for action in node.actions for block in self._action(action))
        if node.clauses:
            yield paragraph("Label", "Cahier des charges")
            yield from (block for clause in node.clauses for block in _clause(clause))
        if node.indicators:
            yield paragraph("Label", "Indicateurs")
            yield self._indicators(node.indicators)

    def _action(self, action: Action) -> Iterator[str]:
        if action.code:
            yield paragraph("Coded", Run(action.code, bold=True), Run("\t"), action.title)
        else:
            yield paragraph("ListBullet", action.title)
        yield from _prose(action.description, "Continued")
        yield from (self._reference(reference, "Continued") for reference in action.references)
        yield from _remarks(action.remarks)

    def _reference(self, reference: Reference, style: str = "Normal") -> str:
        targets = " ; ".join(self.titles[key] for key in reference.targets if key in self.titles)
        return paragraph(style, f"→ {reference.text}", Run(f" ({targets})" if targets else "", italic=True))

    def _indicators(self, indicators: tuple[Indicator, ...]) -> str:
        """The table of some indicators; its columns are those that the contract fills."""
        shares = [_COLUMNS[name][1] for name in self.columns]
        head = ["Indicateur", *(_COLUMNS[name][0] for name in self.columns)]
        rows = [
            [
                paragraph("Cell", one.title) + "".join(_remarks(one.remarks)),
                *(paragraph("Cell", _said(one)[name]) for name in self.columns),
            ]
            for one in indicators
        ]
        return table([100 - sum(shares), *shares], head, rows)


def _clause(clause: Clause) -> Iterator[str]:
    first, *rest = re.split(r"\n\s*\n", clause.text.strip())
    yield paragraph("ListBullet", first)
    for block in rest:
        yield from _prose(block, "Continued")
    yield from _remarks(clause.remarks)


def _said(indicator: Indicator) -> dict[str, str]:
    """What an indicator says besides its title, by column."""
    return {
        "kind": "" if indicator.kind == "other" else WORDS["indicators"][indicator.kind],
        "unit": indicator.unit,
        "breakdown": ", ".join(indicator.breakdown),
        "baseline": indicator.baseline,
        "target": indicator.target,
    }


def _remarks(remarks: tuple[str, ...]) -> Iterator[str]:
    for text in remarks:
        yield paragraph("Remark", Run("Remarque de transcription : ", bold=True), _line(text))


def _prose(text: str, style: str = "Normal") -> Iterator[str]:
    """Free text: blank lines part paragraphs, lines that begin with « - » make a list."""
    for block in re.split(r"\n\s*\n", text.strip()):
        for line in block.split("\n"):
            if line.strip():
                yield paragraph("ListBullet", line[2:]) if line.startswith("- ") else paragraph(style, line)


def _name(node: Objective) -> str:
    return _line(f"{node.code} {node.title}" if node.code else node.title)


def _line(text: str) -> str:
    return no_break(" ".join(text.split()))
