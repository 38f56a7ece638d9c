"""Composed documents: what their address says, what is chosen of the tree, and what each part says of it."""

from dataclasses import replace
from datetime import date

import pytest

from document import nodes
from document.walk import walk
from publications.renditions.composition import Composition, chosen, read_query, title_of, write_parts
from publications.renditions.parts import PARTS
from tests.factories import make_document, real_document
from tests.public.reading import said
from tests.publications.composed_reading import SAMPLE, soup_of
from tests.publications.pdf_reading import make_edition


@pytest.mark.parametrize("composition", [Composition(parts=("cadre",)), SAMPLE])
def test_an_address_says_all_and_is_read_back(composition):
    assert read_query(composition.query) == composition


def test_an_address_leaves_out_what_goes_without_saying():
    assert Composition(parts=("constats", "cadre")).query == "constats=1&cadre=2"
    assert SAMPLE.query == (
        "ordre-du-jour=1&changements=2&constats=3&cahier-des-charges=4&indicateurs=5&cadre=6&contrat=7&decisions=8"
        "&papier=A4&format=objectif&titre=Comit%C3%A9&date=2026-02-03&lieu=Al%C3%A8s&points=Ouverture%0AVotes&depuis=1"
    )


def test_what_is_chosen_of_the_tree_keeps_the_way_to_it_and_nothing_else():
    document = real_document("ales-2015-2020")
    found = chosen(document, ("1-1", "2-3-1"))
    assert [place.objective.key for place in walk(found) if place.depth < 2] == [
        "pilier-1",
        "1-1",
        "pilier-2",
        "2-3",
    ]
    assert found.objectives[0].children[0] == document.objectives[0].children[0]
    assert [one.key for one in found.objectives[1].children[0].children] == ["2-3-1"]
    bare = found.objectives[0]
    assert (bare.title, bare.declared, bare.description, bare.actions) == ("COHESION SOCIALE", (), "", ())
    assert chosen(document, ()) is document


def test_the_title_is_the_one_given_or_that_of_the_only_part_or_of_the_contract():
    edition = make_edition(make_document())
    titles = [title_of(edition, one) for one in (SAMPLE, Composition(("cadre",)), Composition(("cadre", "constats")))]
    assert titles == ["Comité", "Cadre stratégique", "Contrat essai"]


def _part(word: str, document: nodes.Document | None = None, **options: object):
    edition = make_edition(document or make_document())
    composition = replace(SAMPLE, parts=(word,), branches=options.pop("branches", ()))
    [(_, part, html)] = write_parts(edition, replace(composition, **options), options.get("before"))
    soup = soup_of(html)
    assert said(soup.h2) == part.TITLE
    return soup


def test_the_framework_is_the_tree_without_what_hangs_under_it():
    soup = _part("cadre")
    assert [said(one) for one in soup.select(".words")] == ["Axe 1"]
    assert [" ".join(one.find_all(string=True, recursive=False)).strip() for one in soup.select(".lines > li")] == [
        "Objectif 1.1",
        "Objectif 1.2",
    ]
    assert soup.select(".actions, .dashes, .indicators") == []


def test_the_clauses_are_by_objective_then_crossed_with_them():
    axis = make_document().objectives[0]
    shared = nodes.Clause(key="s", text="Travailler en réseau")
    children = (
        replace(axis.children[0], clauses=(*axis.children[0].clauses, shared)),
        replace(axis.children[1], clauses=(replace(shared, key="t"),)),
    )
    soup = _part("cahier-des-charges", replace(make_document(), objectives=(replace(axis, children=children),)))
    assert [said(one) for one in soup.select("h3")] == ["1 Axe 1"]
    assert [said(one) for one in soup.select("h4")] == [
        "1.1 Objectif 1.1",
        "1.2 Objectif 1.2",
        "Quelle clause pour quel objectif",
    ]
    assert [[said(cell) for cell in row.find_all(["th", "td"])] for row in soup.select(".matrix tr")] == [
        ["Clause", "1.1", "1.2"],
        ["L’opérateur s’engage pour 1.1", "oui", "–"],
        ["Travailler en réseau", "oui", "oui"],
    ]


def test_the_indicators_are_lines_with_blank_cells_for_value_and_source():
    soup = _part("indicateurs")
    rows = [[said(cell) for cell in row.find_all(["th", "td"])] for row in soup.select("table tr")]
    assert rows[0] == ["Objectif", "Indicateur", "Ventilation", "Référence", "Cible", "Valeur", "Source, date"]
    assert rows[1:] == [
        [f"1.{n} Objectif 1.{n}", f"Nombre de participants à 1.{n} (F/H)", "F/H", "", "", "", ""] for n in (1, 2)
    ]


def test_the_findings_are_those_of_the_checks_gravest_first():
    declared = (nodes.DeclaredCount(of="objectif", count=3),)
    soup = _part("constats", replace(make_document(), declared=declared, objectives=()))
    assert [said(one) for one in soup.select("h3")] == [
        "À corriger avant toute publication (1)",
        "Contradictions du texte (1)",
    ]
    assert [said(one).split(".")[0] for one in soup.select("tbody th")] == [
        "Le contrat n’a pas d’objectif",
        "Le texte annonce 3 objectifs opérationnels ; l’arbre n’en compte pas",
    ]


def test_what_changed_is_told_since_the_version_chosen():
    document = make_document()
    axis = replace(document.objectives[0], title="Axe premier")
    edition = make_edition(replace(document, objectives=(axis,)), number=2, label="Avenant")
    html = next(write_parts(edition, Composition(("changements",), since=1), make_edition(document)))[2]
    soup = soup_of(html)
    assert said(soup.select_one(".aside")) == (
        "De la version 1, Texte initial (1er janvier 2015), à la version 2, Avenant (1er janvier 2015)."
    )
    assert [said(one) for one in soup.select("td")] == ["1"]
    assert (said(soup.select_one("del")), said(soup.select_one("ins"))) == ("1", "premier")
    nothing = soup_of(next(write_parts(edition, Composition(("changements",)), None))[2])
    assert said(nothing.select_one(".aside")) == "Aucune version antérieure n’a été choisie."


def test_the_agenda_and_the_decisions_have_lines_to_write_on():
    agenda = _part("ordre-du-jour")
    assert [said(one) for one in agenda.select("li")] == ["Ouverture", "Votes"]
    assert said(agenda.select_one(".agenda-when")) == "3 février 2026, Alès"
    assert len(_part("ordre-du-jour", agenda=()).select("li .blank")) == 6
    rows = [said(row.find_all("td")[0]) for row in _part("decisions").select("tbody tr")]
    assert rows == ["Ouverture", "Votes", *[""] * 10]


def test_a_part_of_a_branch_says_nothing_of_the_others():
    for word in ("cadre", "contrat", "cahier-des-charges", "indicateurs"):
        text = _part(word, real_document("ales-2015-2020"), branches=("3-1",)).get_text()
        assert "ACCOMPAGNER LES HABITANTS" in text or "3.1.1" in text
        assert "4.1.1" not in text


def test_every_part_says_what_it_is_for():
    assert [word for word, part in PARTS.items() if not (part.TITLE and part.PURPOSE.endswith("."))] == []
    assert SAMPLE.meeting == date(2026, 2, 3)
