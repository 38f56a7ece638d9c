"""Pages are made once, kept compressed, and the same for everyone; the database is asked as little for any size."""

import gzip
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from objectives.models import Membership
from public.kept import accepts_gzip
from tests.factories import make_contract, make_document, make_publication, make_user, real_document
from tests.public.reading import answer, get, said

pytestmark = pytest.mark.django_db
PAGES = [
    "/",
    "/contrats/essai/",
    "/contrats/essai/?mots=objectif",
    "/contrats/essai/objectifs/1-1/",
    "/contrats/essai/versions/",
    "/contrats/essai/v/1/",
    "/contrats/essai/v/1/objectifs/1-1/",
    "/contrats/essai/v/1/telecharger/",
    "/contrats/essai/v/1/arbre/",
    "/recherche/",
    "/recherche/?mots=objectif",
    "/accessibilite/",
    "/mentions-legales/",
    "/donnees-ouvertes/",
    "/plan-du-site/",
]
TYPED = [address for address in PAGES if "recherche" in address or "?" in address]
KEPT = [address for address in PAGES if address not in TYPED]


@pytest.mark.parametrize("address", PAGES)
def test_pages_do_not_depend_on_who_is_signed_in(address):
    contract = make_contract()
    make_publication(contract)
    member = make_user(role=Membership.Role.MANAGER, contract=contract)
    visitor, signed_in = answer(address), answer(address, user=member)
    assert visitor.content == signed_in.content
    assert visitor["Vary"] == signed_in["Vary"] == "Accept-Encoding"
    assert (visitor.cookies, signed_in.cookies) == ({}, {})
    assert member.name.encode() not in signed_in.content


@pytest.mark.parametrize("address", PAGES)
def test_pages_may_be_kept_but_are_asked_about_each_time(address):
    make_publication()
    assert answer(address)["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("address", PAGES)
def test_compressed_and_plain_are_the_same_page(address):
    make_publication()
    plain = answer(address)
    packed = answer(address, **{"Accept-Encoding": "gzip, deflate, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content


@pytest.mark.parametrize("address", KEPT)
def test_who_has_the_page_is_not_sent_it_again(address):
    make_publication()
    first = answer(address)
    assert re.fullmatch(r'W/"[0-9a-f]{32}"', first["ETag"])
    again = answer(address, status=304, **{"If-None-Match": first["ETag"]})
    assert (again.content, again["ETag"], again["Vary"]) == (b"", first["ETag"], "Accept-Encoding")
    assert answer(address, **{"If-None-Match": 'W/"0"'}).content == first.content


@pytest.mark.parametrize("address", PAGES)
def test_head_answers_as_get_without_the_page(address):
    make_publication()
    response = Client().head(address)
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_read_and_nothing_else(address):
    make_publication()
    assert Client().post(address).status_code == 405


def test_a_new_version_shows_at_once():
    contract = make_contract()
    make_publication(contract)
    before = {address: answer(address)["ETag"] for address in KEPT[:4]}
    make_publication(contract, label="Avenant n° 1")
    after = {address: answer(address)["ETag"] for address in KEPT[:4]}
    assert [address for address in before if before[address] == after[address]] == []
    assert said(get("/contrats/essai/").select_one(".standing")).startswith("Version 2, Avenant n° 1, en vigueur")
    assert (
        answer("/contrats/essai/v/1/", **{"If-None-Match": before.get("/contrats/essai/v/1/", "")}).status_code == 200
    )


def test_a_form_sent_empty_gives_the_page_that_is_kept():
    make_publication()
    assert answer("/contrats/essai/?mots=&niveau=")["ETag"] == answer("/contrats/essai/")["ETag"]
    assert answer("/contrats/essai/?deplie=1")["ETag"] != answer("/contrats/essai/")["ETag"]


def test_what_does_not_exist_is_not_kept():
    make_publication()
    answer("/contrats/essai/objectifs/inconnu/", status=404)
    answer("/contrats/essai/objectifs/inconnu/", status=404, **{"If-None-Match": "*"})
    assert len(cache._cache) == 0


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("gzip, deflate, br", True),
        ("br;q=1.0, gzip;q=0.8", True),
        ("*", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0, br", False),
        ("deflate", False),
        ("x-gzip", False),
    ],
)
def test_what_a_client_accepts(rf, header, accepted):
    assert accepts_gzip(rf.get("/", headers={"accept-encoding": header})) is accepted


def queries(address: str) -> tuple[int, int]:
    """How many questions the database is asked for a page that is not kept, then for the same when it is."""
    cache.clear()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            answer(address)
        counts.append(len(asked))
    return counts[0], counts[1]


#: How many questions the database is asked for a page that is not kept, then for the same when it is.
QUERIES = {
    "/": (2, 1),
    "/contrats/essai/": (2, 1),
    "/contrats/essai/?mots=objectif": (2, 2),
    "/contrats/essai/?deplie=1": (2, 2),
    "/contrats/essai/?mots=&niveau=&etiquette=": (2, 2),
    "/contrats/essai/objectifs/1-1/": (2, 1),
    "/contrats/essai/versions/": (2, 2),
    "/contrats/essai/v/1/": (2, 1),
    "/contrats/essai/v/1/objectifs/1-1/": (2, 1),
    "/contrats/essai/v/1/telecharger/": (3, 2),
    "/contrats/essai/v/1/arbre/": (2, 1),
    "/contrats/essai/v/1/arbre.svg": (2, 1),
    "/contrats/essai/v/1/telecharger/essai-v1.json": (2, 2),
    "/contrats/essai/v/1/telecharger/essai-v1.csv": (2, 1),
    "/contrats/essai/v/1/telecharger/essai-v1-excel.csv": (2, 1),
    "/recherche/": (1, 1),
    "/recherche/?mots=objectif": (4, 4),
    "/donnees-ouvertes/": (1, 1),
    "/plan-du-site/": (2, 1),
    "/accessibilite/": (0, 0),
    "/mentions-legales/": (0, 0),
}


@pytest.mark.parametrize("objectives", [2, 299])
def test_queries_do_not_grow_with_the_tree(objectives):
    make_publication(make_contract(make_document(objectives=objectives)))
    assert {address: queries(address) for address in QUERIES} == QUERIES


@pytest.mark.parametrize("contracts", [1, 12])
@pytest.mark.parametrize(
    ("address", "made"), [("/", 2), ("/recherche/?mots=objectif", 4), ("/plan-du-site/", 2), ("/donnees-ouvertes/", 1)]
)
def test_queries_do_not_grow_with_the_contracts(contracts, address, made):
    for number in range(contracts):
        make_publication(make_contract(make_document(f"essai-{number}")))
    assert queries(address)[0] == made


def test_tree_of_ales_asks_less_than_five_questions():
    make_publication(make_contract(real_document("ales-2015-2020")))
    assert queries("/contrats/ales-2015-2020/") == (2, 1)
    assert queries("/contrats/ales-2015-2020/v/1/") == (2, 1)
