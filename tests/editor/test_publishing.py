"""Findings of a draft and its publication."""

import pytest
from django.db import connection
from django.urls import reverse

from objectives.edits import change_objective
from publications.models import Publication
from publications.publish import publish
from tests.editor.forms import read_form, said


def page_url(contract, name="publish"):
    return reverse(f"admin:objectives_contract_{name}", args=[contract.pk])


def test_a_responsable_publishes_and_is_led_to_the_public_page(bench, signed_in):
    client, url = signed_in("manager"), page_url(bench.contract)
    form = read_form(client.get(url)) | {"label": "Avenant n° 1", "note": "Ce qui change.", "in_force_on": "2025-06-30"}
    response = client.post(url, form)
    publication = Publication.objects.get(contract=bench.contract)
    assert response["Location"] == reverse("public:publication", args=["essai", 1])
    assert (publication.label, publication.note, publication.visibility) == ("Avenant n° 1", "Ce qui change.", "public")
    assert (str(publication.in_force_on), publication.published_by) == ("2025-06-30", bench.people["manager"])
    assert client.get(response["Location"]).status_code == 200
    assert "La version 1 de « Contrat essai » est publiée." in said(client.get(url), ".messagelist li")[0]


def test_grave_findings_block_and_lead_to_their_objective(bench, signed_in):
    client, url = signed_in("manager"), page_url(bench.contract)
    form = read_form(client.get(url)) | {"label": "Trop tôt"}
    objective = change_objective(bench.objective(), by=None, revision=None, title="")
    page = client.get(url).content.decode()
    assert reverse("admin:objectives_objective_change", args=[objective.pk]) + "#1-1" in page
    assert "disabled" in page.split("Publier cette version")[0].rsplit("<button", 1)[1]
    response = client.post(url, form | {"revision": str(objective.contract.revision)})
    assert response.status_code == 400
    assert "l’intitulé est vide" in " ".join(said(response))
    assert Publication.objects.count() == 0


def test_a_draft_that_changed_since_it_was_shown_is_not_published(bench, signed_in):
    client, url = signed_in("manager"), page_url(bench.contract)
    form = read_form(client.get(url)) | {"label": "Avenant n° 1"}
    change_objective(bench.objective(), by=None, revision=None, title="Changé entre-temps")
    response = client.post(url, form)
    assert (response.status_code, Publication.objects.count()) == (412, 0)
    assert "a été modifié entre-temps" in said(response)[0]
    assert client.post(url, read_form(response)).status_code == 302


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"label": ""}, "Ce champ est obligatoire."),
        ({"label": " \n "}, "Ce champ est obligatoire."),
        ({"label": "x" * 121}, "Assurez-vous que cette valeur comporte au plus"),
        ({"in_force_on": "hier"}, "Saisissez une date valide."),
        ({"in_force_on": ""}, "Ce champ est obligatoire."),
        ({"note": "x" * 50_001}, "Assurez-vous que cette valeur comporte au plus"),
        ({"visibility": "amis"}, "Sélectionnez un choix valide."),
        ({"revision": "abc"}, "a été modifié entre-temps"),
        ({"revision": ""}, "a été modifié entre-temps"),
    ],
)
def test_a_bad_publication_is_told_and_nothing_is_published(bench, signed_in, change, words):
    client, url = signed_in("manager"), page_url(bench.contract)
    response = client.post(url, read_form(client.get(url)) | {"label": "Avenant"} | change)
    assert response.status_code in (400, 412)
    assert words in " ".join(said(response))
    assert Publication.objects.count() == 0


def test_counts_are_compared_with_the_last_version(bench, signed_in):
    publish(bench.contract, label="Initial", in_force_on="2024-01-01", by=None)
    client, url = signed_in("manager"), page_url(bench.contract)
    assert "identique à la version 1" in client.get(url).content.decode()
    action = bench.objective().actions.get()
    from actions.edits import delete_action

    delete_action(action, by=None, revision=None)
    assert said(client.get(url), ".counts .differs") == ["Actions 1 2"]


def test_home_says_whether_the_draft_has_changed(bench, signed_in):
    client = signed_in("reader")

    def state():
        return said(client.get(reverse("admin:index")), ".facts dd")[2]

    assert state() == "jamais publié"
    publish(bench.contract, label="Initial", in_force_on="2024-01-01", by=None)
    assert state() == "identique à la version 1 (Initial)"
    change_objective(bench.objective(), by=None, revision=None, title="Changé")
    assert state() == "modifié depuis la version 1 (Initial)"


def test_findings_are_grouped_by_weight_and_lead_to_the_objective(bench, signed_in):
    change_objective(bench.objective(), by=None, revision=None, title="", code="1.2")
    page = signed_in("reader").get(page_url(bench.contract, "findings"))
    assert said(page, ".findings h2")[0].startswith("Grave")
    assert reverse("admin:objectives_objective_change", args=[bench.objective().pk]) in page.content.decode()


def test_a_summary_is_never_that_of_a_change_rolled_back(bench, signed_in):
    """The revision of a change that was rolled back is given again, to another state."""
    client = signed_in("editor")
    url = reverse("admin:objectives_objective_change", args=[bench.objective().pk])
    form = read_form(client.get(url)) | {"code": "1.2", "actions-0-references": "x → 9.9"}
    assert client.post(url, form).status_code == 400
    before = said(client.get(page_url(bench.contract, "findings")), ".findings li")
    change_objective(bench.objective(), by=None, revision=None, title="")
    assert said(client.get(page_url(bench.contract, "findings")), ".findings li") != before
    assert connection.in_atomic_block


def test_what_changes_is_told_before_it_is_published(bench, signed_in):
    client, url = signed_in("manager"), page_url(bench.contract)
    assert said(client.get(url), "#changes-title") == []
    publish(bench.contract, label="Initial", in_force_on="2024-01-01", by=None)
    assert said(client.get(url), "#changes-title") == []
    change_objective(bench.objective(), by=None, revision=None, title="Objectif 1.1 élargi")
    page = client.get(url)
    assert said(page, "#changes-title") == ["Ce qui change depuis la version 1"]
    assert (said(page, ".tallies li"), said(page, ".story ins")) == (["≈ 1 reformulation"], ["élargi"])
    assert reverse("editor:preview_objective", args=["essai", "1-1"]) in page.content.decode()


def test_a_version_read_by_links_leads_to_the_page_that_makes_them(bench, signed_in):
    client, url = signed_in("manager"), page_url(bench.contract)
    form = read_form(client.get(url)) | {"label": "Projet", "visibility": "link"}
    shares = reverse("admin:publications_publication_share", args=[bench.contract.pk, 1])
    assert client.post(url, form)["Location"] == shares
    page = client.post(shares, {"add": "1", "label": "COPIL"})
    address = said(page, ".secret")[0]
    assert "no-store" in page["Cache-Control"]
    assert said(client.get(shares), ".secret") == []
    assert signed_in("visitor").get(address)["Location"] == "/contrats/essai/v/1/"
    link = Publication.objects.get(contract=bench.contract).share_links.get()
    assert said(client.post(shares, {"link": f"renew:{link.pk}"}), ".secret")[0] != address
    newest = Publication.objects.get(contract=bench.contract).share_links.last()
    assert client.post(shares, {"link": f"revoke:{newest.pk}"}).status_code == 302
    assert signed_in("visitor").get(address).status_code == 404
    assert (client.post(shares, {"link": "renew:x"}).status_code, client.post(shares, {"add": "1"}).status_code) == (
        400,
        400,
    )


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("editor", 403), ("stranger", 404)])
def test_share_links_are_the_responsables(bench, signed_in, role, status):
    publish(bench.contract, label="Projet", in_force_on="2024-01-01", by=None, visibility="link")
    shares = reverse("admin:publications_publication_share", args=[bench.contract.pk, 1])
    client = signed_in(role)
    assert (client.get(shares).status_code, client.post(shares, {"add": "1", "label": "x"}).status_code) == (
        status,
    ) * 2
