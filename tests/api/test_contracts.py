"""The index, the contracts and their publications."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from objectives.edits import add_objective
from objectives.models import Contract, Level
from tests.api.asking import program_of, read
from tests.factories import make_contract, make_document, make_publication, make_user

pytestmark = pytest.mark.django_db
V1 = "http://testserver/api/v1"
CONTRACTS, CONTRACT = "/api/v1/contracts/", "/api/v1/contracts/{slug}/"
PUBLICATIONS, PUBLICATION = f"{CONTRACT}publications/", f"{CONTRACT}publications/{{number}}/"


def test_the_index_leads_to_everything(client):
    assert read(client, "/api/v1/", "/api/v1/") == {
        "contracts": f"{V1}/contracts/",
        "objectives": f"{V1}/objectives/",
        "actions": f"{V1}/actions/",
        "clauses": f"{V1}/clauses/",
        "indicators": f"{V1}/indicators/",
        "schema": f"{V1}/schema",
        "docs": f"{V1}/docs/",
        "licence": "Licence Ouverte 2.0 (Etalab)",
    }


def test_a_contract_is_what_its_current_publication_says(client):
    publication = make_publication(note="Signé.")
    found = read(client, f"{CONTRACTS}essai/", CONTRACT)
    head = {
        "title": "Contrat essai",
        "territory": "Ville d’essai",
        "start_year": 2024,
        "end_year": 2030,
        "counts": {"axe": 1, "objectif": 2, "actions": 2, "clauses": 2, "indicators": 2},
    }
    assert found == {
        "slug": "essai",
        **head,
        "publication": {
            "contract": "essai",
            "number": 1,
            "label": "Texte initial",
            "in_force_on": "2024-01-01",
            "published_at": timezone.localtime(publication.published_at).isoformat(timespec="seconds"),
            "note": "Signé.",
            "visibility": "public",
            "digest": publication.digest,
            **head,
            "current": True,
            "links": {
                "self": f"{V1}/contracts/essai/publications/1/",
                "contract": f"{V1}/contracts/essai/",
                "document": f"{V1}/contracts/essai/publications/1/document",
                "page": "http://testserver/contrats/essai/v/1/",
                "downloads": "http://testserver/contrats/essai/v/1/telecharger/",
            },
        },
        "links": {
            "self": f"{V1}/contracts/essai/",
            "publications": f"{V1}/contracts/essai/publications/",
            "page": "http://testserver/contrats/essai/",
            "document": f"{V1}/contracts/essai/document",
            "objectives": f"{V1}/objectives/?contract=essai",
            "actions": f"{V1}/actions/?contract=essai",
            "clauses": f"{V1}/clauses/?contract=essai",
            "indicators": f"{V1}/indicators/?contract=essai",
        },
    }
    assert read(client, CONTRACTS, CONTRACTS) == {"count": 1, "next": None, "previous": None, "results": [found]}


def test_a_draft_that_has_changed_since_does_not_show(client):
    contract = make_contract()
    make_publication(contract)
    before = read(client, f"{CONTRACTS}essai/")
    add_objective(contract, level=Level.objects.get(contract=contract, key="axe"), title="Secret", by=None)
    Contract.objects.filter(pk=contract.pk).update(title="Titre à venir", start_year=2031)
    assert read(client, f"{CONTRACTS}essai/") == before


def test_contracts_come_in_the_order_of_their_slugs_page_by_page(client):
    for slug in ("b", "a", "c"):
        make_publication(make_contract(make_document(slug)))
    first = read(client, f"{CONTRACTS}?page_size=2", CONTRACTS)
    assert ([one["slug"] for one in first["results"]], first["count"], first["previous"]) == (["a", "b"], 3, None)
    assert first["next"] == f"{V1}/contracts/?page=2&page_size=2"
    last = read(client, first["next"], CONTRACTS)
    assert ([one["slug"] for one in last["results"]], last["next"]) == (["c"], None)
    assert last["previous"] == f"{V1}/contracts/?page=1&page_size=2"


def test_publications_are_listed_from_the_latest_and_told_apart(client):
    contract = make_contract()
    make_publication(contract, in_force_on=date(2024, 1, 1))
    make_publication(contract, in_force_on=date(2025, 1, 1), label="Avenant n° 1")
    make_publication(contract, in_force_on=timezone.localdate() + timedelta(days=400), label="Avenant n° 2")
    found = read(client, f"{CONTRACTS}essai/publications/", PUBLICATIONS)["results"]
    assert [(one["number"], one["current"]) for one in found] == [(3, False), (2, True), (1, False)]
    assert read(client, f"{CONTRACTS}essai/publications/2/", PUBLICATION) == found[1]


@pytest.mark.parametrize(
    ("day", "numbers"), [("2023-12-31", []), ("2024-01-01", [1]), ("2024-12-31", [1]), ("2025-01-01", [2])]
)
def test_the_version_in_force_on_a_day(client, day, numbers):
    contract = make_contract()
    make_publication(contract, in_force_on=date(2024, 1, 1))
    make_publication(contract, in_force_on=date(2025, 1, 1))
    found = read(client, f"{CONTRACTS}essai/publications/?on={day}", PUBLICATIONS)
    assert [one["number"] for one in found["results"]] == numbers


def test_a_member_sees_a_contract_that_is_not_published_yet():
    contract = make_contract()
    reader = program_of(make_user(role="reader", contract=contract))
    found = read(reader, f"{CONTRACTS}essai/", CONTRACT)
    assert (found["title"], found["counts"], found["publication"]) == ("Contrat essai", None, None)
    assert found["links"] == {
        "self": f"{V1}/contracts/essai/",
        "publications": f"{V1}/contracts/essai/publications/",
        "draft_document": f"{V1}/contracts/essai/draft/document",
        "draft_findings": f"{V1}/contracts/essai/draft/findings",
    }
    assert read(reader, CONTRACTS, CONTRACTS)["results"] == [found]


@pytest.mark.parametrize("axes", [1, 100])
def test_queries_do_not_grow(client, django_assert_num_queries, axes):
    for rank in range(1 if axes == 1 else 3):
        contract = make_contract(make_document(f"essai-{rank}", axes=axes))
        for _ in range(1 if axes == 1 else 2):
            make_publication(contract)
    for path, queries in (
        ("", 3),
        ("essai-0/", 2),
        ("essai-0/publications/", 3),
        ("essai-0/publications/?on=2024-06-01", 3),
        ("essai-0/publications/1/", 1),
    ):
        with django_assert_num_queries(queries):
            read(client, f"{CONTRACTS}{path}")
