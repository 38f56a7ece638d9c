"""What is wrong with a file that claims to be a contract: where, and how to mend it, in French."""

from dataclasses import dataclass

#: How many faults a message names before it only counts them.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: `path` such as « objectives[2].children[0].title » (empty: the whole), and a French sentence."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path} : {self.message}" if self.path else self.message


class DocumentError(ValueError):
    """A document that cannot be read; `faults` are all that were found."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(str(self))

    def __str__(self) -> str:
        lines = [str(fault) for fault in self.faults[:SHOWN]]
        more = len(self.faults) - SHOWN
        return "\n".join([*lines, f"… et {more} autres défauts."] if more > 0 else lines)
