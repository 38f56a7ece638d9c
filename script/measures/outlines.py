"""The outline of the atelier, as its reader first receives it: of a large contract against a small one."""

import time
from collections.abc import Iterator

from django.conf import settings
from django.test import Client

from accounts.models import User
from drafts.write import write_draft
from script.measures.report import Line
from script.measures.trees import SHAPES, document_of

#: One axis with five orientations of five objectives: what a first screen shows whole.
SMALL, LARGE = (1, 5, 5), 3_000
TIMES = 8


def measure_outlines() -> Iterator[Line]:
    """The page that comes before any branch is opened; the quickest of several, by turns."""
    settings.ALLOWED_HOSTS.append("testserver")
    reader = Client()
    reader.force_login(User.objects.create_superuser(email="mesures@exemple.fr", name="Mesures", password=None))
    addresses = []
    for name, shape in (("plan-court", SMALL), ("plan-long", SHAPES[LARGE])):
        write_draft(document_of(name, *shape), by=None)
        addresses.append(f"/atelier/{name}/")
    spent = [[_timed(reader, one) for one in addresses] for _ in range(TIMES)]
    small, large = (min(column) for column in zip(*spent, strict=True))
    said = f"plan de {LARGE} objectifs, puis de 31"
    yield Line(said, f"{1e3 * large:,.1f} ms", f"{1e3 * small:,.1f} ms", small / large, wished=0.5)


def _timed(reader: Client, address: str) -> float:
    start = time.perf_counter()
    answer = reader.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} : {answer.status_code}")
    return time.perf_counter() - start
