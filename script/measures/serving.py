"""Requests a second of what is published, against bare views that return the same bytes, and against the naive way."""

import gzip
from collections.abc import Iterator

from publications.models import Publication, Rendition
from publications.renditions.store import pdf_of
from script.measures.load import Target, fetch, load
from script.measures.report import Line
from script.measures.server import processor_time, served

SLUG = "ales-2015-2020"
#: Each target is asked for in turn, several times: what else the machine does then weighs on all of them alike.
ROUNDS, SLICE = 6, 0.5
#: Each process of the server makes what it keeps at its first request: several loads, so that all have had theirs.
WARMING = (0.2,) * 5


def measure_serving(environment: dict[str, str]) -> Iterator[Line]:
    """Serves the database that `environment` names, and measures."""
    publication = Publication.objects.get(contract__slug=SLUG, number=1)
    with served(environment) as (port, pid):
        pairs = _pairs(publication, port)
        targets = list({target.path + repr(target.headers): target for pair in pairs for target in pair}.values())
        for target in targets:
            for seconds in WARMING:
                load(target, port, seconds)
            target.answers, target.seconds = 0, 0.0
        for _ in range(ROUNDS):
            for target in targets:
                before = processor_time(pid)
                load(target, port, SLICE)
                target.work += processor_time(pid) - before
    for target, floor in pairs:
        yield Line(
            target.name,
            f"{target.rate:,.{target.rate < 10:d}f}/s",
            f"{floor.rate:,.0f}/s",
            target.rate / floor.rate,
            f"{target.cost:,.0f} µs" if target.work else "",
            floor.cost / target.cost if target.work else None,
            target.wished,
        )


def _pairs(publication: Publication, port: int) -> list[tuple[Target, Target]]:
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
    printed = pdf_of(publication, wait=120)
    return [
        (page, bare_page),
        (_held(page, port), bare_page),
        (version, bare_page),
        (_held(version, port), bare_page),
        (document, bare_document),
        (_held(document, port), bare_document),
        (current, bare_document),
        (_held(current, port), bare_document),
        (
            Target("PDF d’Alès, déjà fait", f"/contrats/{SLUG}/v/1/telecharger/{SLUG}-v1.pdf"),
            Target("", f"/floor/file/{printed.pk}/"),
        ),
        (Target("Voie naïve : lignes vivantes", f"/naive/{SLUG}/"), bare_document),
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
