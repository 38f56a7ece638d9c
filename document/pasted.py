"""A list copied from a document, read line by line: without its bullets and ranks, with the codes that it prints."""

import re
from typing import NamedTuple

from document.nodes import WORD_LENGTH

#: What stands before an item in a list and is no part of it: signs, dashes, the « o » of a word processor.
_BULLET = re.compile(r"(?:[•◦‣▪▫■□●○◆◇►▶➢➤✓✔→·*!\-–—‒§\uf0a7\uf0b7\uf0d8]+|o(?=[\s]))\s*")
#: A rank within the list: « 1. », « a) », « (iv) », « 2° »; « A » alone is a word.
_RANK = re.compile(r"(?:\(\s*)?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\s*(?:\)|\.(?=\s)|°(?=\s))\s*")
#: A printed code: « 1.1.a », « 3.2 », « #1 », « OS 1 », « A.2 » – several parts, or a sign that a rank never has.
_CODE = re.compile(
    r"(?P<code>(?:[A-Z]{1,3}|\d{1,3})(?:\.(?:\d{1,3}|[a-zA-Z]{1,2}))+|#\s?\d{1,3}"
    r"|(?:OS|OO|OG|FA|AX)[ \-.]?\d{1,3}(?:\.\d{1,3})*)"
    r"\.?(?:\s*[:)\-–—]\s*|\s+|$)"
)

#: A spreadsheet writes a cell of several lines, or one with quotes in it, between quotes that it doubles inside.
_CELL = re.compile(r'(?m)(?:^|(?<=\t))"(?P<words>(?:[^"]|"")*)"(?=\t|\r?$)')


class Line(NamedTuple):
    """One item of the list; `code` is None where none was printed."""

    code: str | None
    text: str


def read_lines(text: str) -> list[Line]:
    """The items, in order: one a line; in a list with bullets, a line that has none goes on with the one before."""
    found: list[Line] = []
    lines = [line for line in map(_tidy, _CELL.sub(_on_one_line, text).splitlines()) if line]
    marked = [_is_marked(line) for line in lines]
    # One bullet may be a dash of the text; two, of which one opens the list, make a list with bullets.
    bulleted = sum(marked) > 1 and marked[0]
    for line, begins in zip(lines, marked, strict=True):
        if bulleted and not begins and found:
            found[-1] = Line(found[-1].code, f"{found[-1].text} {line}".strip())
            continue
        code, words = _split(line)
        if words or code:
            found.append(Line(code, words))
    return [line for line in found if line.text]


def _on_one_line(cell: re.Match[str]) -> str:
    words = cell["words"]
    return " ".join(words.replace('""', '"').split()) if "\n" in words or '""' in words else cell[0]


def _tidy(line: str) -> str:
    """One line with single spaces; cells of a spreadsheet are parted by tabs."""
    return " ".join(line.replace("\u200b", "").split())


def _is_marked(line: str) -> bool:
    return bool(_BULLET.match(line) or _RANK.match(line) or _CODE.match(line))


def _split(line: str) -> tuple[str | None, str]:
    rest = line
    if bullet := _BULLET.match(rest):
        rest = rest[bullet.end() :]
    if code := _CODE.match(rest):
        return code["code"][:WORD_LENGTH], rest[code.end() :].strip()
    if rank := _RANK.match(rest):
        rest = rest[rank.end() :]
    return None, rest.strip()
