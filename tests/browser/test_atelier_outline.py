"""Journeys in the atelier's outline: the keyboard alone, the mouse, no JavaScript, and what axe finds."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from objectives.edits import change_objective
from objectives.models import Contract, Membership, Objective
from tests.browser.conftest import QUIET
from tests.editor.atelier import stored
from tests.factories import make_contract, make_document, make_user


@pytest.fixture
def contract(db) -> Contract:
    return make_contract(make_document(axes=2, objectives=3))


@pytest.fixture
def enter(contract, client, live_server) -> Callable[..., Page]:
    """Opens the outline as a member of the contract, in that window."""

    def make(page: Page, role: str = Membership.Role.EDITOR, name: str = "outline", query: str = "") -> Page:
        client.force_login(make_user(role=role, contract=contract), backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page.goto(reverse(f"editor:{name}", args=[contract.slug]) + query)
        return page

    return make


def titles(contract: Contract) -> list[tuple[int, str | None, str]]:
    """Depth, code and title of each objective, in reading order."""
    rows = Objective.objects.of(contract).order_by("tree_id", "lft")
    roots = {one.tree_id: one.position for one in rows if one.parent_id is None}
    ordered = sorted(rows, key=lambda one: (roots[one.tree_id], one.lft))
    return [(one.depth, one.code, one.title) for one in ordered]


def test_three_objectives_are_written_indented_moved_renamed_and_undone_by_keyboard_alone(window, contract, enter):
    enter(window)
    keys, told = window.keyboard, window.locator("#said")
    # Passing through with Tab changes nothing: the outline is one stop, and Tab is its own only once one acts in it.
    window.locator("#seek").focus()
    for _ in range(30):
        keys.press("Tab")
        if window.evaluate("document.activeElement.id") == "o-axe-1":
            break
    expect(window.locator("#o-axe-1")).to_be_focused()
    keys.press("Tab")
    assert window.evaluate("document.activeElement.closest('#tree')") is None
    keys.press("Shift+Tab")
    expect(window.locator("#o-axe-1")).to_be_focused()
    keys.press("End")
    expect(window.locator("#o-2-3")).to_be_focused()
    # Three lines, typed without waiting for the server.
    keys.press("Enter")
    for title in ("Accueillir", "Accompagner", "Évaluer"):
        keys.type(title)
        keys.press("Enter")
    keys.press("Escape")
    expect(window.locator("li.entry", has_text="Évaluer").last).to_be_focused()
    written = [(1, "2.4", "Accueillir"), (1, "2.5", "Accompagner"), (1, "2.6", "Évaluer")]
    assert titles(contract)[8:] == written
    keys.press("Tab")
    expect(told).to_contain_text("rang 1 sur 1, sous « 2.5 Accompagner »")
    keys.press("Shift+Tab")
    expect(told).to_contain_text("rang 6 sur 6")
    keys.press("Alt+ArrowUp")
    expect(told).to_contain_text("rang 5 sur 6")
    keys.press("F2")
    keys.type(" chaque année")
    keys.press("Enter")
    expect(told).to_contain_text("« 2.6 Évaluer chaque année » est enregistré.")
    assert titles(contract)[8:] == [
        (1, "2.4", "Accueillir"),
        (1, "2.6", "Évaluer chaque année"),
        (1, "2.5", "Accompagner"),
    ]
    keys.press("Control+z")
    expect(told).to_contain_text("Annulé : Objectif modifié")
    keys.press("Control+z")
    expect(told).to_contain_text("Annulé : Objectif déplacé")
    keys.press("Control+y")
    expect(told).to_contain_text("Rétabli : Objectif déplacé")
    assert titles(contract)[8:] == [(1, "2.4", "Accueillir"), (1, "2.6", "Évaluer"), (1, "2.5", "Accompagner")]
    keys.press("Delete")
    expect(window.get_by_role("dialog").get_by_role("heading")).to_contain_text("Supprimer « 2.6 Évaluer »")
    keys.press("Escape")
    keys.press("Delete")
    expect(window.get_by_role("button", name="Supprimer", exact=True)).to_be_focused()
    keys.press("Enter")
    expect(told).to_contain_text("« 2.6 Évaluer » est supprimé")
    assert titles(contract)[8:] == [(1, "2.4", "Accueillir"), (1, "2.5", "Accompagner")]
    keys.press("?")
    expect(window.get_by_role("dialog")).to_contain_text("Écrire au clavier")
    keys.press("Escape")
    keys.press("Escape")
    keys.press("Tab")
    assert window.evaluate("document.activeElement.closest('#tree')") is None


def test_a_branch_is_walked_chosen_found_and_carried(window, contract, enter):
    enter(window)
    keys, told = window.keyboard, window.locator("#said")
    window.locator("#o-axe-1").focus()
    keys.press("ArrowLeft")
    expect(window.locator("#o-axe-1")).to_have_attribute("aria-expanded", "false")
    keys.press("ArrowDown")
    expect(window.locator("#o-axe-2")).to_be_focused()
    keys.press("/")
    keys.type("objectif 1.3")
    expect(window.locator("#found a")).to_have_count(1)
    keys.press("Enter")
    expect(window.locator("#o-1-3")).to_be_focused()
    expect(window.locator("#o-axe-1")).to_have_attribute("aria-expanded", "true")
    keys.press("Shift+ArrowUp")
    expect(window.locator("li[aria-selected=true]")).to_have_count(2)
    window.get_by_label("Sous", exact=True).fill("2")
    window.get_by_role("button", name="Déplacer").click()
    expect(told).to_contain_text("2 objectifs : sous « 2 Axe 2 »")
    assert {root: list(below) for root, below in stored(contract).items()} == {
        "axe-1": ["1-1"],
        "axe-2": ["2-1", "2-2", "2-3", "1-2", "1-3"],
    }
    window.get_by_role("link", name="Ne plus choisir").click()
    line, place = window.locator("#o-2-2 > .entry__line"), window.locator("#o-1-1 > .entry__line")
    line.drag_to(place, target_position={"x": 200, "y": 3})
    expect(told).to_contain_text("« 2.2 Objectif 2.2 » : rang 1 sur 2, sous « 1 Axe 1 »")
    assert list(stored(contract)["axe-1"]) == ["2-2", "1-1"]


def test_a_title_that_is_refused_stays_in_its_field(window, contract, enter):
    enter(window)
    keys = window.keyboard
    window.locator("#o-1-1").focus()
    keys.press("F2")
    change_objective(Objective.objects.get(contract=contract, key="1-1"), by=None, revision=None, title="D’un autre")
    field = window.locator("#tree").get_by_role("textbox", name="Intitulé", exact=True)
    field.fill("Le mien")
    keys.press("Enter")
    expect(window.locator("#said")).to_contain_text("Le système a changé cet intitulé entre-temps : « D’un autre ».")
    expect(field).to_have_value("Le mien")
    expect(field).to_be_focused()
    keys.press("Enter")
    expect(window.locator("#said")).to_contain_text("« 1.1 Le mien » est enregistré.")
    # A list that is pasted into a new title is as many objectives.
    window.locator("#o-2-3").focus()
    keys.press("Enter")
    keys.insert_text("• Lire\n• Écrire")
    expect(window.locator("#tree")).to_contain_text("2 lignes : autant d’objectifs")
    keys.press("Enter")
    keys.press("Escape")
    expect(window.locator("#said")).to_contain_text("2 ajoutés : « Lire »…")
    assert titles(contract)[8:] == [(1, "2.4", "Lire"), (1, "2.5", "Écrire")]


def test_titles_typed_without_network_are_kept_and_sent_once_it_is_back(window, contract, enter):
    enter(window)
    keys, told, asked = window.keyboard, window.locator("#said"), []
    window.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    window.locator("#o-1-3").focus()
    keys.press("Enter")
    keys.type("Arrivé, mais la réponse s’est perdue")
    window.route("**/ajouter/", lambda route: (route.fetch(), route.abort("internetdisconnected")))
    keys.press("Enter")
    expect(told).to_contain_text("Le serveur ne répond pas : ce que vous avez tapé est gardé ici et sera renvoyé.")
    window.context.set_offline(True)
    window.unroute("**/ajouter/")
    keys.type("Tapé dans le train")
    keys.press("Enter")
    keys.press("Escape")
    expect(told).to_contain_text("Hors ligne : ce que vous avez tapé est gardé ici et sera renvoyé.")
    fields = window.locator("#tree").get_by_role("textbox", name="Intitulé", exact=True)
    assert [one.input_value() for one in fields.all()] == ["Arrivé, mais la réponse s’est perdue", "Tapé dans le train"]
    window.get_by_role("link", name="Historique", exact=True).click()
    assert asked == ["beforeunload"]
    window.context.set_offline(False)
    expect(fields).to_have_count(0)
    assert titles(contract)[4:6] == [
        (1, "1.4", "Arrivé, mais la réponse s’est perdue"),
        (1, "1.5", "Tapé dans le train"),
    ]


def test_without_javascript_plain_forms_do_the_same(open_window, contract, enter):
    window = open_window(java_script_enabled=False)
    enter(window)
    told = window.locator("#said")
    window.get_by_role("link", name="1.2 Objectif 1.2").click()
    window.get_by_role("button", name="Monter").click()
    expect(told).to_contain_text("rang 1 sur 3")
    window.get_by_role("button", name="Ajouter", exact=True).click()
    expect(told).to_contain_text("Ajouté : objectif opérationnel")
    window.get_by_role("link", name="Renommer").click()
    window.get_by_label("Intitulé de 1.4").fill("Écrit sans script")
    window.get_by_role("button", name="Enregistrer").click()
    expect(told).to_contain_text("« 1.4 Écrit sans script » est enregistré.")
    window.get_by_role("button", name=re.compile("^Annuler")).click()
    expect(told).to_contain_text("Annulé : Objectif modifié")
    window.get_by_role("link", name="Supprimer…").click()
    window.get_by_role("button", name="Supprimer", exact=True).click()
    expect(told).to_contain_text("est supprimé")
    assert list(stored(contract)["axe-1"]) == ["1-2", "1-1", "1-3"]


@pytest.mark.looks
@pytest.mark.parametrize("width", [1280, 320])
def test_atelier_pages(open_window, contract, enter, width):
    window, faults = enter(open_window(width=width)), []

    def look(name: str) -> None:
        found = Axe().run(window, options=QUIET).response["violations"]
        faults.extend((name, one["id"], [node["html"] for node in one["nodes"]]) for one in found)
        if window.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            faults.append((name, "overflows"))

    window.locator("#o-1-1").focus()
    window.keyboard.press("Space")
    window.keyboard.press("F2")
    look("choosing and writing")
    window.keyboard.press("Escape")
    window.locator("#o-1-2").focus()
    window.keyboard.press("Delete")
    expect(window.locator("#confirm")).to_be_visible()
    look("confirming")
    for name, query in [("history", ""), ("copy", "?source=draft:essai&objectif=1-1"), ("list", "?objectif=1-1")]:
        window.goto(reverse(f"editor:{name}", args=[contract.slug]) + query)
        look(name)
    window.goto(reverse("editor:home"))
    look("home")
    assert faults == []
