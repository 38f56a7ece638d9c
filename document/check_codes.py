"""Checks of printed codes: used twice, missing, skipped, out of order, or unlike the pattern of their level."""

from collections.abc import Iterator

from document.codes import affixes
from document.findings import AS_SIGNED, Finding, Severity, Subjects, counted, quoted
from document.numberings import Break, Coded, Rank, breaks, coded_actions, coded_objectives, repeated, runs_of
from document.walk import Place


def check_codes(places: list[Place], subjects: Subjects) -> Iterator[tuple[Rank, Finding]]:
    """Findings on the codes of objectives and actions, each with its rank; in no order."""

    def tell(one: Coded, kind: str, severity: Severity, said: str) -> tuple[Rank, Finding]:
        if one.action is not None:
            return one.rank, subjects.of_item(kind, severity, one.place, one.action, said)
        return one.rank, subjects.of_objective(kind, severity, one.place, said)

    objectives = list(coded_objectives(places, subjects.levels))
    actions = list(coded_actions(places, subjects.levels))
    runs = [*runs_of(objectives), *actions]
    ones = [*objectives, *(one for run in actions for one in run)]
    for one in ones:
        if not one.node.code:
            yield tell(one, "missing-code", "gap", _said_missing(one))
        elif one.pattern is not None and one.number is None:
            yield tell(one, *_unlike(one))
    for one, first in repeated(ones, runs):
        said = f"ce code est déjà celui de {quoted(first.node.title or first.node.key)}. Vérifiez les deux. {AS_SIGNED}"
        yield tell(one, "duplicate-code", "contradiction", said)
    for found in (found for run in runs for found in breaks(run)):
        kind = "code-gap" if found.skipped else "code-order"
        yield tell(found.one, kind, "contradiction", f"{_said_broken(found)} {AS_SIGNED}")


def _said_missing(one: Coded) -> str:
    if one.action is not None:
        return "les autres actions de cet objectif portent un code, pas celle-ci. Recopiez celui du texte signé."
    return "ce niveau est numéroté, mais aucun code n’est saisi. Recopiez celui du texte signé."


def _unlike(one: Coded) -> tuple[str, Severity, str]:
    """Kind, severity and sentence for a code that does not follow its pattern."""
    code, pattern, form = one.node.code or "", one.pattern or "", quoted(one.code_of(1))
    if one.above is not None and "{parent}" in pattern:
        before, after = affixes(pattern, one.above.code)
        if not (code.startswith(before) and code.endswith(after)):
            said = f"ce code ne prolonge pas {quoted(one.above.code or '')}, celui de l’objectif au-dessus"
            said += f" ; il serait de la forme {form}. Vérifiez le code et la place. {AS_SIGNED}"
            return "code-parent", "contradiction", said
    said = f"ce code ne suit pas la numérotation, de la forme {form}. Vérifiez-le. {AS_SIGNED}"
    return "code-pattern", "contradiction", said


def _said_broken(found: Break) -> str:
    one, last = found.one, found.last
    if not found.skipped:
        return f"ce code vient après {quoted(one.code_of(last))}. Remettez-les dans l’ordre ou corrigez le code."
    start = f"passe de {quoted(one.code_of(last))} à" if last else "commence à"
    codes = [quoted(one.code_of(number)) for number in found.missing]
    missing = " et ".join([", ".join(codes[:-1]), codes[-1]] if len(codes) > 1 else codes)
    said = missing or counted(found.skipped, "code", "codes")
    return f"la numérotation {start} {quoted(one.node.code or '')} ; il manque {said}. Vérifiez que rien n’est oublié."
