"""Numbering patterns and printed codes: what a code means, and which comes next.

A pattern is text with one counter and, at will, `{parent}`: the code of the nearest ancestor that has one.
Counters: `{n}` 1, 2… · `{a}` a, b… · `{A}` A, B… · `{i}` i, ii… · `{I}` I, II…
With `{parent}`, numbering counts on under that ancestor: the objectives 1.1 to 1.10 of an axis run through its uncoded
levels. Without it, numbering begins again under each parent.
"""

import re

_COUNTERS = {"{n}": "[1-9][0-9]{0,5}", "{a}": "[a-z]{1,3}", "{A}": "[A-Z]{1,3}", "{i}": "[ivxlc]+", "{I}": "[IVXLC]+"}
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def is_numbering(pattern: str) -> bool:
    """Whether that text is a pattern: exactly one counter, `{parent}` at most once, no other brace."""
    tokens = re.findall(r"\{[^{}]*\}", pattern)
    counters = [token for token in tokens if token in _COUNTERS]
    rest = [token for token in tokens if token not in _COUNTERS]
    bare = re.sub(r"\{[^{}]*\}", "", pattern)
    return len(counters) == 1 and rest in ([], ["{parent}"]) and not set(bare) & set("{}")


def make_code(pattern: str, number: int, parent: str | None = None) -> str:
    """The code of that number (1 is the first) under a parent's code (None: no coded ancestor)."""
    before, after = affixes(pattern, parent)
    return before + _write(_counter(pattern), number) + after


def read_code(pattern: str, code: str, parent: str | None = None) -> int | None:
    """The number that a code states under a parent's code, or None when it does not follow the pattern."""
    before, after = affixes(pattern, parent)
    if len(code) <= len(before) + len(after) or not (code.startswith(before) and code.endswith(after)):
        return None
    counter = _counter(pattern)
    number = code[len(before) : len(code) - len(after)]
    return _read(counter, number) if re.fullmatch(_COUNTERS[counter], number) else None


def affixes(pattern: str, parent: str | None = None) -> tuple[str, str]:
    """What stands before and after the counter under a parent's code: « 1.2. » and nothing for « {parent}.{n} »."""
    before, after = pattern.split(_counter(pattern))
    if parent is None:  # nothing to extend: « {parent}.{n} » at the root is « {n} »
        return "" if "{parent}" in before else before, "" if "{parent}" in after else after
    return before.replace("{parent}", parent), after.replace("{parent}", parent)


def next_code(pattern: str | None, siblings: list[str | None], parent: str | None = None) -> str | None:
    """The code after the highest of the siblings' that follow the pattern; None where the level has no codes."""
    if pattern is None:
        return None
    numbers = [read_code(pattern, code, parent) for code in siblings if code]
    return make_code(pattern, max([number for number in numbers if number], default=0) + 1, parent)


def _counter(pattern: str) -> str:
    return next(token for token in _COUNTERS if token in pattern)


def _write(counter: str, number: int) -> str:
    match counter:
        case "{n}":
            return str(number)
        case "{a}" | "{A}":
            letters = ""
            while number:
                number, rank = divmod(number - 1, 26)
                letters = chr(ord("a") + rank) + letters
            return letters if counter == "{a}" else letters.upper()
        case _:
            roman = ""
            for value, sign in _ROMAN:
                times, number = divmod(number, value)
                roman += sign * times
            return roman if counter == "{i}" else roman.upper()


def _read(counter: str, text: str) -> int | None:
    if counter == "{n}":
        return int(text)
    if counter in ("{a}", "{A}"):
        number = 0
        for letter in text.lower():
            number = number * 26 + ord(letter) - ord("a") + 1
        return number
    signs = {sign: value for value, sign in _ROMAN}
    values = [signs[letter] for letter in text.lower()]
    number = sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
    return number if _write(counter, number) == text else None
