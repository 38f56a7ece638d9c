"""The contract as Markdown: headings by depth, lists, and the line of source and licence."""

import re
from collections.abc import Iterator

from document.findings import no_break
from document.nodes import Action, Clause, Indicator, Objective, Reference
from document.sources.workbook_columns import WORDS
from document.walk import Place, walk
from publications.editions import Edition

#: Markdown has six levels of headings; the first is the contract's title.
DEEPEST = 6
_MARKS = re.compile(r"([\\`*_\[\]<>~|]|!(?=\[)|&(?=#?\w+;))")
#: What would begin a heading, a list, a quotation, a rule or an underline at the beginning of a line.
_OPENING = re.compile(r"^([#+=\-]|\d{1,9}(?=[.)](?:\s|$)))")
_ITEM = "- "


def markdown_file(edition: Edition) -> bytes:
    """The document as CommonMark in UTF-8; what the contract prints is text, whatever Markdown would make of it."""
    return ("\n\n".join(_blocks(edition)) + "\n").encode()


def _blocks(edition: Edition) -> Iterator[str]:
    contract = edition.document.contract
    yield f"# {_inline(contract.title)}"
    yield f"{_inline(contract.territory)} · {_inline(edition.version)}"
    yield from _prose(contract.summary)
    yield from _remarks(edition.document.remarks)
    levels = {level.key: level.name for level in edition.document.levels}
    titles = {place.objective.key: _name(place.objective) for place in walk(edition.document)}
    for place in walk(edition.document):
        yield from _objective(place, levels, titles)
    if contract.sources:
        yield "## Documents sources"
        yield "\n".join(f"{_ITEM}{_inline(source)}" for source in contract.sources)
    yield "---"
    yield _inline(edition.credit)


def _objective(place: Place, levels: dict[str, str], titles: dict[str, str]) -> Iterator[str]:
    node = place.objective
    if place.depth + 2 <= DEEPEST:
        yield f"{'#' * (place.depth + 2)} {_name(node)}"
    else:
        yield f"**{_name(node)}**"
    said = [_inline(levels.get(node.level, node.level))]
    said += ["transversal"] if node.transversal else []
    said += [f"étiquettes : {', '.join(map(_inline, node.tags))}"] if node.tags else []
    said += [f"quartiers : {', '.join(map(_inline, node.neighbourhoods))}"] if node.neighbourhoods else []
    yield no_break(f"*{' · '.join(said)}*")
    yield from _prose(node.description)
    for note in node.notes:
        yield no_break(f"**Mention ({WORDS['notes'][note.kind]}) :** {_inline(note.text)}")
    for reference in node.references:
        yield _reference(reference, titles)
    yield from _remarks(node.remarks)
    for name, items in (
        ("Actions", [_action(action, titles) for action in node.actions]),
        ("Cahier des charges", [_clause(clause) for clause in node.clauses]),
        ("Indicateurs", [_indicator(indicator) for indicator in node.indicators]),
    ):
        if items:
            yield f"**{name}**"
            yield "\n".join(items)


def _action(action: Action, titles: dict[str, str]) -> str:
    code = f"**{_inline(action.code)}** " if action.code else ""
    inside = [*_prose(action.description), *(_reference(one, titles) for one in action.references)]
    return _item(code + _start(action.title, bare=not code), [*inside, *_remarks(action.remarks)])


def _clause(clause: Clause) -> str:
    first, *rest = [*_prose(clause.text)] or [""]
    return _item(first, [*rest, *_remarks(clause.remarks)])


def _indicator(indicator: Indicator) -> str:
    said = [WORDS["indicators"][indicator.kind]] if indicator.kind != "other" else []
    said += [_inline(indicator.unit)] if indicator.unit else []
    said += [", ".join(indicator.breakdown)] if indicator.breakdown else []
    said += [f"référence : {_inline(indicator.baseline)}"] if indicator.baseline else []
    said += [f"cible : {_inline(indicator.target)}"] if indicator.target else []
    more = f" ({' ; '.join(said)})" if said else ""
    return _item(no_break(_start(indicator.title) + more), [*_remarks(indicator.remarks)])


def _item(first: str, rest: list[str]) -> str:
    """An item of a list, with the blocks that belong to it."""
    blocks = [first, *rest]
    return _ITEM + "\n\n".join(blocks).replace("\n", "\n  ").replace("\n  \n", "\n\n")


def _remarks(remarks: tuple[str, ...]) -> Iterator[str]:
    for remark in remarks:
        blocks = [*_prose(remark)] or [""]
        apart = "\n\n" if blocks[0].startswith(_ITEM) else " "
        said = no_break("**Remarque de transcription :**") + apart + "\n\n".join(blocks)
        yield "\n".join(f"> {line}".rstrip() for line in said.split("\n"))


def _reference(reference: Reference, titles: dict[str, str]) -> str:
    targets = " ; ".join(titles[key] for key in reference.targets if key in titles)
    return no_break(f"→ {_inline(reference.text)}" + (f" *({targets})*" if targets else ""))


def _prose(text: str) -> Iterator[str]:
    """Free text: blank lines part paragraphs, lines that begin with « - » make a list, other lines stay lines."""
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        said: list[str] = []
        for line in lines:
            if line.startswith("- "):
                said.append(_ITEM + _start(line[2:]))
            elif said and said[-1].startswith(_ITEM):
                said += ["", _start(line)]
            else:
                said[-1:] = [f"{said[-1]}\\", _start(line)] if said and said[-1] else [*said, _start(line)]
        if said:
            yield "\n".join(said)


def _name(node: Objective) -> str:
    said = _inline(f"{node.code} {node.title}" if node.code else node.title)
    return f"{said[:-1]}\\#" if said.endswith("#") else said  # a last « # » would close the heading


def _start(text: str, *, bare: bool = True) -> str:
    """The text as it may begin a line."""
    said = _inline(text)
    if not bare:
        return said
    found = _OPENING.match(said)
    if found is None:
        return said
    return f"\\{said}" if not found[0].isdigit() else f"{found[0]}\\{said[found.end() :]}"


def _inline(text: str) -> str:
    """The text on one line, its own signs kept from being marks."""
    return _MARKS.sub(r"\\\1", no_break(" ".join(text.split())))
