"""Measures words in our own faces and breaks them into lines, so that a page is laid out before anything draws it."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
from fontTools.ttLib import TTFont

#: Where a line may end inside a word: after its own hyphen or stroke, never inside « 2015-2020 » or « F/H ».
_SEAMS = re.compile(r"(?<=[^\W\d]{2}[-–/])(?=[^\W\d]{3})")
#: What a line may not end or begin with: a no-break space is part of a word here.
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


@dataclass(frozen=True, slots=True)
class Face:
    """A face as CSS, SVG and the measure know it."""

    name: str
    family: str
    weight: int
    file: str


SANS = Face("sans", "sans", 400, "sans/SourceSansPro-Regular.ttf")
BOLD = Face("bold", "sans", 600, "sans/SourceSansPro-Semibold.ttf")
SERIF = Face("serif", "serif", 600, "serif/SourceSerifPro-Semibold.ttf")
_FOLDERS = {"sans": font_source_sans_pro.font_directory, "serif": font_source_serif_pro.font_directory}


@dataclass(frozen=True, slots=True)
class _Metrics:
    """Widths of signs, height and depth of a face, for a size of 1."""

    advances: dict[int, float]
    ascent: float
    descent: float


@cache
def _metrics(face: Face) -> _Metrics:
    folder, file = face.file.split("/")
    with TTFont(Path(_FOLDERS[folder]) / file, lazy=True) as font:
        unit = font["head"].unitsPerEm
        widths = font["hmtx"].metrics
        advances = {sign: widths[glyph][0] / unit for sign, glyph in font.getBestCmap().items()}
        return _Metrics(advances, font["hhea"].ascent / unit, -font["hhea"].descent / unit)


@lru_cache(maxsize=20_000)
def width_of(word: str, face: Face) -> float:
    """The width of a word set without kerning, for a size of 1; a sign that the face lacks counts a full em."""
    advances = _metrics(face).advances
    return sum(advances.get(ord(sign), 1.0) for sign in word)


def baseline_of(face: Face, size: float, leading: float) -> float:
    """How far the baseline is below the top of a line of that height, as CSS sets it."""
    metrics = _metrics(face)
    return (leading - (metrics.ascent + metrics.descent) * size) / 2 + metrics.ascent * size


@lru_cache(maxsize=20_000)
def _pieces(text: str, face: Face) -> tuple[tuple[str, float, str], ...]:
    """What no line parts, with its width and what is before it on a line: a space, or nothing after a hyphen."""
    return tuple(
        (piece, width_of(piece, face), "" if rank else " ")
        for word in filter(None, _SPACES.split(text))
        for rank, piece in enumerate(_SEAMS.split(word))
    )


def break_lines(text: str, face: Face, width: float) -> tuple[str, ...]:
    """The text in lines no wider than that, for a size of 1; a word wider than a line is cut where it must be."""
    lines: list[str] = []
    space = width_of(" ", face)
    line, used = "", 0.0
    for piece, wide, glue in _pieces(text, face):
        gap = space if line and glue else 0.0
        if used + gap + wide <= width:
            line, used = line + (glue if line else "") + piece, used + gap + wide
        else:
            if line:
                lines.append(line)
            *cut, line = _cut(piece, face, width) if wide > width else [piece]
            lines.extend(cut)
            used = width_of(line, face) if cut else wide
    return (*lines, line) if line else tuple(lines)


def balance_lines(text: str, face: Face, width: float) -> tuple[str, ...]:
    """The text in as few lines as that width allows, all about as long: for titles."""
    best = break_lines(text, face, width)
    low, high = width * 0.5, width
    for _ in range(6 if len(best) > 1 else 0):
        middle = (low + high) / 2
        tried = break_lines(text, face, middle)
        if len(tried) == len(best) and _words(tried) == _words(best):
            best, high = tried, middle
        else:
            low = middle
    return best


def _words(lines: tuple[str, ...]) -> list[str]:
    return " ".join(lines).split(" ")


def _cut(word: str, face: Face, width: float) -> list[str]:
    """A word in pieces that fit."""
    pieces, piece, used = [], "", 0.0
    for sign in word:
        wide = width_of(sign, face)
        if piece and used + wide > width:
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + sign, used + wide
    return [*pieces, piece]
