"""Publishing a draft, by those with the right."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rest_framework.request import Request
from rest_framework.response import Response

from api.bodies import body_of, read_fields
from api.drafting import DraftView, expected, find_own, locked
from api.rows import address, publication_row
from api.schema import documented
from api.shapes import ref
from document.faults import DocumentError, Fault
from document.nodes import TEXT_LENGTH
from publications.models import Publication
from publications.publish import publish


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPublication:
    """How a version is called, and from when it is in force."""

    label: str
    in_force_on: str
    note: str = field(default="", metadata={"limit": TEXT_LENGTH})
    visibility: Literal["public", "members", "link"] = "public"


class DraftPublish(DraftView):
    """The draft becomes a version."""

    @documented(
        "draft_publish",
        "Publier le brouillon",
        answer=ref("Publication"),
        body=ref("NewPublication"),
        status=201,
        guarded=True,
        tag="Brouillons",
    )
    def post(self, request: Request, slug: str) -> Response:
        """Le brouillon, tel qu’il a été lu, devient une version numérotée que rien ne change plus.

        S’il porte des constats graves, rien n’est publié (409) et « findings » les dit tous.
        """
        contract, revision = find_own(request, slug, "publish"), expected(request)
        asked = read_fields(NewPublication, body_of(request))
        values = {"label": asked.label, "note": asked.note, "visibility": asked.visibility, "in_force_on": _day(asked)}
        with locked(contract) as contract:
            publication = publish(contract, by=request.user, revision=revision, **values)
            current = Publication.objects.current().filter(pk=publication.pk).exists()
        row = publication_row(request, slug, publication, current=current)
        return Response(row, status=201, headers={"Location": address(request, "api:publication", slug, row["number"])})


def _day(asked: NewPublication) -> date:
    """The date of effect. Raises DocumentError for it, and for an empty label."""
    if not asked.label.strip():
        raise DocumentError([Fault("label", "donnez un libellé, par exemple « Avenant n° 1 ».")])
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", asked.in_force_on, re.ASCII):
            raise ValueError(asked.in_force_on)
        return date.fromisoformat(asked.in_force_on)
    except ValueError as error:
        raise DocumentError([Fault("in_force_on", "donnez un jour sous la forme AAAA-MM-JJ.")]) from error
