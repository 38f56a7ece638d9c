"""Checks of printed codes, on the tree and on actions."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from document.checks import check
from document.nodes import Level, Objective
from document.walk import walk
from tests.document.making import AXIS, OBJECTIVE, THEME, actions, axis, coded, document, found, kinds, objective, theme
from tests.document.strategies import sound_documents

AS_SIGNED = "Si c’est bien ce que dit le texte signé, gardez-le et dites-le dans une remarque."
FORGOTTEN = f"Vérifiez que rien n’est oublié. {AS_SIGNED}"
ORDER = f"Remettez-les dans l’ordre ou corrigez le code. {AS_SIGNED}"


def of_codes(*codes: str | None) -> list[tuple[str, str, str]]:
    """Kind, key and sentence of the findings on the objectives of axis 1 that bear those codes."""
    return [
        (kind, key, message.removeprefix("Objectif opérationnel ").split(" : ", 1)[1])
        for kind, _, key, message in found(document(axis("1", *coded(*codes))))
    ]


def of_actions(*codes: str | None, code: str | None = "1.1") -> list[tuple[str, str, str]]:
    """The same of the actions of objective 1.1."""
    return [
        (kind, key, message.split(" : ", 1)[1])
        for kind, _, key, message in found(document(axis("1", objective("o1", code, actions=actions(*codes)))))
    ]


def test_a_code_used_twice_as_in_metz():
    assert of_codes("1.1", "1.2", "1.3", "1.3", "1.4") == [
        ("duplicate-code", "o4", f"ce code est déjà celui de « Objectif o3 ». Vérifiez les deux. {AS_SIGNED}")
    ]


@pytest.mark.parametrize(
    ("codes", "key", "said"),
    [
        (("1.1", "1.2", "1.4"), "o3", "la numérotation passe de « 1.2 » à « 1.4 » ; il manque « 1.3 »."),
        (("1.1", "1.4"), "o2", "la numérotation passe de « 1.1 » à « 1.4 » ; il manque « 1.2 » et « 1.3 »."),
        (("1.2", "1.3"), "o1", "la numérotation commence à « 1.2 » ; il manque « 1.1 »."),
        (
            ("1.1", "1.5"),
            "o2",
            "la numérotation passe de « 1.1 » à « 1.5 » ; il manque « 1.2 », « 1.3 » et « 1.4 ».",
        ),
        (("1.1", "1.999999"), "o2", "la numérotation passe de « 1.1 » à « 1.999999 » ; il manque 999 997 codes."),
    ],
)
def test_a_gap(codes, key, said):
    assert of_codes(*codes) == [("code-gap", key, f"{said} {FORGOTTEN}")]


def test_out_of_order_is_told_once_where_it_goes_back():
    assert of_codes("1.1", "1.3", "1.2", "1.4") == [("code-order", "o3", f"ce code vient après « 1.3 ». {ORDER}")]
    assert of_codes("1.2", "1.1") == [("code-order", "o2", f"ce code vient après « 1.2 ». {ORDER}")]


def test_a_gap_and_going_back():
    assert [(kind, key) for kind, key, _ in of_codes("1.1", "1.5", "1.3")] == [("code-gap", "o2"), ("code-order", "o3")]
    (gap, _) = of_codes("1.1", "1.5", "1.3")
    assert gap[2] == f"la numérotation passe de « 1.1 » à « 1.5 » ; il manque « 1.2 » et « 1.4 ». {FORGOTTEN}"


def test_a_code_that_does_not_extend_the_one_above():
    place = f"il serait de la forme « 1.1 ». Vérifiez le code et la place. {AS_SIGNED}"
    assert of_codes("1.1", "2.1", "1.2") == [
        ("code-parent", "o2", f"ce code ne prolonge pas « 1 », celui de l’objectif au-dessus ; {place}")
    ]


@pytest.mark.parametrize("code", ["1.b", "1.", "1.2.1", "1.02", " 1.2", "1.2 bis"])
def test_a_code_unlike_the_pattern_holds_the_place_of_the_one_that_is_missing(code):
    kind = "code-pattern" if code.startswith("1.") else "code-parent"
    assert [(kind, key) for kind, key, _ in of_codes("1.1", code, "1.3")] == [(kind, "o2")]


def test_a_code_unlike_the_pattern():
    said = f"ce code ne suit pas la numérotation, de la forme « 1.1 ». Vérifiez-le. {AS_SIGNED}"
    assert of_codes("1.1", "1.b") == [("code-pattern", "o2", said)]


def test_a_missing_code_holds_its_place_in_the_numbering():
    said = "ce niveau est numéroté, mais aucun code n’est saisi. Recopiez celui du texte signé."
    assert of_codes("1.1", None, "1.3") == [("missing-code", "o2", said)]
    assert of_codes("1.1", "", "1.2") == [("missing-code", "o2", said)]


def test_under_a_code_that_is_missing_nothing_can_be_said_to_extend_it():
    assert kinds(document(axis("1", *coded("1.1")), axis(None, *(objective("p1", "2.1"), objective("p2", "2.2"))))) == [
        ("missing-code", "axe-None")
    ]


def test_numbering_runs_through_uncoded_levels():
    through = (theme("t", objective("a", "1.1"), objective("b", "1.2")), theme("u", objective("c", "1.3")))
    assert check(document(axis("1", *through))) == []
    again = (theme("t", objective("a", "1.1"), objective("b", "1.2")), theme("u", objective("c", "1.1")))
    assert kinds(document(axis("1", *again))) == [("duplicate-code", "c")]


def test_levels_that_print_the_same_pattern_share_one_numbering():
    group = Level(key="groupe", name="Groupe", plural="Groupes", numbering="{parent}.{n}")
    levels = (AXIS, group, OBJECTIVE)
    mixed = axis("1", objective("g", "1.1", level="groupe", children=(objective("a", "1.1.1"),)), objective("b", "1.2"))
    assert check(document(mixed, levels=levels)) == []


def test_the_same_code_elsewhere_in_the_contract_when_codes_extend():
    checked = document(axis("1", *coded("1.1")), axis("2", objective("p1", "1.1")))
    assert kinds(checked) == [("code-parent", "p1"), ("duplicate-code", "p1")]


def letters(numbering: str) -> Level:
    return Level(key="lettre", name="Lettre", plural="Lettres", numbering=numbering)


def two_axes(numbering: str, first: tuple[str, ...], second: tuple[str, ...]) -> list[tuple[str, str]]:
    """Findings where what is below two axes bears those codes, of a numbering that extends nothing."""

    def below(rank: int, codes: tuple[str, ...]) -> tuple[Objective, ...]:
        return tuple(objective(key(rank, n), code, level="lettre") for n, code in enumerate(codes, start=1))

    return kinds(document(axis("1", *below(1, first)), axis("2", *below(2, second)), levels=(AXIS, letters(numbering))))


def key(rank: int, number: int) -> str:
    return f"o{rank}-{number}"


def test_numbering_may_begin_again_under_each_parent():
    assert two_axes("{A}", ("A", "B"), ("A", "B", "C")) == []


def test_numbering_may_go_on_through_the_contract():
    assert two_axes("OS {n}", ("OS 1", "OS 2"), ("OS 3", "OS 4")) == []


def test_the_reading_with_the_fewest_faults_is_the_right_one():
    assert two_axes("{A}", ("A", "B"), ("A", "C")) == [("code-gap", "o2-2")]
    assert two_axes("OS {n}", ("OS 1", "OS 2", "OS 3"), ("OS 3", "OS 5")) == [
        ("duplicate-code", "o2-1"),
        ("code-gap", "o2-2"),
    ]


def test_numbering_may_go_on_under_each_coded_ancestor():
    axes = [
        axis(
            str(rank),
            theme(f"t{rank}", *(objective(key(rank, n), f"{n}", level="lettre") for n in (1, 2))),
            theme(f"u{rank}", *(objective(key(rank, n), f"{n}", level="lettre") for n in (3, 4))),
        )
        for rank in (1, 2)
    ]
    assert kinds(document(*axes, levels=(AXIS, THEME, letters("{n}")))) == []


def test_codes_that_extend_a_code_that_begins_again():
    """A.1 under the A of each axis is no duplicate; twice under the same A it is."""
    levels = (AXIS, letters("{A}"), OBJECTIVE)

    def branch(rank: int, *codes: str) -> Objective:
        below = tuple(objective(key(rank, n), code) for n, code in enumerate(codes, start=1))
        return axis(str(rank), objective(f"l{rank}", "A", level="lettre", children=below))

    assert kinds(document(branch(1, "A.1", "A.2"), branch(2, "A.1"), levels=levels)) == []
    assert kinds(document(branch(1, "A.1", "A.1"), branch(2, "A.1"), levels=levels)) == [("duplicate-code", "o1-2")]


def test_siblings_bear_different_codes_even_where_the_level_has_no_numbering():
    same = (theme("t", objective("a", "1.1"), code="T"), theme("u", objective("b", "U.1"), code="T"))
    assert kinds(document(axis("1", *same)))[0] == ("code-parent", "a")
    assert ("duplicate-code", "u") in kinds(document(axis("1", *same)))


def test_codes_of_actions():
    assert of_actions("1.1.a", "1.1.b", "1.1.c") == []
    assert of_actions(None, None) == []
    assert of_actions("1.1.a", "1.1.b", "1.1.b", "1.1.d") == [
        ("duplicate-code", "a3", f"ce code est déjà celui de « Action 2 ». Vérifiez les deux. {AS_SIGNED}"),
        (
            "code-gap",
            "a4",
            f"la numérotation passe de « 1.1.b » à « 1.1.d » ; il manque « 1.1.c ». {FORGOTTEN}",
        ),
    ]
    assert of_actions("1.1.b", "1.1.a") == [("code-order", "a2", f"ce code vient après « 1.1.b ». {ORDER}")]
    assert of_actions("1.1.a", "1.2.b", "1.1.c") == [
        (
            "code-parent",
            "a2",
            "ce code ne prolonge pas « 1.1 », celui de l’objectif au-dessus ; il serait de la forme « 1.1.a ». "
            f"Vérifiez le code et la place. {AS_SIGNED}",
        )
    ]
    assert of_actions("1.1.a", None) == [
        (
            "missing-code",
            "a2",
            "les autres actions de cet objectif portent un code, pas celle-ci. Recopiez celui du texte signé.",
        )
    ]


def test_actions_are_named_by_a_code_that_says_where_they_are():
    checked = document(axis("1", objective("o1", "1.1", actions=actions("1.1.a", "1.1.a"))))
    assert found(checked)[0][3].split(" : ")[0] == "Action 1.1.a"
    checked = document(axis("1", objective("o1", "1.1", actions=actions("a", "a"))))
    assert found(checked)[0][3].split(" : ")[0] == "Action a « Action 2 », Objectif opérationnel 1.1"


@pytest.mark.parametrize("codes", [("1.1.1", "1.1.2"), ("a", "b"), ("1", "2"), ("A", "B"), ("1.1a", "1.1b")])
def test_the_numbering_of_actions_is_the_one_that_they_show(codes):
    assert of_actions(*codes) == []
    assert [kind for kind, *_ in of_actions(codes[1])] == ["code-gap"]


def test_codes_of_actions_that_show_no_numbering_are_compared_alone():
    assert of_actions("Action phare", "Action socle") == []
    assert [kind for kind, *_ in of_actions("Action phare", "Action phare")] == ["duplicate-code"]


def test_where_actions_show_no_numbering_that_of_the_contract_is_expected():
    first = objective("o1", "1.1", actions=actions("1.1.a", "1.1.b"))
    second = objective("o2", "1.2", actions=tuple(replace(one, key=f"b-{one.key}") for one in actions("1.1.c")))
    assert kinds(document(axis("1", first, second))) == [("code-parent", "b-a1")]


def test_an_action_and_an_objective_below_the_same_one_with_the_same_code():
    both = objective("o1", "1.1", actions=actions("1.1.1"), children=(objective("o2", "1.1.1"),))
    checked = document(axis("1", both), levels=(AXIS, OBJECTIVE, replace(OBJECTIVE, key="sous-objectif")))
    assert [(kind, key) for kind, key in kinds(checked) if kind == "duplicate-code"] == [("duplicate-code", "o2")]


@given(sound_documents(), st.data())
def test_a_code_spoilt_anywhere_is_found(drawn, data):
    numbered = [place.objective for place in walk(drawn) if place.objective.code]
    victim = data.draw(st.sampled_from(numbered))
    spoilt = data.draw(st.sampled_from([None, "", "?", f"{victim.code}0000", *(node.code for node in numbered)]))
    assume(spoilt != victim.code)

    def change(node: Objective) -> Objective:
        return replace(
            node, code=spoilt if node is victim else node.code, children=tuple(change(child) for child in node.children)
        )

    checked = replace(drawn, objectives=tuple(change(node) for node in drawn.objectives))
    assert [finding.key for finding in check(checked) if "code" in finding.kind] != []
