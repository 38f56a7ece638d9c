"""A visitor's journeys: with the keyboard alone, without JavaScript, on paper; the same at every turn."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from publications.models import Publication, Rendition
from publications.renditions.store import WHOLE
from tests.factories import make_contract, make_publication, real_document

ALES = "/contrats/ales-2015-2020/"


@pytest.fixture(autouse=True)
def ales(db) -> Publication:
    return make_publication(make_contract(real_document("ales-2015-2020")))


def focused(page: Page) -> str:
    """What has the focus, in words."""
    return page.evaluate("document.activeElement.innerText || document.activeElement.name || ''").replace("\u00a0", " ")


def tab_to(page: Page, words: str, *, limit: int = 60) -> None:
    """Presses Tab until what has the focus says those words."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if words in focused(page):
            return
    raise AssertionError(f"« {words} » cannot be reached by the keyboard; the focus is on « {focused(page)} »")


def test_keyboard_through_the_tree(window):
    window.goto(ALES)
    window.keyboard.press("Tab")
    assert focused(window) == "Aller au contenu"
    window.keyboard.press("Enter")
    assert window.evaluate("document.activeElement.id") == "contenu"
    tab_to(window, "4 objectifs opérationnels")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert window.evaluate(outline) == "solid"
    action = window.get_by_text("Mettre en place des actions mobiles")
    expect(window.locator("[id='1-1-1']")).to_be_hidden()
    window.keyboard.press("Enter")
    expect(window.locator("[id='1-1-1']")).to_be_visible()
    tab_to(window, "4 actions · 2 clauses")
    window.keyboard.press("Space")
    expect(action).to_be_visible()
    window.keyboard.press("Space")
    expect(action).to_be_hidden()
    tab_to(window, "Améliorer la visibilité")
    window.keyboard.press("Enter")
    expect(window).to_have_url(re.compile(r"/objectifs/1-1-2/$"))
    expect(window.locator("h1")).to_contain_text("Améliorer la visibilité et l’image des quartiers")
    tab_to(window, "1.1.2.a")
    window.keyboard.press("Enter")
    expect(window).to_have_url(re.compile(r"/v/1/objectifs/1-1-2/#1-1-2-a$"))
    tab_to(window, "1.1.3 Accompagner les évènements")
    window.keyboard.press("Enter")
    expect(window).to_have_url(re.compile(r"/v/1/objectifs/1-1-3/$"))


def test_keyboard_through_the_filter(window):
    window.goto(ALES)
    tab_to(window, "mots")
    window.keyboard.type("évènement", delay=20)
    tally = window.locator("[data-tally]")
    expect(tally).to_contain_text("passages")
    expect(window.locator("#tally")).to_have_text(tally.inner_text())
    expect(window).to_have_url(re.compile(r"\?mots=%C3%A9v%C3%A8nement$"))
    live = window.locator("#branches").inner_text()
    assert focused(window) == "mots"
    window.reload()
    assert window.locator("#branches").inner_text() == live
    tab_to(window, "Revenir à tout le texte")
    window.keyboard.press("Enter")
    expect(window.locator("[data-fold=open]")).to_be_visible()


def test_filter_by_level_tag_and_remark_is_live(window):
    window.goto(ALES)
    window.get_by_label("Étiquette").select_option("NPNRU")
    expect(window.locator("[data-tally]")).to_have_text("7 objectifs")
    window.get_by_label("Niveau").select_option("Orientations stratégiques")
    expect(window.locator("[data-tally]")).to_have_text("Aucun passage")
    window.get_by_label("Étiquette").select_option("Toutes")
    expect(window.locator("[data-tally]")).to_have_text("14 objectifs")
    window.get_by_label("Niveau").select_option("Tous")
    window.get_by_label("Avec remarque").check()
    expect(window.locator("#branches .remark").first).to_be_visible()
    window.get_by_label("Avec remarque").uncheck()
    expect(window.locator("[data-fold=open]")).to_be_visible()
    expect(window).to_have_url(re.compile(f"{ALES}$"))


def test_all_is_opened_and_closed_at_once(window):
    window.goto(ALES)
    window.get_by_text("Tout déplier").click()
    assert window.locator("#branches details:not([open])").count() == 0
    window.get_by_text("Tout replier").click()
    assert window.locator("#branches details[open]").count() == 0
    expect(window).to_have_url(re.compile(f"{ALES}$"))


def test_an_address_opens_the_tree_where_it_leads(window):
    window.goto(f"{ALES}#1-3-5-b")
    expect(window.locator("[id='1-3-5-b']")).to_be_in_viewport()
    window.goto(f"{ALES}#4-1-1")
    expect(window.locator("[id='4-1-1']")).to_be_in_viewport()


def test_keyboard_through_search(window):
    window.goto("/")
    tab_to(window, "mots")
    window.keyboard.type("illettrisme")
    window.keyboard.press("Enter")
    expect(window.locator("h1")).to_contain_text("illettrisme")
    marks = window.locator("main mark")
    assert {text.lower() for text in marks.all_inner_texts()} == {"illettrisme"}
    tab_to(window, "1.2.6")
    window.keyboard.press("Enter")
    expect(window.locator("h1")).to_contain_text("Lutter contre l’illettrisme")


def test_the_same_without_javascript(open_window):
    page = open_window(java_script_enabled=False)
    page.goto(ALES)
    expect(page.locator("[id='1-1-1']")).to_be_hidden()
    page.locator("[id='1-1'] > details > summary").click()
    expect(page.locator("[id='1-1-1']")).to_be_visible()
    page.get_by_text("Tout déplier").click()
    assert page.locator("#branches details:not([open])").count() == 0
    page.get_by_text("Tout replier").click()
    expect(page.locator("[id='1-1-1']")).to_be_hidden()
    page.get_by_label("Mots").fill("évènement")
    page.get_by_label("Niveau").select_option("Objectifs opérationnels")
    page.get_by_role("button", name="Filtrer").click()
    expect(page).to_have_url(re.compile(r"\?mots=%C3%A9v%C3%A8nement&niveau=objectif-operationnel&etiquette=$"))
    narrowed = page.locator("#branches").inner_text()
    scripted = open_window()
    scripted.goto(page.url)
    assert scripted.locator("#branches").inner_text() == narrowed
    page.goto("/recherche/")
    page.get_by_label("Mots cherchés").fill("école")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator("main mark").first).to_be_visible()


@pytest.mark.parametrize("scripted", [True, False])
def test_on_paper_all_branches_are_open(open_window, scripted):
    page = open_window(java_script_enabled=scripted)
    page.goto(ALES)
    page.emulate_media(media="print")
    for key in ("1-1-1-a", "2-2-3", "4-2-4"):
        assert page.locator(f"[id='{key}']").bounding_box()["height"] > 5
    for hidden in ("nav", "form", ".sought"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_a_pdf_in_preparation_opens_when_it_is_ready(window, ales, settings):
    settings.RENDER_LIMIT = 0
    rendition = Rendition.objects.create(publication=ales, name=WHOLE.name, state="running")
    window.goto(f"{ALES}v/1/telecharger/ales-2015-2020-v1.pdf")
    expect(window.locator("h1")).to_have_text("Le PDF est en préparation")
    Rendition.objects.filter(pk=rendition.pk).update(state="failed", finished_at=timezone.now())
    expect(window.locator("h1")).to_have_text("Le PDF n’a pas pu être composé")
