"""The frozen documents, to the byte, and the drafts."""

import gzip
import hashlib
from dataclasses import asdict
from datetime import date

import pytest

from document.checks import check
from document.codec import digest, encode
from drafts.read import read_draft
from objectives.edits import add_objective
from objectives.models import Level
from publications.models import Publication
from tests.api.asking import conforms, program_of, read, refusal
from tests.factories import make_contract, make_document, make_publication, make_user, real_document

pytestmark = pytest.mark.django_db
ESSAI = "/api/v1/contracts/essai"
FOR_EVER, ASK_AGAIN, PRIVATE = "public, max-age=31536000, immutable", "public, no-cache", "private, no-cache"
BOTH = [(f"{ESSAI}/publications/1/document", FOR_EVER), (f"{ESSAI}/document", ASK_AGAIN)]


def headers_of(response) -> tuple:
    return tuple(
        response.headers.get(name) for name in ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin")
    )


@pytest.mark.parametrize(("address", "caching"), BOTH)
def test_the_frozen_bytes_are_sent_as_they_are(client, django_assert_num_queries, address, caching):
    publication = make_publication()
    with django_assert_num_queries(1):
        packed = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    plain = client.get(address)
    assert packed.content == bytes(Publication.objects.get().content)
    assert (packed["Content-Encoding"], plain.headers.get("Content-Encoding")) == ("gzip", None)
    assert gzip.decompress(packed.content) == plain.content == publication.json
    assert hashlib.sha256(plain.content).hexdigest() == publication.digest
    for response in (packed, plain):
        assert (response.status_code, response["Content-Type"]) == (200, "application/json")
        assert headers_of(response) == (f'"{publication.digest}"', caching, "Accept-Encoding", "*")
    assert client.head(address).content == b""


@pytest.mark.parametrize("slug", ["ales-2015-2020", "metz-2015-2020", "quartiers-2030", "six-thematiques"])
def test_the_four_contracts_come_out_whole_and_as_described(client, slug):
    publication = make_publication(make_contract(real_document(slug)))
    response = client.get(f"/api/v1/contracts/{slug}/document")
    conforms(response.json(), {"$ref": "#/components/schemas/Document"})
    assert digest(response.content) == digest(encode(real_document(slug))) == publication.digest


@pytest.mark.parametrize(("address", "caching"), BOTH)
@pytest.mark.parametrize("held", ['"{}"', 'W/"{}"', '"other", "{}"', "*"])
def test_a_client_that_holds_the_document_is_told_so(client, django_assert_num_queries, address, caching, held):
    publication = make_publication()
    with django_assert_num_queries(1):
        response = client.get(address, headers={"If-None-Match": held.format(publication.digest)})
    assert (response.status_code, response.content) == (304, b"")
    assert headers_of(response) == (f'"{publication.digest}"', caching, "Accept-Encoding", "*")
    assert response.headers.get("Content-Type") is None


@pytest.mark.parametrize("held", ['"other"', "nonsense", '""', ",,,"])
def test_a_client_that_holds_another_gets_this_one(client, held):
    publication = make_publication()
    response = client.get(f"{ESSAI}/document", headers={"If-None-Match": held})
    assert (response.status_code, digest(response.content)) == (200, publication.digest)


@pytest.mark.parametrize(
    ("accepted", "coded"),
    [
        ("gzip", True),
        ("br;q=1.0, gzip;q=0.5", True),
        ("*", True),
        ("GZIP", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("*, gzip;q=0", False),
        ("identity", False),
        ("br", False),
        ("", False),
        (";;,q=", False),
    ],
)
def test_gzip_goes_to_who_takes_it(client, accepted, coded):
    make_publication()
    response = client.get(f"{ESSAI}/document", headers={"Accept-Encoding": accepted})
    assert ("Content-Encoding" in response.headers) is coded


def test_the_current_document_is_the_one_in_force(client):
    contract = make_contract()
    make_publication(contract, in_force_on=date(2024, 1, 1))
    add_objective(contract, level=Level.objects.get(contract=contract, key="axe"), title="Nouvel axe", by=None)
    amended = make_publication(contract, in_force_on=date(2025, 1, 1))
    make_publication(contract, in_force_on=date(2999, 1, 1))
    assert client.get(f"{ESSAI}/document")["ETag"] == f'"{amended.digest}"'


@pytest.mark.parametrize("axes", [1, 100])
def test_one_query_whatever_the_size(client, django_assert_num_queries, axes):
    make_publication(make_contract(make_document(axes=axes)))
    for address, _ in BOTH:
        with django_assert_num_queries(1):
            read(client, address)


@pytest.mark.parametrize(("address", "caching"), BOTH)
def test_the_way_of_those_who_say_who_they_are_gives_the_same(client, address, caching):
    publication = make_publication()
    stranger = program_of(make_user())
    response = stranger.get(address)
    assert (response.content, response["ETag"]) == (publication.json, f'"{publication.digest}"')


def test_a_version_kept_for_members_is_not_everyones_to_keep():
    contract = make_contract()
    publication = make_publication(contract, visibility="members")
    reader = program_of(make_user(role="reader", contract=contract))
    response = reader.get(f"{ESSAI}/publications/1/document")
    assert response.content == publication.json
    vary = "Accept-Encoding, Authorization, Cookie"
    assert headers_of(response) == (f'"{publication.digest}"', PRIVATE, vary, None)
    held = reader.get(f"{ESSAI}/publications/1/document", headers={"If-None-Match": f'"{publication.digest}"'})
    assert (held.status_code, held.content) == (304, b"")
    assert refusal(reader.get(f"{ESSAI}/document")) == (404, None)


@pytest.mark.parametrize("axes", [1, 100])
def test_the_draft_is_read_by_its_members(django_assert_num_queries, axes):
    contract = make_contract(make_document(axes=axes))
    reader = program_of(make_user(role="reader", contract=contract))
    with django_assert_num_queries(23):
        response = reader.get(f"{ESSAI}/draft/document")
    assert response.content == encode(read_draft(contract))
    conforms(response.json(), {"$ref": "#/components/schemas/Document"})
    vary = "Accept-Encoding, Authorization, Cookie"
    assert headers_of(response) == ('"1"', PRIVATE, vary, None)
    packed = reader.get(f"{ESSAI}/draft/document", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.content) == response.content


def test_a_draft_that_has_not_changed_is_neither_read_nor_sent_again(django_assert_num_queries):
    contract = make_contract()
    reader = program_of(make_user(role="reader", contract=contract))
    held = {"If-None-Match": reader.get(f"{ESSAI}/draft/document")["ETag"]}
    with django_assert_num_queries(5):
        same = reader.get(f"{ESSAI}/draft/document", headers=held)
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", held["If-None-Match"])
    add_objective(contract, level=Level.objects.get(contract=contract, key="axe"), title="Nouvel axe", by=None)
    assert reader.get(f"{ESSAI}/draft/document", headers=held).status_code == 200


@pytest.mark.parametrize("axes", [1, 100])
def test_the_findings_on_a_draft(django_assert_num_queries, axes):
    contract = make_contract(make_document(axes=axes))
    add_objective(contract, level=Level.objects.get(contract=contract, key="axe"), title="Vide", code="7", by=None)
    reader = program_of(make_user(role="reader", contract=contract))
    with django_assert_num_queries(20):
        response = reader.get(f"{ESSAI}/draft/findings")
    found = read(reader, f"{ESSAI}/draft/findings", "/api/v1/contracts/{slug}/draft/findings")
    assert found == response.json() == [asdict(one) for one in check(read_draft(contract))]
    assert {one["severity"] for one in found if one["title"] == "Vide"} == {"contradiction", "gap"}
