"""Checks of a contract: what keeps it from being published, what it contradicts itself in, what is still to be filled.

The signed text is right even where it is wrong: what contradicts itself is told, never mended and never a hindrance.
"""

from collections.abc import Iterator

from document.check_codes import check_codes
from document.findings import AS_SIGNED, Finding, Severity, Subjects, figures, grave, quoted
from document.nodes import ITEMS, Action, Clause, DeclaredCount, Document, Indicator, Objective, Reference
from document.numberings import Rank
from document.walk import Place, count, count_branch, walk

__all__ = ["Finding", "Severity", "check", "grave"]

Found = Iterator[tuple[Rank, Finding]]

#: By kind: slug, words for one objective, words after « aucun objectif n’a », what to do.
_LACKING = {
    "actions": ("no-action", "aucune action", "d’action", "Ajoutez-en une, ou un renvoi à l’objectif qui la porte."),
    "clauses": (
        "no-clause",
        "aucune clause de cahier des charges",
        "de clause de cahier des charges",
        "Ajoutez-en une si le texte signé en a.",
    ),
    "indicators": (
        "no-indicator",
        "aucun indicateur",
        "d’indicateur",
        "Ajoutez-en un pour que ses effets puissent être évalués.",
    ),
}


def check(document: Document) -> list[Finding]:
    """All findings: those on the document as a whole, then those on its nodes in reading order."""
    subjects = Subjects(document)
    places = list(walk(document))
    counts = count(document)
    whole = [*_contract(document, subjects), *_declared_of_contract(document, counts, subjects)]
    somewhere = {kind for kind in ITEMS if counts[kind]}  # what no objective has is told once
    if any(_is_due(place) for place in places):
        whole += [_lacking_everywhere(kind, subjects) for kind in ITEMS if kind not in somewhere]
    found = [
        *_form(places, subjects),
        *check_codes(places, subjects),
        *_declared(places, subjects),
        *_references(places, subjects),
        *_lacking(places, somewhere, subjects),
    ]
    return whole + [finding for _, finding in sorted(found, key=lambda one: one[0])]


def _contract(document: Document, subjects: Subjects) -> Iterator[Finding]:
    start, end = document.contract.start_year, document.contract.end_year
    if start is not None and end is not None and start > end:
        said = f"Le contrat commence en {start} et finit en {end}. Corrigez l’une des deux années."
        yield subjects.of_contract("years", "grave", said)
    if not document.objectives:
        said = "Le contrat n’a pas d’objectif. Ajoutez au moins le premier."
        yield subjects.of_contract("no-objective", "grave", said)


def _form(places: list[Place], subjects: Subjects) -> Found:
    """What a publication cannot bear: an empty title, a key given twice, a level unknown or out of its order."""
    order = {key: rank for rank, key in enumerate(subjects.levels)}
    keys: set[str] = set()
    for rank, place in enumerate(places):
        node, parent = place.objective, place.parent
        if not node.title.strip():
            said = "l’intitulé est vide. Saisissez-le, ou supprimez cet objectif."
            yield (rank, 0), subjects.of_objective("empty-title", "grave", place, said)
        if node.key in keys:
            said = f"sa clé {quoted(node.key)} est aussi celle d’un autre élément. Donnez-lui une autre clé."
            yield (rank, 0), subjects.of_objective("duplicate-key", "grave", place, said)
        keys.add(node.key)
        if node.level not in order:
            known = ", ".join(quoted(level.name) for level in subjects.levels.values()) or "aucun"
            said = f"son niveau {quoted(node.level)} n’est pas de ce contrat. Choisissez-en un autre ({known})."
            yield (rank, 0), subjects.of_objective("unknown-level", "grave", place, said)
        elif parent is not None and order[node.level] <= order.get(parent.level, -1):
            under = subjects.level_name(parent.level)
            said = (
                f"ce niveau ne peut pas se trouver sous le niveau {under}. Déplacez l’objectif ou changez son niveau."
            )
            yield (rank, 0), subjects.of_objective("level-order", "grave", place, said)
        for index, item in enumerate(_items(node), start=1):
            if not (item.text if isinstance(item, Clause) else item.title).strip():
                said = "le texte est vide. Saisissez-le, ou supprimez cette ligne."
                yield (rank, index), subjects.of_item("empty-title", "grave", place, item, said)
            if item.key in keys:
                said = f"sa clé {quoted(item.key)} est aussi celle d’un autre élément. Donnez-lui une autre clé."
                yield (rank, index), subjects.of_item("duplicate-key", "grave", place, item, said)
            keys.add(item.key)


def _declared_of_contract(document: Document, counts: dict[str, int], subjects: Subjects) -> Iterator[Finding]:
    for one in document.declared:
        if one.count != counts.get(one.of, 0):
            said = f"Le texte annonce {_compared(one, counts.get(one.of, 0), subjects)}"
            yield subjects.of_contract("declared-count", "contradiction", said)


def _declared(places: list[Place], subjects: Subjects) -> Found:
    for rank, place in enumerate(places):
        below = count_branch(place.objective) if place.objective.declared else {}
        for one in place.objective.declared:
            if one.count != below.get(one.of, 0):
                said = f"le texte annonce {_compared(one, below.get(one.of, 0), subjects)}"
                yield (rank, 0), subjects.of_objective("declared-count", "contradiction", place, said)


def _compared(declared: DeclaredCount, counted: int, subjects: Subjects) -> str:
    said = f"l’arbre en compte {figures(counted)}" if counted else "l’arbre n’en compte pas"
    return f"{subjects.counted(declared.count, declared.of)} ; {said}. Vérifiez la saisie. {AS_SIGNED}"


def _references(places: list[Place], subjects: Subjects) -> Found:
    for rank, place in enumerate(places):
        node = place.objective
        for reference in node.references:
            if finding := _reference(reference, node):
                yield (rank, 0), subjects.of_objective(*finding[:2], place, finding[2])
        for index, action in enumerate(node.actions, start=1):
            for reference in action.references:
                if finding := _reference(reference, node):
                    yield (rank, index), subjects.of_item(*finding[:2], place, action, finding[2])
        if _only_refers(node):
            cited = quoted(node.references[0].text)
            said = f"rien en propre, seulement un renvoi ({cited}). Si le texte le veut ainsi, il n’y a rien à faire."
            yield (rank, 0), subjects.of_objective("only-reference", "gap", place, said)


def _reference(reference: Reference, owner: Objective) -> tuple[str, Severity, str] | None:
    cited = f"le renvoi {quoted(reference.text)}"
    if not reference.targets:
        said = f"{cited} ne mène à aucun objectif. Indiquez celui ou ceux qu’il nomme."
        return "reference-without-target", "gap", said
    if owner.key in reference.targets:
        said = f"{cited} mène à l’objectif même qui le porte. Vérifiez celui qu’il nomme. {AS_SIGNED}"
        return "reference-to-itself", "contradiction", said
    return None


def _lacking(places: list[Place], somewhere: set[str], subjects: Subjects) -> Found:
    for rank, place in enumerate(places):
        if not _is_due(place):
            continue
        for kind in ITEMS:
            if kind in somewhere and not getattr(place.objective, kind):
                slug, words, _, advice = _LACKING[kind]
                yield (rank, 0), subjects.of_objective(slug, "gap", place, f"{words}. {advice}")


def _lacking_everywhere(kind: str, subjects: Subjects) -> Finding:
    slug, _, words, _ = _LACKING[kind]
    said = (
        f"Aucun objectif du contrat n’a {words}. Ajoutez ce qui manque, ou laissez ainsi si le texte signé n’en a pas."
    )
    return subjects.of_contract(slug, "gap", said)


def _is_due(place: Place) -> bool:
    """Whether actions, clauses and indicators are expected: at the ends of the tree, save what is there for others."""
    node = place.objective
    across = node.transversal and place.parent is None
    return not (node.children or across or _only_refers(node))


def _only_refers(node: Objective) -> bool:
    return bool(node.references) and not (node.children or any(_items(node)))


def _items(node: Objective) -> tuple[Action | Clause | Indicator, ...]:
    return (*node.actions, *node.clauses, *node.indicators)
