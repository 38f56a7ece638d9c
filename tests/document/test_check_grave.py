"""Checks: what keeps a draft from being published, and how findings name the nodes that they are about."""

from dataclasses import replace

import pytest

from document.checks import check, grave
from document.nodes import Action, Clause, Contract, Indicator, Level, Objective, Reference
from tests.document.making import AXIS, OBJECTIVE, THEME, axis, coded, document, found, kinds, objective, theme

SOUND = document(axis("1", *coded("1.1", "1.2")), axis("2", *(objective("p1", "2.1"),)))


def test_grave_findings_are_told_apart():
    checked = document(axis("1", *coded("1.1", "1.1")), axis("2", key="axe-1", title=" \n", transversal=True))
    assert kinds(checked) == [("duplicate-code", "o2"), ("empty-title", "axe-1"), ("duplicate-key", "axe-1")]
    assert [finding.kind for finding in grave(check(checked))] == ["empty-title", "duplicate-key"]


def test_no_objective_at_all():
    assert found(document()) == [
        ("no-objective", "grave", "", "Le contrat n’a pas d’objectif. Ajoutez au moins le premier.")
    ]


def test_a_contract_that_ends_before_it_starts():
    contract = Contract(slug="essai", title="Essai", territory="Essai", start_year=2030, end_year=2024)
    message = "Le contrat commence en 2030 et finit en 2024. Corrigez l’une des deux années."
    assert found(replace(SOUND, contract=contract)) == [("years", "grave", "", message)]


@pytest.mark.parametrize(("start", "end"), [(2024, 2024), (None, 2024), (2024, None), (None, None)])
def test_years_that_may_be(start, end):
    assert check(replace(SOUND, contract=replace(SOUND.contract, start_year=start, end_year=end))) == []


def test_empty_titles():
    checked = document(
        axis("1", objective("o1", "1.1", title=""), title=" "),
        axis(
            "2",
            Objective(
                key="o2",
                level="theme",
                title="\t",
                actions=(Action(key="a", title=""),),
                clauses=(Clause(key="c", text=" "),),
                indicators=(Indicator(key="i", title="\n"),),
            ),
        ),
    )
    assert found(checked) == [
        ("empty-title", "grave", "axe-1", "Axe 1 : l’intitulé est vide. Saisissez-le, ou supprimez cet objectif."),
        (
            "empty-title",
            "grave",
            "o1",
            "Objectif opérationnel 1.1 : l’intitulé est vide. Saisissez-le, ou supprimez cet objectif.",
        ),
        (
            "empty-title",
            "grave",
            "o2",
            "Thème (clé o2) : l’intitulé est vide. Saisissez-le, ou supprimez cet objectif.",
        ),
        (
            "empty-title",
            "grave",
            "a",
            "Action (clé a), Thème (clé o2) : le texte est vide. Saisissez-le, ou supprimez cette ligne.",
        ),
        (
            "empty-title",
            "grave",
            "c",
            "Clause (clé c), Thème (clé o2) : le texte est vide. Saisissez-le, ou supprimez cette ligne.",
        ),
        (
            "empty-title",
            "grave",
            "i",
            "Indicateur (clé i), Thème (clé o2) : le texte est vide. Saisissez-le, ou supprimez cette ligne.",
        ),
    ]


def test_an_unknown_level():
    message = (
        "Objectif 1.1 : son niveau « pilier » n’est pas de ce contrat. "
        "Choisissez-en un autre (« Axe », « Thème », « Objectif opérationnel »)."
    )
    checked = document(axis("1", objective("o1", "1.1", level="pilier")))
    assert found(checked) == [("unknown-level", "grave", "o1", message.replace("1.1", "1.1 « Objectif o1 »"))]


def test_levels_out_of_order():
    checked = document(theme("t", axis("1", *coded("1.1")), theme("u", objective("o2", "2"))))
    under = "ne peut pas se trouver sous le niveau « Thème ». Déplacez l’objectif ou changez son niveau."
    assert found(checked)[:2] == [
        ("level-order", "grave", "axe-1", f"Axe 1 « Axe 1 » : ce niveau {under}"),
        ("level-order", "grave", "u", f"Thème « Thème u » : ce niveau {under}"),
    ]


def test_levels_may_be_skipped():
    assert check(document(axis("1", theme("t", objective("o1", "1.1")), objective("o2", "1.2")))) == []


def test_a_key_given_twice_to_whatever():
    double = Action(key="o1", title="Former")
    checked = document(axis("1", objective("o1", "1.1"), objective("o2", "1.2", actions=(double,))))
    message = (
        "Action « Former », Objectif opérationnel 1.2 : sa clé « o1 » est aussi celle d’un autre élément. "
        "Donnez-lui une autre clé."
    )
    assert found(checked) == [("duplicate-key", "grave", "o1", message)]


@pytest.mark.parametrize(
    ("node", "name"),
    [
        (objective("o1", "1.1", title=""), "Objectif opérationnel 1.1"),
        (theme("t1", objective("o1", "1.1"), title=""), "Thème (clé t1)"),
        (objective("o1", "A", title="", level="lettre"), "Lettre A"),
    ],
)
def test_a_node_without_title(node, name):
    checked = document(axis("1", node), levels=(AXIS, THEME, OBJECTIVE, Level(key="lettre", name="Lettre", plural="L")))
    assert [finding.message.split("\u00a0:")[0] for finding in grave(check(checked))] == [name]


def test_a_code_that_begins_again_under_each_parent_does_not_name_its_node_alone():
    letters = Level(key="lettre", name="Lettre", plural="Lettres", numbering="{A}")
    node = objective("o1", "A", level="lettre", references=(Reference(text="Cf."),), title="Former les médiateurs")
    (finding,) = check(document(axis("1", node), levels=(AXIS, letters)))
    assert finding.message.split("\u00a0:")[0] == "Lettre A «\u00a0Former les médiateurs\u00a0»"


def test_long_titles_are_cut_at_a_word():
    title = "Développer une offre\nd’équipements qui réponde aux besoins des habitants, quel que soit leur âge"
    (finding,) = check(document(axis("1", objective("o1", "1.1", title=title), objective("o2", "1.1"))))
    cited = "«\u00a0Développer une offre d’équipements qui réponde aux besoins des…\u00a0»"
    assert finding.message.split(" Vérifiez")[0] == (
        f"Objectif opérationnel 1.1\u00a0: ce code est déjà celui de {cited}."
    )
