"""The PDF of a composed document: a cover, the contents, then each part on its own pages."""

from html.parser import HTMLParser

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from document.nodes import Objective
from document.walk import places
from publications.editions import LICENCE, Edition
from publications.renditions.branches import thread_of
from publications.renditions.composition import Composition, title_of, write_parts
from publications.renditions.parts import Part
from publications.renditions.pdf import STYLES, print_html
from publications.renditions.pdf_blocks import HEAD_WIDTH, shortened
from publications.renditions.pdf_contents import CONTENTS_LINES


def render_composed(edition: Edition, composition: Composition, since: Edition | None = None) -> bytes:
    """The PDF; the same edition and choices give the same bytes. `since`: the edition to compare with."""
    sections = list(write_parts(edition, composition, since))
    headings = _Headings(sections)
    context = {
        "edition": edition,
        "contract": edition.document.contract,
        "composition": composition,
        "title": title_of(edition, composition),
        "head": shortened(edition.document.contract.title, HEAD_WIDTH),
        "branches": branches_of(edition, composition),
        "sections": sections,
        "listed": headings.listed,
        "licence": LICENCE,
        "address": _address_of(edition, composition),
    }
    styles = [*STYLES, "pdf-composed.css", *(f"pdf-{part.NAME}.css" for _, part, _ in sections)]
    names = dict(headings.found)
    return print_html(
        render_to_string("pdf/composed.html", context),
        styles=[name for name in styles if (settings.BASE_DIR / "static" / "css" / name).exists()],
        names=names,
        identifier=f"{edition.digest[:16]}{composition.digest[:16]}",
    )


def branches_of(edition: Edition, composition: Composition) -> list[tuple[str, int]]:
    """The branches chosen, each with its colour."""
    known = places(edition.document)
    threads = {root.key: thread_of(rank) for rank, root in enumerate(edition.document.objectives)}
    found = [known[key] for key in composition.branches]
    return [(_label(one.objective), threads[one.root.key]) for one in found]


def _label(node: Objective) -> str:
    return f"{node.code} {node.title}" if node.code else node.title


def _address_of(edition: Edition, composition: Composition) -> str:
    """Where these very choices are on line; nothing for a draft, or where the site's name is not set."""
    if edition.is_draft or not settings.SITE["domain"]:
        return ""
    path = reverse("public:composer", args=[edition.slug, edition.number])
    return f"https://{settings.SITE['domain']}{path}?{composition.query}"


class _Headings(HTMLParser):
    """The headings of the parts that have an id and a name for the outline: where they lead, what they say."""

    def __init__(self, sections: list[tuple[str, Part, SafeString]]) -> None:
        super().__init__()
        #: Anchor and label of everything that bears both, of any rank.
        self.found: list[tuple[str, str]] = []
        self._rows: list[tuple[str, str, int]] = []
        for word, part, html in sections:
            self._rows.append((f"partie-{word}", part.TITLE, 0))
            self.feed(html)
        self.found += [(anchor, label) for anchor, label, depth in self._rows if depth == 0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps what bears both."""
        said = dict(attrs)
        anchor, label = said.get("id"), said.get("data-outline")
        if anchor and label:
            self.found.append((anchor, label))
            if tag == "h3":
                self._rows.append((anchor, label, 1))

    @property
    def listed(self) -> list[tuple[str, str, int]]:
        """What the contents lists: the parts, and what is in them where that holds on a page; nothing of one alone.

        What stands alone in its part says no more than the part.
        """
        depths = [0, *(depth for _, _, depth in self._rows), 0]
        around = zip(self._rows, depths, depths[2:], strict=False)
        rows = [row for row, before, after in around if row[2] == 0 or before or after]
        parts = [row for row in rows if row[2] == 0]
        if len(rows) > CONTENTS_LINES and len(parts) > 1:
            return parts
        return rows if len(rows) > 1 else []
