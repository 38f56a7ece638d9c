"""The draft as a whole: its document, read and replaced, and its findings."""

import gzip

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from api.bodies import body_of
from api.drafting import DraftView, expected, find_own, locked, revised_answer
from api.frozen import PRIVATE, digest_answer
from api.rows import finding_row
from api.schema import documented
from api.shapes import list_of, ref
from api.state import state_row
from document.checks import check
from document.codec import encode, from_plain
from document.faults import DocumentError, Fault
from drafts.read import read_draft
from drafts.write import write_draft


class DraftDocument(DraftView):
    """The draft's document, as it stands."""

    @documented("draft_document", "Le brouillon d’un contrat", answer=ref("Document"), tag="Brouillons", revised=True)
    def get(self, request: Request, slug: str) -> HttpResponse:
        """Le brouillon au format d’échange, pour les membres du contrat ; l’ETag est sa révision."""
        with locked(find_own(request, slug)) as contract:
            response = digest_answer(
                request, str(contract.revision), lambda: gzip.compress(encode(read_draft(contract)), compresslevel=4)
            )
        response["Cache-Control"] = PRIVATE
        return response

    @documented(
        "draft_document_replace",
        "Remplacer tout le brouillon",
        answer=ref("DraftState"),
        body=ref("DocumentInput"),
        revised=True,
        guarded=True,
        tag="Brouillons",
    )
    def put(self, request: Request, slug: str) -> Response:
        """Le brouillon devient ce document : ce qui garde sa clé garde son adresse, ce qui n’y est pas est supprimé."""
        contract, revision = find_own(request, slug, "edit"), expected(request)
        document = from_plain(body_of(request))
        if document.contract.slug != slug:
            raise DocumentError([Fault("contract.slug", f"ce brouillon est celui du contrat « {slug} ».")])
        with locked(contract):
            return revised_answer(state_row(write_draft(document, by=request.user, revision=revision)))


class DraftFindings(DraftView):
    """What the checks find in the draft."""

    @documented("draft_findings", "Les constats sur le brouillon", answer=list_of(ref("Finding")), tag="Brouillons")
    def get(self, request: Request, slug: str) -> Response:
        """Ce que les contrôles trouvent dans le brouillon. Un constat grave empêche de publier."""
        return Response([finding_row(finding) for finding in check(read_draft(find_own(request, slug)))])
