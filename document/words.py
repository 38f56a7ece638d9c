"""The words of a text as they are compared: by search, and by the matching of two contracts."""

import re
import unicodedata

#: Longest word that is compared, in characters: PostgreSQL refuses what is far beyond.
WORD_CUT = 60
#: A code such as 1.1.3.a, which is one word, so that it can be looked for.
CODE = r"\d+(?:\.(?:\d+|[^\W\d_]{1,2}))+(?![^\W_])"
_WORD = re.compile(rf"{CODE}|[^\W_]+")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|(?:jus|lors|puis)?qu)['’]")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ß": "ss"})
#: Words that say little: a query does without, unless it has no other.
SMALL = frozenset([
    "a", "au", "aux", "avec", "ce", "ces", "dans", "de", "des", "du", "en", "et", "la", "le", "les", "leur", "leurs",
    "ou", "par", "pour", "sa", "se", "ses", "son", "sur", "un", "une",
])  # fmt: skip


def fold(text: str) -> list[str]:
    """The words of a text as they are compared: no accents, capitals or elisions, and no plural « s » or « x »."""
    return [singular(word) for word in words_of(text)]


def words_of(text: str) -> list[str]:
    """The words without accents, capitals or elisions."""
    bare = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).casefold()
    plain_text = "".join(sign for sign in bare if not unicodedata.combining(sign))
    # Both databases cut words at dots: « 1.1.3 » is kept whole as « 1x1x3 ».
    return [word.replace(".", "x")[:WORD_CUT] for word in _WORD.findall(_ELISION.sub("", plain_text))]


def singular(word: str) -> str:
    """The word without a plural « s » or « x »."""
    is_plural = len(word) > 3 and word[-1] in "sx" and not word[0].isdigit()
    return word[:-1] if is_plural else word
