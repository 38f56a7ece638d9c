"""« Ce qui a changé »: what changed since the version chosen, told as the page of comparison tells it."""

from collections.abc import Mapping
from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from publications.editions import Edition
from publications.renditions.comparison import tell

NAME = "changes"
TITLE = "Ce qui a changé"
PURPOSE = "Ajouts, suppressions et reformulations depuis une version que vous choisissez."


def html(edition: Edition, options: Mapping[str, object]) -> SafeString:
    """Counts of each kind, then the tree of what changed; the whole tree, whatever branches were chosen."""
    since, after = options["since"], replace(edition, document=options["whole"])
    account = tell(since, after) if isinstance(since, Edition) else None
    return render_to_string("pdf/changes.html", {"title": TITLE, "account": account, "edition": edition})
