"""A composed document with every part, and how tests read its markup."""

from dataclasses import replace
from datetime import date
from functools import cache

from bs4 import BeautifulSoup

from publications.renditions.composition import Composition
from publications.renditions.parts import PARTS
from publications.renditions.pdf_composed import render_composed
from tests.factories import make_document
from tests.publications.pdf_reading import make_edition

SAMPLE = Composition(
    parts=(
        "ordre-du-jour",
        "changements",
        "constats",
        "cahier-des-charges",
        "indicateurs",
        "cadre",
        "contrat",
        "decisions",
    ),
    paper="A4",
    sheets="objectif",
    title="Comité",
    meeting=date(2026, 2, 3),
    place="Alès",
    agenda=("Ouverture", "Votes"),
    since=1,
)


def soup_of(html: str) -> BeautifulSoup:
    """The markup of a part."""
    return BeautifulSoup(html, "html.parser")


@cache
def composed_pdf() -> bytes:
    """Every part there is, of a small contract that has changed; made once for all tests."""
    document = make_document(axes=2)
    axis = document.objectives[0]
    changed = replace(axis, title="Axe premier", children=axis.children[1:], description="Une ligne.\n\n- Une autre.")
    now = make_edition(replace(document, objectives=(changed, document.objectives[1])))
    return render_composed(now, replace(SAMPLE, parts=tuple(PARTS)), make_edition(document))
