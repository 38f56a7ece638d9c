"""Puts the rows of a workbook together as the plain data of a document: every row under the element it names."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from document.faults import trimmed
from document.nodes import ITEMS, WORD_LENGTH
from document.sources.workbook_columns import ASIDE, COUNTED, FIELDS, NUMBERS, SHEETS, WHOLE
from document.sources.workbook_tables import Faults, Row, folded

Plain = dict[str, Any]
_KEYED = ("objectives", *ITEMS)


class Assembly:
    """The plain data of the rows, the faults met on the way, and the row that each part of the data came from.

    `rows` has the row of a dict under (its id, None), that of the third text of a list under (the list's id, 2), and
    that of a field of the contract under (its id, the field).
    """

    def __init__(self, tables: dict[str, list[Row]]) -> None:
        self.tables = tables
        self.faults = Faults()
        self.rows: dict[tuple[int, int | str | None], Row] = {}
        self.nodes: dict[str, Plain] = {}  # objectives, actions, clauses and indicators by key
        self.levels = self._named("levels", "key")
        self.quarters = self._named("neighbourhoods", "code")
        self.data: Plain = {
            "contract": self._contract(),
            "levels": [
                self._node(row, key=row.text("key"), numbering=row.values.get("numbering")) for row in tables["levels"]
            ],
            "declared": [],
            "remarks": [],
            "neighbourhoods": [self._node(row, code=row.text("code")) for row in tables["neighbourhoods"]],
            "objectives": [],
        }
        self._give_keys()
        self._plant()
        for part in ITEMS:
            for row in tables[part]:
                self._hang(row, part, self._holder(row, "objective", ("objectives",)), self._item(row, part))
        for row in tables["notes"]:
            note = self._node(row, kind=row.values.get("kind", "other"), text=row.text("text"))
            self._hang(row, "notes", self._holder(row, "objective", ("objectives",)), note)
        for row in tables["references"]:
            reference = self._node(row, text=row.text("text"), targets=self._known(row, "targets", "objectives"))
            self._hang(row, "references", self._holder(row, "owner", ("objectives", "actions")), reference)
        for row in tables["remarks"]:
            self._hang(row, "remarks", self._holder(row, "owner", _KEYED), row.text("text"))
        for row in tables["declared"]:
            declared = self._node(row, of=self._counted(row), count=row.values.get("count"))
            if "count" not in row.values:
                self.faults.add(row.where("count"), "le nombre manque.")
            self._hang(row, "declared", self._holder(row, "owner", ("objectives",)), declared)

    def _node(self, row: Row, **values: Any) -> Plain:
        """The plain data of a row: its columns as they are, texts that are not filled empty."""
        texts = {column.field: "" for column in row.sheet.columns if column.kind == "text"}
        node = texts | {
            name: value for name, value in row.values.items() if name not in ("owner", "objective", "parent")
        }
        node |= values
        self.rows[id(node), None] = row
        return node

    def _contract(self) -> Plain:
        known = {folded(name): field for name, field in FIELDS.items()}
        contract: Plain = {"sources": []}
        for row in self.tables["contract"]:
            name = folded(row.text("field"))
            field = known.get(name)
            if name.endswith(ASIDE):
                continue
            if field is None:
                said = f"champ inconnu, « {trimmed(row.text('field'))} » ; attendus : {', '.join(FIELDS)}."
                self.faults.add(row.where("field"), said)
            elif field == "sources":
                self.rows[id(contract["sources"]), len(contract["sources"])] = row
                contract["sources"].append(row.text("value"))
            elif field in contract:
                self.faults.add(row.where("field"), f"le champ « {trimmed(row.text('field'))} » est là deux fois.")
            else:
                self.rows[id(contract), field] = row
                contract[field] = self._year(row) if field in NUMBERS else row.text("value")
        for name, field in FIELDS.items():
            if field not in contract:
                self.faults.add(f"Feuille « {SHEETS[0].title} »", f"le champ « {name} » manque ; gardez-le, même vide.")
        return contract

    def _year(self, row: Row) -> int | None:
        text = row.text("value").strip()
        if text and not (text.isascii() and text.isdigit() and len(text) < 10):
            self.faults.add(row.where("value"), f"une année est attendue ici et non « {trimmed(text)} ».")
            return None
        return int(text) if text else None

    def _named(self, part: str, name: str) -> dict[str, Row]:
        """The rows of a list by what names them; each once."""
        found: dict[str, Row] = {}
        for row in self.tables[part]:
            first = found.setdefault(row.text(name), row)
            if first is not row:
                said = f"« {trimmed(row.text(name))} » est déjà donné : {first.where(name)}."
                self.faults.add(row.where(name), said)
        return found

    def _give_keys(self) -> None:
        """Checks that keys are given once, and gives each row without one the next free one of what it is under."""
        found: dict[str, Row] = {}
        keyed = [row for part in _KEYED for row in self.tables[part]]
        for row in keyed:
            if key := row.text("key"):
                first = found.setdefault(key, row)
                if first is not row:
                    said = f"la clé « {trimmed(key)} » est déjà celle d’un autre élément : {first.where('key')}."
                    self.faults.add(row.where("key"), said)
        taken, ranks = set(found), Counter[str]()
        for row in keyed:
            if not row.text("key"):
                stem = row.text("objective") or row.text("parent") or self._level(row.text("level")) or "element"
                row.values["key"] = _free(stem, taken, ranks)

    def _plant(self) -> None:
        """The tree: objectives under their parents, in the order of their rows."""
        rows = self.tables["objectives"]
        for row in rows:
            if not row.text("level"):
                self.faults.add(row.where("level"), "le niveau manque.")
            elif self._level(row.text("level")) is None:
                known = ", ".join(self.levels) or "aucun"
                self.faults.add(
                    row.where("level"), f"niveau inconnu, « {trimmed(row.text('level'))} » ; niveaux : {known}."
                )
            node = self._node(
                row,
                level=self._level(row.text("level")) or "",
                code=row.values.get("code"),
                neighbourhoods=self._known(row, "neighbourhoods", "neighbourhoods"),
                **{part: [] for part in ("notes", "declared", "remarks", "references", *ITEMS, "children")},
            )
            self.nodes[f"objectives {row.text('key')}"] = node
        above = {}
        for row in rows:
            parent = row.text("parent")
            above[row.text("key")] = parent
            if not parent:
                self._hang(row, "objectives", self.data, self._of(row))
            elif f"objectives {parent}" in self.nodes:
                self._hang(row, "children", self.nodes[f"objectives {parent}"], self._of(row))
            else:
                self.faults.add(row.where("parent"), f"aucun objectif n’a la clé « {trimmed(parent)} ».")
        for row in _circling(rows, above):
            self.faults.add(row.where("parent"), "cet objectif se trouve au-dessous de lui-même.")

    def _of(self, row: Row) -> Plain:
        return self.nodes[f"objectives {row.text('key')}"]

    def _item(self, row: Row, part: str) -> Plain:
        node = self._node(row, remarks=[])
        if part == "actions":
            node |= {"code": row.values.get("code"), "references": []}
        self.nodes[f"{part} {row.text('key')}"] = node
        return node

    def _hang(self, row: Row, part: str, holder: Plain | None, value: Any) -> None:
        if holder is not None:
            self.rows[id(holder[part]), len(holder[part])] = row
            holder[part].append(value)

    def _holder(self, row: Row, name: str, parts: tuple[str, ...]) -> Plain | None:
        """The element that a row says it belongs to; None after a fault."""
        key = row.text(name)
        if key == WHOLE and name == "owner" and row.sheet.name in self.data:
            return self.data
        for part in parts:
            if f"{part} {key}" in self.nodes:
                return self.nodes[f"{part} {key}"]
        what = "aucun objectif" if parts == ("objectives",) else "aucun élément"
        said = f"{what} n’a la clé « {trimmed(key)} »." if key else "la clé manque."
        self.faults.add(row.where(name), said)
        return None

    def _known(self, row: Row, name: str, part: str) -> list[str]:
        """The values of a list, each of which names what there is."""
        values: list[str] = row.values.get(name, [])
        for value in values:
            if part == "objectives" and f"objectives {value}" not in self.nodes:
                self.faults.add(row.where(name), f"aucun objectif n’a la clé « {trimmed(value)} ».")
            elif part == "neighbourhoods" and value not in self.quarters:
                said = f"le quartier « {trimmed(value)} » n’est pas dans la feuille « Quartiers »."
                self.faults.add(row.where(name), said)
        return values

    def _level(self, said: str) -> str | None:
        """The key of a level by its key, or by its name where only one has it."""
        if said in self.levels:
            return said
        named = [key for key, row in self.levels.items() if said and folded(row.text("name")) == folded(said)]
        return named[0] if len(named) == 1 else None

    def _counted(self, row: Row) -> str:
        said = row.text("of")
        words = {folded(word): of for of, word in COUNTED.items()}
        found = (
            said if said in self.levels else said if said in COUNTED else words.get(folded(said)) or self._level(said)
        )
        if found is None:
            known = ", ".join([*self.levels, *COUNTED.values()])
            self.faults.add(row.where("of"), f"objet inconnu, « {trimmed(said)} » ; attendus : {known}.")
        return found or ""


def _free(stem: str, taken: set[str], ranks: Counter[str]) -> str:
    """The next free key of that stem: « 1-1-3-n1 », « 1-1-3-n2 »; the same file gives the same keys."""
    short = stem[: WORD_LENGTH - 10].rstrip("-")
    while True:
        ranks[short] += 1
        key = f"{short}-n{ranks[short]}"
        if key not in taken:
            return key


def _circling(rows: list[Row], above: dict[str, str]) -> Iterator[Row]:
    """The rows that no root leads to, though the parent they name is there."""
    sound: dict[str, bool] = {"": True}
    for row in rows:
        way: list[str] = []
        key = row.text("key")
        while key not in sound and key in above and key not in way:
            way.append(key)
            key = above[key]
        sound |= dict.fromkeys(way, sound.get(key, key not in above))
    return (row for row in rows if not sound[row.text("key")])
