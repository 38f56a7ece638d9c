"""The way back: one's last gesture is undone or done again, and what was deleted returns."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from api.bodies import body_of, read_fields
from api.drafting import DraftView, expected, find_own, locked, revised_answer
from api.nodes import kind_of
from api.rows import address
from api.schema import documented
from api.shapes import ref
from api.state import change_row, state_row
from drafts.restoring import restore
from drafts.undo import redo, undo
from objectives.changes import Refused, check_revision
from objectives.models import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """What must return."""

    key: str


def step_view(name: str, title: str, said: str, verb: Callable[..., list[Change]]) -> type[DraftView]:
    """One step back, or forward again."""

    class Step(DraftView):
        @documented(name, title, answer=ref("DraftStep"), said=said, revised=True, guarded=True, tag="Atelier")
        def post(self, request: Request, slug: str) -> Response:
            contract, revision = find_own(request, slug, "edit"), expected(request)
            with locked(contract) as contract:
                check_revision(contract, revision)
                changes = [change_row(change) for change in verb(contract, by=request.user)]
                return revised_answer(state_row(contract) | {"changes": changes})

    return Step


DraftUndo = step_view(
    "draft_undo",
    "Annuler son dernier geste",
    "Défait ce que la personne a fait en dernier dans ce brouillon, une suite d’opérations d’un coup. Refusé (409), "
    "avec la raison, si quelqu’un a depuis modifié la même chose.",
    undo,
)
DraftRedo = step_view(
    "draft_redo",
    "Rétablir le geste annulé",
    "Refait ce que la personne vient d’annuler, tant qu’elle n’a rien fait d’autre depuis.",
    redo,
)


class DraftRestore(DraftView):
    """What was deleted returns."""

    @documented(
        "draft_restore",
        "Restaurer ce qui a été supprimé",
        answer=ref("Restored"),
        body=ref("Restore"),
        status=201,
        revised=True,
        tag="Atelier",
    )
    def post(self, request: Request, slug: str) -> Response:
        """L’objectif, l’action, la clause ou l’indicateur que sa dernière suppression a retiré revient à sa place.

        Avec tout ce qu’il portait, sous les mêmes clés. Refusé (409), avec la raison, si sa place n’existe plus.
        """
        contract = find_own(request, slug, "edit")
        key = read_fields(Restore, body_of(request)).key
        with locked(contract) as contract:
            row = restore(_deletion(contract, key), by=request.user)
            found = {"kind": kind_of(row).word, "key": row.key, "revision": row.revision}
        location = address(request, f"api:draft_{found['kind']}", slug, row.key)
        return revised_answer(found, status=201, location=location)


def _deletion(contract: Any, key: str) -> Change:
    """The last deletion of that key, which must be of something in the tree. Raises Refused when there is none."""
    verbs = [f"delete_{word}" for word in ("objective", "action", "clause", "indicator")]
    rows = Change.objects.filter(contract=contract, key=key, verb__in=verbs)
    found: Change | None = rows.order_by("-revision").first()
    if found is None:
        raise Refused({"key": f"Rien de supprimé n’avait la clé « {key} »."})
    found.contract = contract
    return found
