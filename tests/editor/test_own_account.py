"""« Mon compte » : the name, the password, the sessions, the tokens; and the letter for a forgotten password."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Session, Token
from objectives.tokens import issue_token
from tests.editor.forms import read_form, said
from tests.factories import make_user

HOME = "/compte/"
FORGOTTEN = "/compte/mot-de-passe/oublie/"
PASSWORD = "quatre mots sans rapport"
CHOSEN = {"new_password1": PASSWORD, "new_password2": PASSWORD}


def password_of(user) -> str:
    return f"mot-de-passe-{user.email.split('-')[1].split('@')[0]}"


def sign_in(client: Client, email: str, password: str):
    return client.post(reverse("admin:login"), {"username": email, "password": password})


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def test_one_changes_ones_name_and_organisation_alone(bench, signed_in):
    client, user = signed_in("reader"), bench.people["reader"]
    form = read_form(client.get(HOME))
    assert set(form) == {"csrfmiddlewaretoken", "name", "organisation"}
    client.post(HOME, form | {"name": "Claire", "organisation": "CAF", "is_superuser": "on", "email": "x@exemple.fr"})
    user.refresh_from_db()
    assert (user.name, user.organisation, user.is_superuser) == ("Claire", "CAF", False)
    assert user.email != "x@exemple.fr"
    response = client.post(HOME, form | {"name": " "})
    assert (response.status_code, said(response)) == (400, ["Ce champ est obligatoire."])


def test_sessions_are_listed_and_closed(bench, signed_in):
    here, there, third = (signed_in("reader") for _ in range(3))
    page = here.get(HOME)
    assert [row.split()[-1] for row in said(page, "form.members tbody tr")].count("session") == 1
    name = Session.objects.get(pk=there.cookies["sessionid"].value).name
    here.post("/compte/sessions/fermer/", {"session": name})
    assert (is_in(here), is_in(there), is_in(third)) == (True, False, True)
    stranger = signed_in("editor")
    mine = Session.objects.get(pk=here.cookies["sessionid"].value).name
    stranger.post("/compte/sessions/fermer/", {"session": mine})
    assert said(stranger.get(HOME), ".messagelist li") == ["Cette session était déjà fermée."]
    here.post("/compte/sessions/fermer/")
    assert (is_in(here), is_in(third), is_in(stranger)) == (True, False, True)


def test_a_new_password_asks_for_the_old_one_and_closes_the_other_sessions(bench, signed_in):
    client, other, user = signed_in("reader"), signed_in("reader"), bench.people["reader"]
    url = reverse("account:password")
    response = client.post(url, CHOSEN | {"old_password": "faux"})
    assert (response.status_code, len(said(response)), is_in(other)) == (400, 1, True)
    assert client.post(url, CHOSEN | {"old_password": password_of(user)}).status_code == 302
    assert (is_in(client), is_in(other), user.sessions.count()) == (True, False, 1)
    assert client.get(reverse("admin:password_change"))["Location"] == url


def test_an_account_is_closed_by_its_owner(bench, signed_in):
    client, user = signed_in("editor"), bench.people["editor"]
    Token.objects.issue(user, label="Essai")
    other = signed_in("editor")
    assert client.post("/compte/fermer/")["Location"] == reverse("admin:login")
    user.refresh_from_db()
    assert (user.is_active, user.tokens.count(), is_in(client), is_in(other)) == (False, 0, False, False)


def test_the_last_responsable_does_not_close_their_account(bench, signed_in):
    client, user = signed_in("manager"), bench.people["manager"]
    client.post("/compte/fermer/")
    assert "est le seul responsable de « Contrat essai »" in said(client.get("/compte/fermer/"), ".messagelist li")[0]
    user.refresh_from_db()
    assert user.is_active


# -- Tokens


def test_a_token_is_shown_once_and_says_what_it_may(bench, signed_in):
    client, tomorrow = signed_in("editor"), timezone.localdate() + timedelta(days=1)
    data = {"label": "Tableau de bord", "writes": "1", "contracts": [bench.contract.pk], "expires_on": tomorrow}
    page = client.post("/compte/jetons/nouveau/", data)
    (secret,) = said(page, ".secret")
    token = Token.objects.find(secret)
    assert (token.user, token.writes, token.limited) == (bench.people["editor"], True, True)
    assert "no-store" in page["Cache-Control"]
    listed = client.get(HOME)
    assert secret not in listed.content.decode()
    (row,) = said(listed, "div.members tbody tr")
    assert row == (
        f"Tableau de bord émis le {timezone.localdate():%d/%m/%Y} Contrat essai lire et écrire "
        f"Valable jusqu’au {tomorrow:%d/%m/%Y} jamais servi Révoquer « Tableau de bord »"
    )


@pytest.mark.parametrize("number", [1, 6])
def test_the_page_costs_the_same_whatever_there_is_on_it(bench, signed_in, number, django_assert_num_queries):
    user = bench.people["editor"]
    for _ in range(number):
        issue_token(user, label="Essai", contracts=[bench.contract])
        signed_in("editor")
    client = signed_in("editor")
    with django_assert_num_queries(8):
        page = client.get(HOME)
    assert len(said(page, "form.members tbody tr")) == number + 1


def test_a_token_knows_no_limit_unless_one_is_chosen(bench, signed_in):
    signed_in("editor").post("/compte/jetons/nouveau/", {"label": "Essai"})
    token = Token.objects.get()
    assert (token.writes, token.limited, token.expires_on) == (False, False, None)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"label": ""}, "Ce champ est obligatoire."),
        ({"label": "x" * 101}, "Assurez-vous que cette valeur comporte au plus 100 caractères (actuellement 101)."),
        ({"label": "x", "expires_on": "2020-01-01"}, "Cette date est passée."),
        ({"label": "x", "expires_on": "demain"}, "Saisissez une date valide."),
        ({"label": "x", "contracts": ["0"]}, "Sélectionnez un choix valide. 0 n’en fait pas partie."),
    ],
)
def test_a_bad_token_is_told(bench, signed_in, data, words):
    response = signed_in("editor").post("/compte/jetons/nouveau/", data)
    assert (response.status_code, said(response), Token.objects.count()) == (400, [words], 0)


def test_the_contracts_of_others_are_not_to_be_chosen(bench, signed_in):
    client = signed_in("editor")
    assert "Contrat voisin" not in client.get("/compte/jetons/nouveau/").content.decode()
    response = client.post("/compte/jetons/nouveau/", {"label": "x", "contracts": [bench.other.pk]})
    assert (response.status_code, Token.objects.count()) == (400, 0)


def test_a_token_is_revoked_by_its_owner_alone(bench, signed_in):
    token, _ = Token.objects.issue(bench.people["editor"], label="Essai")
    url = f"/compte/jetons/{token.pk}/revoquer/"
    for who in ("manager", "admin"):
        assert (signed_in(who).get(url).status_code, signed_in(who).post(url).status_code) == (404, 404)
    client = signed_in("editor")
    assert (client.get(url).status_code, Token.objects.count()) == (200, 1)
    assert (client.post(url).status_code, Token.objects.count()) == (302, 0)


# -- A forgotten password


def test_the_letter_of_a_forgotten_password_gives_another_once(bench, client):
    user, other = bench.people["reader"], Client()
    other.force_login(user, "django.contrib.auth.backends.ModelBackend")
    assert client.post(FORGOTTEN, {"email": user.email.upper()})["Location"] == "/compte/mot-de-passe/oublie/envoye/"
    (letter,) = mail.outbox
    assert (letter.subject, letter.to) == ("Choisir un nouveau mot de passe", [user.email])
    assert "suivez ce lien dans les 24\xa0heures qui viennent\xa0:" in letter.body
    (link,) = re.findall(r"http://testserver(/\S+)", letter.body)
    form = client.get(link)["Location"]
    assert form.endswith("/set-password/")
    assert client.post(form, CHOSEN | {"new_password2": "autre chose"}).status_code == 400
    assert client.post(form, CHOSEN)["Location"] == reverse("admin:login")
    assert "_auth_user_id" not in client.session
    assert not is_in(other)
    assert sign_in(client, user.email, PASSWORD).status_code == 302
    assert (client.get(link).status_code, Client().get(link).status_code) == (404, 404)


@pytest.mark.parametrize("address", ["abc/def", "MQ/set-password", "MQ/dim1lx-31330ff36ba37be3eca2a3c39be39dd3"])
def test_a_link_that_is_none_gives_nothing(bench, client, address):
    url = f"/compte/mot-de-passe/choisir/{address}/"
    for answer in (client.get(url), client.post(url, CHOSEN)):
        assert (answer.status_code, said(answer, "h1")[0], said(answer, "#content p")[0]) == (
            404,
            "Ce lien ne sert plus",
            "Ce lien a déjà servi, ou il est trop ancien.",
        )


def test_a_forgotten_password_tells_nobody_who_has_an_account(bench, signed_in, client):
    closed, awaited = make_user(), make_user()
    closed.close()
    awaited.set_unusable_password()
    awaited.save()
    answers = []
    for email in (bench.people["reader"].email, "inconnue@exemple.fr", closed.email, awaited.email):
        response = client.post(FORGOTTEN, {"email": email})
        cookies = sorted(client.cookies)
        page = client.get(response["Location"])
        answers.append((response.status_code, response["Location"], response.content, cookies, said(page, "#content")))
    assert answers == answers[:1] * 4
    assert [letter.to for letter in mail.outbox] == [[bench.people["reader"].email]]


def test_the_account_is_looked_for_once_the_answer_is_sent(bench, rf, django_assert_num_queries):
    from editor.account.passwords import Forgotten

    request = rf.post(FORGOTTEN, {"email": bench.people["reader"].email})
    request._dont_enforce_csrf_checks = True
    with django_assert_num_queries(0):
        response = Forgotten.as_view()(request)
    assert (response.status_code, mail.outbox) == (302, [])
    response.close()
    assert len(mail.outbox) == 1


def test_one_does_not_fill_someones_box(bench, client):
    for _ in range(3):
        client.post(FORGOTTEN, {"email": bench.people["reader"].email})
    assert len(mail.outbox) == 1


def test_a_letter_that_does_not_go_says_no_more(bench, client, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    response = client.post(FORGOTTEN, {"email": bench.people["reader"].email})
    assert (response.status_code, "Lettre" in caplog.text, "choisir" in caplog.text) == (302, True, False)


# -- Wrong passwords


@pytest.fixture
def throttled(settings):
    settings.AXES_ENABLED = True


@pytest.mark.parametrize("known", [True, False])
def test_eight_wrong_passwords_close_the_door_whoever_it_is(bench, throttled, known):
    user = bench.people["reader"]
    email = user.email if known else "inconnue@exemple.fr"
    client = Client()
    told = [sign_in(client, email if turn % 2 else email.upper(), "faux") for turn in range(8)]
    assert [one.status_code for one in told] == [200] * 7 + [429]
    assert "Trop d’essais de connexion avec un mauvais mot de passe." in told[-1].content.decode()
    assert sign_in(client, email, password_of(user)).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7"), user.email, password_of(user)).status_code == 302
    assert AccessAttempt.objects.get().username == email


def test_a_password_chosen_by_letter_opens_the_door_again(bench, throttled, client):
    user = bench.people["reader"]
    for _ in range(8):
        sign_in(client, user.email, "faux")
    client.post(FORGOTTEN, {"email": user.email})
    (link,) = re.findall(r"http://testserver(/\S+)", mail.outbox[0].body)
    client.post(client.get(link)["Location"], CHOSEN)
    assert sign_in(client, user.email, PASSWORD).status_code == 302
