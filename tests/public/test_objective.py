"""The page of an objective: everything it holds, what stands around it, and an address for each item."""

import pytest

from document.walk import walk
from tests.factories import FIXTURES, make_contract, make_publication, real_document
from tests.public.reading import answer, get, heard, links, rich_document, said, soup

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
PAGE = "/contrats/riche/objectifs/a-1/"


@pytest.fixture
def rich() -> None:
    make_publication(make_contract(rich_document()))


def rubric(page, identifier: str) -> list[str]:
    """What the items of a section say."""
    section = page.find(id=identifier).find_parent("section")
    return [heard(item) for item in section.select("li.item")]


def test_head(rich):
    page = get(PAGE)
    assert said(page.h1) == "A.1 Objectif entier"
    assert said(page.select_one(".head__above")) == "Objectif opérationnel"
    assert page.title.string == "A.1 Objectif entier – Contrat riche, version 1 – contratville"
    assert links(page, ".path a") == {
        "Contrat riche": "/contrats/riche/",
        "A PREMIER AXE": "/contrats/riche/objectifs/a/",
    }
    assert page.select_one("link[rel=canonical]")["href"] == "/contrats/riche/v/1/objectifs/a-1/"
    assert page.article["class"] == ["sheet", "thread-1"]
    assert get("/contrats/riche/objectifs/b/").article["class"] == ["sheet", "thread-2", "thread--across"]
    assert said(get("/contrats/riche/objectifs/b/").select_one(".head__above")) == "Axe · transversal"


def test_text_notes_remarks_and_declared_counts(rich):
    page = get(PAGE)
    assert [said(one) for one in page.select(".note")] == [
        "Financement PRIORISER LE PRE",
        "Périmètre HORS APPEL",
        "Mention Autre chose",
    ]
    prose = page.select_one(".spread > .prose")
    assert ([said(one) for one in prose.select("p")], [said(one) for one in prose.select("li")]) == (
        ["Premier paragraphe."],
        ["un", "deux"],
    )
    assert [said(one) for one in page.select("#remarques .remark")] == ["Remarque. Remarque d’objectif"]
    assert [said(one) for one in page.select(".declared")] == [
        "Le texte annonce 3 actions ; on en compte 2.",
        "Effectifs annoncés par le texte et retrouvés : 1 clause.",
    ]


def test_actions_clauses_and_indicators_with_their_remarks(rich):
    page = get(PAGE)
    assert rubric(page, "actions") == [
        "A.1.a Première action Ce qu’elle est Voir B B Deuxième axe Remarque. Remarque d’action",
        "¶ Action sans code",
    ]
    assert rubric(page, "clauses") == ["¶ L’opérateur s’engage Remarque. Remarque de clause"]
    assert rubric(page, "indicateurs") == [
        "¶ Nombre d’élèves (F/G) Valeur de référence 12 en 2014 Cible non renseignée "
        "Nombre (élèves) filles / garçons Remarque. Remarque d’indicateur"
    ]
    assert [said(one) for one in page.select(".rubric__count")] == ["2", "1", "1"]


def test_every_item_has_an_address_in_this_very_version(rich):
    page = get(PAGE)
    anchors = {item["id"]: item.select_one(".code--link")["href"] for item in page.select("li.item")}
    assert anchors == {
        key: f"/contrats/riche/v/1/objectifs/a-1/#{key}" for key in ("a-1-a", "a-1-b", "a-1-c1", "a-1-i1")
    }
    assert [one["id"] for one in get("/contrats/riche/v/1/objectifs/a-1/").select("li.item")] == list(anchors)


def test_references_both_ways(rich):
    page = get(PAGE)
    section = page.find(id="renvois").find_parent("section")
    assert [said(one) for one in section.select(".references > li")] == [
        "Cf. axe B B Deuxième axe",
        "Cf. annexe perdue (aucun objectif de ce contrat ne répond à ce renvoi)",
    ]
    cited = get("/contrats/riche/objectifs/b/").find(id="renvois").find_parent("section")
    assert said(cited) == "Renvois Cité par : A.1 Objectif entier"
    assert links(cited) == {"A.1 Objectif entier": PAGE}


def test_tags_and_neighbourhoods(rich):
    page = get(PAGE)
    assert links(page, ".tags a") == {
        "PRE": "/contrats/riche/?etiquette=PRE",
        "Égalité femmes-hommes": "/contrats/riche/?etiquette=%C3%89galit%C3%A9%20femmes-hommes",
    }
    section = page.find(id="reperes").find_parent("section")
    assert [said(one) for one in section.select(".links li")] == ["Les Prés QP030001"]
    for address in links(page, ".tags a").values():
        assert said(get(address).select_one("[data-tally]")) == "1 objectif"


def test_children_with_their_counts(rich):
    page = get("/contrats/riche/objectifs/a/")
    assert said(page.find(id="arbre")) == "1 objectif opérationnel, 2 actions, 1 clause, 1 indicateur"
    assert links(page, ".branch__title a") == {"A.1 Objectif entier": PAGE}
    assert [said(one) for one in page.select(".branch__counts")] == ["2 actions · 1 clause · 1 indicateur"]


@pytest.mark.parametrize("slug", ["ales-2015-2020", "six-thematiques"])
def test_all_objectives_of_a_contract_follow_each_other(slug):
    """Each page once, from the first to the last by « Suivant », and back by « Précédent »."""
    document = real_document(slug)
    make_publication(make_contract(document))
    order = [f"/contrats/{slug}/objectifs/{place.objective.key}/" for place in walk(document)]
    before = None
    for address in order:
        page = get(address)
        previous = page.select_one(".around__previous a")
        assert (previous["href"] if previous else None) == before
        assert len(page.select("h1")) == 1
        following = page.select_one(".around__next a")
        before = address
    assert following is None


@pytest.mark.parametrize("slug", sorted(path.stem for path in FIXTURES.glob("*.yaml")))
def test_an_objective_says_all_that_the_document_says_of_it(slug):
    document = real_document(slug)
    make_publication(make_contract(document))
    for place in list(walk(document))[::7]:
        node = place.objective
        page = get(f"/contrats/{slug}/objectifs/{node.key}/")
        assert [item["id"] for item in page.select("li.item")] == [
            item.key for kind in ("actions", "clauses", "indicators") for item in getattr(node, kind)
        ]
        shown = [" ".join(said(one).split()).removeprefix("Remarque. ") for one in page.select(".remark")]
        own = [*node.remarks]
        for kind in ("actions", "clauses", "indicators"):
            own += [remark for item in getattr(node, kind) for remark in item.remarks]
        assert shown == [" ".join(remark.split()) for remark in own]
        assert len(links(page, ".branch__title a")) == len({child.key for child in node.children})


def test_an_objective_of_another_contract_is_not_here(rich):
    page = soup(answer("/contrats/riche/objectifs/1-1/", status=404))
    assert said(page.h1) == "Il n’y a rien à cette adresse"
