"""The panel of an objective in Chromium: written, pasted, disputed, cut off, and without JavaScript."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from objectives.edits import change_objective
from objectives.models import Contract, Membership, Objective
from objectives.rows import read_tree
from tests.browser.conftest import QUIET
from tests.factories import make_contract, make_document, make_user, real_document


@pytest.fixture
def contract(db) -> Contract:
    return make_contract(make_document(axes=2, objectives=2))


@pytest.fixture
def enter(contract, live_server) -> Callable[..., Page]:
    """Opens the panel of an objective in that window, as a member."""

    def make(page: Page, key: str = "1-1", *, role: str = Membership.Role.EDITOR, of: Contract = contract) -> Page:
        client = Client()  # each person has a session of their own
        client.force_login(make_user(role=role, contract=of), backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page.goto(reverse("editor:objective", args=[of.slug, key]))
        return page

    return make


def node(contract: Contract, key: str = "1-1"):
    return read_tree(Objective.objects.filter(contract=contract, key=key))[0]


def saved(page: Page) -> None:
    expect(page.locator(".panel__state")).to_contain_text("enregistré à")


def title(page: Page):
    return page.get_by_label("Intitulé", exact=True).first


def test_an_objective_is_written_with_pasted_actions_and_an_indicator(window, contract, enter):
    page = enter(window)
    title(page).fill("Accueillir les jeunes du quartier")
    saved(page)
    page.get_by_placeholder("Ajouter une action").focus()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('• Ouvrir un lieu\\n• Former\\ndes animateurs')")
    page.keyboard.press("Control+V")
    dialog = page.get_by_role("dialog", name="Voici ce qui sera ajouté")
    expect(dialog.get_by_label("Texte")).to_have_count(2)
    dialog.get_by_role("button", name="Tout ajouter").click()
    expect(page.locator(".panel__state")).to_have_text("2 ajoutées à la liste.")
    page.get_by_placeholder("Ajouter un indicateur").fill("Nombre de jeunes accueillis")
    page.keyboard.press("Enter")
    page.keyboard.type("Part de jeunes femmes")
    page.keyboard.press("Tab")
    saved(page)
    page.reload()
    expect(title(page)).to_have_value("Accueillir les jeunes du quartier")
    kept = node(contract)
    assert [(one.code, one.title) for one in kept.actions] == [
        ("1.1.a", "Action de 1.1"),
        ("1.1.b", "Ouvrir un lieu"),
        ("1.1.c", "Former des animateurs"),
    ]
    assert [one.title for one in kept.indicators][1:] == ["Nombre de jeunes accueillis", "Part de jeunes femmes"]
    # A line is moved by keyboard and by hand, deleted and brought back.
    page.get_by_label("Intitulé").filter(has_text="Former des animateurs").press("Alt+ArrowUp")
    expect(page.locator(".panel__state")).to_contain_text("rang 2 sur 3")
    assert [one.code for one in node(contract).actions] == ["1.1.a", "1.1.c", "1.1.b"]
    lines = page.locator("#panel-actions .item")
    page.locator("#panel-actions").evaluate("list => list.scrollIntoView({block: 'center', behavior: 'instant'})")
    lines.nth(2).locator(".item__grip").hover()
    page.mouse.down()
    for _ in range(2):  # what is carried is over something from the second movement on
        lines.nth(0).hover(position={"x": 60, "y": 4}, force=True)
    page.mouse.up()
    expect(page.locator(".panel__state")).to_contain_text("rang 1 sur 3")
    assert [one.code for one in node(contract).actions] == ["1.1.b", "1.1.a", "1.1.c"]
    lines.nth(2).locator("summary").click()
    lines.nth(2).get_by_role("button", name="Supprimer").click()
    expect(page.locator(".gone")).to_contain_text("« Former des animateurs » est supprimé.")
    page.get_by_role("button", name="Rétablir").click()
    expect(page.locator(".panel__state")).to_have_text("Action rétablie.")
    assert [one.code for one in node(contract).actions] == ["1.1.b", "1.1.a", "1.1.c"]


def test_two_windows_change_the_same_words_and_others(open_window, contract, enter):
    mine = enter(open_window())
    title(mine).focus()
    theirs = enter(open_window())
    expect(theirs.locator(".panel__present")).to_contain_text("modifie cet objectif.")
    title(theirs).fill("Objectif 1.1 du quartier")
    theirs.get_by_label("Description", exact=True).first.fill("Une description")
    saved(theirs)
    title(mine).fill("Grand objectif 1.1")
    clash = mine.get_by_role("group", name="Deux textes pour « Intitulé »")
    expect(clash.locator(".clash__text")).to_have_text(["Objectif 1.1 du quartier", "Grand objectif 1.1"])
    expect(clash.get_by_label("Ou réunir les deux")).to_have_value("Grand objectif 1.1 du quartier")
    expect(title(mine)).to_have_value("Grand objectif 1.1")
    expect(mine.get_by_label("Description", exact=True).first).to_have_value("Une description")
    clash.get_by_label("Ou réunir les deux").fill("Grand objectif 1.1 du quartier nord")
    clash.get_by_role("button", name="Enregistrer ce texte réuni").click()
    saved(mine)
    expect(clash).to_have_count(0)
    assert (node(contract).title, node(contract).description) == (
        "Grand objectif 1.1 du quartier nord",
        "Une description",
    )


def test_what_is_typed_without_network_is_sent_when_it_is_back(open_window, contract, enter):
    page = enter(open_window())
    page.context.set_offline(True)
    title(page).fill("Tapé dans le train")
    expect(page.locator(".panel__state")).to_have_text("hors ligne, sera renvoyé")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Aperçu de cet objectif").click()
    assert asked == ["beforeunload"]
    assert node(contract).title == "Objectif 1.1"
    page.context.set_offline(False)
    saved(page)
    assert node(contract).title == "Tapé dans le train"


def test_without_javascript_the_same_form_saves_all_at_once(open_window, contract, enter):
    page = enter(open_window(java_script_enabled=False))
    title(page).fill("Mon intitulé")
    page.get_by_placeholder("Ajouter une action").fill("Une seconde action")
    change_objective(Objective.objects.get(contract=contract, key="1-1"), by=None, revision=None, title="Le leur")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".clash__text")).to_have_text(["Le leur", "Mon intitulé"])
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    saved_at = page.get_by_role("status").first
    expect(saved_at).to_contain_text("Enregistré à")
    assert (node(contract).title, [one.title for one in node(contract).actions][1]) == (
        "Mon intitulé",
        "Une seconde action",
    )


def test_axe_finds_nothing_at_a_desk_and_on_a_telephone(window, enter):
    contract, page, faults = make_contract(real_document("ales-2015-2020")), window, []

    def look(name: str) -> None:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(page, options=QUIET).response["violations"]
            faults.extend(f"{name}, {width} : {one['id']} {one['nodes'][0]['html']}" for one in found)
            if (overflow := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
                faults.append(f"{name}, {width} : {overflow} pixels trop large")

    enter(page, "2-2-3", of=contract)
    change_objective(Objective.objects.get(contract=contract, key="2-2-3"), by=None, revision=None, title="Le leur")
    title(page).fill("Le mien")
    expect(page.get_by_role("group", name="Deux textes")).to_be_visible()
    page.locator(".item__more summary").first.click()
    page.locator(".targets input").first.fill("1.3")
    expect(page.locator(".combobox__list [data-value]").first).to_contain_text("1.3")
    look("deux textes, suggestions")
    page.get_by_role("button", name="Garder le mien").click()
    page.get_by_role("link", name="Coller une liste (Actions)").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    look("coller")
    enter(page, "1-3-1", of=contract, role=Membership.Role.READER)
    look("lecture seule")
    assert faults == []
