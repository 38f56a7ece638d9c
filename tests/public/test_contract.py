"""The page of a contract: its head, and its tree as the signed text has it."""

from dataclasses import replace

import pytest
from bs4 import Tag

from document.findings import Subjects
from document.nodes import ITEMS, Objective
from document.walk import count, count_branch, walk
from publications.renditions.branches import count_remarks
from tests.factories import FIXTURES, make_contract, make_document, make_publication, real_document
from tests.public.reading import get, heard, links, rich_document, said

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
REAL = sorted(path.stem for path in FIXTURES.glob("*.yaml"))


def printed(node: Objective) -> str:
    """Code and title, spaces alike."""
    return " ".join(f"{node.code or ''} {node.title}".replace("\u00a0", " ").split())


def own(item: Tag, selector: str) -> Tag | None:
    """What an item of the tree has of its own, not of the items below it."""
    return next((found for found in item.select(selector) if found.find_parent("li") is item), None)


@pytest.mark.parametrize("slug", REAL)
def test_tree_is_the_document(slug):
    document = real_document(slug)
    make_publication(make_contract(document))
    page = get(f"/contrats/{slug}/")
    order = [place.objective for place in walk(document)]
    items = page.select("#branches li:not(.branch--action)")
    assert [item["id"] for item in items] == [one.key for one in order]
    titles = [own(item, ".branch__title") for item in items]
    assert [heard(title) for title in titles] == [printed(one) for one in order]
    assert [title.a["href"] for title in titles] == [f"/contrats/{slug}/objectifs/{one.key}/" for one in order]
    assert [heard(item) for item in page.select(".branch--action")] == [
        " ".join(f"{action.code or ''} {action.title}".split()) for one in order for action in one.actions
    ]


@pytest.mark.parametrize("slug", REAL)
def test_counts_of_each_branch(slug):
    document = real_document(slug)
    make_publication(make_contract(document))
    page = get(f"/contrats/{slug}/")
    figures = {said(one.dt): int(one.dd.string) for one in page.select(".figures__one")}
    assert list(figures.values()) == [number for number in count(document).values() if number]
    subjects = Subjects(document)
    names = [*(level.key for level in document.levels), *ITEMS]
    shown, expected = [], []
    for place in walk(document):
        item = page.find(id=place.objective.key)
        counted = own(item, "summary") or own(item, ".branch__counts")
        shown.append(heard(counted) if counted else "")
        below = count_branch(place.objective)
        phrases = [subjects.counted(below[name], name) for name in names if below[name]]
        expected.append(" · ".join(phrases).replace("\u00a0", " "))
        beside = own(item, "a.beside")
        remarks = count_remarks(place.objective)
        assert (heard(beside) if beside else "") == (f"{remarks} remarque{'s' * (remarks > 1)}" if remarks else "")
    assert shown == expected


def test_head_says_territory_years_and_version():
    make_publication()
    page = get("/contrats/essai/")
    assert said(page.h1) == "Contrat essai"
    assert said(page.select_one(".head__above")) == "Ville d’essai · 2024–2030"
    assert said(page.select_one(".standing")) == "Version 1, Texte initial, en vigueur depuis le 1er janvier 2024."
    assert page.title.string == "Contrat essai, version 1 – contratville"
    assert page.select_one("link[rel=canonical]")["href"] == "/contrats/essai/v/1/"


def test_margin_leads_to_files_versions_and_permanent_address():
    make_publication()
    assert links(get("/contrats/essai/"), ".colophon a") == {
        "Télécharger en PDF": "/contrats/essai/v/1/telecharger/essai-v1.pdf",
        "L’arbre sur une page": "/contrats/essai/v/1/arbre/",
        "Tous les formats, licence": "/contrats/essai/v/1/telecharger/",
        "Toutes les versions": "/contrats/essai/versions/",
        "En vigueur à une autre date": "/contrats/essai/en-vigueur/",
        "Adresse permanente (version 1)": "/contrats/essai/v/1/",
    }


def test_small_tree_is_open_and_a_large_one_at_its_roots():
    make_publication(make_contract(make_document("petit", axes=2, objectives=2)))
    make_publication(make_contract(make_document("grand", axes=2, objectives=40)))
    small, large = get("/contrats/petit/"), get("/contrats/grand/")
    assert [fold.has_attr("open") for fold in small.select("#branches details")] == [True] * 6
    assert [fold.has_attr("open") for fold in large.select("#branches .branch--0 > details")] == [True] * 2
    assert {fold.has_attr("open") for fold in large.select("#branches .branch--1 > details")} == {False}
    unfolded = get("/contrats/grand/?deplie=1")
    assert {fold.has_attr("open") for fold in unfolded.select("#branches details")} == {True}


def test_declared_counts_are_told_as_they_stand():
    make_publication(make_contract(rich_document()))
    page = get("/contrats/riche/")
    assert [said(one) for one in page.select(".opening .declared")] == [
        "Le texte annonce 5 objectifs opérationnels ; on en compte 1.",
        "Effectifs annoncés par le texte et retrouvés : 2 axes.",
    ]
    assert said(own(page.find(id="a-1"), ".declared--warn")) == "Le texte annonce 3 actions ; on en compte 2."


def test_transversal_tags_and_remarks_stand_beside():
    make_publication(make_contract(rich_document()))
    page = get("/contrats/riche/")
    assert heard(own(page.find(id="b"), ".branch__beside")) == "transversal"
    assert page.find(id="b")["class"] == ["branch", "branch--0", "thread-2", "thread--across"]
    assert heard(own(page.find(id="a-1"), ".branch__beside")) == "PRE Égalité femmes-hommes 4 remarques"
    assert own(page.find(id="a-1"), ".branch__beside a")["href"] == "/contrats/riche/objectifs/a-1/#remarques"
    assert [said(one) for one in page.select("#remarques .remark")] == ["Remarque d’ensemble"]


def test_titles_in_capitals_keep_their_wording():
    make_publication(make_contract(rich_document()))
    title = own(get("/contrats/riche/").find(id="a"), ".branch__title")
    assert (heard(title), title["class"]) == ("A PREMIER AXE", ["branch__title", "in-capitals"])


def test_headings_follow_the_tree():
    make_publication(make_contract(rich_document()))
    page = get("/contrats/riche/")
    assert [(one.name, heard(one)) for one in page.select("h1, h2, h3, h4, h5, h6")] == [
        ("h1", "Contrat riche"),
        ("h2", "Le texte"),
        ("h3", "A PREMIER AXE"),
    ]


def test_markup_in_a_text_is_text():
    shady = Objective(key="x", level="axe", title="<script>alert(1)</script> & <b>gras</b>")
    make_publication(make_contract(replace(make_document("essai"), objectives=(shady,))))
    page = get("/contrats/essai/?mots=gras")
    assert said(page.select(".branch__title")[0]) == "<script>alert(1)</script> & <b> gras </b>"
    assert page.select("#branches script, #branches b") == []
