"""The drafts, for those with the right: their document and their findings."""

import gzip

from django.http import Http404, HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from api.frozen import PRIVATE, digest_answer
from api.reading import ReadView, SignedIn
from api.rows import finding_row
from api.schema import documented
from api.shapes import list_of, ref
from document.checks import check
from document.codec import digest, encode
from drafts.read import read_draft
from objectives.access import contracts_for
from objectives.models import Contract


class DraftDocument(ReadView):
    """The draft's document, as it stands."""

    permission_classes = (SignedIn,)

    @documented("draft_document", "Le brouillon d’un contrat", answer=ref("Document"), tag="Brouillons")
    def get(self, request: Request, slug: str) -> HttpResponse:
        """Le brouillon au format d’échange, pour les membres du contrat ; l’ETag est l’empreinte de ce texte."""
        content = encode(read_draft(find_own(request, slug)))
        response = digest_answer(request, digest(content), lambda: gzip.compress(content, compresslevel=4))
        response["Cache-Control"] = PRIVATE
        return response


class DraftFindings(ReadView):
    """What the checks find in the draft."""

    permission_classes = (SignedIn,)

    @documented("draft_findings", "Les constats sur le brouillon", answer=list_of(ref("Finding")), tag="Brouillons")
    def get(self, request: Request, slug: str) -> Response:
        """Ce que les contrôles trouvent dans le brouillon. Un constat grave empêche de publier."""
        return Response([finding_row(finding) for finding in check(read_draft(find_own(request, slug)))])


def find_own(request: Request, slug: str) -> Contract:
    """The contract of that slug whose draft the person may read. Raises Http404 whether it exists or not."""
    contract = contracts_for(request.user).select_related("territory").filter(slug=slug).first()
    if contract is None:
        raise Http404
    return contract
