"""Actions and clauses: added, moved and deleted in their order, coded as their siblings, within their contract."""

import pytest

from actions.edits import (
    add_action,
    add_clause,
    change_action,
    change_clause,
    delete_action,
    delete_clause,
    move_action,
    suggested_code,
)
from actions.models import Action, Clause
from document import nodes
from objectives.changes import Refused
from objectives.edits import change_objective, delete_objective
from objectives.models import Objective
from tests.factories import make_contract, make_document
from tests.ground import make_ground
from tests.snapshot import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder():
    make_ground()
    return Objective.objects.get(key="1-1")


def order(model: type, holder: Objective) -> list[tuple[int, str]]:
    """Rank and first words of each, in order: ranks are always 0, 1, 2…"""
    return [(one.position, str(one)) for one in model.objects.filter(objective=holder)]


def test_codes_follow_their_siblings(holder):
    assert suggested_code(holder) == "1.1.b"
    assert [add_action(holder, title="Action", by=None).code for _ in range(3)] == ["1.1.b", "1.1.c", "1.1.d"]
    assert add_action(holder, title="Sans", code=None, by=None).code is None
    assert add_action(holder, title="Autre", code="1.1.z", by=None).code == "1.1.z"
    assert add_action(holder, title="Suite", by=None).code == "1.1.aa"


def test_no_code_is_suggested_where_the_siblings_bear_none(holder):
    change_action(Action.objects.get(key="1-1-a"), code="", by=None, revision=None)
    assert add_action(holder, title="Action", by=None).code is None


def test_no_code_is_suggested_under_an_objective_without_one(holder):
    below = Objective.objects.get(key="1-2-1")
    assert add_action(below, title="Action", by=None).code is None


def test_the_code_is_that_of_the_objective_as_it_stands_now(holder):
    """What was read before another changed it does not decide."""
    change_objective(Objective.objects.get(key="1-1"), code="7", by=None, revision=None)
    delete_action(Action.objects.get(key="1-1-a"), by=None, revision=None)
    assert add_action(holder, title="Action", by=None).code == "7.a"


@pytest.mark.parametrize(
    ("position", "titles"),
    [(0, "cab"), (1, "acb"), (2, "abc"), (None, "abc"), (99, "abc"), (-3, "cab")],
)
def test_a_clause_is_added_at_its_rank(holder, position, titles):
    delete_clause(Clause.objects.get(key="1-1-c1"), by=None, revision=None)
    for text in "ab":
        add_clause(holder, text=text, by=None)
    added = add_clause(holder, text="c", position=position, by=None)
    assert order(Clause, holder) == list(enumerate(titles))
    assert added.position == titles.index("c")


def test_ranks_close_up_behind_what_goes(holder):
    for title in ("b", "c", "d"):
        add_action(holder, title=title, code=None, by=None)
    delete_action(Action.objects.get(title="b"), by=None, revision=None)
    assert order(Action, holder) == [(0, "1.1.a Action de 1.1"), (1, "c"), (2, "d")]
    other = Objective.objects.get(key="2-2")
    moved = move_action(Action.objects.get(title="c"), under=other, position=0, by=None, revision=None)
    assert (moved.objective, moved.position) == (other, 0)
    assert order(Action, holder) == [(0, "1.1.a Action de 1.1"), (1, "d")]
    assert order(Action, other) == [(0, "c"), (1, "2.2.a Action de 2.2")]


def test_references_of_an_action(holder):
    action = Action.objects.get(key="1-1-a")
    cited = [{"text": "Cf. 2.1", "targets": ["2-1", "1-2"]}, {"text": "Cf. ailleurs", "targets": []}]
    change_action(action, references=cited, by=None, revision=None)
    assert action.node.references == (
        nodes.Reference(text="Cf. 2.1", targets=("2-1", "1-2")),
        nodes.Reference(text="Cf. ailleurs"),
    )
    with pytest.raises(Refused, match="Renvoi vers un objectif absent de ce contrat : 9-9"):
        change_action(action, references=[{"text": "Cf.", "targets": ["9-9"]}], by=None, revision=None)
    kept = list(action.references.values_list("pk", flat=True))
    change_action(action, title="Autre", by=None, revision=None)
    assert list(action.references.values_list("pk", flat=True)) == kept


def test_nothing_moves_to_another_contract(holder):
    stranger = Objective.objects.get(contract=make_contract(make_document("ailleurs")), key="1-1")
    before = rows()
    with pytest.raises(Refused, match="dans ce contrat"):
        move_action(
            Action.objects.get(contract=holder.contract, key="1-1-a"),
            under=stranger,
            position=0,
            by=None,
            revision=None,
        )
    assert rows() == before


def test_nothing_is_added_under_what_is_gone(holder):
    delete_objective(Objective.objects.get(key="1-1"), by=None, revision=None)
    before = rows()
    with pytest.raises(Refused, match="n’est pas, ou n’est plus, dans ce contrat"):
        add_clause(holder, text="Trop tard", by=None)
    assert rows() == before


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"titre": "x"}, ["titre : clé inconnue ; clés admises : key, code, title, description, references, remarks."]),
        ({"title": "a" * 2_001}, ["title : texte de 2001 caractères ; la limite est de 2000."]),
        ({"remarks": "Sic."}, ["remarks : une liste est attendue ici."]),
        ({"title": None}, ["title : un texte est attendu ici (entre guillemets) et non null."]),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(holder, values, said):
    before = rows()
    for attempt in (
        lambda: change_action(Action.objects.get(key="1-1-a"), by=None, revision=None, **values),
        lambda: add_action(holder, by=None, **({"title": "Action"} | values)),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.messages == said
    assert rows() == before


def test_a_key_is_given_by_the_house(holder):
    assert add_action(holder, title="Action", key="choisie", by=None).key != "choisie"
    assert change_clause(Clause.objects.get(key="1-1-c1"), key="choisie", by=None, revision=None).key == "1-1-c1"
