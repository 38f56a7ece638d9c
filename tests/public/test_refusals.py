"""Nonsense in an address gets 400 or 404, said in French; never a fault of the site."""

from itertools import product
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import path

from contratville import urls
from objectives.access import NotAllowed
from tests.factories import make_contract, make_document, make_publication
from tests.public.reading import answer, get, said, soup

NONSENSE = [
    "",
    "\x00",
    "é",
    "-1",
    "0",
    "1e9",
    "9" * 40,
    "'; DROP TABLE x; --",
    "<b>",
    "%",
    "a" * 5_000,
    "\ud83d\ude00",
    "*",
    '"',
    "&|!():*",
    "١",
]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published() -> None:
    make_publication(make_contract(make_document(objectives=2)))


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/contrats/essai/", ["mots", "niveau", "etiquette", "remarques", "deplie", "autre"]),
        ("/contrats/essai/v/1/", ["mots", "niveau", "etiquette", "remarques", "deplie", "autre"]),
        ("/recherche/", ["mots", "contrat", "nature", "page", "autre"]),
        ("/recherche/?mots=objectif", ["contrat", "nature", "page"]),
        ("/contrats/essai/v/1/telecharger/essai-v1.pdf", ["reessayer"]),
        ("/contrats/essai/objectifs/1-1/", ["mots", "page"]),
        ("/contrats/essai/en-vigueur/", ["le", "autre"]),
        ("/rapprocher/", ["premier", "second", "autre"]),
        ("/", ["page"]),
    ],
)
def test_nonsense_in_a_parameter(address, names):
    client, joined = Client(raise_request_exception=True), "&" if "?" in address else "?"
    for name, value in product(names, NONSENSE):
        text = quote(value.encode("utf-16", "surrogatepass").decode("utf-16"))
        response = client.get(f"{address}{joined}{name}={text}")
        assert response.status_code in (200, 202, 400, 404), (address, name, value)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/contrats/essai/?niveau=quartier", "niveau : Sélectionnez un choix valide. quartier n’en fait pas partie."),
        ("/contrats/essai/?deplie=oui", "deplie : Sélectionnez un choix valide. oui n’en fait pas partie."),
        (
            "/contrats/essai/?mots=" + "a" * 201,
            "mots : Assurez-vous que cette valeur comporte au plus 200 caractères (actuellement 201).",
        ),
        ("/contrats/essai/?mots=%00", "mots : Le caractère nul n’est pas autorisé."),
        ("/recherche/?page=deux", "page : Saisissez un nombre entier."),
        ("/recherche/?page=0", "page : Assurez-vous que cette valeur est supérieure ou égale à 1."),
        ("/recherche/?contrat=autre", "contrat : Sélectionnez un choix valide. autre n’en fait pas partie."),
        ("/recherche/?nature=axe", "nature : Sélectionnez un choix valide. axe n’en fait pas partie."),
    ],
)
def test_a_bad_request_says_what_is_wrong(address, why):
    page = soup(answer(address, status=400))
    assert said(page.h1) == "Cette adresse demande quelque chose d’impossible"
    assert said(page.select_one(".standing")).replace("'", "’") == why


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/contrats/inconnu/", "Aucun contrat n’est publié à cette adresse."),
        ("/contrats/inconnu/versions/", "Aucun contrat n’est publié à cette adresse."),
        ("/contrats/inconnu/objectifs/1-1/", "Aucun contrat n’est publié à cette adresse."),
        ("/contrats/essai/v/9/", "Ce contrat n’a pas de version publiée sous ce numéro."),
        ("/contrats/essai/v/9/telecharger/", "Ce contrat n’a pas de version publiée sous ce numéro."),
        ("/contrats/essai/v/1/telecharger/essai.json", "Ce contrat n’a pas de fichier de ce nom."),
        ("/contrats/essai/objectifs/9-9/", None),
        ("/contrats/essai/v/1/objectifs/9-9/", None),
        ("/rien/", None),
        ("/contrats/", None),
        ("/contrats/%00/", None),
        ("/contrats/essai/objectifs/" + "a" * 3_000 + "/", None),
    ],
)
def test_what_is_not_there(address, why):
    page = soup(answer(address, status=404))
    assert said(page.h1) == "Il n’y a rien à cette adresse"
    shown = page.select_one(".standing")
    assert (said(shown) if shown else None) == why


def _forbidden(request):
    raise NotAllowed("Vous n’avez pas le droit de publier ce contrat.")


def _broken(request):
    raise RuntimeError("secret")


@pytest.fixture
def accidents(monkeypatch) -> None:
    """Two pages where something goes wrong."""
    monkeypatch.setattr(
        urls, "urlpatterns", [path("interdit/", _forbidden), path("casse/", _broken), *urls.urlpatterns]
    )
    from django.urls import clear_url_caches

    clear_url_caches()
    yield
    clear_url_caches()


def test_what_a_person_may_not_do(accidents):
    page = soup(answer("/interdit/", status=403))
    assert said(page.h1) == "Accès refusé"
    assert said(page.select_one(".standing")) == "Vous n’avez pas le droit de publier ce contrat."


def test_a_fault_of_the_site_says_nothing_of_its_cause(accidents):
    response = Client(raise_request_exception=False).get("/casse/")
    assert response.status_code == 500
    assert said(soup(response).h1) == "Le site a rencontré une erreur"
    assert b"secret" not in response.content


def test_too_many_tries_to_sign_in():
    from django.template.loader import render_to_string

    page = render_to_string("403.html", {"cooloff_time": "PT15M", "failure_limit": 8})
    assert "Trop d’essais de connexion" in page


def test_a_form_that_is_out_of_date():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert said(soup(response).h1) == "Ce formulaire n’est plus valable"


def test_the_page_of_an_error_is_a_page_like_another():
    for address in ("/rien/", "/recherche/?page=zero"):
        response = Client().get(address)
        page = soup(response)
        assert (len(page.select("h1")), page.html["lang"]) == (1, "fr")
        assert response.cookies == {}
    assert said(get("/").h1) == "Les contrats de ville, dans leur texte"
