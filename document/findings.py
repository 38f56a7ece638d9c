"""What a check finds: one fact about one node, in a sentence that an officer can act on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from document.nodes import Action, Clause, Document, Indicator
from document.walk import Place

#: On screen: « grave » (keeps the draft from being published), « contradiction », « à compléter ».
Severity = Literal["grave", "contradiction", "gap"]

#: Longest title that a sentence cites; the screen links to the node itself.
CITED_LENGTH = 70

#: The signed text is kept to the letter: a contradiction that is its own is told, not mended.
AS_SIGNED = "Si c’est bien ce que dit le texte signé, gardez-le et dites-le dans une remarque."

#: The words for what hangs under an objective: one, several.
ITEM_WORDS = {
    "actions": ("action", "actions"),
    "clauses": ("clause", "clauses"),
    "indicators": ("indicateur", "indicateurs"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: `kind` is a stable slug; `key` is that of the node, "" for the document as a whole.

    `code` and `title` are the node's (the contract's title for the whole); `message` names the node by itself.
    """

    kind: str
    severity: Severity
    key: str
    code: str | None
    title: str
    message: str


def grave(findings: Iterable[Finding]) -> list[Finding]:
    """Those that keep a draft from being published."""
    return [finding for finding in findings if finding.severity == "grave"]


class Subjects:
    """Makes findings about the nodes of one document: names them in its own words."""

    def __init__(self, document: Document) -> None:
        self.contract = document.contract
        self.levels = {level.key: level for level in document.levels}

    def of_contract(self, kind: str, severity: Severity, message: str) -> Finding:
        """A finding about the document as a whole."""
        return Finding(kind, severity, "", None, self.contract.title, no_break(message))

    def of_objective(self, kind: str, severity: Severity, place: Place, said: str) -> Finding:
        """A finding about an objective; `said` goes on after its name and a colon."""
        node = place.objective
        return Finding(kind, severity, node.key, node.code, node.title, no_break(f"{self.name(place)} : {said}"))

    def of_item(
        self, kind: str, severity: Severity, place: Place, item: Action | Clause | Indicator, said: str
    ) -> Finding:
        """A finding about an action, a clause or an indicator of that objective."""
        code = item.code if isinstance(item, Action) else None
        title = item.text if isinstance(item, Clause) else item.title
        word = "Clause" if isinstance(item, Clause) else "Indicateur" if isinstance(item, Indicator) else "Action"
        # « a » or « 1 » says nothing by itself.
        alone = code is not None and place.objective.code is not None and code.startswith(place.objective.code)
        name = f"{word} {code}" if alone else _named(word, code, title, item.key) + f", {self.name(place)}"
        return Finding(kind, severity, item.key, code, title, no_break(f"{name} : {said}"))

    def name(self, place: Place) -> str:
        """« Objectif opérationnel 1.1.3 »; with its title where it has no code, or one that begins again elsewhere."""
        node, level = place.objective, self.levels.get(place.objective.level)
        word = level.name if level else "Objectif"
        numbering = level.numbering if level else None
        if node.code and (place.parent is None or (numbering is not None and "{parent}" in numbering)):
            return f"{word} {node.code}"
        return _named(word, node.code, node.title, node.key)

    def level_name(self, key: str) -> str:
        """The name of a level in quotes; its key where the contract has no such level."""
        return quoted(self.levels[key].name if key in self.levels else key)

    def counted(self, number: int, of: str) -> str:
        """« 1 objectif opérationnel », « 2 objectifs opérationnels », « 0 action »."""
        level = self.levels.get(of)
        if level:
            return counted(number, _inside(level.name), _inside(level.plural))
        return counted(number, *ITEM_WORDS.get(of, (of, of)))


def counted(number: int, one: str, several: str) -> str:
    """The number and its word, in French: what is below two is singular."""
    return f"{figures(number)}\N{NO-BREAK SPACE}{one if number < 2 else several}"


def figures(number: int) -> str:
    """« 12 345 », as written in French."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def quoted(text: str) -> str:
    """The text in guillemets, cut at a word when it is long."""
    flat = " ".join(text.split())
    if len(flat) > CITED_LENGTH:
        flat = flat[: CITED_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
    return f"« {flat} »"


def no_break(text: str) -> str:
    """The sentence with the no-break spaces of French typography."""
    return re.sub(r" ([;:!?»%])", "\N{NO-BREAK SPACE}\\1", text).replace("« ", "«\N{NO-BREAK SPACE}")


def _named(word: str, code: str | None, title: str, key: str) -> str:
    words = [word, code or "", quoted(title) if title.strip() else "" if code else f"(clé {key})"]
    return " ".join(word for word in words if word)


def _inside(word: str) -> str:
    """A level's word inside a sentence: « objectif »; but « OS » stays « OS »."""
    return word[0].lower() + word[1:] if word[1:2].islower() else word
