"""Who may do what in a contract: every role and every right, administrators, visitors and closed accounts."""

import pytest
from django.contrib.auth.models import AnonymousUser

from objectives.access import (
    RIGHTS,
    NotAllowed,
    contracts_for,
    has_some_right,
    may,
    require,
    require_creation,
)
from objectives.models import Membership
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
