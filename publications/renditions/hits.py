"""What was found, as it is shown: its wording with the words marked, what it is, where it leads; and how much."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from document.findings import counted
from publications.entries import Sought, fold
from publications.models import Entry
from publications.renditions.marking import excerpt, mark

_WORDS = {
    Entry.Kind.OBJECTIVE: ("objectif", "objectifs"),
    Entry.Kind.ACTION: ("action", "actions"),
    Entry.Kind.CLAUSE: ("clause", "clauses"),
    Entry.Kind.INDICATOR: ("indicateur", "indicateurs"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry that was found."""

    kind: str
    label: str
    code: str | None
    title: SafeString
    #: Where the words are, when the title has not all of them.
    excerpt: SafeString | None
    remarks: tuple[str, ...]
    address: str

    @property
    def is_objective(self) -> bool:
        """Whether it is an objective itself rather than something it holds."""
        return self.kind == Entry.Kind.OBJECTIVE


def make_hit(entry: Entry, query: tuple[Sought, ...], address: str) -> Hit:
    """The hit of that entry; `address` is that of the objective that holds it."""
    words = fold(f"{entry.code or ''} {entry.title}")
    elsewhere = [one for one in query if not any(one.finds(word) for word in words)]
    cuts = (excerpt(text, query) for text in _body(entry)) if elsewhere else ()
    return Hit(
        kind=entry.kind,
        label=Entry.Kind(entry.kind).label,
        code=entry.code,
        title=mark(entry.title, query),
        excerpt=next((cut for cut in cuts if cut), None),
        remarks=tuple(entry.data["remarks"]),
        address=address if entry.kind == Entry.Kind.OBJECTIVE else f"{address}#{entry.key}",
    )


def tally(kinds: Iterable[str]) -> str:
    """« 14 passages : 5 objectifs, 9 actions », « 75 objectifs », « Aucun passage »."""
    found = Counter(kinds)
    parts = [counted(found[kind], *words) for kind, words in _WORDS.items() if found[kind]]
    if not parts:
        return "Aucun passage"
    if len(parts) == 1:
        return parts[0]
    return f"{counted(found.total(), 'passage', 'passages')}\N{NO-BREAK SPACE}: {', '.join(parts)}"


def _body(entry: Entry) -> Iterator[str]:
    data = entry.data
    yield data.get("description", "")
    yield from (one["text"] for one in [*data.get("notes", ()), *data.get("references", ())])
    yield from (data.get("baseline", ""), data.get("target", ""))
    if data.get("tags"):
        yield "Étiquettes\N{NO-BREAK SPACE}: " + ", ".join(data["tags"])
