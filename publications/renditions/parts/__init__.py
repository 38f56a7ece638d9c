"""The parts of which a document to print is composed: one module each, and the order in which they are offered.

A part has `NAME` (its module's, and its style sheet's: static/css/pdf-NAME.css, where it has one), `TITLE` and
`PURPOSE` (what it is called and for, on the page of choices) and `html`: a `<section>` whose headings go down from one
`<h2>`, all ids beginning with the part's name. A heading with `id` and `data-outline` is listed in the contents.

`edition.document` is what was chosen of the tree, with the way that leads to it. `options` are:
`whole` (Document: the whole tree), `paper` (« A3 » or « A4 », of the tree on a page), `sheets` (« orientation » or
« objectif »: what has a page of sheets), `since` (Edition to compare with, or None), `meeting` (date or None), `place`
and `agenda` (a tuple of lines).
"""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

from django.utils.safestring import SafeString

from publications.editions import Edition

#: The module of each part, by the word that an address has for it; parts are set in this order unless told otherwise.
MODULES = {
    "ordre-du-jour": "agenda",
    "arbre": "project_tree",
    "cadre": "framework",
    "contrat": "contract",
    "fiches": "sheets",
    "cahier-des-charges": "terms",
    "indicateurs": "indicators",
    "changements": "changes",
    "constats": "findings",
    "decisions": "decisions",
}


class Part(Protocol):
    """What a module of this folder gives to be a part."""

    NAME: str
    TITLE: str
    PURPOSE: str

    def html(self, edition: Edition, options: Mapping[str, object]) -> SafeString:
        """The part as a `<section>`, well formed, every text of the document escaped."""


PARTS: dict[str, Part] = {
    word: import_module(f"{__name__}.{module}") for word, module in MODULES.items() if find_spec(f"{__name__}.{module}")
}
