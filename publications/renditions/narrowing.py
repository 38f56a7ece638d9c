"""Narrows a tree to what a reader looks for: words, a level, a tag, or what bears a remark."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from document.nodes import Document
from publications.editions import Edition
from publications.entries import Sought, entries_of, sought, tag_form
from publications.models import Entry, Publication


@dataclass(frozen=True, slots=True)
class _Source:
    """A document, told from another by its digest alone."""

    digest: str
    document: Document = field(compare=False)


@lru_cache(maxsize=4)
def _entries(source: _Source) -> tuple[Entry, ...]:
    """The entries of a document, made once for all that is looked for in it as one types."""
    return tuple(entries_of(Publication(), source.document))


@dataclass(frozen=True)
class Narrowing:
    """What is asked of a tree; empty, it leaves the tree whole."""

    words: str = ""
    #: The key of a level.
    level: str = ""
    tag: str = ""
    remarked: bool = False

    def __bool__(self) -> bool:
        return bool(self.words.strip() or self.level or self.tag or self.remarked)

    @cached_property
    def query(self) -> tuple[Sought, ...]:
        """The words asked for: those that `entries.having_words` looks for."""
        return sought(self.words)

    def find(self, edition: Edition) -> list[Entry]:
        """The entries asked for, in reading order; without words or remarks to look for, objectives alone.

        Words are found as search finds them, so that both count the same.
        """
        return [entry for entry in _entries(_Source(edition.digest, edition.document)) if self._wants(entry)]

    def _wants(self, entry: Entry) -> bool:
        if self.level and entry.level != self.level:
            return False
        if self.tag and f"|{tag_form(self.tag)}|" not in entry.tags:
            return False
        if self.remarked and not entry.data["remarks"]:
            return False
        if self.words.strip():
            words = entry.words.split()
            return bool(self.query) and all(any(map(one.finds, words)) for one in self.query)
        return self.remarked or entry.kind == Entry.Kind.OBJECTIVE
