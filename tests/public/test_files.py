"""Files of a publication: the very bytes, good names, and caches that need not ask again."""

import gzip
import hashlib
from datetime import UTC, datetime

import pytest

from document.codec import decode
from document.sources.workbook import read_workbook
from publications.editions import edition_of
from publications.models import Publication, Rendition
from publications.renditions.store import Wanted
from publications.renditions.tables import csv_file, excel_csv_file
from tests.factories import make_contract, make_publication, real_document
from tests.public.reading import answer, get, links, said, soup

pytestmark = pytest.mark.django_db
FILES = "/contrats/essai/v/1/telecharger/"


@pytest.fixture
def publication() -> Publication:
    return make_publication()


def make_pdf(publication: Publication, state: str, content: bytes = b"%PDF-1.7", branch: str | None = None) -> None:
    done = datetime.now(UTC) if state in ("done", "failed") else None
    Rendition.objects.create(
        publication=publication, name=Wanted(branch=branch).name, state=state, content=content, finished_at=done
    )


def test_json_is_what_was_frozen(publication):
    response = answer(f"{FILES}essai-v1.json")
    assert response.content == publication.json
    assert hashlib.sha256(response.content).hexdigest() == publication.digest
    assert decode(response.content) == publication.document
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="essai-v1.json"'
    assert response["ETag"] == f'"{publication.digest}"'
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_json_compressed_is_the_same(publication):
    response = answer(f"{FILES}essai-v1.json", **{"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == publication.json
    assert response["Vary"] == "Accept-Encoding"


def test_tables_are_those_of_the_renditions(publication):
    edition = edition_of(publication)
    for name, expected in (("essai-v1.csv", csv_file(edition)), ("essai-v1-excel.csv", excel_csv_file(edition))):
        response = answer(f"{FILES}{name}")
        assert response.content == expected
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response["Cache-Control"] == "public, max-age=86400"
        packed = answer(f"{FILES}{name}", **{"Accept-Encoding": "gzip"})
        assert gzip.decompress(packed.content) == expected


@pytest.mark.parametrize("name", ["essai-v1.json", "essai-v1.csv", "essai-v1-excel.csv", "essai-v1.pdf"])
def test_who_has_the_file_is_not_sent_it_again(publication, name):
    make_pdf(publication, "done")
    first = answer(f"{FILES}{name}")
    again = answer(f"{FILES}{name}", status=304, **{"If-None-Match": first["ETag"]})
    assert (again.content, again["ETag"], again["Cache-Control"]) == (b"", first["ETag"], first["Cache-Control"])
    assert answer(f"{FILES}{name}", **{"If-None-Match": '"autre"'}).content == first.content


def test_pdf_that_is_made(publication):
    make_pdf(publication, "done", b"%PDF-1.7 tout")
    make_pdf(publication, "done", b"%PDF-1.7 branche", branch="1-1")
    whole = answer(f"{FILES}essai-v1.pdf")
    assert (whole.content, whole["Content-Type"]) == (b"%PDF-1.7 tout", "application/pdf")
    assert whole["Content-Disposition"] == 'inline; filename="essai-v1.pdf"'
    assert whole["Cache-Control"] == "public, max-age=86400"
    branch = answer("/contrats/essai/v/1/objectifs/1-1/branche.pdf")
    assert branch.content == b"%PDF-1.7 branche"
    assert branch["Content-Disposition"] == 'inline; filename="essai-v1-1-1.pdf"'


@pytest.mark.parametrize("state", ["queued", "running"])
def test_pdf_that_is_being_made(publication, settings, state):
    settings.RENDER_LIMIT = 0
    make_pdf(publication, state)
    response = answer(f"{FILES}essai-v1.pdf", status=202)
    page = soup(response)
    assert said(page.h1) == "Le PDF est en préparation"
    assert page.select_one("noscript meta")["http-equiv"] == "refresh"
    assert page.select_one("script")["src"].endswith("js/waiting.js")
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"] == "text/html; charset=utf-8"


def test_pdf_that_failed(publication):
    make_pdf(publication, "failed", b"Trop long.")
    response = answer(f"{FILES}essai-v1.pdf", status=503)
    page = soup(response)
    assert said(page.h1) == "Le PDF n’a pas pu être composé"
    assert links(page, "main a")["Essayer de nouveau"] == f"{FILES}essai-v1.pdf?reessayer=1"
    assert response["Cache-Control"] == "no-store"


def test_pdf_that_failed_is_tried_again_on_request(publication, settings):
    settings.RENDER_LIMIT = 0
    make_pdf(publication, "failed")
    # Asked once: the page that waits is at the address that does not ask again.
    assert answer(f"{FILES}essai-v1.pdf?reessayer=1", status=302)["Location"] == f"{FILES}essai-v1.pdf"
    assert Rendition.objects.get().state == "queued"


@pytest.mark.parametrize(
    "address",
    [
        f"{FILES}essai-v2.json",
        f"{FILES}autre-v1.json",
        f"{FILES}essai-v1.zip",
        f"{FILES}.csv",
        f"{FILES}essai-v1",
        "/contrats/essai/v/2/telecharger/essai-v2.pdf",
        "/contrats/essai/v/1/objectifs/inconnu/branche.pdf",
        "/contrats/essai/v/1/objectifs/1-1-a/branche.pdf",
    ],
)
def test_a_file_that_is_not(publication, address):
    answer(address, status=404)


@pytest.mark.parametrize(
    "ending",
    [".xlsx", ".ods"],
)
def test_workbooks_come_back_equal(publication, ending):
    response = answer(f"{FILES}essai-v1{ending}")
    assert response["Content-Disposition"] == f'attachment; filename="essai-v1{ending}"'
    assert read_workbook(response.content) == publication.document


def test_texts_hold_the_contract(publication):
    assert answer(f"{FILES}essai-v1.docx").content[:2] == b"PK"
    assert answer(f"{FILES}essai-v1.md").content.decode().splitlines()[0] == "# Contrat essai"


def test_page_of_downloads(publication):
    page = get(FILES)
    assert links(page, ".file a") == {
        "Le contrat à imprimer": f"{FILES}essai-v1.pdf",
        "Le contrat à archiver": f"{FILES}essai-v1-pdfa.pdf",
        "Le classeur Excel": f"{FILES}essai-v1.xlsx",
        "Le classeur LibreOffice": f"{FILES}essai-v1.ods",
        "Le texte pour Word": f"{FILES}essai-v1.docx",
        "Le texte simple": f"{FILES}essai-v1.md",
        "Le tableau pour Excel": f"{FILES}essai-v1-excel.csv",
        "Le tableau pour les logiciels": f"{FILES}essai-v1.csv",
        "Le document entier": f"{FILES}essai-v1.json",
    }
    assert said(page.select_one(".credit")) == edition_of(publication).credit
    assert page.select_one(".facts code").string == publication.digest
    assert said(page.select_one("main #licence + p a")) == "Licence Ouverte 2.0 (Etalab)"


def test_page_of_downloads_says_what_each_file_weighs():
    publication = make_publication(make_contract(real_document("six-thematiques")))
    files = "/contrats/six-thematiques/v/1/telecharger/"
    page = get(files)
    weights = [said(one).rpartition(", ")[2] for one in page.select(".file__format")]
    # A PDF is weighed once it is made; workbooks and texts take too long to make for a page that lists them.
    assert weights[:6] == ["PDF", "PDF/A-3a", "XLSX", "ODS", "DOCX", "Markdown"]
    for address, weight in zip(list(links(page, ".file a").values())[6:], weights[6:], strict=True):
        assert weight == f"{len(answer(address).content) / 1000:.0f} ko"
    make_pdf(publication, "done", b"x" * 1_240_000)
    assert said(get(files).select_one(".file__format")) == "PDF, 1,2 Mo"
