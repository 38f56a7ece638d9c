"""The tree narrowed by words, level, tag and remarks: what was asked, the way to it, and nothing else."""

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup

from document.nodes import Objective
from document.walk import walk
from publications.renditions.hits import tally
from tests.factories import make_contract, make_publication, real_document
from tests.public.reading import get, heard, rich_document, said

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture
def rich() -> None:
    make_publication(make_contract(rich_document()))


def titles(page: BeautifulSoup) -> list[str]:
    return [heard(title) for title in page.select("#branches .branch__title")]


def hits(page: BeautifulSoup) -> list[str]:
    return [heard(hit) for hit in page.select("#branches .hit")]


def count(page: BeautifulSoup) -> str:
    return said(page.select_one("[data-tally]"))


@pytest.mark.parametrize(
    ("query", "way", "found", "tallied"),
    [
        ("mots=deuxieme", ["B Deuxième axe"], [], "1 objectif"),
        ("mots=DEUXIÈMES", ["B Deuxième axe"], [], "1 objectif"),
        ("mots=premier+axe", ["A PREMIER AXE", "A.1 Objectif entier"], [], "2 objectifs"),
        ("mots=clauses", [], [], "Aucun passage"),
        ("mots=action", ["A PREMIER AXE", "A.1 Objectif entier"], 2, "2 actions"),
        ("mots=!!!", [], [], "Aucun passage"),
        ("niveau=axe", ["A PREMIER AXE", "B Deuxième axe"], [], "2 objectifs"),
        ("niveau=objectif", ["A PREMIER AXE", "A.1 Objectif entier"], [], "1 objectif"),
        ("etiquette=pre", ["A PREMIER AXE", "A.1 Objectif entier"], [], "1 objectif"),
        ("etiquette=" + quote("egalite FEMMES hommes"), ["A PREMIER AXE", "A.1 Objectif entier"], [], "1 objectif"),
        ("etiquette=inconnue", [], [], "Aucun passage"),
        ("mots=axe&niveau=objectif", ["A PREMIER AXE", "A.1 Objectif entier"], [], "1 objectif"),
        (
            "remarques=1",
            ["A PREMIER AXE", "A.1 Objectif entier"],
            3,
            "4 passages : 1 objectif, 1 action, 1 clause, 1 indicateur",
        ),
        ("mots=&niveau=&etiquette=", ["A PREMIER AXE", "A.1 Objectif entier", "B Deuxième axe"], [], None),
    ],
)
def test_narrowing(rich, query, way, found, tallied):
    page = get(f"/contrats/riche/?{query}")
    assert titles(page) == way
    assert len(hits(page)) == (found or 0)
    assert (count(page) if tallied else page.select("[data-tally]")) == (tallied or [])


def test_form_keeps_what_was_asked(rich):
    page = get("/contrats/riche/?mots=axe&niveau=objectif&etiquette=PRE&remarques=1")
    form = page.select_one("form[data-live]")
    assert form.select_one("[name=mots]")["value"] == "axe"
    assert [one["value"] for one in form.select("[name=niveau] [selected]")] == ["objectif"]
    assert [one.string for one in form.select("[name=etiquette] [selected]")] == ["PRE"]
    assert form.select_one("[name=remarques]").has_attr("checked")
    assert [one.string for one in form.select("[name=etiquette] option")] == ["Toutes", "Égalité femmes-hommes", "PRE"]
    assert [one.string for one in form.select("[name=niveau] option")] == ["Tous", "Axes", "Objectifs opérationnels"]


def test_words_are_marked_where_they_are(rich):
    page = get("/contrats/riche/?mots=eleve")
    assert [mark.string for mark in page.select("mark")] == ["élèves"]
    assert hits(page) == ["Nombre d’ élèves (F/G) indicateur"]
    assert page.select_one(".hit a")["href"] == "/contrats/riche/objectifs/a-1/#a-1-i1"


def test_words_of_a_text_that_is_not_the_title_are_shown_in_an_excerpt(rich):
    page = get("/contrats/riche/?mots=paragraphe")
    assert [said(one) for one in page.select(".hit__excerpt")] == ["Premier paragraphe . - un - deux"]
    page = get("/contrats/riche/?mots=femmes")
    assert [said(one) for one in page.select(".hit__excerpt")] == ["Étiquettes : PRE, Égalité femmes -hommes"]


def test_remarks_are_read_where_they_are_asked_for(rich):
    page = get("/contrats/riche/?remarques=1")
    assert [said(one) for one in page.select("#branches .remark")] == [
        "Remarque d’objectif",
        "Remarque d’action",
        "Remarque de clause",
        "Remarque d’indicateur",
    ]


def test_the_fragment_of_a_script_is_that_of_the_page(rich):
    """The script takes #branches of the very page that the form opens: what it needs is there, once."""
    for query in ("", "?mots=axe", "?mots=rien+du+tout"):
        page = get(f"/contrats/riche/{query}")
        assert [len(page.select(one)) for one in ("#branches", "#tally", "form[data-live]")] == [1, 1, 1]


def test_levels_of_ales_add_up():
    document = real_document("ales-2015-2020")
    make_publication(make_contract(document))
    for level in document.levels:
        page = get(f"/contrats/ales-2015-2020/?niveau={level.key}")
        of_level = [one.objective for one in walk(document) if one.objective.level == level.key]
        assert count(page) == tally(["objective"] * len(of_level)).replace("\u00a0", " ")
        assert len(page.select("#branches li.branch:not(.branch--way)")) == len(of_level)


def test_remarks_of_ales_add_up():
    document = real_document("ales-2015-2020")
    make_publication(make_contract(document))

    def remarked(node: Objective) -> int:
        return sum(bool(one.remarks) for one in (node, *node.actions, *node.clauses, *node.indicators))

    number = sum(remarked(place.objective) for place in walk(document))
    page = get("/contrats/ales-2015-2020/?remarques=1")
    assert count(page).split(" : ")[0] == f"{number} passages"
    assert len(page.select(".branch:not(.branch--way):has(> .remark), .hit")) == number
