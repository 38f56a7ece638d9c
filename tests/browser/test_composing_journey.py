"""A document is composed, looked at and printed, by keyboard and without JavaScript too."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_contract, make_document, make_publication

PAGE = "/contrats/essai/v/1/composer/"


@pytest.mark.parametrize("scripted", [True, False])
def test_a_document_is_composed_looked_at_and_printed(open_window, scripted, transactional_db):
    make_publication(make_contract(make_document(axes=2)))
    page = open_window(java_script_enabled=scripted)
    page.goto(PAGE)
    page.get_by_label("Relevé de décisions").select_option("en 2e")
    page.get_by_label("Cadre stratégique").select_option("en 1er")
    page.get_by_label("2 Axe 2").check()
    page.get_by_label("Lieu").fill("Préfecture")
    page.get_by_role("button", name="Garder ces choix").click()
    query = "cadre=1&decisions=2&branche=axe-2&lieu=Pr%C3%A9fecture"
    expect(page).to_have_url(f"{page.url.partition('/contrats')[0]}{PAGE}?{query}")
    page.get_by_role("link", name="Aperçu à l’écran").click()
    expect(page.locator(".composed h2")).to_have_text(["Cadre stratégique", "Relevé de décisions"])
    expect(page.get_by_text("Objectif 1.1")).to_have_count(0)
    expect(page.get_by_text("Objectif 2.1")).to_be_visible()
    address = page.get_by_role("link", name="Préparer le PDF").get_attribute("href")
    answer = page.request.get(address)
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")
