"""People of a contract: invited, withdrawn, closed; and somebody is always left who can sign in and invite."""

import threading

import pytest
from django.db import connection, connections

from accounts.invitations import accept_invitation, invitation_secret
from accounts.models import Token, User
from objectives.access import NotAllowed
from objectives.changes import Refused
from objectives.members import close_account, grant_role, invite, remove_member, resend_invitation
from objectives.models import Change, Membership
from tests.factories import make_contract, make_document, make_user

pytestmark = pytest.mark.django_db
READER, EDITOR, MANAGER = Membership.Role.READER, Membership.Role.EDITOR, Membership.Role.MANAGER
LAST = "est le seul responsable"


@pytest.fixture
def contract():
    return make_contract()


@pytest.fixture
def manager(contract):
    return make_user(role=MANAGER, contract=contract)


def roles(contract) -> dict[str, str]:
    return dict(Membership.objects.filter(contract=contract).values_list("user__email", "role"))


# -- Inviting


def test_someone_new_gets_an_account_that_awaits_them(contract, manager):
    member = invite(contract, "Nadia@Exemple.fr", role=EDITOR, by=manager)
    assert (member.user.email, member.role, member.user.is_awaited) == ("nadia@exemple.fr", EDITOR, True)
    change = Change.objects.first()
    assert (change.verb, change.key, change.by) == ("grant_role", f"user-{member.user.pk}", manager)
    assert change.after == {"user": member.user.pk, "role": EDITOR}  # no address in a log that never forgets


def test_someone_with_an_account_gets_the_role(contract, manager):
    person = make_user()
    member = invite(contract, person.email.upper(), role=READER, by=manager)
    assert (member.user, member.user.is_awaited, User.objects.count()) == (person, False, 2)


@pytest.mark.parametrize(("role", "email"), [("chef", "nadia@exemple.fr"), (READER, "")])
def test_a_member_a_closed_account_and_no_role_are_refused_and_nothing_is_kept(contract, manager, role, email):
    closed = make_user()
    closed.close()
    before = User.objects.count(), roles(contract)
    with pytest.raises(Refused):
        invite(contract, email or manager.email, role=role, by=manager)
    with pytest.raises(Refused, match="est fermé"):
        invite(contract, closed.email, role=READER, by=manager)
    assert (User.objects.count(), roles(contract)) == before


@pytest.mark.parametrize("role", [None, READER, EDITOR])
def test_without_the_right_nobody_learns_who_has_an_account(contract, manager, role):
    person, stranger = make_user(role=role, contract=contract), make_user()
    told = set()
    for email in (manager.email, stranger.email, "inconnue@exemple.fr"):
        with pytest.raises(NotAllowed) as refused:
            invite(contract, email, role=READER, by=person)
        told.add(str(refused.value))
        with pytest.raises(NotAllowed):
            resend_invitation(contract, stranger, by=person)
    assert len(told) == 1
    assert not User.objects.filter(email="inconnue@exemple.fr").exists()


def test_an_invitation_is_sent_again_to_whoever_has_not_answered(contract, manager):
    awaited = invite(contract, "nadia@exemple.fr", role=READER, by=manager).user
    User.objects.filter(pk=awaited.pk).update(invited_at="2026-01-01T00:00Z")
    assert resend_invitation(contract, awaited, by=manager).user.invited_at.year > 2025
    accept_invitation(
        invitation_secret(User.objects.get(pk=awaited.pk)), name="Nadia", organisation="", password="quatre mots"
    )
    for person in (awaited, manager, make_user()):
        with pytest.raises(Refused, match="n’attend pas, ou n’attend plus, d’invitation"):
            resend_invitation(contract, person, by=manager)


def test_an_invitation_that_is_withdrawn_leaves_no_account(contract, manager):
    awaited = invite(contract, "nadia@exemple.fr", role=READER, by=manager).user
    remove_member(contract, awaited, by=manager)
    assert not User.objects.filter(pk=awaited.pk).exists()
    assert Change.objects.first().before == {"user": awaited.pk, "role": READER}


def test_it_leaves_the_account_of_someone_invited_elsewhere_or_who_has_answered(contract, manager):
    elsewhere = make_contract(make_document("ailleurs"))
    twice = invite(contract, "nadia@exemple.fr", role=READER, by=manager).user
    invite(elsewhere, "nadia@exemple.fr", role=READER, by=None)
    answered = invite(contract, "omar@exemple.fr", role=READER, by=manager).user
    accept_invitation(invitation_secret(answered), name="Omar", organisation="", password="quatre mots")
    for person in (twice, answered):
        remove_member(contract, person, by=manager)
        assert User.objects.filter(pk=person.pk).exists()


# -- The last seat


def demote(contract, person):
    grant_role(contract, person, role=EDITOR, by=person)


def leave(contract, person):
    remove_member(contract, person, by=person)


def close_oneself(contract, person):
    close_account(person, by=person)


def be_closed(contract, person):
    close_account(person, by=make_user(admin=True))


WAYS = [demote, leave, close_oneself, be_closed]


@pytest.mark.parametrize("way", WAYS)
def test_the_last_responsable_stays_whatever_the_way_out(contract, manager, way):
    before = roles(contract)
    with pytest.raises(Refused, match=LAST):
        way(contract, manager)
    manager.refresh_from_db()
    assert (roles(contract), manager.is_active) == (before, True)


@pytest.mark.parametrize("way", WAYS)
def test_whoever_cannot_sign_in_holds_no_seat(contract, manager, way):
    closed = make_user(role=MANAGER, contract=contract)
    closed.is_active = False
    closed.save()
    invite(contract, "nadia@exemple.fr", role=MANAGER, by=manager)
    with pytest.raises(Refused, match=LAST):
        way(contract, manager)
    make_user(role=MANAGER, contract=contract)
    way(contract, manager)
    assert Membership.objects.filter(contract=contract, user=manager, user__is_active=True, role=MANAGER).count() == 0


def test_all_responsables_one_after_the_other_but_the_last(contract):
    people = [make_user(role=MANAGER, contract=contract) for _ in range(4)]
    for person in people[:-1]:
        demote(contract, person)
    with pytest.raises(Refused, match=LAST):
        demote(contract, people[-1])
    assert sorted(roles(contract).values()) == [EDITOR, EDITOR, EDITOR, MANAGER]


def test_an_invitation_to_be_responsable_can_be_withdrawn(contract):
    """A mistyped address, invited by the administration as the first responsable."""
    awaited = invite(contract, "fautif@exemple.fr", role=MANAGER, by=None).user
    remove_member(contract, awaited, by=None)
    assert roles(contract) == {}


def test_a_closed_responsable_can_be_taken_out(contract):
    closed = make_user(role=MANAGER, contract=contract)
    closed.is_active = False
    closed.save()
    remove_member(contract, closed, by=None)
    assert roles(contract) == {}


def test_the_contracts_that_would_be_left_are_named(contract, manager):
    other = make_contract(make_document("autre"))
    grant_role(other, manager, role=MANAGER, by=None)
    with pytest.raises(Refused) as refused:
        close_account(manager, by=manager)
    assert refused.value.messages == [
        f"{manager} est le seul responsable de «\xa0Contrat autre\xa0», «\xa0Contrat essai\xa0». "
        "Nommez d’abord un autre responsable."
    ]


@pytest.mark.django_db(transaction=True)
def test_two_responsables_who_leave_at_the_same_moment_do_not_both_leave():
    contract = make_contract()
    people = [make_user(role=MANAGER, contract=contract) for _ in range(2)]
    start, refused = threading.Barrier(2), []

    def go(way, person):
        start.wait()
        try:
            way(contract, person)
        except Refused as error:
            refused.append(error.messages[0])
        finally:
            connections.close_all()

    ways = zip((close_oneself, leave), people, strict=True)
    threads = [threading.Thread(target=go, args=one) for one in ways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    seats = Membership.objects.filter(contract=contract, role=MANAGER, user__is_active=True)
    assert (seats.count(), len(refused), connection.in_atomic_block) == (1, 1, False)


# -- Closing an account


def test_an_account_is_closed_by_its_owner_or_an_administrator(contract, manager):
    admin, person, other = make_user(admin=True), make_user(), make_user()
    for by in (manager, other):
        with pytest.raises(NotAllowed, match="Seule l’administration du site"):
            close_account(person, by=by)
    for closed, by in ((person, person), (other, admin), (make_user(), None)):
        Token.objects.issue(closed, label="Essai")
        close_account(closed, by=by)
        closed.refresh_from_db()
        assert (closed.is_active, closed.tokens.count()) == (False, 0)


def test_the_last_administrator_stays():
    admin, closed = make_user(admin=True), make_user(admin=True)
    close_account(closed, by=admin)
    with pytest.raises(Refused, match="est le seul administrateur du site"):
        close_account(admin, by=admin)
    close_account(closed, by=admin)  # closed already: nothing is lost
