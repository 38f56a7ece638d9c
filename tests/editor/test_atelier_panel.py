"""The panel of an objective: read by members, saved field by field or whole, merged with what others change."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from document.nodes import ITEMS
from editor.atelier.presence import PRESENT
from objectives.edits import change_objective
from objectives.models import Presence, Tag
from tests.editor.forms import clash_texts, read_form, said, soup_of
from tests.factories import make_contract, make_document, make_publication

#: What forms that hold nothing get from those who may write: missing lists; fields unseen; no line; no deletion.
EMPTY = [400, 412, 200, 404]


# -- Who comes in ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "reading", "writing"),
    [
        ("visitor", 302, 302),
        ("stranger", 404, 404),
        ("nobody", 404, 404),
        ("reader", 200, 403),
        ("editor", 200, 200),
        ("manager", 200, 200),
        ("admin", 200, 200),
    ],
)
def test_who_may_read_and_write(bench, signed_in, role, reading, writing):
    client, at = signed_in(role), ["essai", "1-1"]
    for name in ("objective", "objective_state"):
        assert client.get(reverse(f"editor:{name}", args=at)).status_code == reading
    assert client.get(reverse("editor:objective_choices", args=["essai"])).status_code == reading
    assert client.post(reverse("editor:objective_presence", args=at)).status_code == reading
    for part in ITEMS:
        assert client.get(reverse("editor:objective_paste", args=[*at, part])).status_code == writing
    move = reverse("editor:objective_item_move", args=[*at, "actions", "1-1-a"])
    assert client.get(move).status_code == writing
    posted = [("objective", ()), ("objective_own", ()), ("objective_item", ("actions",)), ("objective_bring_back", ())]
    answers = [client.post(reverse(f"editor:{name}", args=[*at, *args])).status_code for name, args in posted]
    assert answers == (EMPTY if writing == 200 else [writing] * 4)
    assert bench.log() == []


def test_what_is_not_there_is_not_found(panel):
    assert panel.client.get(reverse("editor:objective", args=["essai", "absent"])).status_code == 404
    assert panel.client.get(reverse("editor:objective", args=["absent", "1-1"])).status_code == 404
    assert panel.client.post(panel.url("objective_item", "voeux")).status_code == 404


def test_a_reader_sees_all_and_types_nothing(bench, signed_in):
    make_publication(bench.contract)
    soup = soup_of(signed_in("reader").get(reverse("editor:objective", args=["essai", "1-1"])))
    assert soup.select_one("#panel-title").get_text(" ", strip=True) == "1.1 Objectif 1.1"
    assert [one.get_text().strip() for one in soup.select("#panel-actions textarea")][0] == "Action de 1.1"
    controls = soup.select("#panel form :is(textarea, select, input:not([type=hidden]))")
    assert [one["name"] for one in controls if not one.has_attr("disabled")] == []
    assert soup.select("#panel button, #panel dialog") == []
    assert (
        soup.select_one('.panel__ways a[href="/contrats/essai/objectifs/1-1/"]').get_text()
        == "Page publique de cet objectif"
    )


def test_htmx_gets_the_piece_alone(panel):
    piece = soup_of(panel.client.get(panel.url(), headers={"HX-Request": "true"}))
    assert [one.name for one in piece.find_all(recursive=False)] == ["section"]
    assert piece.section["id"] == "panel"
    assert len(soup_of(panel.client.get(panel.url())).select("h1")) == 1


@pytest.mark.parametrize(("axes", "objectives"), [(1, 1), (4, 12)])
def test_reading_and_saving_cost_the_same_in_a_large_contract(signed_in, bench, axes, objectives):
    contract = make_contract(make_document("mesure", axes=axes, objectives=objectives))
    client, at = signed_in("admin"), ["mesure", "1-1"]
    url = reverse("editor:objective", args=at)
    form = read_form(client.get(url))
    with CaptureQueriesContext(
        connection,
    ) as reading:
        client.get(url)
    own = {name: value for name, value in form.items() if name.split("-")[0] not in ITEMS}
    with CaptureQueriesContext(connection) as saving:
        client.post(reverse("editor:objective_own", args=at), own | {"title": "Un autre intitulé"})
    assert contract.objectives.get(key="1-1").title == "Un autre intitulé"
    assert (len(reading), len(saving)) == (READING, SAVING)


READING, SAVING = 43, 41


# -- Fields ------------------------------------------------------------------------------------------------------------
def test_a_field_is_saved_by_one_verb_and_the_tree_is_told(bench, panel):
    response = panel.own(panel.read(), title="Un nouvel intitulé")
    assert response.status_code == 200
    assert json.loads(response["HX-Trigger"]) == {"draft-changed": {"keys": ["1-1"]}}
    assert (response.json()["errors"], response.json()["clashes"]) == ({}, {})
    assert [verb for verb, _ in bench.log()] == ["change_objective"]
    assert bench.contract.changes.first().after == {"title": "Un nouvel intitulé"}


def test_nothing_changed_writes_nothing(bench, panel):
    response = panel.own(panel.read())
    assert (response.status_code, "HX-Trigger" in response, bench.log()) == (200, False, [])


def test_a_new_tag_is_made_and_told(bench, panel):
    Tag.objects.create(contract=bench.contract, name="NPNRU")
    answer = panel.own(panel.read(), new_tags="NPNRU, Jeunesse").json()
    assert answer["tags"] == ["PRE", "NPNRU", "Jeunesse"]
    assert panel.node().tags == ("PRE", "NPNRU", "Jeunesse")


def test_what_is_wrong_is_told_and_the_rest_is_saved(panel):
    form = panel.read()
    response = panel.own(
        form, title="", description="Une description", **{"references-0-targets": "9.9", "references-0-text": "Cf."}
    )
    assert response.status_code == 400
    assert response.json()["errors"] == {
        "title": ["Ce champ est obligatoire."],
        "references-0-targets": ["Aucun objectif de ce contrat ne répond à «\xa09.9\xa0»."],
    }
    assert (panel.node().title, panel.node().description) == ("Objectif 1.1", "Une description")
    again = panel.own(form | {"seen": response.json()["seen"]}, title="Enfin", description="Une description")
    assert (again.status_code, panel.node().title) == (200, "Enfin")


def test_another_field_that_somebody_changed_is_merged_and_shown(panel):
    form = panel.read()
    change_objective(
        panel.objective, by=None, revision=None, description="La leur", notes=[{"kind": "scope", "text": "HORS"}]
    )
    response = panel.own(form, title="Le mien")
    assert (response.status_code, response.json()["fresh"]) == (200, {"description": "La leur"})
    node = panel.node()
    assert (node.title, node.description, [one.text for one in node.notes]) == ("Le mien", "La leur", ["HORS"])
    # The page does not show their mention yet: to write one over it would be to lose it.
    form |= {"title": "Le mien", "description": "La leur", "seen": response.json()["seen"]}
    clash = panel.own(form, **{"notes-0-text": "LA MIENNE"})
    assert (clash.status_code, list(clash.json()["clashes"])) == (412, ["notes"])
    assert [one.text for one in panel.node().notes] == ["HORS"]


def test_the_same_field_shows_both_texts_and_a_merged_one(bench, panel):
    form = panel.read()
    change_objective(panel.objective, by=bench.people["manager"], revision=None, title="Objectif 1.1 du quartier")
    response = panel.own(form, title="Grand objectif 1.1", description="La mienne")
    answer = response.json()
    assert response.status_code == 412
    assert clash_texts(answer, "title") == [
        "Objectif 1.1 du quartier",
        "Grand objectif 1.1",
        "Grand objectif 1.1 du quartier",
    ]
    assert bench.people["manager"].name in answer["clashes"]["title"]["html"]
    assert (panel.node().title, panel.node().description) == ("Objectif 1.1 du quartier", "La mienne")
    # Sent again as it is, it clashes again; once the person has chosen, it is saved.
    form |= {"description": "La mienne", "seen": answer["seen"]}
    assert panel.own(form, title="Grand objectif 1.1").status_code == 412
    traces = [
        f"title:{answer['clashes']['title']['trace']}" if one.startswith("title:") else one
        for one in answer["seen"].split(",")
    ]
    assert panel.own(form | {"seen": ",".join(traces)}, title="Grand objectif 1.1").status_code == 200
    assert panel.node().title == "Grand objectif 1.1"


# -- Whole --
def test_the_whole_form_is_saved_at_once_and_what_it_deleted_can_come_back(bench, panel):
    form = panel.read() | {"title": "Entier", "actions-0-gone": "on", "indicators-1-title": "Part de femmes"}
    response = panel.client.post(panel.url(), form, follow=True)
    assert said(response, ".panel__state")[0].startswith("Enregistré à ")
    assert said(response, ".gone") == ["« Action de 1.1 » est supprimé. Rétablir"]
    assert (panel.node().title, panel.node().actions, len(panel.node().indicators)) == ("Entier", (), 2)
    button = soup_of(response).select_one(".gone button")
    panel.client.post(panel.url("objective_bring_back"), {button["name"]: button["value"]})
    assert [one.key for one in panel.node().actions] == ["1-1-a"]


def test_the_whole_form_shows_both_texts(panel):
    form = panel.read() | {"title": "Le mien"}
    change_objective(panel.objective, by=None, revision=None, title="Le leur")
    response = panel.client.post(panel.url(), form)
    assert (response.status_code, said(response, ".clash__text")) == (412, ["Le leur", "Le mien"])
    assert panel.client.post(panel.url(), read_form(response)).status_code == 302
    assert panel.node().title == "Le mien"


# -- Presence --
def test_who_is_changing_it_is_told_to_the_others_for_a_minute(bench, signed_in, panel):
    other, url = signed_in("manager"), panel.url("objective_presence")
    assert other.post(url).content.decode() == ""
    panel.client.post(url, {"editing": "1"})
    panel.client.post(url, {"editing": "1"})
    name = bench.people["editor"].name
    assert other.post(url).content.decode() == f"{name} modifie cet objectif."
    assert panel.client.post(url).content.decode() == ""
    assert f"{name} modifie cet objectif." in other.get(panel.url()).content.decode()
    assert other.post(reverse("editor:objective_presence", args=["essai", "1-2"])).content.decode() == ""
    Presence.objects.update(seen_at=timezone.now() - PRESENT * 2)
    assert other.post(url, {"editing": "1"}).content.decode() == ""
    assert [one.user for one in Presence.objects.all()] == [bench.people["manager"]]


def test_who_only_reads_is_not_present(bench, signed_in, panel):
    signed_in("reader").post(panel.url("objective_presence"), {"editing": "1"})
    assert Presence.objects.count() == 0


def test_saving_says_that_one_is_there(panel):
    panel.own(panel.read(), title="Autre")
    assert Presence.objects.get().key == "1-1"


def test_findings_and_last_change_are_read_anew(bench, panel):
    panel.own(panel.read(), code="9.9")
    response = panel.client.get(panel.url("objective_state"))
    assert bench.people["editor"].name in said(response, ".panel__last")[0]
    assert any("9.9" in one for one in said(response, ".finding"))
