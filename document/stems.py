"""The stems by which the wordings of two contracts are compared: « lutter », « luttant » and « la lutte » are one word.

A light stemmer made for the vocabulary of contracts, in which one objective begins with « En améliorant », another
with « Améliorer » and a third with « Amélioration ». It errs on the side of leaving words apart.
"""

import re
from functools import lru_cache

from document.words import CODE, SMALL, singular, words_of

#: What is left of a word when an ending is taken off, at the least, in signs.
LEAST_STEM = 4
_ENDINGS = """
    issement isation isateur isatrice ation ateur atrice atif ative ement ition iteur ution issant isant iser isee ise
    ment tion sion ance ence ante ent ant ee er ir if ive ite aire elle ienne ien ique el al ale eur euse ier iere
"""
_ENDINGS_FIRST = sorted(_ENDINGS.split(), key=lambda ending: (-len(ending), ending))
#: Words that open or tie wordings and say nothing of what a wording is about.
_LIGHT = frozenset([
    "ameliorant", "ameliorer", "assurer", "contre", "contribuant", "contribuer", "creant", "creer", "developpant",
    "developper", "entre", "favorisant", "favoriser", "mettre", "mise", "notamment", "permettant", "permettre", "place",
    "plus", "poursuivant", "poursuivre", "promouvoir", "que", "qui", "rendre", "renforcant", "renforcer", "soutenant",
    "soutenir", "tou", "tout", "toute", "travailler", "veiller", "vers",
])  # fmt: skip
_WORD = re.compile(rf"{CODE}|(?:[^\W_][\u0300-\u036f]*)+")


def stems(text: str) -> list[str]:
    """The stems of the words that tell what a wording is about; all its stems where it has none of those."""
    words = words_of(text)
    telling = [word for word in words if tells(word)]
    return [stem(word) for word in telling or words]


def tells(word: str) -> bool:
    """Whether a folded word says something of what a wording is about."""
    return len(word) > 1 and not {word, singular(word)} & (SMALL | _LIGHT)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a folded word."""
    word = singular(word)
    if word[0].isdigit():
        return word
    for ending in _ENDINGS_FIRST:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM:
            word = word[: -len(ending)]
            break
    while len(word) > LEAST_STEM and (word[-1] in "ei" or word[-1] == word[-2]):
        word = word[:-1]
    return word


def in_common(one: str, other: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]], int]:
    """Two wordings cut where the words that both use begin and end, each piece with whether it is one; their count.

    The pieces of a wording, joined, are the wording.
    """
    shared = set(stems(one)) & set(stems(other))
    return _cut(one, shared), _cut(other, shared), len(shared)


def _cut(text: str, shared: set[str]) -> list[tuple[str, bool]]:
    pieces, end = [], 0
    for word in _WORD.finditer(text):
        folded = words_of(word[0])
        if len(folded) == 1 and len(folded[0]) > 1 and stem(folded[0]) in shared:
            pieces += [(text[end : word.start()], False), (word[0], True)]
            end = word.end()
    return [piece for piece in (*pieces, (text[end:], False)) if piece[0]]
