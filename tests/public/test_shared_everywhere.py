"""What a share link opens of its version, and that nobody else finds it: every kind of page, the API, the lists."""

from datetime import date

import pytest
from django.test import Client

from objectives.edits import change_objective
from objectives.models import Objective
from publications.models import Publication
from publications.sharing import add_share_link
from tests.factories import make_contract, make_document, make_publication, make_user

pytestmark = pytest.mark.django_db
VERSION = "/contrats/essai/v/2/"


@pytest.fixture
def contract():
    """Version 1 is everyone's, version 2, which words one objective like nothing else, is shared."""
    found = make_contract()
    make_publication(found)
    objective = Objective.objects.get(contract=found, key="1-1")
    change_objective(objective, by=None, revision=None, title="Ornithorynque")
    make_publication(found, label="Projet", in_force_on=date(2025, 1, 1), visibility=Publication.Visibility.LINK)
    return found


@pytest.fixture
def holder(contract) -> Client:
    """The browser of someone who holds a link and has no account."""
    client = Client()
    client.get(f"/partage/{add_share_link(_shared(contract), label='COPIL', by=None)[1]}/")
    return client


def _shared(contract) -> Publication:
    return Publication.objects.get(contract=contract, number=2)


@pytest.mark.parametrize(
    "page",
    [
        "",
        "?theme=Ornithorynque",
        "objectifs/1-1/",
        "arbre/",
        "arbre.svg",
        "composer/",
        "composer/apercu/?cadre=1",
        "telecharger/",
        "telecharger/essai-v2.json",
        "telecharger/essai-v2.docx",
        "telecharger/essai-v2.pdf",
    ],
)
def test_each_page_is_the_holders_and_is_kept_nowhere(contract, holder, page):
    response = holder.get(f"{VERSION}{page}")
    assert response.status_code in (200, 202)
    assert "no-store" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    for other in (Client(), _signed_in(make_user())):
        refused = other.get(f"{VERSION}{page}")
        assert (refused.status_code, b"Ornithorynque" in refused.content) == (404, False)


def _signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/contrats/essai/",
        "/contrats/essai/versions/",
        "/plan-du-site/",
        "/recherche/?mots=ornithorynque",
        "/api/v1/contracts/essai/publications/",
        "/api/v1/contracts/",
    ],
)
def test_nothing_lists_nor_finds_it_even_for_the_holder(contract, holder, address):
    for client in (holder, Client()):
        response = client.get(address)
        content = response.content.decode()
        assert response.status_code == 200
        assert "Projet" not in content
        assert "Ornithorynque" not in content
        assert VERSION not in content


def test_members_read_it_without_a_link(contract):
    member = _signed_in(make_user(role="reader", contract=contract))
    assert "Ornithorynque" in member.get(VERSION).content.decode()


def test_a_link_opens_nothing_of_a_contract_next_door(contract, holder):
    next_door = make_contract(make_document("voisin"))
    make_publication(next_door)
    make_publication(next_door, label="Autre", visibility=Publication.Visibility.LINK)
    assert holder.get("/contrats/voisin/v/2/").status_code == 404
    holder.cookies["partage-2"]["path"] = "/"
    assert holder.get("/contrats/voisin/v/2/").status_code == 404


def test_a_public_answer_says_nothing_to_robots(contract):
    assert "X-Robots-Tag" not in Client().get("/contrats/essai/v/1/")


def test_a_cookie_costs_one_question_and_its_absence_none(contract, holder, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert Client().get(VERSION).status_code == 404
    holder.get(VERSION)
    with django_assert_num_queries(3):
        assert holder.get(VERSION).status_code == 200
