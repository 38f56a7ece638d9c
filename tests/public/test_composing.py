"""« Composer un document »: the page of choices, its address, what it gives on screen and as a PDF."""

from datetime import date

import pytest

from publications.models import Rendition
from publications.publish import publish
from publications.renditions.composition import read_query
from publications.renditions.parts import PARTS
from tests.factories import make_contract, make_document, make_publication, make_user
from tests.public.reading import answer, get, links, said, soup

pytestmark = pytest.mark.django_db
PAGE = "/contrats/essai/v/1/composer/"


@pytest.fixture
def publication():
    return make_publication()


def test_the_page_offers_every_part_the_branches_and_the_usual_documents(publication):
    page = get(PAGE)
    assert [said(one) for one in page.select(".composer__part label")] == [part.TITLE for part in PARTS.values()]
    assert [said(one) for one in page.select(".composer__branch label")] == [
        "1 Axe 1",
        "1.1 Objectif 1.1",
        "1.2 Objectif 1.2",
    ]
    assert list(links(page, ".presets a")) == [
        "Dossier de comité de pilotage",
        "Annexe à l’appel à projets",
        "Suivi des indicateurs",
    ]
    assert page.select_one(".composer__ready") is None
    assert links(page, ".presets a")["Suivi des indicateurs"] == f"{PAGE}?indicateurs=1&titre=Suivi+des+indicateurs"
    assert links(get("/contrats/essai/v/1/telecharger/"), "#composer + p a") == {
        "Choisir les parties d’un document à imprimer": PAGE
    }


def test_choices_become_an_address_that_says_only_them(publication):
    asked = "?ordre-du-jour=2&cadre=1&decisions=&branche=1-1&branche=1-2&titre=&date=2026-02-03&points=Un%0D%0ADeux"
    said_all = "cadre=1&ordre-du-jour=2&branche=1-1&branche=1-2&date=2026-02-03&points=Un%0ADeux"
    assert answer(f"{PAGE}{asked}", status=302)["Location"] == f"{PAGE}?{said_all}"
    page = get(f"{PAGE}?{said_all}")
    assert links(page, ".composer__ready a") == {
        "Aperçu à l’écran": f"{PAGE}apercu/?{said_all}",
        "Préparer le PDF": f"{PAGE}document.pdf?{said_all}",
    }
    assert page.select_one("#adresse")["value"] == f"http://testserver{PAGE}?{said_all}"
    chosen = {one["name"]: one.select_one("option[selected]") for one in page.select(".composer__part select")}
    assert {name: said(one) for name, one in chosen.items() if one and one["value"]} == {
        "cadre": "en 1er",
        "ordre-du-jour": "en 2e",
    }
    assert [one["value"] for one in page.select("[name=branche][checked]")] == ["1-1", "1-2"]
    assert page.select_one("[name=date]")["value"] == "2026-02-03"
    assert read_query(said_all).agenda == ("Un", "Deux")


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("cadre=", "Choisissez au moins une partie."),
        ("cadre=1&branche=inconnue", "Branches\xa0: Sélectionnez un choix valide. inconnue n’en fait pas partie."),
        ("cadre=1&depuis=9", "Changements depuis\xa0: Sélectionnez un choix valide. 9 n’en fait pas partie."),
        ("cadre=1&date=hier", "Date de la réunion\xa0: Saisissez une date valide."),
        ("cadre=1&points=" + "x" * 201, "Ordre du jour\xa0: 40 points au plus, de 200 caractères chacun."),
    ],
)
def test_choices_that_make_no_sense_are_told_on_the_page_and_refused_elsewhere(publication, query, reason):
    page = soup(answer(f"{PAGE}?{query}", status=400))
    assert [said(one).replace("'", "’") for one in page.select(".composer__errors li")] == [said_of(reason)]
    for address in ("apercu/", "document.pdf"):
        answer(f"{PAGE}{address}?{query}", status=400)
    assert Rendition.objects.count() == 0


def said_of(text: str) -> str:
    return " ".join(text.split())


def test_the_preview_is_the_same_parts(publication):
    page = get(f"{PAGE}apercu/?indicateurs=1&cadre=2&branche=1-2&titre=Revue&lieu=Al%C3%A8s")
    assert (said(page.h1), said(page.select_one(".head__lead"))) == ("Revue", "Alès")
    assert [said(one) for one in page.select(".composed h2")] == ["Tableau des indicateurs", "Cadre stratégique"]
    assert "Objectif 1.1" not in page.select_one("main").get_text()
    assert len(page.select("h1")) == 1


def test_the_pdf_is_made_of_the_choices_and_named(publication):
    response = answer(f"{PAGE}document.pdf?decisions=1")
    digest = read_query("decisions=1").digest[:8]
    assert (response.content[:5], response["Content-Type"]) == (b"%PDF-", "application/pdf")
    assert response["Content-Disposition"] == f'inline; filename="essai-v1-{digest}.pdf"'


@pytest.mark.parametrize(
    ("state", "step", "words"),
    [
        ("queued", 0, "Étape : en file d’attente, 1 document avant celui-ci."),
        ("running", 2, "Étape : composition du texte."),
        ("running", 5, "Étape : mise en page."),
        ("running", 7, "Étape : écriture du fichier."),
    ],
)
def test_how_far_it_is_is_told(publication, settings, state, step, words):
    settings.RENDER_LIMIT = 0
    Rendition.objects.create(publication=publication, name="pdf:ancien", state="queued")
    answer(f"{PAGE}document.pdf?decisions=1", status=202)
    Rendition.objects.exclude(name="pdf:ancien").update(state=state, step=step)
    page = soup(answer(f"{PAGE}document.pdf?decisions=1", status=202))
    assert said(page.select_one("[data-waiting] p")) == words
    assert (page.progress["value"], page.progress["max"]) == (str(step), "7")
    assert links(page, "main a")["Revenir aux choix"] == f"{PAGE}?decisions=1"


def test_a_failure_says_why_and_is_tried_again_once(publication, settings):
    settings.RENDER_LIMIT = 0
    answer(f"{PAGE}document.pdf?decisions=1", status=202)
    Rendition.objects.update(state="failed", finished_at="2099-01-01T00:00Z", content=b"Trop long.\nTrace")
    page = soup(answer(f"{PAGE}document.pdf?decisions=1", status=503))
    assert "Trop long." in [said(one) for one in page.select("main p")]
    again = links(page, "main a")["Essayer de nouveau"]
    assert again == f"{PAGE}document.pdf?decisions=1&reessayer=1"
    assert answer(again, status=302)["Location"] == f"{PAGE}document.pdf?decisions=1"
    assert Rendition.objects.get().state == "queued"


def test_a_full_queue_is_told(publication, settings, monkeypatch):
    settings.RENDER_LIMIT = 0
    monkeypatch.setattr("publications.renditions.store.WAITING", 0)
    page = soup(answer(f"{PAGE}document.pdf?decisions=1", status=503))
    assert "Trop de documents sont en préparation. Essayez dans quelques minutes." in [
        said(one) for one in page.select("main p")
    ]


def test_the_dossier_of_a_committee_is_compared_with_the_version_before(publication):
    publish(publication.contract, label="Avenant", in_force_on=date(2025, 1, 1), by=None)
    page = get("/contrats/essai/v/2/composer/")
    query = links(page, ".presets a")["Dossier de comité de pilotage"].partition("?")[2]
    assert (read_query(query).since, read_query(query).title) == (1, "Dossier de comité de pilotage")
    preview = get(f"/contrats/essai/v/2/composer/apercu/?{query}")
    assert said(preview.select_one("#partie-changements .aside")).startswith("De la version 1, Texte initial")


def test_what_is_kept_for_members_is_offered_to_nobody_else(publication):
    contract = publication.contract
    kept = publish(contract, label="Projet", in_force_on=date(2025, 1, 1), visibility="members", by=None)
    member = make_user(role="reader", contract=contract)
    assert [said(one) for one in get(PAGE).select("[name=depuis] option")] == ["aucune version"]
    for address in ("", "apercu/?cadre=1", "document.pdf?cadre=1"):
        answer(f"/contrats/essai/v/{kept.number}/composer/{address}", status=404)
    page = answer("/contrats/essai/v/2/composer/", user=member)
    assert page["Cache-Control"] == "private, no-store"
    assert [said(one) for one in soup(page).select("[name=depuis] option")] == [
        "aucune version",
        "version 1, Texte initial",
    ]
    answer(f"{PAGE}apercu/?changements=1&depuis=2", status=400, user=member)


def test_queries_do_not_grow_with_the_tree(django_assert_num_queries):
    for slug, objectives in (("petit", 1), ("grand", 40)):
        make_publication(make_contract(make_document(slug, axes=3, objectives=objectives)))
        with django_assert_num_queries(3):
            answer(f"/contrats/{slug}/v/1/composer/?cadre=1")
        with django_assert_num_queries(3):
            answer(f"/contrats/{slug}/v/1/composer/apercu/?cadre=1&indicateurs=2")
