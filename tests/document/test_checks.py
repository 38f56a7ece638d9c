"""Checks: what is grave, what contradicts itself, what is still to be filled; in the words the officer reads."""

import time
from dataclasses import replace

import pytest
from hypothesis import given

from document.checks import Finding, check
from document.nodes import Action, DeclaredCount, Level, Objective, Reference
from document.walk import count, walk
from tests.document.making import actions, axis, coded, document, found, kinds, objective, theme
from tests.document.strategies import documents, sound_documents

AS_SIGNED = "Si c’est bien ce que dit le texte signé, gardez-le et dites-le dans une remarque."
SOUND = document(axis("1", *coded("1.1", "1.2")), axis("2", *(objective("p1", "2.1"),)))


def test_a_sound_document_has_no_finding():
    assert check(SOUND) == []


@given(sound_documents())
def test_no_sound_document_has_a_finding(drawn):
    assert check(drawn) == []


@given(documents())
def test_any_document_is_checked_and_findings_are_about_its_nodes(drawn):
    nodes = [place.objective for place in walk(drawn)]
    keys = {""} | {item.key for node in nodes for item in (node, *node.actions, *node.clauses, *node.indicators)}
    findings = check(drawn)
    assert {finding.key for finding in findings} <= keys
    assert {finding.severity for finding in findings} <= {"grave", "contradiction", "gap"}
    assert {finding.title for finding in findings if not finding.key} <= {drawn.contract.title}


def test_a_finding_says_which_node_and_has_the_spaces_of_french():
    (finding,) = check(document(axis("1", *coded("1.1", "1.1"))))
    assert finding == Finding(
        kind="duplicate-code",
        severity="contradiction",
        key="o2",
        code="1.1",
        title="Objectif o2",
        message=(
            "Objectif opérationnel 1.1\u00a0: ce code est déjà celui de «\u00a0Objectif o1\u00a0». Vérifiez les deux. "
            "Si c’est bien ce que dit le texte signé, gardez-le et dites-le dans une remarque."
        ),
    )


def test_findings_come_in_reading_order_the_document_first():
    first = axis("3", objective("o1", "1.1", references=(Reference(text="Cf."),), clauses=()), title="")
    checked = document(
        first,
        axis("2", objective("p1", "2.1", actions=actions("2.1.a", "2.1.c"), indicators=())),
        contract=replace(SOUND.contract, start_year=2031),
        declared=(DeclaredCount(of="axe", count=3),),
    )
    assert kinds(checked) == [
        ("years", ""),
        ("declared-count", ""),
        ("empty-title", "axe-3"),
        ("code-gap", "axe-3"),
        ("code-parent", "o1"),
        ("reference-without-target", "o1"),
        ("no-clause", "o1"),
        ("code-order", "axe-2"),
        ("no-indicator", "p1"),
        ("code-gap", "a2"),
    ]


# Declared counts


@pytest.mark.parametrize(
    ("of", "number", "said"),
    [
        ("axe", 1, "1 axe ; l’arbre en compte 2"),
        ("axe", 0, "0 axe ; l’arbre en compte 2"),
        ("theme", 2, "2 thèmes ; l’arbre n’en compte pas"),
        ("objectif", 12_345, "12 345 objectifs opérationnels ; l’arbre en compte 3"),
        ("actions", 1, "1 action ; l’arbre en compte 3"),
        ("clauses", 4, "4 clauses ; l’arbre en compte 3"),
        ("indicators", 15, "15 indicateurs ; l’arbre en compte 3"),
    ],
)
def test_a_count_that_the_contract_declares_and_its_tree_contradicts(of, number, said):
    message = f"Le texte annonce {said}. Vérifiez la saisie. {AS_SIGNED}"
    checked = replace(SOUND, declared=(DeclaredCount(of=of, count=number),))
    assert found(checked) == [("declared-count", "contradiction", "", message)]


def test_counts_that_are_true():
    declared = tuple(DeclaredCount(of=of, count=number) for of, number in count(SOUND).items())
    assert check(replace(SOUND, declared=declared)) == []


def test_a_count_that_an_objective_declares_is_of_what_is_below_it():
    declared = (
        DeclaredCount(of="objectif", count=2),
        DeclaredCount(of="axe", count=1),
        DeclaredCount(of="actions", count=15),
    )
    checked = document(axis("1", *coded("1.1", "1.2"), declared=declared))
    assert found(checked) == [
        (
            "declared-count",
            "contradiction",
            "axe-1",
            f"Axe 1 : le texte annonce 1 axe ; l’arbre n’en compte pas. Vérifiez la saisie. {AS_SIGNED}",
        ),
        (
            "declared-count",
            "contradiction",
            "axe-1",
            f"Axe 1 : le texte annonce 15 actions ; l’arbre en compte 2. Vérifiez la saisie. {AS_SIGNED}",
        ),
    ]


def test_an_acronym_keeps_its_capitals():
    level = Level(key="os", name="OS", plural="OS")
    checked = document(Objective(key="a", level="os", title="A", transversal=True), levels=(level,))
    message = f"Le texte annonce 2 OS ; l’arbre en compte 1. Vérifiez la saisie. {AS_SIGNED}"
    assert found(replace(checked, declared=(DeclaredCount(of="os", count=2),))) == [
        ("declared-count", "contradiction", "", message)
    ]


# References


def test_a_reference_without_target():
    referring = Action(key="a1", title="Agir", references=(Reference(text="Cf. le PLH"),))
    references = (Reference(text="Cf. objectif 9"),)
    checked = document(axis("1", objective("o1", "1.1", references=references, actions=(referring,))))
    assert found(checked) == [
        (
            "reference-without-target",
            "gap",
            "o1",
            "Objectif opérationnel 1.1 : le renvoi « Cf. objectif 9 » ne mène à aucun objectif. "
            "Indiquez celui ou ceux qu’il nomme.",
        ),
        (
            "reference-without-target",
            "gap",
            "a1",
            "Action « Agir », Objectif opérationnel 1.1 : le renvoi « Cf. le PLH » ne mène à aucun objectif. "
            "Indiquez celui ou ceux qu’il nomme.",
        ),
    ]


def test_an_objective_that_refers_to_itself():
    itself = (Reference(text="Cf. objectifs 1.1 et 1.2", targets=("o1", "o2")),)
    referring = Action(key="a1", title="Agir", references=itself)
    checked = document(
        axis("1", objective("o1", "1.1", references=itself, actions=(referring,)), objective("o2", "1.2"))
    )
    said = (
        "le renvoi « Cf. objectifs 1.1 et 1.2 » mène à l’objectif même qui le porte. "
        f"Vérifiez celui qu’il nomme. {AS_SIGNED}"
    )
    assert found(checked) == [
        ("reference-to-itself", "contradiction", "o1", f"Objectif opérationnel 1.1 : {said}"),
        ("reference-to-itself", "contradiction", "a1", f"Action « Agir », Objectif opérationnel 1.1 : {said}"),
    ]


def test_an_objective_that_only_refers_elsewhere_lacks_nothing():
    only = Objective(
        key="o2",
        level="objectif",
        code="1.2",
        title="Valoriser",
        references=(Reference(text="Cf. objectif 1.1", targets=("o1",)),),
    )
    message = (
        "Objectif opérationnel 1.2 : rien en propre, seulement un renvoi (« Cf. objectif 1.1 »). "
        "Si le texte le veut ainsi, il n’y a rien à faire."
    )
    assert found(document(axis("1", objective("o1", "1.1"), only))) == [("only-reference", "gap", "o2", message)]


# What is lacking


def test_an_operational_objective_that_lacks_what_others_have():
    bare = Objective(key="o2", level="objectif", code="1.2", title="Valoriser")
    name = "Objectif opérationnel 1.2"
    assert found(document(axis("1", objective("o1", "1.1"), bare))) == [
        ("no-action", "gap", "o2", f"{name} : aucune action. Ajoutez-en une, ou un renvoi à l’objectif qui la porte."),
        (
            "no-clause",
            "gap",
            "o2",
            f"{name} : aucune clause de cahier des charges. Ajoutez-en une si le texte signé en a.",
        ),
        (
            "no-indicator",
            "gap",
            "o2",
            f"{name} : aucun indicateur. Ajoutez-en un pour que ses effets puissent être évalués.",
        ),
    ]


def test_what_no_objective_has_is_told_once():
    bare = tuple(
        Objective(key=f"o{rank}", level="objectif", code=f"1.{rank}", title="Valoriser") for rank in range(1, 4)
    )
    signed = "Ajoutez ce qui manque, ou laissez ainsi si le texte signé n’en a pas."
    assert found(document(axis("1", *bare))) == [
        ("no-action", "gap", "", f"Aucun objectif du contrat n’a d’action. {signed}"),
        ("no-clause", "gap", "", f"Aucun objectif du contrat n’a de clause de cahier des charges. {signed}"),
        ("no-indicator", "gap", "", f"Aucun objectif du contrat n’a d’indicateur. {signed}"),
    ]


def test_who_has_others_below_lacks_nothing():
    assert check(document(axis("1", theme("t", objective("o1", "1.1"))))) == []


def test_a_transversal_root_without_children_lacks_nothing():
    across = Objective(key="jeunesse", level="theme", title="Jeunesse", transversal=True)
    assert check(document(axis("1", *coded("1.1")), across)) == []
    assert check(document(across)) == []
    assert kinds(document(axis("1", *coded("1.1"), across))) == [
        ("no-action", "jeunesse"),
        ("no-clause", "jeunesse"),
        ("no-indicator", "jeunesse"),
    ]


def test_thirty_thousand_objectives_take_seconds():
    """Linear: about one second; anything quadratic would take hours."""
    wide = tuple(
        axis(
            str(one),
            *(
                theme(
                    f"t-{one}-{two}", *(objective(f"o-{one}-{two}-{n}", f"{one}.{two * 100 + n}") for n in range(100))
                )
                for two in range(100)
            ),
            declared=(DeclaredCount(of="objectif", count=0),),
        )
        for one in range(1, 4)
    )
    flat = tuple(objective(f"o-{rank}", None) for rank in range(30_000))
    start = time.perf_counter()
    assert len(check(document(*wide))) == 3 * 2
    assert len(check(document(*flat))) == 30_000
    assert time.perf_counter() - start < 20
