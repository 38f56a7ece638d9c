"""What every page has, and what the pages about the site itself say."""

import pytest
from bs4 import BeautifulSoup

from tests.factories import FIXTURES, make_contract, make_document, make_publication, real_document
from tests.public.reading import answer, get, heard, links, said
from tests.public.test_kept import PAGES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", PAGES)
def test_every_page_can_be_found_ones_way_in(address):
    make_publication()
    page = get(address)
    assert page.html["lang"] == "fr"
    assert page.title.string.endswith(" – contratville")
    assert [len(page.select(one)) for one in ("h1", "main", "header.masthead", "footer.footer")] == [1, 1, 1, 1]
    assert page.body.find("a")["href"] == "#contenu"
    assert page.main["id"] == "contenu"
    assert links(page, ".footer a") == {
        "Accessibilité : non conforme": "/accessibilite/",
        "Mentions légales": "/mentions-legales/",
        "Données ouvertes": "/donnees-ouvertes/",
        "Plan du site": "/plan-du-site/",
    }
    assert links(page, ".masthead nav a")["Espace des agents"] == "/admin/"


@pytest.mark.parametrize("address", PAGES)
def test_markup_is_sound(address):
    make_publication()
    page = get(address)
    identifiers = [one["id"] for one in page.select("[id]")]
    assert len(identifiers) == len(set(identifiers))
    named = [one for label in page.select("[aria-labelledby]") for one in label["aria-labelledby"].split()]
    assert set(named) <= set(identifiers)
    assert {label["for"] for label in page.select("label")} <= set(identifiers)
    for field in page.select("input, select"):
        assert page.select_one(f"label[for='{field['id']}']") is not None
    levels = [int(one.name[1]) for one in page.select("h1, h2, h3, h4, h5, h6")]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)), levels
    assert page.select("[style], style, script:not([src]), [onclick]") == []


def test_every_link_of_the_site_leads_somewhere():
    """From the home page, every address of the public site that a page names answers, and every anchor is there."""
    make_publication(make_contract(real_document("quartiers-2030")))
    make_publication()
    seen: dict[str, BeautifulSoup | None] = {}
    waiting = ["/"]
    while waiting:
        address = waiting.pop()
        seen[address] = None
        response = answer(address)
        if not response["Content-Type"].startswith("text/html"):
            continue
        seen[address] = BeautifulSoup(response.content, "html.parser")
        for link in seen[address].select("a[href]:not([rel=nofollow]), link[rel=canonical]"):
            target, _, anchor = link["href"].partition("#")
            target = (address.partition("?")[0] + target if target.startswith("?") else target) or address
            ours = target.startswith("/") and not target.startswith(("/admin/", "/api/", "/static/"))
            if ours and not target.endswith(".pdf") and target not in seen and target not in waiting:
                waiting.append(target)
    assert len(seen) > 100
    for address, page in seen.items():
        for link in page.select("a[href*='#']") if page else ():
            target, _, anchor = link["href"].partition("#")
            there = seen.get((address.partition("?")[0] + target if target.startswith("?") else target) or address)
            assert there is None or there.find(id=anchor) is not None, (address, link["href"])


def test_home_lists_the_contracts_in_the_order_of_their_titles():
    for path in FIXTURES.glob("*.yaml"):
        make_publication(make_contract(real_document(path.stem)))
    page = get("/")
    assert [heard(one) for one in page.select(".contract__title")] == [
        "2015–2020 Contrat de ville d’Alès Agglomération 2015-2020 : fiches actions",
        "2015–2020 Contrat de ville de Metz Métropole 2015-2020 : cadre stratégique",
        "Contrat de ville : six thématiques",
        "jusqu’en 2030 La stratégie pour les quartiers 2030",
    ]
    assert [said(one) for one in page.select(".contract__counts")][0] == (
        "4 piliers, 14 orientations stratégiques, 75 objectifs opérationnels, 199 actions, 128 clauses, 232 indicateurs"
    )
    for contract in page.select(".contract"):
        slug = contract.select_one(".contract__title a")["href"]
        inside = get(slug)
        figures = [f"{one.dd.string} {said(one.dt)}" for one in inside.select(".figures__one")]
        assert said(contract.select_one(".contract__counts")) == ", ".join(figures)
        roots = [heard(one) for one in inside.select("#branches .branch--0 > .branch__title")]
        assert [said(one) for one in contract.select(".roots a")] == roots


def test_strip_shares_the_whole_between_the_roots():
    make_publication(make_contract(make_document(axes=10, objectives=3)))
    strip = get("/").select_one(".strip")
    parts = strip.select("rect")
    assert strip["viewbox"] == "0 0 40 1"
    assert [int(one["width"]) for one in parts] == [4] * 10
    assert [int(one["x"]) for one in parts] == list(range(0, 40, 4))
    assert [one["class"] for one in parts][-3:] == [["strip__8"], ["strip__1"], ["strip__2"]]


def test_home_without_any_contract():
    assert said(get("/").select_one("main > .spread")) == "Aucun contrat n’est encore publié."
    for address in ("/recherche/?mots=axe", "/plan-du-site/", "/donnees-ouvertes/"):
        get(address)


def test_accessibility_says_what_the_law_asks(settings):
    settings.SITE = settings.SITE | {"publisher": "Agglo", "contact": "acces@agglo.fr"}
    page = get("/accessibilite/")
    assert [said(one) for one in page.select("h2")] == [
        "État de conformité",
        "Ce qui est fait",
        "Contenus non accessibles",
        "Établissement de cette déclaration",
        "Retour d’information et contact",
        "Voies de recours",
    ]
    assert said(page.select_one(".head__lead")) == "Accessibilité : non conforme."
    assert links(page)["acces@agglo.fr"] == "mailto:acces@agglo.fr"


def test_legal_notice_says_who_publishes_and_hosts(settings):
    settings.SITE = settings.SITE | {"publisher": "Agglo", "director": "La présidente", "host": ""}
    facts = {said(one.dt): said(one.dd) for one in get("/mentions-legales/").select(".facts > div")}
    assert facts == {
        "Éditeur": "Agglo",
        "Adresse": "non renseignée",
        "Direction de la publication": "La présidente",
        "Contact": "Agglo (adresse non renseignée)",
        "Hébergement": "non renseigné",
    }


def test_open_data_leads_to_the_api_and_to_the_files():
    make_publication()
    page = get("/donnees-ouvertes/")
    assert links(page, "article a") == {
        "Contrat essai": "/contrats/essai/v/1/telecharger/",
        "API": "/api/v1/",
        "documentation": "/api/v1/docs/",
    }


def test_sitemap_names_every_kind_of_page():
    make_publication()
    there = set(links(get("/plan-du-site/"), "main a").values())
    assert there == {
        "/",
        "/recherche/",
        "/donnees-ouvertes/",
        "/api/v1/docs/",
        "/accessibilite/",
        "/mentions-legales/",
        "/admin/",
        "/contrats/essai/",
        "/contrats/essai/objectifs/axe-1/",
        "/contrats/essai/versions/",
        "/contrats/essai/en-vigueur/",
        "/rapprocher/",
        "/contrats/essai/v/1/telecharger/",
    }
