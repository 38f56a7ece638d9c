"""Texts as cells and back, without loss: what a cell cannot hold is written in brackets, « ⟦U+FFFE⟧ », « ⟦vide⟧ »."""

import re

from document.sources.workbook_columns import Column

#: Signs a cell holds: Excel holds 32,767 UTF-16 units, of which a sign takes two at most.
PIECE = 16_000

#: What XML 1.0 cannot hold, tabs, which LibreOffice loses, what a line end would become, what Excel takes for the
#: writing of another sign (« _x0041_ »), and the bracket itself.
_UNHELD = re.compile("[\x00-\x09\x0b-\x1f\ud800-\udfff\ufffe\uffff⟦]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile(r"⟦(vide|U\+([0-9A-F]{4,6}))⟧")
_EMPTY = "⟦vide⟧"


def cell_of(value: object, column: Column) -> str | int | None:
    """What a cell of that column holds for a value of the document; None: nothing."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, tuple):
        return "\n".join(_line(str(item)) for item in value) or None
    if value is None:
        return None
    text = escaped(str(value))
    return text or (_EMPTY if column.kind == "code" else None)


def escaped(text: str) -> str:
    """The text with what a cell cannot hold in brackets."""
    return _UNHELD.sub(lambda sign: _bracketed(sign[0]), text)


def unescaped(text: str) -> str:
    """The text that `escaped` made; what only looks like it stays as it is."""
    return _ESCAPE.sub(_sign, text) if "⟦" in text else text


def lines_of(text: str) -> list[str]:
    """The values of a cell that holds one a line; empty lines say nothing."""
    return [unescaped(line) for line in text.split("\n") if line]


def pieces_of(text: str) -> list[str]:
    """The text cut into pieces that a cell of Excel holds each."""
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


def letters_of(column: int) -> str:
    """« A » for 1, « AB » for 28."""
    letters = ""
    while column:
        column, rank = divmod(column - 1, 26)
        letters = chr(ord("A") + rank) + letters
    return letters


def _line(text: str) -> str:
    return escaped(text).replace("\n", _bracketed("\n")) or _EMPTY


def _bracketed(sign: str) -> str:
    return f"⟦U+{ord(sign):04X}⟧"


def _sign(found: re.Match[str]) -> str:
    if found[2] is None:
        return ""
    number = int(found[2], 16)
    return chr(number) if number <= 0x10FFFF else found[0]
