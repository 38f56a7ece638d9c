"""Who may do what in a contract: every role and every right, administrators, visitors and closed accounts."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Token
from objectives.access import (
    RIGHTS,
    WRITING,
    NotAllowed,
    contracts_for,
    has_some_right,
    may,
    require,
    require_creation,
)
from objectives.changes import Refused
from objectives.models import Membership, TokenContract
from objectives.tokens import issue_token
from tests.factories import make_contract, make_document, make_user

pytestmark = pytest.mark.django_db
READER, EDITOR, MANAGER = Membership.Role.READER, Membership.Role.EDITOR, Membership.Role.MANAGER

#: The whole of it: who, what they may.
MATRIX = {
    None: set(),
    READER: {"read"},
    EDITOR: {"read", "edit"},
    MANAGER: {"read", "edit", "publish", "invite"},
}


def test_the_matrix_names_every_role_and_every_right():
    assert set(MATRIX) - {None} == set(Membership.Role)
    assert set().union(*MATRIX.values()) == set(RIGHTS)


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("role", MATRIX)
def test_a_role_gives_its_rights_in_its_contract_alone(role, right):
    contract, other = make_contract(make_document("sien")), make_contract(make_document("autre"))
    person = make_user(role=role, contract=contract)
    allowed = right in MATRIX[role]
    assert may(person, right, contract) == allowed
    assert not may(person, right, other)
    assert list(contracts_for(person, right)) == ([contract] if allowed else [])
    assert has_some_right(person) == (role is not None)
    if allowed:
        require(person, right, contract)
    else:
        with pytest.raises(NotAllowed, match="Vous n’avez pas le droit"):
            require(person, right, contract)


@pytest.mark.parametrize("right", RIGHTS)
def test_an_administrator_may_all_in_every_contract(right):
    contracts = {make_contract(make_document(slug)) for slug in ("un", "deux")}
    admin = make_user(admin=True)
    assert set(contracts_for(admin, right)) == contracts
    assert all(may(admin, right, contract) for contract in contracts)
    assert has_some_right(admin)
    require_creation(admin)


@pytest.mark.parametrize("right", RIGHTS)
def test_a_closed_account_may_nothing(right):
    contract = make_contract()
    people = [make_user(admin=True), *(make_user(role=role, contract=contract) for role in MATRIX if role)]
    for person in people:
        person.is_active = False
        person.save()
        assert not may(person, right, contract)
        assert not has_some_right(person)
        assert not contracts_for(person, right).exists()
        with pytest.raises(NotAllowed):
            require(person, right, contract)
        with pytest.raises(NotAllowed):
            require_creation(person)


@pytest.mark.parametrize("right", RIGHTS)
def test_a_visitor_may_nothing(right):
    contract, visitor = make_contract(), AnonymousUser()
    assert not may(visitor, right, contract)
    assert not has_some_right(visitor)
    assert not contracts_for(visitor, right).exists()
    with pytest.raises(NotAllowed):
        require(visitor, right, contract)
    with pytest.raises(NotAllowed):
        require_creation(visitor)


@pytest.mark.parametrize("role", [role for role in MATRIX if role])
def test_a_contract_is_made_by_administrators_alone(role):
    with pytest.raises(NotAllowed, match="Seule l’administration"):
        require_creation(make_user(role=role, contract=make_contract()))


def test_the_system_itself_may():
    require(None, "publish", make_contract())
    require_creation(None)


def test_a_right_is_one_query(django_assert_num_queries):
    contract = make_contract()
    person = make_user(role=EDITOR, contract=contract)
    with django_assert_num_queries(1):
        assert may(person, "edit", contract)


def by_token(person, **limits):
    """That person, as a program that bears a token of theirs."""
    token, _ = issue_token(person, label="Essai", **limits)
    person.token = token
    return person


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("role", MATRIX)
@pytest.mark.parametrize("writes", [False, True])
def test_a_token_gives_its_owners_rights_and_writes_only_if_it_may(writes, role, right):
    contract = make_contract()
    person = by_token(make_user(role=role, contract=contract), writes=writes)
    allowed = right in MATRIX[role] and (writes or right == "read")
    assert may(person, right, contract) == allowed
    if allowed:
        require(person, right, contract)
    else:
        said = "Vous n’avez pas le droit" if writes or right == "read" else "Ce jeton ne fait que lire"
        with pytest.raises(NotAllowed, match=said):
            require(person, right, contract)


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("admin", [False, True])
def test_other_contracts_do_not_exist_for_a_limited_token(admin, right, django_assert_num_queries):
    chosen, other = make_contract(make_document("choisi")), make_contract(make_document("autre"))
    person = make_user(role=MANAGER, contract=chosen, admin=admin)
    Membership.objects.create(contract=other, user=person, role=MANAGER)
    assert set(contracts_for(person, right)) == {chosen, other}
    by_token(person, writes=True, contracts=[chosen])
    with django_assert_num_queries(1):
        assert list(contracts_for(person, right)) == [chosen]
    assert not may(person, right, other)


def test_a_limited_token_whose_contracts_are_gone_reads_none_rather_than_all():
    contract = make_contract()
    person = by_token(make_user(role=READER, contract=contract), contracts=[contract])
    TokenContract.objects.all().delete()
    assert not contracts_for(person).exists()


def test_a_role_that_is_lost_is_lost_for_tokens_too():
    contract = make_contract()
    person = by_token(make_user(role=READER, contract=contract), contracts=[contract])
    person.memberships.all().delete()
    assert not contracts_for(person).exists()


@pytest.mark.parametrize(
    ("writes", "limited", "allowed"), [(True, False, True), (False, False, False), (True, True, False)]
)
def test_a_contract_is_made_by_a_token_that_writes_and_knows_no_limit(writes, limited, allowed):
    contract = make_contract()
    admin = by_token(make_user(admin=True), writes=writes, contracts=[contract] if limited else [])
    if allowed:
        require_creation(admin)
    else:
        with pytest.raises(NotAllowed, match="Ce jeton ne permet pas de créer un contrat"):
            require_creation(admin)


def test_reading_is_the_one_right_that_any_token_gives():
    assert set(RIGHTS) - WRITING == {"read"}


def test_a_token_is_issued_within_what_its_owner_may():
    contract, other = make_contract(), make_contract(make_document("autre"))
    person = make_user(role=READER, contract=contract)
    token, secret = issue_token(person, label=" Essai ", contracts=[contract], expires_on=timezone.localdate())
    assert Token.objects.find(secret) == token
    assert (token.label, token.writes, token.limited) == ("Essai", False, True)
    assert [one.contract for one in token.chosen.all()] == [contract]
    yesterday = timezone.localdate() - timedelta(days=1)
    for values, said in (
        ({"label": " "}, {"label": ["Dites à quoi ce jeton servira."]}),
        ({"label": "x", "contracts": [contract, other]}, {"contracts": ["Choisissez parmi vos contrats."]}),
        ({"label": "x", "expires_on": yesterday}, {"expires_on": ["Cette date est passée."]}),
    ):
        with pytest.raises(Refused) as refused:
            issue_token(person, **values)
        assert refused.value.message_dict == said
    assert Token.objects.count() == 1
