"""Prints what was measured as a table: the value, its floor, and their ratio."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A measure: how it is written, its floor's, and how many times as quick as the floor it is.

    `floor` empty and `ratio` 0: nothing to measure it against. `cost` and `cost_ratio` say the same of the processor
    time that the server took, which a busy machine sways less: where they are known, what is wished for is held
    against them.
    """

    name: str
    value: str
    floor: str
    ratio: float
    cost: str = ""
    cost_ratio: float | None = None
    #: The least ratio that is wished for; None: it is only to be known.
    wished: float | None = None


def print_table(title: str, lines: list[Line]) -> None:
    """The lines under their title."""
    print(f"\n{title}\n")
    wide = any(line.cost for line in lines)
    headings = ["", "mesure", "plancher", "rapport"] + (["processeur", "rapport"] if wide else []) + ["souhaité"]
    rows = [headings, *(_cells(line, wide) for line in lines)]
    widths = [max(len(row[rank]) for row in rows) for rank in range(len(headings))]
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print("  ".join(cells).rstrip(), flush=True)


def _cells(line: Line, wide: bool) -> list[str]:
    cells = [line.name, _french(line.value), _french(line.floor), _ratio(line.ratio)]
    if wide:
        cells += [_french(line.cost), _ratio(line.cost_ratio)]
    if line.wished is None:
        return [*cells, ""]
    found = line.ratio if line.cost_ratio is None else line.cost_ratio
    return [*cells, f"{_ratio(line.wished)} {'oui' if round(found, 2) >= line.wished else 'NON'}"]


def _ratio(ratio: float | None) -> str:
    if not ratio:
        return ""
    return _french(f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.3f}")


def _french(number: str) -> str:
    return number.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")
