"""Invitations on the page of members, and the letters that they send."""

import logging
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from objectives.members import invite as invite_person
from objectives.models import Membership
from publications.templatetags.pages import day
from tests.editor.forms import read_form, said
from tests.factories import make_user

PASSWORD = "quatre mots sans rapport"


def members_url(bench) -> str:
    return reverse("admin:objectives_contract_members", args=[bench.contract.pk])


def invite(client, bench, email: str = "nadia@exemple.fr", role: str = "editor"):
    return client.post(members_url(bench), {"invite": "1", "email": email, "role": role})


def link_in(letter) -> str:
    """The address that a letter bears, without the site."""
    (found,) = re.findall(r"http://testserver(/\S+)", letter.body)
    return found


def answer(client, **changes):
    values = {"name": "Nadia", "organisation": "CAF", "new_password1": PASSWORD, "new_password2": PASSWORD}
    return client.post(reverse("account:invitation"), values | changes)


def test_the_letter_to_someone_new(bench, signed_in, settings):
    settings.SITE = settings.SITE | {"publisher": "Ville d’essai"}
    by = bench.people["manager"]
    by.organisation = "Agglomération"
    by.save()
    invite(signed_in("manager"), bench)
    (letter,) = mail.outbox
    until = day(timezone.now() + timedelta(days=7)).replace("\xa0", " ")
    assert (letter.to, letter.reply_to, letter.from_email) == (
        ["nadia@exemple.fr"],
        [by.email],
        "contratville@localhost",
    )
    assert letter.subject == "Invitation au contrat «\xa0Contrat essai\xa0»"
    text = letter.body.replace(link_in(letter), "/LIEN/").replace("\xa0", " ")
    assert text.splitlines() == [
        "Bonjour,",
        "",
        f"{by} (Agglomération) vous invite à prendre part, comme rédacteur, au contrat :",
        "",
        "« Contrat essai »",
        "",
        "Pour ouvrir votre compte, suivez ce lien et choisissez un mot de passe :",
        "",
        "http://testserver/LIEN/",
        "",
        f"Le lien ne sert qu’une fois, jusqu’au {until}. Passé ce jour, "
        "demandez qu’on vous renvoie l’invitation en répondant à ce courriel.",
        "",
        "Si vous n’attendiez pas cette invitation, ne faites rien : sans réponse de votre part, aucun compte ne "
        "s’ouvre.",
        "",
        "Ville d’essai",
    ]


def test_the_letter_to_someone_who_has_an_account(bench, signed_in, settings):
    person = make_user()
    client = signed_in("manager")
    invite(client, bench, person.email, "reader")
    (letter,) = mail.outbox
    assert letter.subject == "Vous êtes lecteur du contrat «\xa0Contrat essai\xa0»"
    assert letter.body.startswith(f"Bonjour {person},\n")
    assert link_in(letter) == resolve_url(settings.LOGIN_REDIRECT_URL)
    assert said(client.get(members_url(bench)), ".messagelist li") == [f"Une lettre est partie à {person.email}."]


def test_a_title_with_line_breaks_makes_no_header(bench, signed_in):
    bench.contract.title = "Contrat\nBcc: tous@exemple.fr"
    bench.contract.save()
    invite(signed_in("manager"), bench)
    assert (mail.outbox[0].recipients(), "\n" in mail.outbox[0].subject) == (["nadia@exemple.fr"], False)


def test_an_answer_opens_the_account_signs_in_and_shows_the_contract(bench, signed_in, client, settings):
    manager = signed_in("manager")
    invite(manager, bench)
    assert "invitation en attente, valable jusqu’au" in manager.get(members_url(bench)).content.decode()
    link = link_in(mail.outbox[0])
    response = client.get(link)
    assert (response.status_code, response["Location"]) == (302, reverse("account:invitation"))
    page = client.get(response["Location"])
    assert "no-store" in page["Cache-Control"]
    assert "«\xa0Contrat essai\xa0»</strong>, comme rédacteur" in page.content.decode()
    response = answer(client)
    assert (response.status_code, response["Location"]) == (302, resolve_url(settings.LOGIN_REDIRECT_URL))
    home = client.get(response["Location"]).content.decode()
    assert ("Contrat essai" in home, "Contrat voisin" in home, "Bienvenue, Nadia" in home) == (True, False, True)
    user = User.objects.get(email="nadia@exemple.fr")
    assert (user.name, user.organisation, user.sessions.count()) == ("Nadia", "CAF", 1)
    assert "invitation" not in manager.get(members_url(bench)).content.decode()
    assert signed_in("visitor").get(link).status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Ce champ est obligatoire."),
        ({"new_password2": "autre chose de long"}, "Les deux mots de passe ne correspondent pas."),
        ({"new_password1": "court", "new_password2": "court"}, "au minimum 12 caractères"),
        ({"new_password1": "1" * 14, "new_password2": "1" * 14}, "entièrement numérique"),
        ({"name": "Nadia Belkacem", "new_password1": "nadia belkacem", "new_password2": "nadia belkacem"}, "nom"),
    ],
)
def test_a_bad_answer_is_told_and_uses_nothing_up(bench, signed_in, client, caplog, change, words):
    invite(signed_in("manager"), bench)
    link = link_in(mail.outbox[0])
    client.get(link)
    with caplog.at_level(logging.DEBUG):
        response = answer(client, **change)
    assert (response.status_code, words in " ".join(said(response))) == (400, True)
    assert link.split("/")[-2] not in caplog.text
    assert answer(client).status_code == 302


def test_a_link_sent_again_or_withdrawn_serves_no_more(bench, signed_in, client):
    manager, url = signed_in("manager"), members_url(bench)
    invite(manager, bench)
    User.objects.filter(email="nadia@exemple.fr").update(invited_at=timezone.now() - timedelta(days=8))
    assert "invitation sans réponse, échue depuis le" in manager.get(url).content.decode()
    person = User.objects.get(email="nadia@exemple.fr")
    manager.post(url, {"member": f"resend:{person.pk}"})
    old, new = map(link_in, mail.outbox)
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 302)
    form = read_form(manager.get(url), "form.members")
    manager.post(url, form | {"member": f"remove:{person.pk}"})
    assert client.get(new).status_code == 404
    assert said(answer(client), "h1") == ["Ce lien ne sert plus"]
    assert not User.objects.filter(email="nadia@exemple.fr").exists()


def test_a_second_answer_from_another_window_is_refused(bench, signed_in, client):
    invite(signed_in("manager"), bench)
    other, link = signed_in("visitor"), link_in(mail.outbox[0])
    client.get(link)
    other.get(link)
    assert (answer(client).status_code, answer(other, name="Un autre").status_code) == (302, 404)
    assert User.objects.get(email="nadia@exemple.fr").name == "Nadia"


def test_a_letter_that_does_not_go_is_told_and_can_be_sent_again(bench, signed_in, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    client = signed_in("manager")
    assert invite(client, bench).status_code == 302
    (told,) = said(client.get(members_url(bench)), ".messagelist li.warning")
    assert told == (
        "L’invitation de nadia@exemple.fr est enregistrée, mais la lettre n’a pas pu partir. Renvoyez-la plus tard."
    )
    assert Membership.objects.get(user__email="nadia@exemple.fr").role == "editor"
    assert "/compte/invitation/" not in caplog.text


def test_a_member_is_not_invited_twice(bench, signed_in):
    response = invite(signed_in("manager"), bench, bench.people["reader"].email)
    assert (response.status_code, said(response)) == (
        400,
        ["Cette personne est déjà membre du contrat : son rôle se change dans la liste."],
    )
    assert mail.outbox == []


def test_without_the_right_the_answer_is_the_same_for_every_address(bench, signed_in):
    for who in ("editor", "reader", "stranger", "nobody", "visitor"):
        client = signed_in(who)
        emails = (bench.people["admin"].email, "inconnue@exemple.fr")
        known, unknown = (invite(client, bench, email) for email in emails)
        assert known.status_code == unknown.status_code
        assert known.content == unknown.content
    assert (mail.outbox, User.objects.filter(email="inconnue@exemple.fr").exists()) == ([], False)


@pytest.mark.parametrize("more", [0, 9])
def test_the_page_of_members_costs_the_same_whatever_their_number(bench, signed_in, more, django_assert_num_queries):
    for number in range(more):
        make_user(role="reader", contract=bench.contract) if number % 2 else invite_quietly(bench, number)
    client = signed_in("manager")
    client.get(members_url(bench))  # what the checks find is kept from then on
    with django_assert_num_queries(13):
        page = client.get(members_url(bench))
    assert len(said(page, "form.members tbody tr")) == 3 + more


def invite_quietly(bench, number: int) -> None:
    invite_person(bench.contract, f"attendu-{number}@exemple.fr", role="reader", by=None)
