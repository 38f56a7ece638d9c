"""The page that compares two versions: exact, permanent, and of no draft."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from actions.edits import change_action
from actions.models import Action
from objectives.edits import add_objective, change_objective, delete_objective, move_objective
from objectives.models import Objective
from publications.models import Publication
from tests.factories import make_contract, make_document, make_publication, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/contrats/essai/v/1/comparer/2/"


@pytest.fixture
def contract():
    found = make_contract(make_document(axes=2, objectives=3))
    make_publication(found)
    return found


def _objective(contract, key):
    return Objective.objects.get(contract=contract, key=key)


def _amended(contract, **changes):
    change_objective(_objective(contract, "1-1"), by=None, revision=None, title="Objectif 1.1 élargi")
    move_objective(_objective(contract, "1-2"), under=_objective(contract, "axe-2"), position=0, by=None, revision=None)
    delete_objective(_objective(contract, "2-3"), by=None, revision=None)
    add_objective(
        contract, level=_objective(contract, "1-1").level, under=_objective(contract, "axe-1"), by=None, title="Neuf"
    )
    return make_publication(contract, label="Avenant n° 1", in_force_on=date(2025, 1, 1), **changes)


def _page(client, address=ADDRESS):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def _texts(page, selector):
    return [" ".join(one.get_text().split()) for one in page.select(selector)]


def test_what_changed_is_told_in_words(client, contract):
    _amended(contract)
    page = _page(client)
    assert _texts(page, "h1") == ["Ce qui a changé"]
    assert _texts(page, ".changes-filter__kinds label") == [
        "+ 1 ajout",
        "− 4 suppressions",
        "→ 1 déplacement",
        "≈ 1 reformulation",
    ]
    assert _texts(page, "#arbre + .changed .story") == [
        "≈ Intitulé : Objectif 1.1 élargi",
        "+ Ajouté.",
        "→ Était sous « 1 Axe 1 » ; est désormais sous « 2 Axe 2 ».",
        "− Supprimé.",
        "− Supprimé.",
        "− Supprimé.",
        "− Supprimé.",
    ]
    assert _texts(page, "ins") == ["élargi"]


def test_an_item_that_was_reworded_is_printed_once_with_its_marks(client, contract):
    action = Action.objects.get(objective=_objective(contract, "1-1"))
    change_action(action, by=None, revision=None, title="Action de 1.1, élargie")
    make_publication(contract)
    lines = _texts(_page(client), ".changed__title, .story")
    assert lines[-2:] == ["Action 1.1.a", "≈ Intitulé : Action de 1.1 1.1, élargie"]
    hidden = _page(client, f"{ADDRESS}?genre=added")
    assert _texts(hidden, ".changed__title") == []


def test_kinds_narrow_what_is_told_and_not_what_is_counted(client, contract):
    _amended(contract)
    page = _page(client, f"{ADDRESS}?genre=moved&genre=added")
    assert _texts(page, ".story .sign") == ["+", "→"]
    assert _texts(page, "legend") == ["7 changements"]


def test_the_way_back_says_the_opposite(client, contract):
    _amended(contract)
    page = _page(client, "/contrats/essai/v/2/comparer/1/")
    assert _texts(page, "del") == ["élargi"]


def test_two_versions_of_the_same_text(client, contract):
    make_publication(contract, label="Réédition")
    assert "Les deux versions portent exactement le même texte." in _texts(_page(client), "main p")


@pytest.mark.parametrize("query", ["?genre=inconnu", "?genre=", "?genre=%00", "?genre=moved&genre=x"])
def test_nonsense_is_a_bad_request(client, contract, query):
    _amended(contract)
    assert client.get(ADDRESS + query).status_code == 400


def test_a_version_kept_for_members_is_compared_for_them_alone(client, contract):
    _amended(contract, visibility=Publication.Visibility.MEMBERS)
    assert client.get(ADDRESS).status_code == 404
    client.force_login(make_user(role="reader", contract=contract))
    response = client.get(ADDRESS)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


def test_a_version_that_does_not_exist(client, contract):
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("objectives", [3, 300])
def test_queries_do_not_grow_with_the_tree(client, django_assert_num_queries, objectives):
    contract = make_contract(make_document("grand", objectives=objectives))
    make_publication(contract)
    change_objective(_objective(contract, "1-1"), by=None, revision=None, title="Autre")
    make_publication(contract)
    with django_assert_num_queries(4):
        assert client.get("/contrats/grand/v/1/comparer/2/").status_code == 200


def test_it_is_kept_and_confirmed(client, contract):
    _amended(contract)
    etag = client.get(ADDRESS)["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 304
