"""Laws 4 and 5, for every verb: one row of log and one revision a change, and no lost update."""

import inspect

import pytest

from objectives.access import NotAllowed
from objectives.changes import Refused, Stale, changing
from objectives.contract_edits import create_contract
from objectives.edits import change_objective
from objectives.members import grant_role, remove_member
from objectives.models import Change, Contract, Membership, Objective
from tests.factories import make_user
from tests.ground import make_ground
from tests.snapshot import rows, rows_of
from tests.trees import check_sound
from tests.verbs import CASES, MODULES, Case, revision_of, whole

pytestmark = pytest.mark.django_db
each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
revised = pytest.mark.parametrize("case", [one for one in CASES if one.meanwhile], ids=lambda case: case.name)
idle = pytest.mark.parametrize("case", [one for one in CASES if one.idle], ids=lambda case: case.name)


def test_every_public_verb_is_in_the_table():
    """A verb is what takes `by`; `create_contract` has no contract to stand on and is tested below."""
    verbs = {
        name
        for module in MODULES
        for name, one in inspect.getmembers(module, inspect.isfunction)
        if one.__module__ == module.__name__ and "by" in inspect.signature(one).parameters
    }
    assert {case.name for case in CASES} | {"create_contract"} == verbs


@each
def test_a_verb_writes_one_row_of_log_and_one_revision(case: Case):
    contract, person = make_ground(), make_user(admin=True)
    subject = case.subject(contract)
    contract.refresh_from_db()
    earlier = list(Change.objects.values())
    outcome = case.run(contract, by=person, subject=subject)
    change, *rest = Change.objects.values()
    assert rest == earlier
    assert change == {
        "id": change["id"],
        "at": change["at"],
        "contract_id": contract.pk,
        "by_id": person.pk,
        "verb": case.name,
        "revision": contract.revision + 1,
        "gesture": None,
        "undoes": None,
        "draft": None,
        "key": outcome.key if case.key is None else case.key,
        "before": case.before,
        "after": case.after if case.key is not None else {"key": outcome.key} | case.after,
    }
    contract.refresh_from_db()
    assert contract.revision == change["revision"]
    check_sound(contract)


@each
def test_what_a_verb_returns_names_its_present_state(case: Case):
    contract = make_ground()
    outcome = case.run(contract)
    if hasattr(outcome, "revision"):
        assert outcome.revision == type(outcome).objects.get(pk=outcome.pk).revision == Change.objects.first().revision


@idle
def test_a_verb_that_changes_nothing_writes_nothing(case: Case):
    contract = make_ground()
    subject = case.subject(contract)
    before = rows()
    outcome = case.run(contract, subject=subject, **case.idle(contract))
    assert rows() == before
    if hasattr(outcome, "revision"):
        assert outcome.revision == type(outcome).objects.get(pk=outcome.pk).revision


@revised
def test_a_stale_change_is_refused_and_nothing_is_written(case: Case):
    contract = make_ground()
    subject = case.subject(contract)
    revision = revision_of(subject)
    case.meanwhile(case.subject(contract) if case.name != "move_neighbourhood" else subject)
    before = rows()
    with pytest.raises(Stale) as stale:
        case.run(contract, subject=subject, revision=revision)
    assert rows() == before
    assert stale.value.revision == revision
    assert stale.value.kept.revision > revision


@each
@pytest.mark.parametrize("role", [None, Membership.Role.READER])
def test_a_verb_without_the_right_writes_nothing(case: Case, role):
    contract = make_ground()
    person = make_user(role=role, contract=contract)
    subject, values = case.subject(contract), case.values(contract)
    before = rows()
    with pytest.raises(NotAllowed):
        case.run(contract, by=person, subject=subject, **values)
    assert rows() == before


@each
def test_an_editor_may(case: Case):
    contract = make_ground()
    case.run(contract, by=make_user(role=Membership.Role.EDITOR, contract=contract))
    assert Change.objects.first().verb == case.name


@each
def test_another_contract_is_left_untouched(case: Case):
    other = make_ground("autre")
    before = rows_of(other)
    case.run(make_ground())
    assert rows_of(other) == before


@pytest.mark.parametrize("case", [one for one in CASES if one.subject is not whole], ids=lambda case: case.name)
def test_a_verb_upon_what_is_gone_is_refused(case: Case):
    contract = make_ground()
    subject = case.subject(contract)
    values = case.values(contract) | ({"revision": revision_of(subject)} if case.meanwhile else {})
    _remove(subject)
    before = rows()
    with pytest.raises(Refused):
        case.run(contract, subject=subject, **values)
    assert rows() == before


def _remove(subject: object) -> None:
    """As another officer would, by the verb of that thing."""
    name = f"delete_{subject._meta.model_name}"
    deletion = next(case.verb for case in CASES if case.name == name)
    if subject._meta.model_name == "level":
        for node in Objective.objects.filter(level=subject):
            change_objective(node, level="enjeu", by=None, revision=None)
    deletion(subject, by=None, revision=None, **({"with_all": True} if name == "delete_objective" else {}))


def test_a_verb_inside_another_is_refused():
    """Verbs follow one another: two revisions of one contract are never open at once."""
    contract = make_ground()
    before = rows()
    with pytest.raises(RuntimeError):
        _nest(contract)
    assert rows() == before


def _nest(contract: Contract) -> None:
    with changing(contract, "outer", by=None) as entry:
        change_objective(Objective.objects.get(key="1-1"), title="Dedans", by=None, revision=None)
        entry.after = {"done": True}


def test_create_contract_writes_its_first_row_of_log():
    admin = make_user(admin=True)
    contract = create_contract(slug="neuf", title="Neuf", territory="Ici", by=admin)
    change = Change.objects.get()
    assert (change.verb, change.revision, change.by, change.before) == ("create_contract", 1, admin, None)
    assert contract.revision == 1


def test_members_are_logged_and_a_role_given_again_is_not():
    contract, person = make_ground(), make_user()
    grant_role(contract, person, role=Membership.Role.READER, by=None)
    grant_role(contract, person, role=Membership.Role.READER, by=None)
    grant_role(contract, person, role=Membership.Role.EDITOR, by=None)
    remove_member(contract, person, by=None)
    key, reader, editor = f"user-{person.pk}", *({"user": person.pk, "role": role} for role in ("reader", "editor"))
    logged = Change.objects.order_by("pk").values_list("verb", "key", "before", "after")
    assert list(logged)[1:] == [
        ("grant_role", key, None, reader),
        ("grant_role", key, reader, editor),
        ("remove_member", key, editor, None),
    ]


def test_members_are_invited_by_responsables_alone():
    contract, person = make_ground(), make_user()
    editor = make_user(role=Membership.Role.EDITOR, contract=contract)
    before = rows()
    with pytest.raises(NotAllowed):
        grant_role(contract, person, role=Membership.Role.READER, by=editor)
    assert rows() == before
    manager = make_user(role=Membership.Role.MANAGER, contract=contract)
    grant_role(contract, person, role=Membership.Role.READER, by=manager)
    assert Membership.objects.get(user=person).role == Membership.Role.READER


def test_an_instance_read_before_others_changed_its_contract_is_no_obstacle():
    """What is read before the lock is read again under it: revisions follow on."""
    contract = make_ground()
    early = Objective.objects.select_related("contract").get(key="2-2")
    for rank in range(3):
        change_objective(Objective.objects.get(key="1-1"), title=f"Titre {rank}", by=None, revision=None)
    changed = change_objective(early, title="Après les autres", by=None, revision=early.revision)
    assert (changed.revision, early.contract.revision) == (5, 5)
    assert Contract.objects.get(pk=contract.pk).revision == 5
