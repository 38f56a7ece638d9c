"""Accounts, kept by administrators; tokens, shown once."""

import pytest
from django.urls import reverse

from accounts.models import Token, User
from objectives.edits import change_objective
from tests.editor.forms import read_form, said, soup_of
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


def test_a_token_is_shown_once_and_reads_what_its_owner_may(bench, signed_in):
    client, url = signed_in("editor"), reverse("admin:accounts_token_add")
    assert soup_of(client.get(url)).select("[name=user]") == []
    page = client.post(url, {"label": "Tableau de bord", "user": bench.people["admin"].pk})
    secret = said(page, ".secret")[0]
    assert Token.objects.find(secret).user == bench.people["editor"]
    assert secret not in client.get(reverse("admin:accounts_token_changelist")).content.decode()


def test_an_administrator_issues_a_token_for_another_account(bench, signed_in):
    url = reverse("admin:accounts_token_add")
    signed_in("admin").post(url, {"label": "Export", "user": bench.people["reader"].pk})
    assert Token.objects.get().user == bench.people["reader"]


def test_a_token_is_revoked_by_its_owner_or_an_administrator(bench, signed_in):
    for who in ("manager", "admin"):
        token, _ = Token.objects.issue(bench.people["manager"], label="x")
        url = reverse("admin:accounts_token_delete", args=[token.pk])
        assert signed_in("editor").post(url, {"post": "yes"}).status_code == 404
        assert signed_in(who).post(url, {"post": "yes"}).status_code == 302
        assert Token.objects.count() == 0


@pytest.mark.parametrize(("label", "words"), [("", "Ce champ est obligatoire."), ("x" * 101, "Assurez-vous")])
def test_a_bad_token_is_told(bench, signed_in, label, words):
    response = signed_in("editor").post(reverse("admin:accounts_token_add"), {"label": label})
    assert words in said(response)[0]
    assert Token.objects.count() == 0
