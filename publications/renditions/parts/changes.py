"""« Ce qui a changé »: what changed since the version chosen, told as the page of comparison tells it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from document.findings import Subjects
from publications.editions import Edition
from publications.renditions.comparison import Story, Told, tell

NAME = "changes"
TITLE = "Ce qui a changé"
PURPOSE = "Ajouts, suppressions et reformulations depuis une version que vous choisissez."

#: What is counted of what hangs under an objective, by its word in an account.
_KINDS = {"Action": "actions", "Clause": "clauses", "Indicateur": "indicators"}


def html(edition: Edition, options: Mapping[str, object]) -> SafeString:
    """Counts of each kind, then the tree of what changed; the whole tree, whatever branches were chosen."""
    since, after = options["since"], replace(edition, document=options["whole"])
    account = tell(since, after) if isinstance(since, Edition) else None
    if account:
        subjects = Subjects(account.before.document)
        account = replace(account, roots=tuple(_shortened(told, subjects) for told in account.roots))
    return render_to_string("pdf/changes.html", {"title": TITLE, "account": account, "edition": edition})


def _shortened(told: Told, subjects: Subjects) -> Told:
    """The same, where what went with an objective is counted rather than told thing by thing."""
    if told.state == "removed" and told.level:
        gone = Counter(_gone(told))
        gone[told.node.level] -= 1
        words = ", ".join(subjects.counted(number, of) for of, number in gone.items() if number)
        said = Story("removed", f"Supprimé, avec ce qui en dépendait : {words}." if words else "Supprimé.")
        return replace(told, stories=(said,), items=(), children=())
    return replace(told, children=tuple(_shortened(child, subjects) for child in told.children))


def _gone(told: Told) -> Iterator[str]:
    """What each thing of a branch that went is: its level, or its kind."""
    if told.state == "removed":
        yield _KINDS.get(told.part) or told.node.level
    for one in (*told.items, *told.children):
        yield from _gone(one)
