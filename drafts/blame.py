"""Why a change can no longer be undone: who has since done what, and when."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts.models import User
from actions.models import Action, Clause
from indicators.models import Indicator
from objectives.changes import Refused
from objectives.models import Change, Objective

DONE = {
    "add": "ajouté",
    "change": "modifié",
    "move": "déplacé",
    "delete": "supprimé",
    "restore": "restauré",
    "copy": "copié",
}
#: Verbs that may change a thing without bearing its key.
WIDE = ("renumber", "write_draft", "change_tag", "delete_tag", "change_neighbourhood", "delete_neighbourhood")


def blame(change: Change, by: User | None, keys: Iterable[str]) -> Refused:
    """The refusal to undo that change of that person's: the last change by others of one of those keys."""
    others = later_by_others(change, by)
    last = others.filter(key__in=set(keys)).first() or others.filter(Q(verb__in=WIDE)).first()
    return Refused(told(last) if last else "Ce qui a changé alors n’est plus comme cette modification l’avait laissé.")


def later_by_others(change: Change, by: User | None) -> QuerySet[Change]:
    """What others have done in the contract after that change, the latest first."""
    later = Change.objects.filter(contract=change.contract_id, revision__gt=change.revision).exclude(by=by)
    return later.select_related("by").order_by("-revision")


def live(changes: Iterable[Change], since: int) -> list[Change]:
    """Those of the changes after that revision that still count: neither undone nor undoing one of the others."""
    undone: set[int] = set()
    found = []
    for one in sorted(changes, key=lambda change: -change.revision):
        if one.revision in undone:
            continue
        if one.undoes is not None and one.undoes > since:
            undone.add(one.undoes)
        else:
            found.append(one)
    return found


def told(change: Change) -> str:
    """« Camille Roy a modifié « 1.1 Accueil » le 24 novembre 2025 à 14:32. »"""
    who = str(change.by) if change.by else "Le système"
    when = date_format(localtime(change.at), r"j F Y à H:i")
    if change.verb == "write_draft":
        return f"{who} a remplacé tout le brouillon le {when}."
    if change.verb == "renumber":
        return f"{who} a renuméroté l’arbre le {when}."
    verb, _, _ = change.verb.partition("_")
    return f"{who} a {DONE.get(verb, 'modifié')} {named(change)} le {when}."


def named(change: Change) -> str:
    """What a change is about, between guillemets: as it is now, else as the log kept it."""
    if not change.key:
        return "la fiche du contrat"
    for model in (Objective, Action, Clause, Indicator):
        if row := model.objects.filter(contract=change.contract_id, key=change.key).first():
            return f"« {row} »"
    for values in (change.after, change.before):
        for name in ("title", "text", "name"):
            if isinstance(values, dict) and values.get(name):
                code = f"{values['code']} " if values.get("code") else ""
                return f"« {code}{values[name]} »"
    return f"« {change.key} »"
