"""A new version from what hinders it to the public page, and a version that is read by a link; axe finds nothing."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from objectives.edits import add_objective, change_objective, move_objective
from objectives.models import Contract, Level, Membership, Objective
from tests.browser.test_people import look
from tests.factories import make_contract, make_document, make_publication, make_user


@pytest.fixture
def contract(db) -> Contract:
    """Published once; since then an objective was reworded, one moved, one added, of which the title is missing."""
    contract = make_contract(make_document(axes=2, objectives=2))
    make_publication(contract)
    change_objective(objective(contract, "1-1"), by=None, revision=None, title="Objectif 1.1 du quartier")
    move_objective(objective(contract, "1-2"), under=objective(contract, "axe-2"), position=0, by=None, revision=None)
    level = Level.objects.get(contract=contract, key="objectif")
    add_objective(contract, under=objective(contract, "axe-1"), level=level, title="", by=None)
    return contract


def objective(contract: Contract, key: str) -> Objective:
    return Objective.objects.get(contract=contract, key=key)


def name_the_new_one(contract: Contract, title: str) -> None:
    change_objective(Objective.objects.get(contract=contract, title=""), by=None, revision=None, title=title)


def enter(page: Page, contract: Contract, live_server, address: str) -> None:
    """Opens that page as a responsable of the contract."""
    client = Client()
    client.force_login(
        make_user(role=Membership.Role.MANAGER, contract=contract), backend="django.contrib.auth.backends.ModelBackend"
    )
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(address)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_from_what_changed_to_the_version_in_force(open_window, live_server, contract, scripts):
    page = open_window(java_script_enabled=scripts)
    check = look if scripts else (lambda page: None)  # axe is a script itself
    enter(page, contract, live_server, reverse("editor:home"))
    page.get_by_role("link", name="Publier").click()
    # What hinders it leads to its objective.
    button = page.get_by_role("button", name="Publier cette version")
    expect(button).to_be_disabled()
    expect(page.get_by_text("constat grave empêche de publier")).to_be_visible()
    check(page)
    name_the_new_one(contract, "Ouvrir un lieu")
    page.reload()
    # What changes, in words; and the draft as it would be.
    tallies = [" ".join(text.split()) for text in page.locator(".tallies li").all_inner_texts()]
    assert tallies == ["+ 1 ajout", "→ 1 déplacement", "≈ 1 reformulation"]
    expect(page.locator(".changes-to-publish ins")).to_have_text(["du quartier"])
    page.get_by_role("link", name="Relire l’aperçu du brouillon").click()
    expect(page.get_by_text("Ouvrir un lieu")).to_have_count(1)
    page.go_back()
    page.get_by_label("Libellé").fill("Avenant n° 1")
    page.get_by_label("Date d’effet").fill("2024-06-01")
    page.get_by_label("Note").fill("Un lieu de plus.")
    button.click()
    # The public page says that it is in force, the old one that it is not any more, and what changed between them.
    expect(page).to_have_url(live_server.url + reverse("public:publication", args=["essai", 2]))
    expect(page.locator(".standing")).to_contain_text("Version 2, Avenant n° 1, en vigueur depuis le 1er juin 2024")
    page.goto(reverse("public:publication", args=["essai", 1]))
    expect(page.locator(".standing")).to_contain_text("Version en vigueur : version 2, Avenant n° 1 (1er juin 2024)")
    page.get_by_role("link", name="Ce qui change de l’une à l’autre").click()
    expect(page.locator("main ins")).to_have_text(["du quartier"])
    expect(page.get_by_text("Ouvrir un lieu")).to_be_visible()


def test_a_version_is_read_by_a_link_until_it_is_revoked(open_window, live_server, contract):
    name_the_new_one(contract, "Projet réservé")
    office, reader = open_window(), open_window()
    enter(office, contract, live_server, reverse("admin:objectives_contract_publish", args=[contract.pk]))
    office.get_by_label("Libellé").fill("Projet d’avenant")
    office.get_by_label("lien de partage").check()
    office.get_by_role("button", name="Publier cette version").click()
    expect(office.locator("h1")).to_have_text("Liens de partage")
    office.get_by_label("Pour qui").fill("COPIL")
    office.get_by_role("button", name="Créer ce lien").click()
    link = office.locator("code.secret").inner_text()
    look(office)
    reader.goto(link)
    expect(reader.get_by_text("Projet réservé")).to_have_count(1)
    look(reader)
    office.goto(reverse("admin:publications_publication_share", args=[contract.pk, 2]))
    office.get_by_role("button", name="Révoquer le lien « COPIL »").click()
    expect(office.get_by_role("status")).to_have_text("Le lien « COPIL » est révoqué : il n’ouvre plus rien.")
    assert reader.goto(link).status == 404
    reader.goto(reverse("public:contract", args=["essai"]))
    expect(reader.get_by_text("Projet réservé")).to_have_count(0)
