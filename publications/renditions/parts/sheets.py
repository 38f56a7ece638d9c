"""« Fiches »: what hangs under the objectives, a table for those of one orientation or a page for each of them."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from document.nodes import Document
from publications.editions import Edition
from publications.renditions.parts.project_tree_head import foot_of
from publications.renditions.parts.sheets_columns import sheets_of

NAME = "sheets"
TITLE = "Fiches"
PURPOSE = (
    "Actions, cahier des charges et indicateurs : un tableau par orientation, une colonne par objectif ;"
    " ou une page par objectif."
)
#: What has a page of its own.
BY_ORIENTATION, BY_OBJECTIVE = "orientation", "objectif"


def html(edition: Edition, options: Mapping[str, object]) -> SafeString:
    """The sheets as a `<section>`; of `options`, `sheets` is « objectif » or « orientation » (else)."""
    whole = options.get("whole")
    sheets = sheets_of(edition.document, whole if isinstance(whole, Document) else edition.document)
    template = "sheets_objectives" if options.get("sheets") == BY_OBJECTIVE else "sheets"
    context = {"sheets": sheets, "title": TITLE, "name": NAME, "foot": foot_of(edition)}
    return render_to_string(f"pdf/{template}.html", context)
