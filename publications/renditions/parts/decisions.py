"""« Relevé de décisions »: a table with empty lines, to be filled in by hand during the meeting."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from publications.editions import Edition

NAME = "decisions"
TITLE = "Relevé de décisions"
PURPOSE = "Une page de lignes à remplir en séance : décision, qui s’en charge, pour quand."
#: Lines of a page.
LINES = 12


def html(edition: Edition, options: Mapping[str, object]) -> SafeString:
    """The table; a line for each point of the agenda, and empty ones."""
    points = tuple(options["agenda"])
    lines = [*points, *[""] * max(LINES - len(points), 3)]
    return render_to_string("pdf/decisions.html", {"title": TITLE, "lines": lines})
