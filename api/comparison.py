"""Two publications compared, as data: what a program is told where people read the page of the comparison."""

import gzip
import json
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from api.comparison_shapes import BELOW
from api.frozen import digest_answer
from api.reading import ApiView
from api.schema import documented
from api.shapes import ref
from document.codec import plain
from document.compare import KINDS, Change, Kind, compare, count_changes
from publications.models import Publication


class Comparison(ApiView):
    """What changed from one publication to another."""

    @documented("comparison", "La comparaison de deux publications", answer=ref("Comparison"), tag="Publications")
    def get(self, request: Request, slug: str, number: int, other: int) -> HttpResponse:
        """Tout ce qui change de la version « number » à la version « other », par nature et par clé stable.

        Les changements, appliqués à l’une, donnent exactement l’autre. L’ETag réunit leurs deux empreintes.
        """
        before, after = (_version(request, slug, which) for which in (number, other))
        return digest_answer(request, f"{before.digest}-{after.digest}", lambda: _packed(slug, before, after))


def _version(request: Request, slug: str, number: int) -> Publication:
    """That version, if the person may read it; its content is read only if it is needed. Raises Http404."""
    found = Publication.objects.readable_by(request.user).filter(contract__slug=slug, number=number)
    version: Publication | None = found.defer("content").first()
    if version is None:
        raise Http404
    return version


def _packed(slug: str, before: Publication, after: Publication) -> bytes:
    changes = compare(before.document, after.document)
    body = {
        "contract": slug,
        "before": _version_row(before),
        "after": _version_row(after),
        "counts": count_changes(changes),
        "changes": {kind: list(_rows(kind, changes)) for kind in KINDS},
    }
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(written.encode(), compresslevel=4, mtime=0)


def _version_row(version: Publication) -> dict[str, Any]:
    return {
        "number": version.number,
        "label": version.label,
        "in_force_on": version.in_force_on.isoformat(),
        "digest": version.digest,
    }


def _rows(kind: Kind, changes: Iterable[Change]) -> Iterable[dict[str, Any]]:
    return (_row(change) for change in changes if change.kind == kind)


def _row(change: Change) -> dict[str, Any]:
    about = {"of": change.of, "key": change.key}
    if change.kind in ("added", "removed"):
        node = plain(change.after or change.before)
        alone = {name: value for name, value in node.items() if name not in BELOW}
        return about | {"node": alone} | _spot(change.spot)
    if change.kind in ("moved", "reordered"):
        return about | {"before": _spot(change.before), "after": _spot(change.after)}
    field = {} if change.kind == "renumbered" else {"field": change.field}
    return about | field | {"before": plain(change.before), "after": plain(change.after)}


def _spot(spot: Any) -> dict[str, Any]:
    return {"under": spot[0], "position": spot[1]}
