"""The sheet to read: the whole tree by indentation, with what each objective holds and how much lies below it."""

from collections.abc import Iterator
from functools import cache

from document.findings import no_break
from document.nodes import ITEMS, Action, Clause, Indicator, Objective
from document.sources.workbook_cells import escaped
from document.sources.workbook_columns import WORDS
from document.walk import Place, count_branch, walk
from publications.editions import Edition
from publications.renditions.workbook_pages import INK, NUMBER, PLAIN, SOFT, THREADS, Cell, Column, Page, Style

TITLE = "Contrat"
#: Longest text of a cell here; the sheets by kind have it whole.
LONGEST = 8_000
_COLUMNS = [
    Column("Code", 12, "Tel qu’imprimé dans le texte signé."),
    Column("Nature", 22, "Le niveau dans les mots du contrat, ou : Action, Clause, Indicateur. À filtrer."),
    Column("Intitulé", 66, "En retrait selon la place dans l’arbre."),
    Column("Précisions", 46, "Description, mentions, renvois, étiquettes, remarques de transcription."),
    Column("Actions", 11, "Toutes celles de la branche.", NUMBER),
    Column("Clauses", 11, "Toutes celles de la branche.", NUMBER),
    Column("Indicateurs", 14, "Tous ceux de la branche.", NUMBER),
]
_KINDS = {"actions": "Action", "clauses": "Clause", "indicators": "Indicateur"}


def reading_page(edition: Edition) -> Page:
    """« Contrat »: title, version, source and licence, then a row an objective, action, clause and indicator."""
    contract = edition.document.contract
    bare = Style(ruled=False, wraps=False)
    above = [
        Cell(shown(contract.title), bare._replace(size=16, bold=True)),
        Cell(shown(f"{contract.territory} · {edition.version}"), bare._replace(size=11)),
        Cell(shown(edition.credit), bare._replace(size=9, color=SOFT)),
        Cell(None, bare),
    ]
    return Page(TITLE, list(_COLUMNS), list(_rows(edition)), above, frozen=2, color=INK)


def _rows(edition: Edition) -> Iterator[list[Cell]]:
    document = edition.document
    levels = {level.key: level.name for level in document.levels}
    threads = {node.key: THREADS[rank % len(THREADS)] for rank, node in enumerate(document.objectives)}
    for place in walk(document):
        node, thread = place.objective, threads[place.root.key]
        yield _objective(place, levels.get(node.level, node.level), thread)
        for part in ITEMS:
            for item in getattr(node, part):
                yield _item(item, _KINDS[part], thread, place.depth + 1)


def _objective(place: Place, level: str, thread: str) -> list[Cell]:
    node, below = place.objective, count_branch(place.objective)
    style = _style(thread, place.depth, is_root=place.depth == 0, is_objective=True)
    return [
        Cell(shown(node.code or ""), style.code),
        Cell(shown(level), style.kind),
        Cell(shown(node.title), style.title),
        Cell(shown("\n".join(_details(node))), style.details),
        *(Cell(below[part] or None, style.number) for part in ITEMS),
    ]


def _item(item: Action | Clause | Indicator, kind: str, thread: str, depth: int) -> list[Cell]:
    style = _style(thread, depth, is_root=False, is_objective=False)
    text = item.text if isinstance(item, Clause) else item.title
    return [
        Cell(shown(item.code or "") if isinstance(item, Action) else None, style.code),
        Cell(kind, style.kind),
        Cell(shown(text), style.title),
        Cell(shown("\n".join(_details(item))), style.details),
        *(Cell(None, style.number) for _ in ITEMS),
    ]


class _Styles:
    """The styles of a row's cells."""

    def __init__(self, thread: str, depth: int, is_root: bool, is_objective: bool) -> None:
        color = thread if is_root else INK if is_objective else SOFT
        size = 12 if is_root else 10
        self.code = Style(size=size, bold=is_objective, color=color, edge=thread, wraps=False)
        self.kind = Style(size=9, color=SOFT)
        self.title = Style(size=size, bold=is_objective, color=thread if is_root else INK, indent=depth)
        self.details = PLAIN._replace(size=9)
        self.number = NUMBER._replace(bold=is_root, color=color)


@cache
def _style(thread: str, depth: int, *, is_root: bool, is_objective: bool) -> _Styles:
    return _Styles(thread, depth, is_root, is_objective)


def _details(node: Objective | Action | Clause | Indicator) -> Iterator[str]:
    """What is said of a node besides its title, a line each."""
    if isinstance(node, Objective | Action) and node.description:
        yield node.description
    if isinstance(node, Objective):
        yield from (f"Mention ({WORDS['notes'][note.kind]}) : {note.text}" for note in node.notes)
        if node.transversal:
            yield "Transversal"
        if node.tags:
            yield f"Étiquettes : {', '.join(node.tags)}"
        if node.neighbourhoods:
            yield f"Quartiers : {', '.join(node.neighbourhoods)}"
    if isinstance(node, Objective | Action):
        yield from (reference.text for reference in node.references)
    if isinstance(node, Indicator):
        if node.kind != "other":
            yield WORDS["indicators"][node.kind].capitalize() + (f" ({node.unit})" if node.unit else "")
        elif node.unit:
            yield f"Unité : {node.unit}"
        if node.breakdown:
            yield f"Ventilation : {', '.join(node.breakdown)}"
        if node.baseline:
            yield f"Valeur de référence : {node.baseline}"
        if node.target:
            yield f"Cible : {node.target}"
    yield from (f"Remarque : {text}" for text in node.remarks)


def shown(text: str) -> str | None:
    """The text for the eye: cut when it is too long for a cell."""
    spaced = no_break(escaped(text))
    return (spaced if len(spaced) <= LONGEST else f"{spaced[: LONGEST - 1]}…") or None
