"""The page of the share links of a version: what it keeps, whom it serves, and which addresses mean nothing to it."""

import pytest
from django.urls import reverse

from objectives.models import Change
from publications.models import Publication, ShareLink
from publications.publish import publish
from publications.sharing import add_share_link
from tests.editor.forms import said


@pytest.fixture
def shared(bench) -> Publication:
    return publish(bench.contract, label="Projet", in_force_on="2024-01-01", by=None, visibility="link")


def page_url(publication, number=None):
    return reverse("admin:publications_publication_share", args=[publication.contract_id, number or publication.number])


def test_links_are_listed_by_whom_they_are_for_and_a_revoked_one_stays_told(bench, signed_in, shared):
    client, url = signed_in("manager"), page_url(shared)
    client.post(url, {"add": "1", "label": "COPIL"})
    client.post(url, {"add": "1", "label": "CAF du Gard"})
    assert [(link.label, link.created_by) for link in ShareLink.objects.order_by("pk")] == [
        ("COPIL", bench.people["manager"]),
        ("CAF du Gard", bench.people["manager"]),
    ]
    client.post(url, {"link": f"revoke:{ShareLink.objects.get(label='COPIL').pk}"})
    page = client.get(url)
    assert "Le lien « COPIL » est révoqué : il n’ouvre plus rien." in said(page, ".messagelist li")
    assert [(link.label, link.revoked_at is None) for link in ShareLink.objects.order_by("pk")] == [
        ("COPIL", False),
        ("CAF du Gard", True),
    ]
    assert page.content.decode().count('value="revoke:') == 1
    verbs = Change.objects.filter(verb__endswith="share_link").order_by("pk").values_list("verb", "by")
    assert list(verbs) == [
        (verb, bench.people["manager"].pk) for verb in ("add_share_link", "add_share_link", "revoke_share_link")
    ]


def test_a_revoked_link_is_not_renewed_and_the_page_says_why(signed_in, shared):
    client, url = signed_in("manager"), page_url(shared)
    link, _ = add_share_link(shared, label="COPIL", by=None)
    for _ in range(2):
        client.post(url, {"link": f"revoke:{link.pk}"})
    assert client.post(url, {"link": f"renew:{link.pk}"}).status_code == 302
    assert "Ce lien est déjà révoqué : créez-en un autre." in " ".join(said(client.get(url), ".messagelist li"))
    assert ShareLink.objects.count() == 1


def test_a_link_of_another_contract_is_not_reached_from_this_one(bench, signed_in, shared):
    publish(bench.other, label="Voisin", in_force_on="2024-01-01", by=None, visibility="link")
    theirs, _ = add_share_link(Publication.objects.get(contract=bench.other), label="Eux", by=None)
    assert signed_in("manager").post(page_url(shared), {"link": f"revoke:{theirs.pk}"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.revoked_at is None


@pytest.mark.parametrize("visibility", ["public", "members"])
def test_only_versions_read_by_links_have_the_page(bench, signed_in, visibility):
    made = publish(bench.contract, label="Version", in_force_on="2024-01-01", by=None, visibility=visibility)
    client = signed_in("manager")
    assert client.get(page_url(made)).status_code == 404
    assert client.post(page_url(made), {"add": "1", "label": "COPIL"}).status_code == 404
    assert client.get(page_url(made, 9)).status_code == 404


def test_a_visitor_signs_in_first(signed_in, shared):
    response = signed_in("visitor").post(page_url(shared), {"add": "1", "label": "COPIL"})
    assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("admin:login"))
    assert not ShareLink.objects.exists()


def test_the_list_of_publications_leads_there_for_the_responsable_alone(signed_in, shared):
    address = reverse("admin:publications_publication_changelist")
    assert page_url(shared) in signed_in("manager").get(address).content.decode()
    assert page_url(shared) not in signed_in("editor").get(address).content.decode()


def test_the_publish_page_says_that_nothing_was_published_or_changed(bench, signed_in):
    client, url = signed_in("manager"), reverse("admin:objectives_contract_publish", args=[bench.contract.pk])
    assert "Ce serait la première version de ce contrat." in client.get(url).content.decode()
    publish(bench.contract, label="Initial", in_force_on="2024-01-01", by=None)
    page = client.get(url).content.decode()
    assert "Le brouillon est identique à la version 1" in page
    assert "première version" not in page
