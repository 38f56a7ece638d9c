"""Two people have reworded the same text: what each of them changed, put together in one wording."""

from difflib import SequenceMatcher
from typing import NamedTuple

from document.wording import WORDS_LIMIT, words_of


class _Edit(NamedTuple):
    """Words `start` to `end` of the first text become `words`."""

    start: int
    end: int
    words: tuple[str, ...]


def join_wordings(base: str, mine: str, theirs: str) -> str:
    """The base with both changes; where they touch the same words, theirs and then mine, for a person to choose."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    words = words_of(base)
    if len(words) + max(len(words_of(mine)), len(words_of(theirs))) > WORDS_LIMIT:
        return f"{theirs}\n\n{mine}"
    ours, others = _edits(words, words_of(mine)), _edits(words, words_of(theirs))
    joined: list[str] = []
    at = 0
    while ours or others:
        start = min(edits[0].start for edits in (ours, others) if edits)
        joined += words[at:start]
        end = start
        taken: tuple[list[_Edit], list[_Edit]] = ([], [])
        # All the edits that meet this one, from either side, are settled together.
        while True:
            met = False
            for side, edits in zip(taken, (ours, others), strict=True):
                while edits and (edits[0].start < end or edits[0].start == start):
                    side.append(edits.pop(0))
                    end, met = max(end, side[-1].end), True
            if not met:
                break
        versions = [_apply(words[start:end], start, side) for side in taken]
        joined += _settled(versions, [bool(side) for side in taken])
        at = end
    return "".join(joined + words[at:])


def _edits(old: list[str], new: list[str]) -> list[_Edit]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [_Edit(i1, i2, tuple(new[j1:j2])) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]


def _apply(words: list[str], offset: int, edits: list[_Edit]) -> list[str]:
    made: list[str] = []
    at = 0
    for edit in edits:
        made += words[at : edit.start - offset] + list(edit.words)
        at = edit.end - offset
    return made + words[at:]


def _settled(versions: list[list[str]], changed: list[bool]) -> list[str]:
    mine, theirs = versions
    if not changed[1] or mine == theirs:
        return mine
    if not changed[0]:
        return theirs
    between = [] if not theirs or not mine or theirs[-1].isspace() or mine[0].isspace() else [" "]
    return theirs + between + mine
