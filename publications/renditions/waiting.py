"""What stands for a PDF that is not there yet: a page that says how far its making is, or that it failed, and why."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from objectives.models import Contract
from publications.models import Publication, Rendition
from publications.renditions.store import TooManyWaiting, Wanted, ahead_of, pdf_of, reason_of

#: Which steps of the making are told as one: the last of them, in words.
STAGES = ((0, "en file d’attente"), (3, "composition du texte"), (5, "mise en page"), (7, "écriture du fichier"))
TOO_MANY = "Trop de documents sont en préparation. Essayez dans quelques minutes."


@dataclass(frozen=True, slots=True)
class Around:
    """What leads to a PDF and away from it; `address` is its own, which asks again how it stands."""

    title: str
    address: str
    back: str
    #: The page of choices of a composed document; "" for the others.
    choices: str = ""
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its status: 202, the PDF is being made; 503, it could not be."""

    html: str
    status: int


def ask_pdf(
    source: Publication | Contract,
    wanted: Wanted,
    around: Around,
    *,
    retry: bool = False,
    at_least: int | None = None,
) -> Rendition | Page:
    """The PDF where it is made, else the page that stands for it; see `pdf_of`. Raises DocumentKeyError."""
    try:
        rendition = pdf_of(source, wanted, wait=0, retry=retry, at_least=at_least)
    except TooManyWaiting:
        return failed_page(around, TOO_MANY)
    if rendition.state == Rendition.State.DONE:
        return rendition
    if rendition.state == Rendition.State.FAILED:
        return failed_page(around, reason_of(rendition))
    return _waiting_page(around, rendition)


def failed_page(around: Around, said: str) -> Page:
    """That it could not be made, and why; it leads to another try."""
    again = f"{around.address}{'&' if '?' in around.address else '?'}reessayer=1"
    return Page(render_to_string("publications/failed.html", {"around": around, "again": again, "said": said}), 503)


def _waiting_page(around: Around, rendition: Rendition) -> Page:
    context = {
        "around": around,
        "stage": next(words for last, words in STAGES if rendition.step <= last),
        "step": rendition.step,
        "steps": STAGES[-1][0],
        "ahead": ahead_of(rendition) if rendition.state == Rendition.State.QUEUED else 0,
    }
    return Page(render_to_string("publications/preparing.html", context), 202)
