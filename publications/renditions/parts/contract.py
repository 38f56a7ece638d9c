"""« Le contrat entier »: how to read it, the table of the whole, and every branch with its sheets."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from publications.editions import Edition
from publications.renditions.pdf_contents import Contents

NAME = "contract"
TITLE = "Texte du contrat"
PURPOSE = "Tout ce que dit le contrat des branches choisies : textes, actions, clauses, indicateurs, remarques."


def html(edition: Edition, options: Mapping[str, object]) -> SafeString:
    """The tree with all that is set under it."""
    contents = Contents(edition.document, whole=options["whole"], prefix=NAME, shift=1)
    return render_to_string("pdf/part_tree.html", {"contents": contents, "title": TITLE, "name": NAME})
