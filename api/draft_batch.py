"""Several changes of a draft in one transaction: all of them, or none."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from api import gestures
from api.bodies import body_of, check_fields
from api.draft_shapes import BATCH_LIMIT, NAME
from api.drafting import DraftView, Unconditional, find_own, locked, revised_answer
from api.nodes import KINDS, OBJECTIVE, Kind, find
from api.schema import documented
from api.shapes import ref
from document.faults import DocumentError, Fault, trimmed
from objectives.changes import Refused, Stale, gesture
from objectives.models import Contract

#: Each operation by its word: what it does, to which kind.
OPERATIONS = {
    f"{gesture}_{kind.word}": (gesture, kind)
    for kind in KINDS.values()
    for gesture in ("add", "change", "move", "delete")
}


class DraftBatch(DraftView):
    """Operations that stand or fall together."""

    @documented(
        "draft_batch",
        "Plusieurs modifications d’un coup",
        answer=ref("BatchDone"),
        body=ref("Batch"),
        revised=True,
        stale=True,
        tag="Atelier",
    )
    def post(self, request: Request, slug: str) -> Response:
        """Toutes sont faites, dans l’ordre, ou aucune ; l’erreur dit laquelle (« operation », à partir de 0).

        Une opération nomme la révision de ce qui existait avant la suite. Ce qu’elle ajoute peut prendre un nom
        provisoire (« @axe »), que les suivantes emploient comme une clé : dessous, dans un renvoi, pour le modifier.
        La suite s’annule d’un seul pas.
        """
        contract, data = find_own(request, slug, "edit"), body_of(request)
        check_fields(data, frozenset({"operations"}), ("operations",))
        operations = data["operations"]
        if not isinstance(operations, list) or len(operations) > BATCH_LIMIT:
            said = f"une liste d’au plus {BATCH_LIMIT} opérations est attendue ici."
            raise DocumentError([Fault("operations", said)])
        with locked(contract) as contract, gesture(contract):
            batch = _Batch(contract, operations, by=request.user)
            results = [batch.run(rank, one) for rank, one in enumerate(operations)]
            contract.refresh_from_db(fields=["revision"])
        return revised_answer({"revision": contract.revision, "names": batch.names, "results": results})


class _Batch:
    """One transaction, under the lock of the contract's row: nobody else changes what it has begun to change."""

    def __init__(self, contract: Contract, operations: list[Any], *, by: User) -> None:
        self.contract, self.by = contract, by
        #: The key given to each provisional name.
        self.names: dict[str, str] = {}
        keys = {key for one in operations if isinstance(one, dict) and isinstance(key := one.get("key"), str)}
        #: The revision of what was there before: what an operation must name, whatever those before it have done.
        self.shown = {
            (kind.word, key): revision
            for kind in KINDS.values()
            for key, revision in kind.model.objects.filter(contract=contract, key__in=keys)
            .order_by()
            .values_list("key", "revision")
        }

    def run(self, rank: int, data: Any) -> dict[str, Any]:
        """One operation; what it raises is told where it stands."""
        with placed(f"operations[{rank}]", operation=rank):
            if not isinstance(data, dict):
                raise DocumentError([Fault("", "un objet (des clés et des valeurs) est attendu ici.")])
            verb = data.get("verb")
            if not isinstance(verb, str) or verb not in OPERATIONS:
                said = f"opération inconnue ; opérations admises : {', '.join(OPERATIONS)}."
                raise DocumentError([Fault("verb", said)])
            gesture, kind = OPERATIONS[verb]
            key, revision = self._add(kind, data) if gesture == "add" else self._alter(gesture, kind, data)
            return {"verb": verb, "key": key, "revision": revision}

    def _add(self, kind: Kind, data: dict[str, Any]) -> tuple[str, int]:
        check_fields(data, frozenset({"verb", "name", "values"}), ("values",))
        name, values = data.get("name"), self._values(data)
        if "name" in data and (not isinstance(name, str) or not re.fullmatch(NAME.strip("^$"), name)):
            raise DocumentError([Fault("name", "un nom provisoire s’écrit « @ », puis comme une clé (« @axe-1 »).")])
        if name in self.names:
            raise DocumentError([Fault("name", f"le nom « {name} » est déjà donné plus haut.")])
        with placed("values"):
            row = gestures.add(kind, self.contract, values, by=self.by)
        if name is not None:
            self.names[name] = row.key
        return row.key, row.revision

    def _alter(self, gesture: str, kind: Kind, data: dict[str, Any]) -> tuple[str, int | None]:
        needed = ("key",) if gesture == "delete" else ("key", "values")
        known = {"verb", "key", "revision", "values"} - (
            {"values"} if gesture == "delete" and kind is not OBJECTIVE else set()
        )
        check_fields(data, frozenset(known), needed)
        row, values = self._find(kind, data), self._values(data)
        with placed("values"):
            done = getattr(gestures, gesture)(kind, row, values, by=self.by, revision=None)
        return row.key, None if done is None else done.revision

    def _find(self, kind: Kind, data: dict[str, Any]) -> Any:
        """The row that the operation names, at the revision that it names."""
        key = data["key"]
        if not isinstance(key, str):
            raise DocumentError([Fault("key", "un texte est attendu ici (entre guillemets).")])
        row = find(kind, self.contract, self.names.get(key, key))
        if row is None:
            raise Refused({"key": f"Rien de tel n’a la clé « {trimmed(key)} », ou plus rien."})
        revision, shown = data.get("revision"), self.shown.get((kind.word, row.key))
        if "revision" in data and (isinstance(revision, bool) or not isinstance(revision, int) or revision < 0):
            raise DocumentError([Fault("revision", "un nombre entier est attendu ici.")])
        if shown is not None and revision is None:
            raise Unconditional
        if shown is not None and revision != shown:
            row.revision = shown
            raise Stale(row, revision)
        return row

    def _values(self, data: dict[str, Any]) -> dict[str, Any]:
        """The values, with keys in the place of provisional names."""
        values = data.get("values", {})
        if not isinstance(values, dict):
            raise DocumentError([Fault("values", "un objet (des clés et des valeurs) est attendu ici.")])
        found = dict(values)
        if isinstance(under := values.get("under"), str):
            found["under"] = self.names.get(under, under)
        if isinstance(references := values.get("references"), list):
            found["references"] = [self._reference(one) for one in references]
        return found

    def _reference(self, one: Any) -> Any:
        if not isinstance(one, dict) or not isinstance(targets := one.get("targets"), list):
            return one
        keys = [self.names.get(key, key) if isinstance(key, str) else key for key in targets]
        return one | {"targets": keys}


@contextmanager
def placed(path: str, **said: Any) -> Iterator[None]:
    """Tells of what is raised where in the body it comes from: `api.errors` reads it."""
    try:
        yield
    except (DocumentError, Refused, Stale, Unconditional) as error:
        error.place = f"{path}.{error.place}" if hasattr(error, "place") else path
        vars(error).update(said)
        raise
