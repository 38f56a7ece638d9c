"""What is wrong with a file that claims to be a contract: where, and how to mend it, in French."""

from dataclasses import dataclass

#: How many faults a message names before it only counts them.
SHOWN = 20
#: How many faults are gathered before reading stops: a file of twenty megabytes could hold millions.
GATHERED = 1_000


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: `path` such as « objectives[2].children[0].title » (empty: the whole), and a French sentence."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path} : {self.message}" if self.path else self.message


class DocumentError(ValueError):
    """A document that cannot be read; `faults` are all that were found, up to GATHERED."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(str(self))

    def __str__(self) -> str:
        lines = [str(fault) for fault in self.faults[:SHOWN]]
        more = len(self.faults) - SHOWN
        if more > 0:
            lines.append("… et un autre défaut." if more == 1 else f"… et {more} autres défauts.")
        return "\n".join(lines)


def shown(value: object) -> str:
    """A value out of a file, as a message names it: « le texte « 2015 » », « 3.5 », « une liste »."""
    match value:
        case str():
            return f"le texte « {trimmed(value)} »"
        case dict():
            return "un objet"
        case list():
            return "une liste"
        case None | bool():
            return {None: "null", True: "true", False: "false"}[value]
        case int() if value.bit_length() > 128:  # Python refuses to write out the largest
            return "un nombre démesuré"
    return trimmed(repr(value))


def trimmed(text: str) -> str:
    """A text out of a file, fit for a message: short, and without what cannot be printed or sent."""
    short = text if len(text) <= 40 else text[:39] + "…"
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in short)
