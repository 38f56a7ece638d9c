"""Accounts: one person is one address, whatever its capitals; a token's secret is shown once and kept nowhere."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import NOTED_EVERY, Token, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_lower_case():
    user = User.objects.create_user("  Claire.Martin@Exemple.FR ", "Claire Martin", "un-mot-de-passe")
    assert User.objects.get().email == user.email == "claire.martin@exemple.fr"
    assert authenticate(username="CLAIRE.martin@exemple.fr", password="un-mot-de-passe") == user
    assert User.objects.get_by_natural_key(" CLAIRE.MARTIN@exemple.fr") == user


def test_a_form_keeps_it_in_lower_case_too():
    user = User(email="Rachid@Exemple.fr", name="Rachid")
    user.set_password("un-mot-de-passe")
    user.full_clean()
    assert user.email == "rachid@exemple.fr"


def test_one_address_is_one_account():
    User.objects.create_user("claire@exemple.fr", "Claire")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("Claire@exemple.fr", "Autre")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="CLAIRE@exemple.fr", name="Autre")])
    with pytest.raises(ValidationError):
        User(email="CLAIRE@exemple.fr", name="Autre", password="x").full_clean()


def test_an_account_has_an_address():
    with pytest.raises(ValueError, match="adresse électronique"):
        User.objects.create_user("", "Sans adresse")


def test_an_account_without_a_password_does_not_sign_in():
    User.objects.create_user("claire@exemple.fr", "Claire")
    for password in ("", None, "x"):
        assert authenticate(username="claire@exemple.fr", password=password) is None


def test_a_closed_account_does_not_sign_in():
    user = User.objects.create_user("claire@exemple.fr", "Claire", "un-mot-de-passe")
    assert user.is_staff
    user.is_active = False
    user.save()
    assert not user.is_staff
    assert authenticate(username="claire@exemple.fr", password="un-mot-de-passe") is None


def test_an_administrator():
    admin = User.objects.create_superuser("admin@exemple.fr", "Admin", "un-mot-de-passe")
    assert (admin.is_superuser, admin.is_staff, str(admin)) == (True, True, "Admin")
    assert (admin.get_full_name(), admin.get_short_name()) == ("Admin", "Admin")


def test_the_secret_of_a_token_is_kept_nowhere():
    token, secret = Token.objects.issue(make_user(), label="Tableau de bord")
    assert secret.startswith("cv_")
    assert len(secret) == 46
    assert Token.objects.find(secret) == token
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_token")
        kept = repr(cursor.fetchall())
    assert secret not in kept
    assert secret.removeprefix("cv_") not in kept


def test_two_tokens_have_two_secrets():
    user = make_user()
    (one, first), (other, second) = (Token.objects.issue(user, label="Essai") for _ in range(2))
    assert first != second
    assert (Token.objects.find(first), Token.objects.find(second)) == (one, other)


@pytest.mark.parametrize("secret", ["", "cv_", "cv_faux", "é", "\ud800", "a" * 10_000, "' OR 1=1 --"])
def test_a_wrong_secret_finds_nothing(secret):
    token, _ = Token.objects.issue(make_user(), label="Essai")
    assert Token.objects.find(secret) is None
    assert Token.objects.find(token.digest) is None


def test_the_token_of_a_closed_account_finds_nothing():
    user = make_user()
    token, secret = Token.objects.issue(user, label="Essai")
    user.is_active = False
    user.save()
    assert Token.objects.find(secret) is None
    user.is_active = True
    user.save()
    assert Token.objects.find(secret) == token
    token.delete()
    assert Token.objects.find(secret) is None


def test_a_token_serves_until_its_last_day():
    today = timezone.localdate()
    for days, found in ((-1, False), (0, True), (1, True)):
        token, secret = Token.objects.issue(make_user(), label="Essai", expires_on=today + timedelta(days=days))
        assert ((Token.objects.find(secret) == token), token.has_expired) == (found, not found)


def test_the_use_of_a_token_is_written_at_most_once_an_hour(django_assert_num_queries):
    token, _ = Token.objects.issue(make_user(), label="Essai")
    with django_assert_num_queries(1):
        token.note_use()
    with django_assert_num_queries(0):
        token.note_use()
    earlier = timezone.now() - NOTED_EVERY
    Token.objects.update(last_used_at=earlier)
    token.refresh_from_db()
    with django_assert_num_queries(1):
        token.note_use()
    token.refresh_from_db()
    assert timezone.now() - token.last_used_at < timedelta(minutes=1)


def test_an_account_that_is_closed_loses_its_sessions_and_tokens_for_good(client):
    user, other = make_user(), make_user()
    for one in (user, other):
        client.force_login(one, "django.contrib.auth.backends.ModelBackend")
        client.cookies.clear()
        Token.objects.issue(one, label="Essai")
    user.close()
    user.is_active = True
    user.save()
    assert (user.sessions.count(), user.tokens.count()) == (0, 0)
    assert (other.sessions.count(), other.tokens.count()) == (1, 1)
