"""What stands over and under the tree on each page: the title of the contract, its counts, its version and licence."""

from dataclasses import dataclass

from django.utils.text import capfirst

from document.findings import Subjects
from document.walk import count
from publications.editions import LICENCE, Edition
from publications.renditions.parts.project_tree_pages import Paper
from publications.renditions.parts.project_tree_words import SERIF, balance_lines
from publications.renditions.pdf_blocks import shortened
from publications.templatetags.french import french
from publications.templatetags.pages import day, years

#: Height of a line of title, and of what is over and under it, in points.
LEADING, OVER, UNDER, WHITE = 1.14, 15.0, 17.0, 15.0
#: Most signs of a title that is said again.
AGAIN = 110


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a page in lines; `height` with all that goes with it. `over` and `under` are a line each."""

    lines: tuple[str, ...]
    size: float
    over: str
    under: str
    height: float
    is_first: bool


def title_of(edition: Edition, paper: Paper) -> Title:
    """The title of the first page: as large as two lines allow."""
    document = edition.document
    contract = document.contract
    for size in (paper.title, 0.75 * paper.title, 0.55 * paper.title, 8.0):
        lines = balance_lines(french(contract.title), SERIF, paper.room[0] * 0.8 / size)
        if len(lines) <= 2:
            break
    over = french(" · ".join(filter(None, [contract.territory, years(contract)])))
    counts = count(document)
    subjects = Subjects(document)
    under = french(" · ".join(subjects.counted(counts[one.key], one.key) for one in document.levels if counts[one.key]))
    height = OVER + len(lines) * LEADING * size + (UNDER if under else 0) + WHITE
    return Title(lines, size, over, under, height, is_first=True)


def title_again(edition: Edition) -> Title:
    """The title of the pages that follow: one line."""
    title = shortened(french(edition.document.contract.title), AGAIN)
    return Title((title,), 10.0, "", "", 10.0 * LEADING + WHITE, is_first=False)


def foot_of(edition: Edition) -> str:
    """What is under each page of a drawing, which has no other: version, date, digest and licence; of a draft, when."""
    if edition.is_draft:
        return french(capfirst(edition.marking))
    version, digest = capfirst(edition.version), edition.digest[:12]
    return french(f"{version} · publiée le {day(edition.at)} · empreinte {digest} · {LICENCE}")
