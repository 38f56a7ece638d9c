"""An invitation: an account without a password, opened by one signed link, once, for seven days."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.core import signing
from django.utils import timezone

from accounts.invitations import accept_invitation, await_account, find_awaited, invitation_secret, renew_invitation
from accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ANSWER = {"name": "Nadia", "organisation": "CAF", "password": "quatre mots sans rapport"}


def awaited(email: str = "nadia@exemple.fr") -> tuple[User, str]:
    user = await_account(email)
    return user, invitation_secret(user)


def later(monkeypatch, **after: int) -> None:
    """Makes the clock of signatures run ahead."""
    moment = (timezone.now() + timedelta(**after)).timestamp()
    monkeypatch.setattr(signing.time, "time", lambda: moment)


def test_one_address_is_awaited_once_whatever_its_capitals():
    user = await_account(" Nadia@Exemple.FR ")
    assert await_account("nadia@exemple.fr") == user
    assert (str(user), user.name, user.email, user.is_awaited) == ("nadia@exemple.fr", "", "nadia@exemple.fr", True)
    assert not user.has_usable_password()


def test_someone_who_has_an_account_is_not_awaited():
    user = make_user()
    assert await_account(user.email.upper()) == user
    assert not user.is_awaited


def test_an_answer_opens_the_account():
    user, secret = awaited()
    assert find_awaited(secret) == user
    assert accept_invitation(secret, **ANSWER) == user
    user.refresh_from_db()
    assert (user.name, user.organisation, user.is_awaited, user.invited_until) == ("Nadia", "CAF", False, None)
    assert authenticate(username="nadia@exemple.fr", password="quatre mots sans rapport") == user


def test_a_link_serves_once():
    user, secret = awaited()
    accept_invitation(secret, **ANSWER)
    assert find_awaited(secret) is None
    assert accept_invitation(secret, **ANSWER | {"password": "un autre mot de passe"}) is None
    assert authenticate(username=user.email, password="un autre mot de passe") is None


def test_a_link_lasts_seven_days(monkeypatch):
    user, secret = awaited()
    later(monkeypatch, days=7, seconds=-60)
    assert find_awaited(secret) == user
    later(monkeypatch, days=7, seconds=60)
    assert find_awaited(secret) is None
    assert accept_invitation(secret, **ANSWER) is None


def test_a_letter_sent_again_voids_the_first():
    user, _ = awaited()
    user.invited_at = timezone.now() - timedelta(days=2)
    user.save()
    first = invitation_secret(user)
    assert find_awaited(first) == user
    renew_invitation(user)
    assert find_awaited(first) is None
    assert find_awaited(invitation_secret(user)) == user
    assert (user.invited_until - timezone.now()).days == 6


def test_a_password_given_otherwise_voids_the_link():
    user, secret = awaited()
    user.set_password("donné par l’administration")
    user.save()
    assert (user.is_awaited, find_awaited(secret)) == (False, None)


def test_a_closed_account_does_not_open():
    user, secret = awaited()
    user.close()
    assert find_awaited(secret) is None


@pytest.mark.parametrize("secret", ["", "abc", "a:b:c", "é", "a" * 10_000])
def test_a_link_that_is_none_opens_nothing(secret):
    awaited()
    assert find_awaited(secret) is None


def test_a_link_is_of_one_account_and_of_invitations_alone():
    (_, secret), (other, _) = awaited(), awaited("autre@exemple.fr")
    _, _, signature = secret.split(":")
    forged = ":".join([*invitation_secret(other).split(":")[:2], signature])
    assert find_awaited(forged) is None
    assert find_awaited(signing.dumps([other.pk, int(other.invited_at.timestamp() * 1_000_000)], salt="autre")) is None
    assert find_awaited(signing.dumps("rien", salt="accounts.invitations")) is None
