"""The words of a contract as rows: its levels, its tags, its quartiers, saved by their verbs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model

from accounts.models import User
from document.nodes import WORD_LENGTH
from editor.forms.fields import line
from editor.forms.ordering import merged, moves
from editor.forms.rows import Row, make_rows, tidy, traces
from editor.forms.saving import Conflict, last_change, put, told_on
from editor.reading.readable import field_name, text_of
from objectives import level_edits, neighbourhood_edits, tag_edits
from objectives.changes import Refused
from objectives.models import Contract, Level, Neighbourhood, Tag
from publications.entries import tag_form


class WordRow(Row):
    """A row of a word of the contract."""

    def clean(self) -> dict[str, Any]:
        """A row in which something was typed is whole; the verb says what is missing, this says it beside its field."""
        if not self.errors and not self.is_void and not self.cleaned_data.get("gone"):
            for name in self.NEEDED:
                if not self.typed[name]:
                    self.add_error(name, "Ce champ ne peut pas rester vide.")
        return self.cleaned_data

    NEEDED: tuple[str, ...] = ()


class LevelRow(WordRow):
    """A level; its key is given once and is not shown."""

    CONTENT = ("name", "plural", "numbering")
    NEEDED = ("name", "plural")

    name = line("Nom")
    plural = line("Pluriel")
    numbering = line("Numérotation", css="code")

    def shown(self, values: dict[str, Any]) -> dict[str, Any]:
        """No pattern is None."""
        return super().shown(values) | {"numbering": tidy(values.get("numbering")) or None}


class TagRow(WordRow):
    """A tag."""

    CONTENT = ("name",)
    NEEDED = ("name",)

    name = line("Nom")


class NeighbourhoodRow(WordRow):
    """A quartier."""

    CONTENT = ("code", "name")
    NEEDED = ("code", "name")

    code = line("Code", css="code")
    name = line("Nom", limit=WORD_LENGTH)


@dataclass(frozen=True, slots=True)
class WordKind:
    """A list of words: its rows and the verbs that change it; `move` None: they stand in alphabetical order."""

    model: type[Model]
    row: type[WordRow]
    prefix: str
    words: str
    #: From a word to what bears it.
    bearers: str
    add: Callable[..., Any]
    change: Callable[..., Any]
    move: Callable[..., Any] | None
    delete: Callable[..., Any]


LEVELS = WordKind(
    Level, LevelRow, "levels", "niveau,niveaux", "objectives",
    level_edits.add_level, level_edits.change_level, level_edits.move_level, level_edits.delete_level,
)  # fmt: skip
TAGS = WordKind(
    Tag, TagRow, "tags", "étiquette,étiquettes", "taggings",
    tag_edits.add_tag, tag_edits.change_tag, None, tag_edits.delete_tag,
)  # fmt: skip
NEIGHBOURHOODS = WordKind(
    Neighbourhood, NeighbourhoodRow, "neighbourhoods", "quartier,quartiers", "locations",
    neighbourhood_edits.add_neighbourhood, neighbourhood_edits.change_neighbourhood,
    neighbourhood_edits.move_neighbourhood, neighbourhood_edits.delete_neighbourhood,
)  # fmt: skip


class WordList:
    """The rows of one list of words of one contract. A row's revision is the contract's when it was shown."""

    def __init__(self, kind: WordKind, contract: Contract, data: Any) -> None:
        self.kind, self.contract = kind, contract
        self._read()
        self.rows = make_rows(
            kind.row, prefix=kind.prefix, data=data, shown=[self._initial(one) for one in self.things.values()]
        )
        for row in self.rows.forms:
            value = str(row["pk"].value() or "")
            row.thing = self.things.get(int(value)) if value.isdecimal() and len(value) < 19 else None

    def _read(self) -> None:
        rows = self.kind.model.objects.filter(contract=self.contract).annotate(borne=Count(self.kind.bearers))
        ordering = self.kind.model._meta.ordering
        things = rows.order_by(*ordering)
        if self.kind is TAGS:
            things = sorted(things, key=lambda tag: tag_form(tag.name))
        self.things = {one.pk: one for one in things}
        for one in self.things.values():
            one.contract = self.contract

    def _initial(self, thing: Any) -> dict[str, Any]:
        own = {name: getattr(thing, name) for name in self.kind.row.CONTENT}
        return own | {"pk": thing.pk, "revision": self.contract.revision}

    def save(self, by: User) -> list[Row]:
        """Calls the verbs for what was changed, removed, reordered and added; returns the rows that were refused."""
        failed: list[Row] = []
        for row in self.rows.filled:
            if row.is_new:
                continue
            gone, changes = row.cleaned_data.get("gone"), row.changes
            if not gone and not changes:
                continue
            revision = row.cleaned_data["revision"]
            with told_on(row, failed):
                if row.thing is None:
                    raise Refused("Cette ligne n’est pas, ou n’est plus, dans ce contrat ; cochez « Supprimer ».")
                verb = self.kind.delete if gone else self.kind.change
                verb(row.thing, by=by, revision=revision, **({} if gone else changes))
        if not failed and self.kind.move is not None:
            self._move(by, failed)
        for rank, row in enumerate(self.rows.in_order()):
            if row.is_new and not failed:
                place = {"position": rank} if self.kind.move is not None else {}
                with told_on(row, failed):
                    self.kind.add(self.contract, by=by, **place, **row.typed)
        return failed

    def _move(self, by: User, failed: list[Row]) -> None:
        rows = {row.thing.pk: row for row in self.rows.in_order() if row.thing is not None}
        posted = [row.thing.pk for row in self.rows.forms if row.thing is not None and row.thing.pk in rows]
        if list(rows) == posted:
            return
        current = list(
            self.kind.model.objects.filter(contract=self.contract)
            .order_by("position", "pk")
            .values_list("pk", flat=True)
        )
        for pk, position in moves(current, merged(current, list(rows))):
            with told_on(rows[pk], failed):
                self.kind.move(rows[pk].thing, position=position, by=by, revision=None)

    def show_conflicts(self) -> None:
        """Reads the words anew and puts them beside what was typed."""
        self.contract = Contract.objects.get(pk=self.contract.pk)
        self._read()
        for row in self.rows.forms:
            thing = self.things.get(row.thing.pk) if row.thing is not None else None
            if row.is_stale and thing is not None:
                self._show_conflict(row, thing)

    def _show_conflict(self, row: Row, thing: Any) -> None:
        stored, changes = row.shown(self._initial(thing)), row.changes
        key = getattr(thing, {"levels": "key", "tags": "name"}.get(self.kind.prefix, "code"))
        row.conflict = Conflict(last_change(self.contract, key))
        for name in row.CONTENT:
            if name not in changes:
                put(row, **{name: stored[name]})
            elif changes[name] != stored[name]:
                row.conflict.fields.append(
                    (field_name(name), text_of(name, changes[name]), text_of(name, stored[name]))
                )
        put(row, revision=self.contract.revision, seen=traces(stored))
