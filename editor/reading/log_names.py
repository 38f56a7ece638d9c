"""The names of the things that rows of the log are about: five queries whatever their number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from actions.models import Action, Clause
from editor.reading.readable import text_of
from indicators.models import Indicator
from objectives.models import Change, Level, Objective

#: Fields of the log that are lists of keys of objectives.
LISTED = ("objectives", "cited_by")


@dataclass(frozen=True, slots=True)
class Named:
    """What a change is about, and its page (empty: there is none, or it is gone)."""

    text: str
    url: str = ""


class Names:
    """Looks up everything that those changes name."""

    def __init__(self, changes: Sequence[Change]) -> None:
        contracts = {change.contract_id for change in changes}
        keys = {key for change in changes for key in _keys(change)}
        self.objectives: dict[tuple[int, str], tuple[str, int]] = {}
        rows = Objective.objects.filter(contract__in=contracts, key__in=keys)
        for contract, key, pk, code, title in rows.values_list("contract_id", "key", "pk", "code", "title"):
            self.objectives[contract, key] = (f"{code} {title}" if code else title, pk)
        for model, word in ((Action, "title"), (Clause, "text"), (Indicator, "title")):
            items = model.objects.filter(contract__in=contracts, key__in=keys)
            for contract, key, pk, words in items.values_list("contract_id", "key", "objective_id", word):
                self.objectives.setdefault((contract, key), (words, pk))
        levels = Level.objects.filter(contract__in=contracts).values_list("contract_id", "key", "name")
        self.levels = {(contract, key): name for contract, key, name in levels}
        people = {pk for change in changes for pk in _people(change)}
        self.people = {user.pk: str(user) for user in User.objects.filter(Q(pk__in=people))}
        self.contract_id = changes[0].contract_id if changes else 0

    def of(self, change: Change) -> Named:
        """What a change is about: named as it is now, else as the log kept it."""
        if "member" in change.verb or change.verb == "grant_role":
            pk = next(iter(_people(change)), 0)
            return Named(self.people.get(pk, "compte supprimé"))
        found = self.objectives.get((change.contract_id, change.key))
        if found is not None and "level" not in change.verb:
            text, pk = found
            return Named(text, reverse("admin:objectives_objective_change", args=[pk]) + f"#{change.key}")
        if "level" in change.verb:
            return Named(self.levels.get((change.contract_id, change.key), change.key))
        return Named(_kept(change) or change.key)

    def objective(self, key: str) -> str:
        """The objective (or the item) of that key; the key itself where it is gone."""
        found = self.objectives.get((self.contract_id, key))
        return found[0] if found else f"[{key}]"

    def text(self, name: str, value: Any) -> str:
        """A value of the log in French, with the names of what it names by key."""
        if name in ("under", "objective") and isinstance(value, str):
            return self.objective(value)
        if name in LISTED and isinstance(value, list):
            return "\n".join(map(self.objective, _listed(value))) or "—"
        if name == "under" and value is None:
            return "premier niveau de l’arbre"
        if name == "level":
            return self.levels.get((self.contract_id, value), str(value))
        if name == "user":
            return self.people.get(value, "compte supprimé")
        return text_of(name, value)


def _kept(change: Change) -> str:
    """The words that the log kept of something that is gone."""
    for values in (change.after, change.before):
        if isinstance(values, dict):
            words = values.get("title") or values.get("text") or values.get("name") or values.get("label")
            if isinstance(words, str) and words:
                return f"{values['code']} {words}" if values.get("code") else words
    return ""


def _keys(change: Change) -> list[str]:
    named = [change.key]
    for values in (change.before, change.after):
        if isinstance(values, dict):
            named += [values[name] for name in ("under", "objective") if isinstance(values.get(name), str)]
            named += values if change.verb == "renumber" else ()
            named += [key for name in LISTED for key in _listed(values.get(name) or [])]
    return named


def _listed(value: list[Any]) -> list[str]:
    """The keys of a list of keys, or of things that bear one."""
    return [one if isinstance(one, str) else one["key"] for one in value]


def _people(change: Change) -> list[int]:
    values = [one for one in (change.after, change.before) if isinstance(one, dict)]
    return [one["user"] for one in values if isinstance(one.get("user"), int)]
