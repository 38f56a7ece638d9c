"""The page of the tree and its drawing: what is read there, for whom, and for which paper."""

import xml.etree.ElementTree as ElementTree

import pytest

from document.walk import walk
from publications.models import Publication
from publications.renditions.composition import Composition
from tests.factories import make_contract, make_publication, real_document
from tests.public.reading import answer, get, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
SIX = "/contrats/six-thematiques/"


@pytest.fixture
def six():
    document = real_document("six-thematiques")
    make_publication(make_contract(document))
    return document


def test_the_page_nests_every_objective_once(six):
    page = get(f"{SIX}v/1/arbre/")
    links_of = [link["href"] for link in page.select(".poster a")]
    assert links_of == [f"{SIX}v/1/objectifs/{place.objective.key}/" for place in walk(six)]
    depths = [len(link.find_parents("li")) - 1 for link in page.select(".poster a")]
    assert depths == [place.depth for place in walk(six)]
    assert [one["aria-label"] for one in page.select(".poster__roots, .poster__roots > li:first-child ul")] == [
        "Arbre à projets",
        "Orientations",
        *["Objectifs opérationnels"] * 3,
    ]
    assert [said(one) for one in page.select("h2")] == [
        " ".join(f"{one.code or ''} {one.title}".split()) for one in six.objectives
    ]


def test_levels_that_are_skipped_leave_their_column_empty(six):
    page = get(f"{SIX}v/1/arbre/")
    skipping = page.select(".poster__node--skip-1")
    assert len(skipping) == 23
    assert {one["class"][1] for one in skipping} == {"poster__node--2"}


def test_printed_it_is_the_drawing(six):
    page = get(f"{SIX}v/1/arbre/")
    paper = page.select_one(".sheets-of-paper")
    assert (paper["aria-hidden"], len(paper.select("svg")), paper.svg["viewbox"]) == ("true", 1, "0 0 1190.55 841.89")
    assert page.select("[style], style, svg script") == []
    small = get(f"{SIX}v/1/arbre/?papier=A4")
    assert small.select_one(".sheets-of-paper--A4 svg")["viewbox"] == "0 0 841.89 595.28"
    assert links(page, ".poster__ways a") == {
        "PDF de l’arbre, A3": f"{SIX}v/1/composer/document.pdf?arbre=1",
        "Composer un document avec l’arbre": f"{SIX}v/1/composer/?arbre=1",
        "Télécharger le dessin (SVG)": f"{SIX}v/1/arbre.svg",
        "Préparer pour une feuille A4": "?papier=A4",
    }
    composer = links(small, ".poster__ways a")["Composer un document avec l’arbre"]
    assert composer == f"{SIX}v/1/composer/?{Composition(parts=('arbre',), paper='A4').query}"
    chosen = get(composer).select("select option[selected]")
    assert {("arbre", "1"), ("papier", "A4")} <= {(one.find_parent("select")["name"], one["value"]) for one in chosen}
    assert links(small, ".poster__ways a")["PDF de l’arbre, A4"] in links(get(composer)).values()
    assert links(small, ".poster__ways a")["Télécharger le dessin (SVG)"] == f"{SIX}v/1/arbre.svg?papier=A4"


def test_the_drawing_is_a_file_of_its_own(six):
    response = answer(f"{SIX}v/1/arbre.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Disposition"] == 'inline; filename="six-thematiques-v1-arbre.svg"'
    assert response["Cache-Control"] == "public, max-age=86400"
    assert ElementTree.fromstring(response.content).get("viewBox") == "0 0 1190.55 841.89"
    a4 = ElementTree.fromstring(answer(f"{SIX}v/1/arbre.svg?papier=A4").content)
    assert a4.get("viewBox").startswith("0 0 841.89 ")


def test_the_contract_leads_to_it(six):
    assert links(get(SIX), ".colophon a")["L’arbre sur une page"] == f"{SIX}v/1/arbre/"


@pytest.mark.parametrize("address", ["arbre/?papier=A0", "arbre.svg?papier=A0"])
def test_another_paper_is_refused(six, address):
    page = get(f"{SIX}v/1/{address}", status=400)
    assert "papier : Sélectionnez un choix valide. A0 n’en fait pas partie." in said(page)


@pytest.mark.parametrize("address", ["arbre/", "arbre.svg"])
def test_what_is_kept_for_members_does_not_exist_for_others(six, address):
    make_publication(Publication.objects.get().contract, visibility=Publication.Visibility.MEMBERS)
    answer(f"{SIX}v/2/{address}", status=404)
    answer(f"{SIX}v/9/{address}", status=404)
