"""A visitor asks what an amendment changed, follows a change and comes back; then lays two contracts side by side."""

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from objectives.edits import change_objective, delete_objective
from objectives.models import Objective
from tests.factories import make_contract, make_document, make_publication


@pytest.fixture(autouse=True)
def versions(db) -> None:
    """Two versions of a contract, of which the second rewords an objective and lacks another; and another contract."""
    contract = make_contract(make_document(axes=2, objectives=3))
    make_publication(contract)
    objectives = Objective.objects.filter(contract=contract)
    change_objective(objectives.get(key="1-1"), by=None, revision=None, title="Objectif 1.1 élargi")
    delete_objective(objectives.get(key="2-3"), by=None, revision=None)
    make_publication(contract, label="Avenant n° 1", in_force_on=date(2025, 1, 1))
    make_publication(make_contract(make_document("voisin")))


def test_what_an_amendment_changed_then_two_contracts_side_by_side(open_window):
    page = open_window(java_script_enabled=False)
    page.goto("/contrats/essai/")
    page.get_by_role("link", name="Toutes les versions").click()
    page.get_by_label("Comparer", exact=True).select_option("1")
    page.get_by_label("à", exact=True).select_option("2")
    page.get_by_role("button", name="Montrer ce qui change").click()
    expect(page).to_have_url(re.compile(r"/v/1/comparer/2/$"))
    expect(page.locator("legend")).to_have_text("5 changements")
    page.get_by_label("1 reformulation").check()
    page.get_by_role("button", name="Ne montrer que ces changements").click()
    expect(page).to_have_url(re.compile(r"/v/1/comparer/2/\?genre=reworded$"))
    narrowed = page.url
    expect(page.locator(".story")).to_have_count(1)
    assert Axe().run(_scripted(open_window, narrowed)).response["violations"] == []
    page.get_by_role("link", name="Objectif 1.1 élargi").click()
    expect(page.locator("h1")).to_contain_text("Objectif 1.1 élargi")
    expect(page).to_have_url(re.compile(r"/v/2/objectifs/1-1/$"))
    page.go_back()
    expect(page).to_have_url(narrowed)
    page.get_by_role("link", name="Tout montrer").click()
    expect(page.locator(".story")).to_have_count(5)
    page.get_by_role("link", name="Versions", exact=True).click()
    page.get_by_role("link", name="Rapprocher ce contrat d’un autre").click()
    expect(page.get_by_label("Premier texte")).to_have_value("essai:2")
    page.get_by_label("Second texte").select_option("voisin:1")
    page.get_by_role("button", name="Mettre côte à côte").click()
    expect(page).to_have_url(re.compile(r"/essai/v/2/rapprocher/voisin/1/$"))
    expect(page.locator(".pair")).not_to_have_count(0)


def _scripted(open_window, address):
    page = open_window()
    page.goto(address)
    return page
