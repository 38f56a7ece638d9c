"""Two wordings side by side: which words went, which came, which stayed."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Sign = Literal["same", "gone", "new"]

#: Above so many words on both sides the texts are shown one after the other: matching them costs their product.
WORDS_LIMIT = 4_000
#: So do two texts of which so small a part of the shorter one stays: words that meet by chance are no thread to follow.
LEAST_KEPT = 0.2


class Run(NamedTuple):
    """A run of words that share a fate."""

    sign: Sign
    text: str


def compare_wording(before: str, after: str) -> list[Run]:
    """The runs that lead from one text to the other: same and gone make the old one, same and new the new one."""
    old, new = words_of(before), words_of(after)
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    runs = [Run("same", "".join(old[:start]))]
    runs += _middle(old[start : len(old) - end], new[start : len(new) - end])
    runs.append(Run("same", "".join(old[len(old) - end :])))
    return [run for run in runs if run.text]


def words_of(text: str) -> list[str]:
    """The words and the spaces between them, in order: joined, they are the text again."""
    return re.findall(r"\s+|\S+", text)


def _shared(old: list[str], new: list[str]) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _middle(old: list[str], new: list[str]) -> list[Run]:
    if len(old) + len(new) > WORDS_LIMIT:
        return [Run("gone", "".join(old)), Run("new", "".join(new))]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    kept = sum(_letters(old[i1:i2]) for tag, i1, i2, _, _ in steps if tag == "equal")
    if kept < LEAST_KEPT * min(_letters(old), _letters(new)):
        return [Run("gone", "".join(old)), Run("new", "".join(new))]
    runs = []
    for tag, i1, i2, j1, j2 in steps:
        if tag == "equal":
            runs.append(Run("same", "".join(old[i1:i2])))
        else:
            runs += [Run("gone", "".join(old[i1:i2])), Run("new", "".join(new[j1:j2]))]
    return runs


def _letters(words: list[str]) -> int:
    return sum(len(word) for word in words if not word.isspace())
