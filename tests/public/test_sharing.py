"""Share links: who holds one reads that one version, until it is revoked; nothing else is opened or listed."""

import logging
from datetime import date

import pytest
from django.test import Client

from contratville.discretion import Discreet, hide
from objectives.access import NotAllowed
from objectives.changes import Refused
from objectives.models import Change
from publications.models import Publication, ShareLink
from publications.sharing import add_share_link, renew_share_link, revoke_share_link
from tests.factories import make_contract, make_document, make_publication, make_user

pytestmark = pytest.mark.django_db
LINK = Publication.Visibility.LINK


@pytest.fixture
def contract():
    return make_contract()


@pytest.fixture
def shared(contract) -> Publication:
    """Version 1 is everyone's, version 2 shared, version 3 for members."""
    make_publication(contract)
    found = make_publication(contract, label="Avenant partagé", visibility=LINK)
    make_publication(contract, label="Interne", visibility=Publication.Visibility.MEMBERS)
    return found


def _inside(secret: str) -> Client:
    client = Client()
    response = client.get(f"/partage/{secret}/")
    assert (response.status_code, response["Location"]) == (302, "/contrats/essai/v/2/")
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex, nofollow")
    return client


def test_a_link_opens_pages_and_files_of_that_version_alone(shared):
    _, secret = add_share_link(shared, label="COPIL", by=None)
    client = _inside(secret)
    files = "/contrats/essai/v/2/telecharger/"
    for address in (
        "/contrats/essai/v/2/",
        "/contrats/essai/v/2/objectifs/1-1/",
        files,
        *(f"{files}essai-v2{ending}" for ending in (".json", ".csv", ".xlsx")),
        "/contrats/essai/v/1/comparer/2/",
    ):
        response = client.get(address)
        assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store"), address
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert secret.encode() not in response.content
        assert Client().get(address).status_code == 404, address
    assert client.get("/contrats/essai/v/3/").status_code == 404
    assert client.get("/api/v1/contracts/essai/publications/2/").status_code == 404
    for listed in ("/", "/contrats/essai/versions/", "/plan-du-site/", "/recherche/?mots=avenant"):
        assert "Avenant partagé" not in client.get(listed).content.decode()


def test_a_shared_version_says_so_and_leads_nowhere_that_is_not_there(contract):
    only = make_publication(contract, visibility=LINK)
    _, secret = add_share_link(only, label="COPIL", by=None)
    client = Client()
    page = client.get(f"/partage/{secret}/", follow=True).content.decode()
    assert "réservée aux membres du contrat et aux porteurs d’un lien de partage" in page
    assert "/contrats/essai/versions/" not in page


def test_a_revoked_link_opens_nothing_even_to_who_came_in_by_it(shared):
    link, secret = add_share_link(shared, label="COPIL", by=None)
    client = _inside(secret)
    revoke_share_link(link, by=None)
    assert client.get("/contrats/essai/v/2/").status_code == 404
    response = client.get(f"/partage/{secret}/")
    assert response.status_code == 404
    assert "le responsable du contrat l’a retiré" in response.content.decode()


def test_a_renewed_link_is_another_for_the_same_readers(shared):
    link, old = add_share_link(shared, label="COPIL", by=None)
    other, _ = add_share_link(shared, label="CAF", by=None)
    made, new = renew_share_link(link, by=None)
    assert (made.label, Client().get(f"/partage/{old}/").status_code) == ("COPIL", 404)
    assert _inside(new).get("/contrats/essai/v/2/").status_code == 200
    assert ShareLink.objects.get(pk=other.pk).revoked_at is None
    with pytest.raises(Refused, match="déjà révoqué"):
        renew_share_link(link, by=None)


def test_a_cookie_is_not_forged_nor_carried_to_another_version(shared, contract):
    link, secret = add_share_link(shared, label="COPIL", by=None)
    client = _inside(secret)
    assert (client.cookies["partage-2"]["path"], client.cookies["partage-2"]["httponly"]) == ("/contrats/essai/", True)
    another = make_publication(contract, label="Autre", visibility=LINK)
    value = client.cookies["partage-2"].value
    thief = Client()
    thief.cookies[f"partage-{another.number}"] = value
    assert thief.get(f"/contrats/essai/v/{another.number}/").status_code == 404
    thief.cookies["partage-2"] = str(link.pk)
    assert thief.get("/contrats/essai/v/2/").status_code == 404


def test_the_log_says_for_whom_and_never_what_opens(shared, contract):
    link, secret = add_share_link(shared, label="COPIL", by=None)
    revoke_share_link(link, by=None)
    rows = list(Change.objects.filter(contract=contract, verb__contains="share_link").order_by("pk"))
    assert [(row.verb, row.before, row.after) for row in rows] == [
        ("add_share_link", None, {"number": 2, "label": "COPIL"}),
        ("revoke_share_link", {"number": 2, "label": "COPIL", "link": link.pk}, None),
    ]
    assert secret not in str(ShareLink.objects.values().get())


def test_who_may_and_what_may_be_shared(shared, contract):
    for role in ("reader", "editor"):
        with pytest.raises(NotAllowed):
            add_share_link(shared, label="COPIL", by=make_user(role=role, contract=contract))
    with pytest.raises(Refused, match="pour qui"):
        add_share_link(shared, label=" ", by=None)
    with pytest.raises(Refused, match="pas de celles"):
        add_share_link(Publication.objects.get(number=1), label="COPIL", by=None)
    assert not ShareLink.objects.exists()


def test_public_and_kept_versions_do_not_replace_each_other(shared, contract):
    make_publication(make_contract(make_document("voisin")), visibility=LINK)
    found = Publication.objects.filter(contract=contract).in_force(date(2025, 1, 1))
    assert sorted(found.values_list("number", flat=True)) == [1, 3]


def test_secrets_stay_out_of_logs():
    assert hide("GET /partage/s3cr-et_/?x HTTP/1.1") == "GET /partage/…/?x HTTP/1.1"
    record = logging.LogRecord("django", 30, "", 0, "Not Found: %s", ("/partage/s3cret/",), None)
    assert Discreet().filter(record)
    assert record.getMessage() == "Not Found: /partage/…/"
