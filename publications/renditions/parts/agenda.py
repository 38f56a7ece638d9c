"""« Ordre du jour »: the points of the meeting, numbered, with its date and place."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from publications.editions import Edition

NAME = "agenda"
TITLE = "Ordre du jour"
PURPOSE = "Les points de la réunion, dans leur ordre."


def html(edition: Edition, options: Mapping[str, object]) -> SafeString:
    """The points; where none is given, lines to write them on."""
    points = options["agenda"] or ("",) * 6
    context = {"title": TITLE, "points": points, "meeting": options["meeting"], "place": options["place"]}
    return render_to_string("pdf/agenda.html", context)
