"""A comparison of two editions told in words: what an elected official reads, and what the page and the PDF draw."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from document.compare import KINDS, Change, Kind, Spot, count_changes
from document.merged import Comparison, Merged, merge
from document.nodes import Document, Level, Neighbourhood
from document.walk import Place, places
from document.wording import Run, compare_wording
from indicators.models import Indicator
from objectives.models import Note
from publications.editions import Edition
from publications.renditions.branches import thread_of
from publications.renditions.comparison_words import COUNTED, FIELDS, PARTS, WORDS


@dataclass(frozen=True, slots=True)
class Story:
    """One change as it is told: a sentence, or the runs of a wording with what went and what came.

    `field`, `before` and `after` say the same in three cells of a table.
    """

    kind: Kind
    sentence: str
    runs: tuple[Run, ...] = ()
    field: str = ""
    before: str = ""
    after: str = ""

    @property
    def sign(self) -> str:
        """The sign of its kind."""
        return WORDS[self.kind][0]


@dataclass(frozen=True, slots=True)
class Told:
    """A node of the merged tree with its stories; what did not change is there only to say where the rest stands.

    `part` is what an item is called, "" for an objective; `thread` the number of a root's colour, 0 below the roots.
    """

    part: str
    node: Any
    level: str
    thread: int
    state: str
    stories: tuple[Story, ...]
    items: tuple["Told", ...]
    children: tuple["Told", ...]

    @property
    def title(self) -> str:
        """What is printed of it: a clause has no title but its text."""
        return str(getattr(self.node, "title", "") or getattr(self.node, "text", ""))

    @property
    def is_retold(self) -> bool:
        """Whether this is an item whose wording is told with its marks, so that it need not be printed twice."""
        wordings = (FIELDS["title"].capitalize(), FIELDS["text"].capitalize())
        return bool(self.part) and any(story.runs and story.field in wordings for story in self.stories)


@dataclass(frozen=True, slots=True)
class Account:
    """The whole comparison: counts of each kind, stories of the document as a whole, and the tree of what changed."""

    before: Edition
    after: Edition
    counts: dict[Kind, int]
    stories: tuple[Story, ...]
    roots: tuple[Told, ...]

    @property
    def total(self) -> int:
        """How many changes in all."""
        return sum(self.counts.values())

    @property
    def figures(self) -> list[tuple[Kind, str, str, int]]:
        """Kind, sign, name (of one or of several) and count of each kind that there is."""
        found = [(kind, *WORDS[kind], self.counts[kind]) for kind in KINDS if self.counts[kind]]
        return [(kind, sign, one if count < 2 else many, count) for kind, sign, one, many, count in found]


def tell(before: Edition, after: Edition, *, kinds: Sequence[Kind] = KINDS) -> Account:
    """The comparison of two editions, told; `kinds` narrows what is told, the counts stay whole."""
    comparison = merge(before.document, after.document)
    teller = _Teller(before.document, after.document, frozenset(kinds))
    return Account(
        before=before,
        after=after,
        counts=count_changes(comparison.changes),
        stories=tuple(teller.of_document(comparison)),
        roots=tuple(teller.roots(comparison.roots)),
    )


class _Teller:
    """Puts changes into French, with the wordings of the version that each side is in."""

    def __init__(self, before: Document, after: Document, kinds: frozenset[Kind]) -> None:
        self.before, self.after, self.kinds = before, after, kinds
        self.old, self.new = places(before), places(after)
        self.levels = {level.key: level.name for level in (*before.levels, *after.levels)}
        self.plurals = {level.key: level.plural for level in (*before.levels, *after.levels)}

    def of_document(self, comparison: Comparison) -> Iterator[Story]:
        """What changed in the head, the levels and the rest that is of no objective."""
        for change in comparison.document_changes:
            if change.kind not in self.kinds:
                continue
            if change.field == "contract":
                for field in fields(change.before):
                    was, now = getattr(change.before, field.name), getattr(change.after, field.name)
                    if was != now:
                        yield self._difference("changed", field.name, was, now)
            else:
                yield self._difference("changed", change.field, change.before, change.after)

    def roots(self, merged: Sequence[Merged]) -> Iterator[Told]:
        """The root nodes in whose branches something is told, each with its colour."""
        for rank, one in enumerate(merged):
            for told in self.tree([one]):
                yield replace(told, thread=thread_of(rank))

    def tree(self, merged: Iterable[Merged]) -> Iterator[Told]:
        """The branches in which something is told."""
        for one in merged:
            told = self._told(one)
            if told.stories or told.items or told.children:
                yield told

    def _told(self, one: Merged) -> Told:
        return Told(
            part=PARTS[one.of],
            node=one.node,
            level=self.levels.get(one.node.level, "") if one.of == "children" else "",
            thread=0,
            state=one.state,
            stories=tuple(self._stories(one)),
            items=tuple(self.tree(one.items)),
            children=tuple(self.tree(one.children)),
        )

    def _stories(self, one: Merged) -> Iterator[Story]:
        text = str(getattr(one.node, "title", "") or getattr(one.node, "text", ""))
        if one.state == "added" and "added" in self.kinds:
            yield Story("added", "Ajouté.", after=text)
        if one.state == "removed" and "removed" in self.kinds:
            yield Story("removed", "Supprimé.", before=text)
        for change in one.changes:
            if change.kind in self.kinds:
                yield self._story(change)

    def _story(self, change: Change) -> Story:
        if change.kind == "moved":
            was, now = self._where(change.before, self.old), self._where(change.after, self.new)
            return Story("moved", f"Était {was} ; est désormais {now}.", field="Place", before=was, after=now)
        if change.kind == "reordered":
            was, now = _rank(change.before[1]), _rank(change.after[1])
            # Its neighbours went round it: among « a, b, c » that became « c, b, a », b is still the second.
            passed = f"Passe du {was} au {now} rang." if was != now else f"Reste au {now} rang, entre d’autres voisins."
            return Story("reordered", passed, field="Rang", before=was, after=now)
        if change.kind == "renumbered":
            was, now = change.before or "", change.after or ""
            sentence = f"Le code « {was} » devient « {now} »." if was else f"Reçoit le code « {now} »."
            sentence = sentence if now else f"Le code « {was} » est retiré."
            return Story("renumbered", sentence, field="Code", before=was, after=now)
        return self._difference(change.kind, change.field, change.before, change.after)

    def _difference(self, kind: Kind, field: str, was: Any, now: Any) -> Story:
        name = FIELDS.get(field, field).capitalize()
        if isinstance(was, str) and isinstance(now, str) and field not in ("level", "kind", "slug"):
            return Story(kind, f"{name} :", tuple(compare_wording(was, now)), name, was, now)
        if isinstance(was, tuple) and isinstance(now, tuple):
            gone = " ; ".join(self._value(field, one) for one in was if one not in now)
            new = " ; ".join(self._value(field, one) for one in now if one not in was)
            if not gone and not new:
                return Story(kind, f"{name} : même contenu, dans un autre ordre.", field=name)
        else:
            gone, new = self._value(field, was), self._value(field, now)
        runs = (Run("gone", gone), Run("same", " "), Run("new", new))
        return Story(kind, f"{name} :", tuple(run for run in runs if run.text), name, gone, new)

    def _value(self, field: str, value: Any) -> str:
        if value is None:
            return "non renseigné"
        if isinstance(value, bool):
            return "oui" if value else "non"
        if field == "level":
            return self.levels.get(value, value)
        if field == "kind":
            return str(Indicator.Kind(value).label)
        if field == "notes":
            return f"{Note.Kind(value.kind).label.capitalize()} : « {value.text} »"
        if field == "references":
            return f"« {value.text} » → {', '.join(map(self._named, value.targets)) or 'aucun objectif'}"
        if field == "declared":
            return f"{value.count} {COUNTED.get(value.of) or self.plurals.get(value.of, value.of).lower()}"
        if isinstance(value, Level):
            return f"{value.name} ({value.plural} ; numérotation : {value.numbering or 'aucune'})"
        if isinstance(value, Neighbourhood):
            return f"{value.name} ({value.code})"
        return str(value)

    def _named(self, key: str) -> str:
        """An objective that a reference names: its code, else its title."""
        place = self.new.get(key) or self.old.get(key)
        return (place.objective.code or f"« {place.objective.title} »") if place else key

    def _where(self, spot: Spot, known: dict[str, Place]) -> str:
        holder, _ = spot
        if holder is None:
            return "à la racine"
        node = known[holder].objective
        return f"sous « {node.code + ' ' if node.code else ''}{node.title} »"


def _rank(rank: int) -> str:
    return "1er" if rank == 0 else f"{rank + 1}e"
