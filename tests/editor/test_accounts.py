"""Accounts, kept by administrators; tokens, shown once."""

import pytest
from django.urls import reverse

from accounts.models import Token, User
from objectives.edits import change_objective
from tests.editor.forms import read_form, said
from tests.factories import make_user


def account_url(user, name="change"):
    return reverse(f"admin:accounts_user_{name}", args=[user.pk])


def test_an_administrator_makes_an_account_whose_password_works(bench, signed_in, client):
    url = reverse("admin:accounts_user_add")
    data = {
        "email": "Nouvelle@Exemple.FR",
        "name": "Nouvelle Personne",
        "usable_password": "true",
        "password1": "un-long-mot-de-passe",
        "password2": "un-long-mot-de-passe",
    }
    assert signed_in("admin").post(url, data).status_code == 302
    user = User.objects.get(email="nouvelle@exemple.fr")
    assert (user.name, user.is_superuser) == ("Nouvelle Personne", False)
    assert user.check_password("un-long-mot-de-passe")
    assert said(signed_in("admin").post(url, data)) == ["Un compte a déjà cette adresse."]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "pas une adresse"}, "Saisissez une adresse e-mail valide."),
        ({"name": ""}, "Ce champ est obligatoire."),
        ({"password1": "court", "password2": "court"}, "Ce mot de passe est trop court."),
        ({"password2": "autre-mot-de-passe"}, "Les deux mots de passe ne correspondent pas."),
    ],
)
def test_a_bad_account_is_told(bench, signed_in, change, words):
    data = {
        "email": "n@exemple.fr",
        "name": "N",
        "usable_password": "true",
        "password1": "un-long-mot-de-passe",
        "password2": "un-long-mot-de-passe",
    }
    assert words in " ".join(said(signed_in("admin").post(reverse("admin:accounts_user_add"), data | change)))


def test_an_account_is_changed_closed_and_given_another_password(bench, signed_in, client):
    admin, user = signed_in("admin"), bench.people["reader"]
    form = read_form(admin.get(account_url(user)), "#user_form")
    form.pop("is_active")
    assert admin.post(account_url(user), form | {"organisation": "Préfecture"}).status_code == 302
    user.refresh_from_db()
    assert (user.is_active, user.organisation) == (False, "Préfecture")
    url = reverse("admin:auth_user_password_change", args=[user.pk])
    data = {"password1": "un-long-mot-de-passe", "password2": "un-long-mot-de-passe", "usable_password": "true"}
    assert admin.post(url, data).status_code == 302
    user.refresh_from_db()
    assert user.check_password("un-long-mot-de-passe")


def test_an_account_that_left_traces_is_closed_and_not_deleted(bench, signed_in):
    admin, editor, fresh = signed_in("admin"), bench.people["editor"], make_user()
    change_objective(bench.objective(), by=editor, revision=None, title="Changé")
    assert admin.get(account_url(editor, "delete")).status_code == 403
    assert admin.get(account_url(bench.people["admin"], "delete")).status_code == 403
    assert admin.post(account_url(fresh, "delete"), {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=fresh.pk).exists()


def test_an_account_that_is_closed_here_is_closed_at_once(bench, signed_in):
    admin, user, browser = signed_in("admin"), bench.people["editor"], signed_in("editor")
    Token.objects.issue(user, label="Essai")
    form = read_form(admin.get(account_url(user)), "#user_form")
    form.pop("is_active")
    assert admin.post(account_url(user), form).status_code == 302
    assert (user.sessions.count(), user.tokens.count()) == (0, 0)
    assert browser.get(reverse("account:home")).status_code == 302
    form = read_form(admin.get(account_url(user)), "#user_form")
    assert admin.post(account_url(user), form | {"is_active": "on"}).status_code == 302
    user.refresh_from_db()
    assert user.is_active


def test_the_last_responsable_is_not_closed_here_either(bench, signed_in):
    admin, user = signed_in("admin"), bench.people["manager"]
    form = read_form(admin.get(account_url(user)), "#user_form")
    form.pop("is_active")
    response = admin.post(account_url(user), form | {"organisation": "Préfecture"})
    assert said(response) == [
        f"{user} est le seul responsable de « Contrat essai ». Nommez d’abord un autre responsable."
    ]
    user.refresh_from_db()
    assert (user.is_active, user.organisation) == (True, "")


def test_another_password_given_here_closes_the_sessions_of_the_old_one(bench, signed_in):
    browser, user = signed_in("editor"), bench.people["editor"]
    data = {"password1": "un-long-mot-de-passe", "password2": "un-long-mot-de-passe", "usable_password": "true"}
    signed_in("admin").post(reverse("admin:auth_user_password_change", args=[user.pk]), data)
    assert user.sessions.count() == 0
    assert browser.get(reverse("account:home")).status_code == 302


def test_an_administrator_revokes_the_token_of_anyone(bench, signed_in):
    token, secret = Token.objects.issue(bench.people["manager"], label="Tableau de bord")
    page = signed_in("admin").get(reverse("admin:accounts_token_changelist")).content.decode()
    assert ("Tableau de bord" in page, secret in page, token.digest in page) == (True, False, False)
    url = reverse("admin:accounts_token_delete", args=[token.pk])
    assert signed_in("admin").post(url, {"post": "yes"}).status_code == 302
    assert Token.objects.count() == 0
