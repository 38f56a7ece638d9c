"""Versions: which is in force, what the others say of themselves, and addresses that last."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from drafts.write import write_draft
from publications.models import Publication
from tests.factories import make_contract, make_document, make_publication
from tests.public.reading import answer, get, heard, links, said, soup

pytestmark = pytest.mark.django_db
TOMORROW = date(2999, 1, 1)


@pytest.fixture
def three() -> list[Publication]:
    """Version 1 (one objective), version 2 in force (two), version 3 to come."""
    contract = make_contract(make_document(objectives=3))
    first = make_publication(contract)
    contract = write_draft(make_document(objectives=2), by=None)
    second = make_publication(contract, label="Avenant n° 1", in_force_on=date(2025, 1, 1), note="Ce qui change.")
    third = make_publication(contract, label="Avenant n° 2", in_force_on=TOMORROW)
    return [first, second, third]


def standing(address: str) -> str:
    return said(get(address).select_one(".standing"))


def test_the_contracts_address_is_that_of_the_version_in_force(three):
    page = get("/contrats/essai/")
    assert said(page.select_one(".standing")) == "Version 2, Avenant n° 1, en vigueur depuis le 1er janvier 2025."
    assert len(page.select("#branches .branch--1")) == 2


def test_each_version_is_at_its_own_address_and_says_how_it_stands(three):
    current = "Version en vigueur : version 2, Avenant n° 1 (1er janvier 2025). Ce qui change de l’une à l’autre"
    assert standing("/contrats/essai/v/2/") == standing("/contrats/essai/")
    assert standing("/contrats/essai/v/1/") == (
        "Une autre version est en vigueur. Vous lisez la version 1, Texte initial, date d’effet : 1er janvier 2024. "
        + current
    )
    assert standing("/contrats/essai/v/3/") == (
        "Version à venir. Version 3, Avenant n° 2 : elle prend effet le 1er janvier 2999. " + current
    )
    for number in (1, 3):
        page = get(f"/contrats/essai/v/{number}/")
        first, last = sorted([number, 2])
        assert links(page, ".standing a") == {
            "version 2, Avenant n° 1": "/contrats/essai/",
            "Ce qui change de l’une à l’autre": f"/contrats/essai/v/{first}/comparer/{last}/",
        }
        assert get(f"/contrats/essai/v/{number}/objectifs/1-1/").select_one(".standing").text == (
            page.select_one(".standing").text
        )


def test_a_version_leads_within_itself(three):
    page = get("/contrats/essai/v/1/")
    inside = [*links(page, "#branches a").values(), page.select_one("form[data-live]")["action"]]
    assert {address.startswith("/contrats/essai/v/1/") for address in inside} == {True}
    objective = get("/contrats/essai/v/1/objectifs/1-2/")
    around = [*links(objective, ".path a").values(), *links(objective, ".around a").values()]
    assert {address.startswith("/contrats/essai/v/1/") for address in around} == {True}
    assert said(get("/contrats/essai/v/1/?mots=action").select_one("[data-tally]")) == "3 actions"


def test_a_contract_whose_only_version_is_to_come():
    make_publication(in_force_on=TOMORROW)
    said_of_it = "Version à venir. Version 1, Texte initial : elle prend effet le 1er janvier 2999."
    assert standing("/contrats/essai/") == standing("/contrats/essai/v/1/") == said_of_it
    assert (
        said(get("/").select_one(".contract__version"))
        == "Version 1, Texte initial, à venir : prend effet le 1er janvier 2999"
    )
    assert [said(one) for one in get("/contrats/essai/versions/").select(".version__state")] == [
        "Première à prendre effet"
    ]


def test_a_version_of_today_is_in_force_and_one_of_tomorrow_is_not():
    today = timezone.localdate()
    make_publication(make_contract(make_document("un")), in_force_on=today)
    make_publication(make_contract(make_document("deux")), in_force_on=today + timedelta(days=1))
    assert "en vigueur" in standing("/contrats/un/")
    assert standing("/contrats/deux/").startswith("Version à venir.")


def test_list_of_versions(three):
    page = get("/contrats/essai/versions/")
    rows = page.select(".version")
    assert [heard(row.h2) for row in rows] == ["3 Avenant n° 2", "2 Avenant n° 1", "1 Texte initial"]
    assert [said(one) for one in page.select(".version__state")] == ["À venir", "En vigueur"]
    assert rows[1].select_one(".version__state").string == "En vigueur"
    assert [said(row.dd) for row in rows] == [
        "à partir du 1er janvier 2999",
        "du 1er janvier 2025 au 31 décembre 2998",
        "du 1er janvier 2024 au 31 décembre 2024",
    ]
    assert [row.code.string for row in rows] == [one.digest for one in reversed(three)]
    assert [row.h2.a["href"] for row in rows] == [f"/contrats/essai/v/{number}/" for number in (3, 2, 1)]
    assert said(rows[1].select_one(".prose")) == "Ce qui change."
    assert links(rows[1], ".version__links a") == {
        "Ce qui change depuis la version 1": "/contrats/essai/v/1/comparer/2/",
        "Télécharger la version 2": "/contrats/essai/v/2/telecharger/",
    }
    assert list(links(rows[2], ".version__links a")) == ["Télécharger la version 1"]


def test_an_objective_that_left_the_contract_is_found_in_the_version_that_has_it(three):
    page = soup(answer("/contrats/essai/objectifs/1-3/", status=404))
    assert said(page.h1) == "Cet objectif n’est plus dans le contrat"
    assert links(page, ".links a") == {"Version 1, Texte initial": "/contrats/essai/v/1/objectifs/1-3/"}
    assert said(get("/contrats/essai/v/1/objectifs/1-3/").h1) == "1.3 Objectif 1.3"
    assert answer("/contrats/essai/v/2/objectifs/1-3/", status=404)
    assert answer("/contrats/essai/objectifs/1-9/", status=404)


@pytest.mark.parametrize("number", ["0", "4", "99999999999999999999999"])
def test_a_number_that_is_not_a_version(three, number):
    page = soup(answer(f"/contrats/essai/v/{number}/", status=404))
    assert said(page.select_one(".standing")) == "Ce contrat n’a pas de version publiée sous ce numéro."
