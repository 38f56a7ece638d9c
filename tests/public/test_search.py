"""Search over all published contracts: what is found, where it is shown, and how it is counted."""

from dataclasses import replace
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup

from document.nodes import Objective
from public.searching import PAGE_LENGTH
from publications.entries import having_words
from publications.models import Entry
from tests.factories import FIXTURES, make_contract, make_document, make_publication, real_document
from tests.public.reading import answer, get, heard, links, rich_document, said

pytestmark = pytest.mark.django_db


def tallies(page: BeautifulSoup) -> list[tuple[str, str]]:
    return [(said(group.h2), said(group.select_one(".found__tally"))) for group in page.select(".found")]


def total(page: BeautifulSoup) -> str:
    return said(page.select_one(".sought"))


def make_titled(slug: str, *titles: str) -> None:
    nodes = tuple(Objective(key=f"o-{rank}", level="axe", title=title) for rank, title in enumerate(titles))
    make_publication(make_contract(replace(make_document(slug), objectives=nodes)))


def test_empty_search_is_a_form():
    make_publication()
    for query in ("", "?mots=", "?mots=+&contrat=essai&nature=action"):
        page = get(f"/recherche/{query}")
        assert (said(page.h1), page.select(".sought, .found")) == ("Recherche", [])
    assert [one["value"] for one in page.select("[name=contrat] option")] == ["", "essai"]


def test_results_are_in_their_place_in_the_tree():
    make_publication(make_contract(rich_document()))
    page = get("/recherche/?mots=engage")
    assert total(page) == "1 clause."
    assert [heard(title) for title in page.select(".branch__title")] == ["A PREMIER AXE", "A.1 Objectif entier"]
    assert links(page, ".hit a") == {"L’opérateur s’ engage": "/contrats/riche/objectifs/a-1/#a-1-c1"}
    assert [mark.string for mark in page.select("mark")] == ["engage"]


@pytest.mark.parametrize("words", ["educations", "Éducation", "EDUCATION", "éducation"])
def test_accents_capitals_and_plurals_do_not_matter(words):
    make_titled("essai", "Favoriser l’Éducation", "Nos éducations", "Rien")
    page = get(f"/recherche/?mots={quote(words)}")
    assert total(page) == "2 objectifs."
    assert [mark.string for mark in page.select("mark")] == ["Éducation", "éducations"]


def test_accents_that_are_signs_of_their_own_are_marked_too():
    make_titled("essai", "Favoriser l’e\u0301ducation")
    assert [mark.string for mark in get("/recherche/?mots=éducation").select("mark")] == ["e\u0301ducation"]


def test_a_code_is_found_as_a_word():
    make_publication(make_contract(make_document(axes=2, objectives=12)))
    page = get("/recherche/?mots=1.1&nature=objective")
    assert total(page) == "1 objectif."
    assert [heard(one) for one in page.select(".branch--1 .branch__title")] == ["1.1 Objectif 1.1"]


def test_groups_filters_and_counts():
    make_publication(make_contract(make_document("un", objectives=3)))
    make_publication(make_contract(make_document("deux", objectives=2)))
    page = get("/recherche/?mots=objectif")
    assert total(page) == "5 objectifs."
    assert tallies(page) == [("Contrat deux", "2 objectifs"), ("Contrat un", "3 objectifs")]
    assert tallies(get("/recherche/?mots=objectif&contrat=un")) == [("Contrat un", "3 objectifs")]
    assert total(get("/recherche/?mots=participants&nature=indicator")) == "5 indicateurs."
    assert total(get("/recherche/?mots=participants&nature=clause")) == "Aucun passage."
    page = get("/recherche/?mots=1.1.a+action&contrat=deux&nature=action")
    assert [one["value"] for one in page.select("form [selected]")] == ["deux", "action"]
    assert page.select_one("[name=mots]")["value"] == "1.1.a action"


def test_pages_of_results_hold_each_result_once():
    make_publication(make_contract(make_document("un", objectives=30)))
    make_publication(make_contract(make_document("deux", objectives=35)))
    found, contracts = [], []
    for number in (1, 2):
        page = get(f"/recherche/?mots=objectif&page={number}")
        assert total(page) == f"65 objectifs, page {number} sur 2."
        found += [one["href"] for one in page.select(".branch:not(.branch--way) > .branch__title a")]
        contracts.append([said(group.h2) for group in page.select(".found")])
    assert (len(found), len(set(found))) == (65, 65)
    assert (PAGE_LENGTH, contracts) == (40, [["Contrat deux", "Contrat un"], ["Contrat un"]])
    assert links(page, ".pager a") == {
        "1": "?mots=objectif&contrat=&nature=&page=1",
        "2": "?mots=objectif&contrat=&nature=&page=2",
    }
    assert said(page.select_one(".pager [aria-current]")) == "Page 2"
    answer("/recherche/?mots=objectif&page=3", status=404)
    answer("/recherche/?mots=introuvable&page=2", status=404)


def test_pages_carry_the_words_as_they_were_typed():
    make_titled("essai", *(f"R&D <b> n° {rank}" for rank in range(50)))
    page = get(f"/recherche/?mots={quote('R&D <b>')}")
    assert said(page.h1) == "« R&D <b> »"
    assert total(get("/recherche/" + page.select(".pager a")[1]["href"])) == "50 objectifs, page 2 sur 2."


def test_a_contract_is_found_by_its_territory():
    make_publication(make_contract(real_document("metz-2015-2020")))
    make_publication()
    page = get("/recherche/?mots=metropole+metz")
    assert links(page, "section:has(#nommes) a") == {
        "Contrat de ville de Metz Métropole 2015-2020 : cadre stratégique": "/contrats/metz-2015-2020/"
    }


@pytest.mark.parametrize("words", ["jeune", "santé", "qpv", "NPNRU", "1.1.3", "accès aux droits", "l'emploi"])
def test_search_and_the_tree_count_the_same(words):
    """Law 7: the number on one screen is the number on the other, for each of the real contracts."""
    for path in sorted(FIXTURES.glob("*.yaml")):
        publication = make_publication(make_contract(real_document(path.stem)))
        number = having_words(Entry.objects.filter(publication=publication), words).count()
        tree = get(f"/contrats/{path.stem}/?mots={quote(words)}")
        found = get(f"/recherche/?mots={quote(words)}&contrat={path.stem}")
        assert total(found).split(", page")[0].rstrip(".") == said(tree.select_one("[data-tally]"))
        assert len(tree.select(".hit, .branch:not(.branch--way)")) == number


def test_old_versions_are_not_searched():
    contract = make_contract()
    make_publication(contract)
    make_publication(contract, label="Avenant")
    assert total(get("/recherche/?mots=objectif&nature=objective")) == "2 objectifs."
    assert set(links(get("/recherche/?mots=objectif"), ".branch__title a").values()) == {
        "/contrats/essai/objectifs/axe-1/",
        "/contrats/essai/objectifs/1-1/",
        "/contrats/essai/objectifs/1-2/",
    }
