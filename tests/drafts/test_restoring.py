"""A deletion is brought back from its row of log: same keys, all it held, and those who cited it."""

import pytest

from actions.edits import delete_action
from actions.models import Action
from document.nodes import Document
from drafts.read import read_draft
from drafts.restoring import restore
from drafts.undo import undo
from objectives.changes import Refused
from objectives.edits import change_objective, delete_objective
from objectives.models import Change, Contract, Level, Objective
from objectives.neighbourhood_edits import delete_neighbourhood
from tests.factories import make_user
from tests.ground import CITED, make_ground
from tests.snapshot import rows
from tests.trees import check_sound

pytestmark = pytest.mark.django_db


def node(key: str) -> Objective:
    return Objective.objects.get(key=key)


def deleted(contract: Contract, key: str) -> Change:
    delete_objective(node(key), by=None, revision=None, with_all=True)
    return Change.objects.first()


def references(document: Document) -> tuple:
    """Those of 1.1 and of the action of 2.1."""
    first, second = document.objectives
    return first.children[0].references, second.children[0].actions[0].references


def test_another_person_restores_a_branch_with_all_it_held():
    contract, person = make_ground(), make_user(admin=True)
    start = read_draft(contract)
    change = deleted(contract, "1-2")
    assert read_draft(contract) != start
    restored = restore(change, by=person)
    assert (restored.key, read_draft(contract)) == ("1-2", start)
    check_sound(contract)
    logged = Change.objects.first()
    assert (logged.verb, logged.key, logged.by, logged.before, logged.undoes) == (
        "restore_objective",
        "1-2",
        person,
        None,
        None,
    )
    assert logged.after == change.before
    undo(contract, by=person)
    assert not Objective.objects.filter(key="1-2").exists()


def test_who_has_since_rewritten_what_it_cites_is_left():
    contract = make_ground()
    change = deleted(contract, "1-2")
    change_objective(node("1-1"), references=[{"text": "Cf. ailleurs", "targets": []}], by=None, revision=None)
    restore(change, by=None)
    own, actions = references(read_draft(contract))
    assert ([one.text for one in own], actions) == (["Cf. ailleurs"], CITED)


def test_what_it_cited_and_is_gone_leaves_its_text():
    contract = make_ground()
    change = deleted(contract, "2-1")
    deleted(contract, "1-2")
    restore(change, by=None)
    _, ((reference),) = references(read_draft(contract))
    assert (reference.text, reference.targets) == ("Cf. objectif 1.2", ())


def test_where_its_parent_is_gone_another_is_named():
    contract = make_ground()
    change = deleted(contract, "1-2-1")
    deleted(contract, "1-2")
    before = rows()
    with pytest.raises(Refused, match="choisissez un autre objectif"):
        restore(change, by=None)
    assert rows() == before
    assert restore(change, by=None, under=node("2-2")).parent.key == "2-2"
    check_sound(contract)


def test_it_is_not_restored_twice():
    contract = make_ground()
    change = deleted(contract, "1-2")
    restore(change, by=None)
    before = rows()
    with pytest.raises(Refused, match="« 1.2 Objectif 1.2 » est déjà dans ce contrat"):
        restore(change, by=None)
    assert rows() == before


def test_words_that_it_bore_must_be_there():
    contract = make_ground()
    change_objective(node("1-2"), neighbourhoods=["QP030001"], by=None, revision=None)
    change = deleted(contract, "1-2")
    delete_neighbourhood(contract.neighbourhoods.get(), by=None, revision=None)
    with pytest.raises(Refused, match="Le quartier « QP030001 » n’est pas, ou n’est plus, dans ce contrat"):
        restore(change, by=None)
    Level.objects.filter(key="objectif").update(key="autre")
    with pytest.raises(Refused, match="niveau « objectif » : ajoutez-le d’abord"):
        restore(change, by=None)


def test_an_action_goes_back_to_its_objective_or_to_another():
    contract = make_ground()
    start = read_draft(contract)
    delete_action(Action.objects.get(key="2-1-a"), by=None, revision=None)
    change = Change.objects.first()
    assert restore(change, by=None).key == "2-1-a"
    assert read_draft(contract) == start
    delete_action(Action.objects.get(key="2-1-a"), by=None, revision=None)
    deleted(contract, "2-1")
    with pytest.raises(Refused, match="n’est plus dans ce contrat"):
        restore(change, by=None)
    assert restore(change, by=None, under=node("1-1")).objective.key == "1-1"


def test_only_deletions_are_restored():
    make_ground()
    change_objective(node("1-1"), title="Autre", by=None, revision=None)
    with pytest.raises(Refused, match="n’a pas supprimé"):
        restore(Change.objects.first(), by=None)
