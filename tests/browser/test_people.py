"""From an invitation to a session closed elsewhere, in Chromium, with and without JavaScript; axe finds nothing."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from objectives.models import Membership
from tests.browser.conftest import DESK, TELEPHONE, faults_of
from tests.factories import make_contract, make_user

PASSWORD = "quatre mots sans rapport"


def look(page: Page) -> None:
    """Nothing to say of the page at a desk and on a telephone."""
    assert page.locator("h1").count() == 1
    for width in (DESK, TELEPHONE):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults_of(page, page.url, width) == []


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/admin/")
    page.locator("[name=username]").fill(email)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Connexion").click()
    expect(page.locator("h1")).to_have_text("Vos contrats")


def link_of_letter() -> str:
    (found,) = re.findall(r"http://[^/]+(/\S+)", mail.outbox[-1].body)
    return found


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_invited_signed_in_and_signed_out_from_elsewhere(open_window, scripts):
    contract = make_contract()
    manager = make_user(role=Membership.Role.MANAGER, contract=contract)
    check = look if scripts else (lambda page: None)  # axe is a script itself
    office = open_window(java_script_enabled=scripts)
    sign_in(office, manager.email, f"mot-de-passe-{manager.email.split('-')[1].split('@')[0]}")
    office.goto(reverse("admin:objectives_contract_members", args=[contract.pk]))
    office.get_by_label("Adresse électronique").fill("nadia@exemple.fr")
    office.get_by_label("Rôle", exact=True).select_option(label="rédacteur")
    office.get_by_role("button", name="Inviter", exact=True).click()
    expect(office.get_by_role("status")).to_have_text("Une lettre est partie à nadia@exemple.fr.")
    expect(office.get_by_text("invitation en attente")).to_be_visible()
    check(office)

    home = open_window(java_script_enabled=scripts)
    link = link_of_letter()
    home.goto(link)
    expect(home.locator("h1")).to_have_text("Ouvrir votre compte")
    assert home.url.endswith(reverse("account:invitation"))
    home.get_by_role("button", name="Ouvrir mon compte").click()
    expect(home.get_by_role("alert")).to_contain_text("3 corrections sont à faire")
    check(home)
    home.get_by_label("Prénom et nom").fill("Nadia Belkacem")
    home.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    home.get_by_label("Le même, une seconde fois").fill(PASSWORD)
    home.get_by_role("button", name="Ouvrir mon compte").click()
    expect(home.get_by_role("status")).to_contain_text("Bienvenue, Nadia Belkacem")
    expect(home.get_by_role("heading", name="Contrat essai")).to_be_visible()

    desk = open_window(java_script_enabled=scripts)
    desk.goto(link)
    expect(desk.locator("h1")).to_have_text("Ce lien ne sert plus")
    check(desk)
    sign_in(desk, "nadia@exemple.fr", PASSWORD)

    home.get_by_role("link", name="Mon compte").click()
    expect(home.locator("form.members tbody tr")).to_have_count(2)
    check(home)
    home.get_by_role("button", name=re.compile("^Fermer cette session")).click()
    expect(home.get_by_role("status")).to_have_text("Cette session est fermée.")
    expect(home.locator("form.members tbody tr")).to_have_count(1)
    desk.reload()
    expect(desk.locator("h1")).to_have_text("Se connecter")


def test_a_forgotten_password(open_window):
    user, page = make_user(role=Membership.Role.READER, contract=make_contract()), open_window()
    page.goto("/admin/")
    look(page)
    page.get_by_role("link", name="Mot de passe oublié").click()
    look(page)
    page.get_by_label("Adresse électronique").fill(user.email)
    page.get_by_role("button", name="Envoyer le lien").click()
    expect(page.locator("h1")).to_have_text("Consultez vos courriels")
    look(page)
    page.goto(link_of_letter())
    look(page)
    page.get_by_label("Nouveau mot de passe", exact=True).fill(PASSWORD)
    page.get_by_label("Le même, une seconde fois").fill(PASSWORD)
    page.get_by_role("button", name="Enregistrer ce mot de passe").click()
    expect(page.get_by_role("status")).to_contain_text("connectez-vous")
    sign_in(page, user.email, PASSWORD)
