"""Requests a second of what is published, against bare views that return the same bytes, and against the naive way."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from django.conf import settings

from publications.models import Publication, Rendition
from publications.renditions.store import pdf_of
from script.measures.load import Target, fetch, load
from script.measures.report import Line
from script.measures.server import processor_time, served

SLUG = "ales-2015-2020"
STATIC_FILE = "measure.pdf"
#: A target and its floor are asked for one right after the other, several times: what else the machine does then weighs
#: on both alike, and the median passes over what does not.
ROUNDS, SLICE = 5, 0.4
#: Each process of the server makes what it keeps at its first request: several loads, so that all have had theirs.
WARMING = (0.2,) * 4


def measure_serving(environment: dict[str, str]) -> Iterator[Line]:
    """Serves the database that `environment` names, and measures."""
    publication = Publication.objects.get(contract__slug=SLUG, number=1)
    printed = pdf_of(publication, wait=120)
    (Path(settings.STATIC_ROOT) / STATIC_FILE).write_bytes(printed.content)
    with served(environment) as (port, pid):
        for target, floor in _pairs(publication, printed, port):
            for seconds in WARMING:
                load(target, port, seconds)
                load(floor, port, seconds / 2)
            yield _line(target, [(_observe(target, port, pid), _observe(floor, port, pid)) for _ in range(ROUNDS)])


def _observe(target: Target, port: int, pid: int) -> tuple[float, float]:
    """Answers a second, and microseconds of the server's processor an answer."""
    before = processor_time(pid)
    found = load(target, port, SLICE)
    return found.rate, 1e6 * (processor_time(pid) - before) / found.answers


def _line(target: Target, observed: list[tuple[tuple[float, float], tuple[float, float]]]) -> Line:
    rate, floor_rate = (median(one[rank][0] for one in observed) for rank in (0, 1))
    cost, floor_cost = (sum(one[rank][1] for one in observed) / len(observed) for rank in (0, 1))
    return Line(
        target.name,
        f"{rate:,.{rate < 10:d}f}/s",
        f"{floor_rate:,.0f}/s",
        median(mine[0] / floor[0] for mine, floor in observed),
        f"{cost:,.0f} µs" if cost else "",
        floor_cost / cost if cost else None,
        target.wished,
    )


def _pairs(publication: Publication, printed: Rendition, port: int) -> list[tuple[Target, Target]]:
    """What is measured, each with its floor."""
    page = Target("Page de l’arbre d’Alès", f"/contrats/{SLUG}/", wished=0.8)
    version = Target("Page d’une version", f"/contrats/{SLUG}/v/1/", wished=0.8)
    stored = _store(publication, gzip.compress(_unpacked(page, port), 9))
    bare_page = Target("", f"/floor/page/{stored.pk}/")
    document = Target("JSON de la publication d’Alès", f"/api/v1/contracts/{SLUG}/publications/1/document", wished=0.8)
    current = Target("JSON en vigueur", f"/api/v1/contracts/{SLUG}/document", wished=0.8)
    bare_document = Target("", f"/floor/document/{publication.pk}/")
    if fetch(document, port)[1] != fetch(bare_document, port)[1] or _unpacked(page, port) != _unpacked(bare_page, port):
        raise RuntimeError("les deux vues comparées n’envoient pas les mêmes octets")
    file = f"/contrats/{SLUG}/v/1/telecharger/{SLUG}-v1.pdf"
    return [
        (page, bare_page),
        (_held(page, port), bare_page),
        (version, bare_page),
        (_held(version, port), bare_page),
        (document, bare_document),
        (_held(document, port), bare_document),
        (current, bare_document),
        (_held(current, port), bare_document),
        (Target("PDF d’Alès, déjà fait", file), Target("", f"/floor/file/{printed.pk}/")),
        (Target("… contre un fichier statique", file, wished=1 / 1.5), Target("", f"/static/{STATIC_FILE}")),
        (Target("Voie naïve : lignes vivantes", f"/naive/{SLUG}/", clients=2), bare_document),
    ]


def _held(target: Target, port: int) -> Target:
    """The same asked by a client that holds it already."""
    etag = fetch(target, port)[0]["etag"]
    return Target(f"{target.name}, 304", target.path, {"If-None-Match": etag}, 304, wished=1.0)


def _store(publication: Publication, content: bytes) -> Rendition:
    """A row that holds those bytes."""
    return Rendition.objects.create(
        publication=publication, name="measure:page", state=Rendition.State.DONE, content=content
    )


def _unpacked(target: Target, port: int) -> bytes:
    return gzip.decompress(fetch(target, port)[1])
