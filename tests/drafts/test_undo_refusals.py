"""What can no longer be undone: the reason names who has since done what, and nothing is written."""

import re
from collections.abc import Callable

import pytest

from accounts.models import User
from actions.edits import add_action, change_action, delete_action, move_action
from actions.models import Action
from drafts.renumbering import renumber
from drafts.undo import redo, redoable, undo, undoable
from drafts.write import write_draft
from objectives.access import NotAllowed
from objectives.changes import Refused
from objectives.contract_edits import change_contract
from objectives.edits import add_objective, change_objective, delete_objective, move_objective
from objectives.level_edits import change_level
from objectives.members import remove_member
from objectives.models import Contract, Level, Objective, Tag
from objectives.tag_edits import add_tag, change_tag, delete_tag
from tests.factories import make_document, make_publication, make_user
from tests.ground import make_ground
from tests.snapshot import rows

pytestmark = pytest.mark.django_db
WHEN = r" le \d+ \w+ 2\d{3} à \d\d:\d\d\.$"


def node(key: str) -> Objective:
    return Objective.objects.get(key=key)


def action(key: str) -> Action:
    return Action.objects.get(key=key)


def retitle(key: str, title: str, by: User) -> None:
    change_objective(node(key), title=title, by=by, revision=None)


def new(by: User) -> Objective:
    contract = Contract.objects.get()
    axis = Level.objects.get(key="objectif")
    return add_objective(contract, level=axis, under=node("axe-1"), title="Neuf", by=by)


def describe(by: User) -> None:
    change_objective(Objective.objects.get(title="Neuf"), description="Utile", by=by, revision=None)


def others_child(by: User) -> None:
    objective = Objective.objects.get(title="Neuf")
    add_action(objective, title="Accueillir", by=by)


def cite(by: User) -> None:
    neuf = Objective.objects.get(title="Neuf")
    change_objective(node("2-2"), references=[{"text": "Cf.", "targets": [neuf.key]}], by=by, revision=None)


def move(key: str, under: str | None, position: int | None, by: User) -> None:
    move_objective(node(key), under=node(under) if under else None, position=position, by=by, revision=None)


Do = Callable[[User], object]
CASES: list[tuple[Do, Do, str]] = [
    (
        lambda me: retitle("1-1", "Le mien", me),
        lambda other: retitle("1-1", "Le sien", other),
        "modifié « 1.1 Le sien »",
    ),
    (
        lambda me: retitle("1-1", "Le mien", me),
        lambda other: delete_objective(node("1-1"), by=other, revision=None),
        "supprimé « 1.1 Le mien »",
    ),
    (
        lambda me: move("1-2", "axe-2", 0, me),
        lambda other: move("1-2", "2-1", 0, other),
        "déplacé « 1.2 Objectif 1.2 »",
    ),
    (
        lambda me: move("1-1", "axe-1", None, me),
        lambda other: move("1-1", "axe-1", 0, other),
        "déplacé « 1.1 Objectif 1.1 »",
    ),
    (
        new,
        lambda other: change_objective(
            Objective.objects.get(title="Neuf"), description="Utile", by=other, revision=None
        ),
        "modifié « 1.3 Neuf »",
    ),
    (new, others_child, "ajouté « 1.3.a Accueillir »"),
    (new, cite, "modifié « 2.2 Objectif 2.2 »"),
    (
        lambda me: change_action(action("1-1-a"), title="Mienne", by=me, revision=None),
        lambda other: change_action(action("1-1-a"), title="Sienne", by=other, revision=None),
        "modifié « 1.1.a Sienne »",
    ),
    (
        lambda me: move_action(action("1-1-a"), under=node("2-2"), position=0, by=me, revision=None),
        lambda other: move_action(action("1-1-a"), under=node("2-1"), position=0, by=other, revision=None),
        "déplacé « 1.1.a Action de 1.1 »",
    ),
    (
        lambda me: change_contract(Contract.objects.get(), title="Mien", by=me, revision=None),
        lambda other: change_contract(Contract.objects.get(), title="Sien", by=other, revision=None),
        "modifié la fiche du contrat",
    ),
    (
        lambda me: change_level(Level.objects.get(key="axe"), name="Pilier", by=me, revision=None),
        lambda other: change_level(Level.objects.get(key="axe"), name="Ambition", by=other, revision=None),
        "modifié « Ambition »",
    ),
    (
        lambda me: add_tag(Contract.objects.get(), name="NPNRU", by=me),
        lambda other: change_objective(node("1-1"), tags=["NPNRU"], by=other, revision=None),
        "modifié « 1.1 Objectif 1.1 »",
    ),
    (
        lambda me: change_tag(Tag.objects.get(name="PRE"), name="DRE", by=me, revision=None),
        lambda other: change_tag(Tag.objects.get(name="DRE"), name="Réussite", by=other, revision=None),
        "modifié « Réussite »",
    ),
    (
        lambda me: renumber(Contract.objects.get(), by=me, revision=None),
        lambda other: change_objective(node("1-2-1"), code="1.2.9", by=other, revision=None),
        "modifié « 1.2.9 Objectif 1.2.1 »",
    ),
    (
        lambda me: write_draft(make_document("terrain", axes=3), by=me),
        lambda other: retitle("3-1", "Le sien", other),
        "modifié « 3.1 Le sien »",
    ),
    (
        lambda me: retitle("2-1", "Le mien", me),
        lambda other: write_draft(make_document("terrain", axes=2), by=other),
        "remplacé tout le brouillon",
    ),
]


@pytest.mark.parametrize(("mine", "theirs", "said"), CASES)
def test_what_someone_has_since_changed_is_not_undone(mine: Do, theirs: Do, said: str):
    contract = make_ground()
    me, other = make_user(admin=True), make_user(admin=True)
    mine(me)
    theirs(other)
    before = rows()
    with pytest.raises(Refused) as refused:
        undo(contract, by=me)
    (message,) = refused.value.messages
    assert re.fullmatch(rf"Rien n’a été annulé\. {re.escape(f'{other} a {said}')}{WHEN}", message)
    assert rows() == before


def test_a_later_change_of_another_field_does_not_hinder():
    contract, me, other = make_ground(), make_user(admin=True), make_user(admin=True)
    retitle("1-1", "Le mien", me)
    change_objective(node("1-1"), description="De l’autre", by=other, revision=None)
    move("1-1", "axe-2", 0, other)
    undo(contract, by=me)
    kept = node("1-1")
    assert (kept.title, kept.description, kept.parent.key) == ("Objectif 1.1", "De l’autre", "axe-2")
    redo(contract, by=me)
    assert node("1-1").title == "Le mien"


def test_what_someone_did_and_undid_does_not_hinder():
    contract, me, other = make_ground(), make_user(admin=True), make_user(admin=True)
    move("1-1", "axe-1", None, me)
    move("1-1", "axe-1", 0, other)
    undo(contract, by=other)
    undo(contract, by=me)
    assert node("1-1").position == 0


def test_each_undoes_their_own():
    contract, me, other = make_ground(), make_user(admin=True), make_user(admin=True)
    retitle("1-1", "Le mien", me)
    retitle("2-1", "Le sien", other)
    assert (undoable(contract, by=me).key, undoable(contract, by=other).key) == ("1-1", "2-1")
    undo(contract, by=me)
    assert (node("1-1").title, node("2-1").title) == ("Objectif 1.1", "Le sien")
    assert (undoable(contract, by=me), redoable(contract, by=other)) == (None, None)


def test_a_new_change_clears_redo():
    contract, me = make_ground(), make_user(admin=True)
    retitle("1-1", "Le mien", me)
    undo(contract, by=me)
    retitle("2-1", "Autre chose", me)
    assert redoable(contract, by=me) is None
    with pytest.raises(Refused, match=r"^\['Vous n’avez rien à rétablir dans ce contrat\.'\]$"):
        redo(contract, by=me)


def test_publishing_is_passed_over_and_the_first_import_stands():
    me = make_user(admin=True)
    contract = write_draft(make_document("terrain"), by=me)
    retitle("1-1", "Le mien", me)
    make_publication(contract, by=me)
    undo(contract, by=me)
    assert node("1-1").title == "Objectif 1.1"
    with pytest.raises(Refused, match="rien à annuler"):
        undo(contract, by=me)


def test_undoing_a_deletion_whose_place_is_gone_is_refused():
    contract, me, other = make_ground(), make_user(admin=True), make_user(admin=True)
    delete_objective(node("1-2-1"), by=me, revision=None)
    delete_objective(node("1-2"), by=other, revision=None)
    with pytest.raises(Refused, match="L’objectif sous lequel il était n’est plus dans ce contrat"):
        undo(contract, by=me)


def test_undoing_a_move_whose_place_is_gone_is_refused():
    contract, me, other = make_ground(), make_user(admin=True), make_user(admin=True)
    move("1-2-1", "axe-2", 0, me)
    delete_objective(node("1-2"), by=other, revision=None)
    with pytest.raises(Refused, match=rf"n’est plus là. {other} a supprimé « 1.2 Objectif 1.2 » le"):
        undo(contract, by=me)


def test_a_tag_comes_back_at_its_rank_to_those_who_are_still_there():
    contract, me, other = make_ground(), make_user(admin=True), make_user(admin=True)
    change_objective(node("1-1"), tags=["CLAS", "PRE", "NPNRU"], by=other, revision=None)
    delete_tag(Tag.objects.get(name="PRE"), by=me, revision=None)
    delete_objective(node("2-1"), by=other, revision=None)
    change_objective(node("1-1"), tags=["NPNRU", "CLAS"], by=other, revision=None)
    undo(contract, by=me)
    assert list(node("1-1").taggings.values_list("tag__name", "position")) == [("NPNRU", 0), ("PRE", 1), ("CLAS", 2)]
    assert set(Tag.objects.get(name="PRE").objectives.values_list("key", flat=True)) == {"1-1", "1-2", "2-2"}


def test_an_action_deleted_then_restored_by_another_is_not_restored_twice():
    contract, me = make_ground(), make_user(admin=True)
    delete_action(action("1-1-a"), by=me, revision=None)
    write_draft(make_document("terrain", axes=2), by=None)
    with pytest.raises(Refused, match="« 1.1.a Action de 1.1 » est déjà dans ce contrat"):
        undo(contract, by=me)


def test_a_right_withdrawn_is_withdrawn_from_undoing_too():
    contract = make_ground()
    editor = make_user(role="editor", contract=contract)
    retitle("1-1", "Le mien", editor)
    remove_member(contract, editor, by=None)
    before = rows()
    with pytest.raises(NotAllowed):
        undo(contract, by=editor)
    assert rows() == before
