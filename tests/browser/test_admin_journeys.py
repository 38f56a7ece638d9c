"""An officer's journeys in the admin: with the keyboard alone, with and without JavaScript."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from objectives.edits import change_objective
from objectives.models import Contract, Membership, Objective
from objectives.rows import read_tree
from tests.browser.test_public_journeys import focused, tab_to
from tests.factories import make_contract, make_document, make_user


@pytest.fixture
def contract(db) -> Contract:
    return make_contract(make_document(axes=2, objectives=3))


@pytest.fixture
def sign_in(contract, client, live_server) -> Callable[..., Page]:
    """Signs a member of the contract in, in that window, and opens a page of the contract."""

    def make(page: Page, name: str, *args: int, role: str = Membership.Role.EDITOR) -> Page:
        client.force_login(make_user(role=role, contract=contract), backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page.goto(reverse(f"admin:{name}", args=args or [contract.pk]))
        return page

    return make


def keys(contract: Contract) -> list[str]:
    """The first axis's children, in order."""
    return list(Objective.objects.filter(contract=contract, parent__key="axe-1").values_list("key", flat=True))


def objective(contract: Contract, key: str) -> Objective:
    return Objective.objects.get(contract=contract, key=key)


def test_keyboard_alone_from_signing_in_to_a_moved_objective(window, contract):
    user = make_user(role=Membership.Role.EDITOR, contract=contract)
    window.goto("/admin/")
    expect(window.locator("h1")).to_have_text("Se connecter")
    assert window.evaluate("document.activeElement.name") == "username"
    window.keyboard.type(user.email)
    window.keyboard.press("Tab")
    window.keyboard.type(f"mot-de-passe-{user.email.split('-')[1].split('@')[0]}")
    window.keyboard.press("Enter")
    expect(window.locator("h1")).to_have_text("Vos contrats")
    tab_to(window, "Arbre")
    window.keyboard.press("Enter")
    expect(window.locator("h1")).to_have_text("Arbre")
    tab_to(window, "Descendre 1.1")
    window.keyboard.press("Enter")
    expect(window.get_by_role("status")).to_contain_text("« 1.1 Objectif 1.1 » est descendu : rang 2 sur 3")
    expect(window.locator("#down-1-1")).to_be_focused()
    assert keys(contract) == ["1-2", "1-1", "1-3"]
    window.keyboard.press("Enter")
    expect(window.get_by_role("status")).to_contain_text("rang 3 sur 3")
    assert keys(contract) == ["1-2", "1-3", "1-1"]
    # It can go no further: focus is on its line, and the buttons that still do something follow.
    expect(window.locator("#n-1-1")).to_be_focused()
    tab_to(window, "Monter 1.1")
    window.keyboard.press("Enter")
    expect(window.get_by_role("status")).to_contain_text("est monté")
    expect(window.locator("#up-1-1")).to_be_focused()


def test_an_objective_is_moved_under_another_by_keyboard(window, contract, sign_in):
    sign_in(window, "objectives_contract_tree")
    window.get_by_role("link", name="Déplacer… 1.2").focus()
    window.keyboard.press("Enter")
    window.get_by_label("Sous quel objectif").focus()
    window.keyboard.type("2")
    window.keyboard.press("Tab")
    window.keyboard.type("1")
    window.keyboard.press("Enter")
    expect(window.get_by_role("status")).to_contain_text("« 1.2 Objectif 1.2 » est maintenant sous « 2 Axe 2 »")
    expect(window.locator("#n-1-2")).to_be_focused()
    moved = objective(contract, "1-2")
    assert (moved.parent.key, moved.position) == ("axe-2", 0)


def edit(window: Page) -> None:
    """Types a title, a second action, and another wording and baseline of the indicator."""
    window.get_by_label("Intitulé", exact=True).first.fill("Un intitulé repris")
    window.locator("#id_actions-1-title").fill("Une seconde action")
    window.locator("#id_indicators-0-title").fill("Nombre de personnes accueillies (F/H)")
    window.locator("[data-rows=indicators] summary").first.click()
    window.locator("#id_indicators-0-baseline").fill("45 en 2014")
    window.get_by_role("button", name="Enregistrer", exact=True).click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_an_objective_is_edited_with_its_actions_and_indicators(open_window, contract, sign_in, scripts):
    window = open_window(java_script_enabled=scripts)
    sign_in(window, "objectives_objective_change", objective(contract, "1-1").pk)
    edit(window)
    expect(window.get_by_role("status")).to_contain_text("L’objectif est enregistré.")
    node = read_tree(Objective.objects.filter(contract=contract, key="1-1"))[0]
    assert node.title == "Un intitulé repris"
    assert [(one.code, one.title) for one in node.actions][1] == ("1.1.b", "Une seconde action")
    assert (node.indicators[0].title, node.indicators[0].baseline) == (
        "Nombre de personnes accueillies (F/H)",
        "45 en 2014",
    )


def test_rows_are_added_and_moved_in_place(window, contract, sign_in):
    sign_in(window, "objectives_objective_change", objective(contract, "1-1").pk)
    clauses = window.locator("[data-rows=clauses]")
    clauses.locator("#id_clauses-1-text").fill("Deuxième")
    clauses.get_by_role("button", name="Ajouter une ligne").press("Enter")
    assert window.evaluate("document.activeElement.id") == "id_clauses-2-text"
    window.keyboard.type("Troisième")
    third = clauses.locator(".row").nth(2)
    third.get_by_role("button", name="Monter").press("Enter")
    assert "Monter" in focused(window)
    window.keyboard.press("Enter")
    window.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(window.get_by_role("status")).to_contain_text("L’objectif est enregistré.")
    node = read_tree(Objective.objects.filter(contract=contract, key="1-1"))[0]
    assert [one.text for one in node.clauses] == ["Troisième", "L’opérateur s’engage pour 1.1", "Deuxième"]


def test_typed_words_are_not_lost_by_leaving(window, contract, sign_in):
    sign_in(window, "objectives_objective_change", objective(contract, "1-1").pk)
    window.get_by_label("Intitulé", exact=True).first.fill("Des mots à garder")
    asked = []
    window.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    window.get_by_role("link", name="Voir dans l’arbre").click()
    expect(window.get_by_label("Intitulé", exact=True).first).to_have_value("Des mots à garder")
    assert asked == ["beforeunload"]


def test_a_text_that_someone_else_changed_is_shown_beside_ones_own(window, contract, sign_in):
    sign_in(window, "objectives_objective_change", objective(contract, "1-1").pk)
    window.get_by_label("Intitulé", exact=True).first.fill("Mon intitulé")
    change_objective(objective(contract, "1-1"), by=None, revision=None, title="Celui d’un autre")
    window.get_by_role("button", name="Enregistrer", exact=True).click()
    cells = window.locator(".conflict tbody td")
    expect(cells).to_have_text(["Mon intitulé", "Celui d’un autre"])
    window.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(window.get_by_role("status")).to_contain_text("L’objectif est enregistré.")
    assert objective(contract, "1-1").title == "Mon intitulé"
