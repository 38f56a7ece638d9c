"""Laws 3 to 5 under many hands at once, on real connections: sound trees, no lost update, refusals and no error."""

from collections import Counter
from random import Random
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction

from actions.edits import add_action
from actions.models import Action
from document.nodes import Document
from drafts.read import read_draft
from drafts.write import write_draft
from objectives.access import NotAllowed
from objectives.changes import Refused, Stale
from objectives.edits import add_objective, change_objective, delete_objective
from objectives.members import remove_member
from objectives.models import Change, Contract, Level, Membership, Objective
from publications.models import Publication
from tests.factories import make_contract, make_document, make_publication, make_user
from tests.ground import make_ground
from tests.replay import check_log_gives
from tests.storm import Officer, at_once, write_together
from tests.trees import check_sound

pytestmark = pytest.mark.django_db(transaction=True)


def hands() -> int:
    """How many write at once: SQLite lets one write at a time, and the others wait."""
    return 8 if connection.vendor == "postgresql" else 4


def test_many_officers_on_two_contracts_leave_sound_trees_and_a_true_log():
    contracts = [make_ground("un"), make_ground("deux")]
    starts = [(contract, read_draft(contract), contract.revision) for contract in contracts]

    def officer(seed: int):
        def work() -> Counter[str]:
            random = Random(seed)
            acting = Officer(Contract.objects.get(pk=contracts[seed % 2].pk), random)
            for turn in range(25):
                acting.act()
                if turn % 5 == 4:
                    acting.look()
            return acting.done

        return work

    done = sum(at_once([officer(seed) for seed in range(hands())]), Counter())
    assert set(done) <= {"done", "Stale", "Refused"}
    for contract, start, since in starts:
        check_sound(contract)
        check_log_gives(contract, start=start, since=since)


def test_sixteen_people_write_undo_and_restore_for_three_seconds():
    """Short here, a minute long in script/bench. On SQLite, where writers wait for one another, there are four."""
    contract = make_ground()
    people = [make_user(admin=True) for _ in range(2 * hands() if connection.vendor == "postgresql" else hands())]
    start, since = read_draft(contract), contract.revision
    done = write_together(contract, people, seconds=3)
    assert set(done) == {"done", "Stale", "Refused"}
    contract.refresh_from_db()
    assert contract.revision - since == Change.objects.filter(revision__gt=since).count() > len(people)
    check_sound(contract)
    check_log_gives(contract, start=start, since=since)


def test_of_many_changes_of_one_revision_one_is_kept():
    make_ground()
    seen = Objective.objects.select_related("contract").get(key="1-1")

    def change(number: int):
        def work() -> str:
            mine = Objective.objects.select_related("contract").get(pk=seen.pk)
            mine.revision = seen.revision
            try:
                change_objective(mine, title=f"Titre {number}", by=None, revision=seen.revision)
            except Stale:
                return "stale"
            return f"Titre {number}"

        return work

    outcomes = at_once([change(number) for number in range(hands())])
    (kept,) = [outcome for outcome in outcomes if outcome != "stale"]
    assert Objective.objects.get(key="1-1").title == kept
    assert Change.objects.filter(verb="change_objective").count() == 1


def test_roots_and_actions_added_at_once_take_each_its_code_and_rank():
    contract = make_ground()
    level, holder = Level.objects.get(key="axe"), Objective.objects.get(key="1-1")

    def add() -> None:
        add_objective(Contract.objects.get(pk=contract.pk), level=level, title="Axe", by=None)
        add_action(Objective.objects.get(pk=holder.pk), title="Action", by=None)

    at_once([add] * hands())
    roots = Objective.objects.of(contract).roots()
    assert [root.code for root in roots] == [str(number) for number in range(1, hands() + 3)]
    codes = [action.code for action in Action.objects.filter(objective=holder)]
    assert codes == [f"1.1.{chr(97 + rank)}" for rank in range(hands() + 1)]
    check_sound(contract)


def test_a_branch_deleted_while_others_write_in_it():
    contract = make_ground()
    level = Level.objects.get(key="objectif")

    def delete() -> str:
        delete_objective(Objective.objects.get(key="axe-1"), by=None, revision=None, with_all=True)
        return "deleted"

    def add() -> str:
        under = Objective.objects.filter(key="1-2").first()
        if under is None:
            return "gone"
        try:
            add_objective(Contract.objects.get(pk=contract.pk), level=level, under=under, title="Neuf", by=None)
        except Refused:
            return "refused"
        return "added"

    outcomes = at_once([delete, *[add] * (hands() - 1)])
    assert outcomes[0] == "deleted"
    assert set(outcomes[1:]) <= {"gone", "refused", "added"}
    assert list(Objective.objects.values_list("key", flat=True)) == ["axe-2", "2-1", "2-2"]
    check_sound(contract)


def test_a_contract_imported_by_many_at_once_is_made_once():
    at_once([lambda: write_draft(make_document(), by=None)] * hands())
    contract = Contract.objects.get()
    assert read_draft(contract) == make_document()
    assert list(Change.objects.values_list("verb", "revision")) == [("write_draft", 1)]
    check_sound(contract)


def test_numbers_have_no_gap_when_many_publish():
    contract = make_contract()
    at_once([lambda: make_publication(Contract.objects.get(pk=contract.pk))] * hands())
    numbers = Publication.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, hands() + 1))
    contract.refresh_from_db()
    assert contract.revision == 1 + hands()


def test_a_draft_is_read_between_two_verbs_never_in_the_middle_of_one():
    """Two whole documents written over each other: every reading is one of them."""
    one, other = make_document(axes=2, objectives=3), make_document(axes=3, objectives=1)
    contract = make_contract(one)

    def write() -> list[Document]:
        for document in (other, one, other, one):
            write_draft(document, by=None)
        return []

    def read() -> list[Document]:
        return [read_draft(Contract.objects.get(pk=contract.pk)) for _ in range(8)]

    for document in sum(at_once([write, read, read]), []):
        assert document in (one, other)


def test_a_right_withdrawn_while_someone_waits_is_withdrawn():
    """The lock is held by whoever withdraws the right; the editor, who waits for it, is then refused."""
    contract = make_ground()
    editor = make_user(role=Membership.Role.EDITOR, contract=contract)
    withdrawn = Event()

    def withdraw() -> str:
        with transaction.atomic():
            remove_member(Contract.objects.get(pk=contract.pk), editor, by=None)
            withdrawn.set()
            sleep(0.3)  # the editor's change comes to the lock meanwhile
        return "withdrawn"

    def edit() -> str:
        withdrawn.wait(timeout=10)
        try:
            change_objective(Objective.objects.get(key="1-1"), title="Trop tard", by=editor, revision=None)
        except NotAllowed:
            return "refused"
        return "changed"

    assert at_once([withdraw, edit]) == ["withdrawn", "refused"]
