"""The lists: scoped to an officer's contracts, filtered, searched, in a fixed number of queries; the log, readable."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from objectives.edits import change_objective, delete_objective, move_objective
from objectives.members import grant_role
from objectives.models import Change, Level, Tag
from publications.publish import publish
from tests.editor.forms import said, soup_of
from tests.factories import make_contract, make_document

LISTS = {
    "objectives_objective": ["Axe 1", "Objectif 1.1", "Objectif 1.2"],
    "actions_action": ["Action de 1.1", "Action de 1.2"],
    "actions_clause": ["L’opérateur s’engage pour 1.1", "L’opérateur s’engage pour 1.2"],
    "indicators_indicator": ["Nombre de participants à 1.1 (F/H)", "Nombre de participants à 1.2 (F/H)"],
}


def list_url(name, **query):
    return reverse(f"admin:{name}_changelist", query=query)


@pytest.mark.parametrize("name", LISTS)
def test_an_officer_lists_their_contracts_alone_in_reading_order(bench, signed_in, name):
    page = soup_of(signed_in("editor").get(list_url(name)))
    assert [one.get_text() for one in page.select("#result_list .field-named")] == LISTS[name]
    assert len(soup_of(signed_in("admin").get(list_url(name))).select("#result_list tbody tr")) == 2 * len(LISTS[name])


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_filtered_by_contract_level_and_tag(bench, signed_in, name):
    client, contract = signed_in("admin"), bench.contract
    level = Level.objects.get(contract=contract, key="objectif")
    tag = Tag.objects.get(contract=contract)
    for query in ({"level": level.pk}, {"tag": tag.pk}, {"level": level.pk, "tag": tag.pk}):
        page = soup_of(client.get(list_url(name, contract=contract.pk, **query)))
        assert [one.get_text() for one in page.select("#result_list .field-named")] == LISTS[name][-2:]


@pytest.mark.parametrize("name", [*LISTS, "objectives_change", "publications_publication"])
@pytest.mark.parametrize(
    "query",
    [{"contract": "abc"}, {"contract": "0"}, {"level": "1"}, {"inconnu": "1"}, {"contract__slug": "essai"}],
)
def test_a_filter_that_makes_no_sense_is_answered_400_or_404(bench, signed_in, name, query):
    assert signed_in("editor").get(list_url(name, **query)).status_code in (400, 404)


def test_a_list_does_not_say_what_other_contracts_hold(bench, signed_in):
    query = {"contract": bench.other.pk}
    assert signed_in("editor").get(list_url("objectives_objective", **query)).status_code == 404


@pytest.mark.parametrize(
    "query", [{"p": "abc"}, {"p": "999"}, {"o": "abc.9.-7"}, {"q": "\x00"}, {"q": "(["}, {"all": ""}]
)
def test_odd_parameters_never_break_a_list(bench, signed_in, query):
    for name in LISTS:
        assert signed_in("editor").get(list_url(name, **query)).status_code in (200, 302, 400, 404)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ecoute Ecole", ["Écoute à l’école"]),
        ("ÉCOLE l'", ["Écoute à l’école"]),
        ("coeur", ["Au cœur du quartier"]),
        ("cœur", ["Au cœur du quartier"]),
        ("100 %", ["100 % des 1.2.3 (F/H)"]),
        ("1.2.3 (f/h)", ["100 % des 1.2.3 (F/H)"]),
        ("ecole quartier", []),
    ],
)
def test_search_is_without_regard_to_accents(bench, signed_in, words, found):
    titles = {"axe-1": "Écoute à l’école", "1-1": "Au cœur du quartier", "1-2": "100 % des 1.2.3 (F/H)"}
    for key, title in titles.items():
        change_objective(bench.objective(key), by=None, revision=None, title=title)
    page = soup_of(signed_in("editor").get(list_url("objectives_objective", q=words)))
    assert [one.get_text() for one in page.select("#result_list .field-named")] == found


@pytest.mark.parametrize("name", [*LISTS, "objectives_change", "publications_publication"])
def test_lists_ask_as_many_queries_for_many_rows_as_for_one(bench, signed_in, name):
    counts = []
    for document in (make_document("petit", objectives=1), make_document("vaste", axes=3, objectives=20)):
        contract = make_contract(document)
        publish(contract, label="Initial", in_force_on="2024-01-01", by=None)
        if document.contract.slug == "vaste":
            for rank in range(30):
                change_objective(bench.objective("1-1", contract), by=None, revision=None, title=f"Titre {rank}")
        client = signed_in("admin")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(list_url(name, contract=contract.pk)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


def test_an_item_leads_to_its_row_on_the_objective(bench, signed_in):
    action = bench.objective().actions.get()
    url = reverse("admin:actions_action_change", args=[action.pk])
    objective = reverse("admin:objectives_objective_change", args=[action.objective_id])
    assert signed_in("editor").get(url)["Location"] == f"{objective}#1-1-a"


def last(bench):
    return Change.objects.filter(contract=bench.contract).order_by("-pk").first()


def details(client, change):
    page = client.get(reverse("admin:objectives_change_change", args=[change.pk]))
    return said(page, ".facts dd")[0], [
        [cell.get_text() for cell in row.select("th, td")] for row in soup_of(page).select(".log tbody tr")
    ]


def test_the_log_says_in_french_who_did_what(bench, signed_in):
    client, editor = signed_in("reader"), bench.people["editor"]
    change_objective(bench.objective(), by=editor, revision=None, title="Objectif nouveau", tags=["PRE", "GUP"])
    row = said(client.get(list_url("objectives_change")), "#result_list tbody tr")[0]
    assert row.endswith(f"{editor} Objectif modifié 1.1 Objectif nouveau intitulé, étiquettes Contrat essai")
    assert details(client, last(bench)) == (
        "1.1 Objectif nouveau",
        [["Intitulé", "Objectif 1.1", "Objectif nouveau"], ["Étiquettes", "PRE", "PRE, GUP"]],
    )
    move_objective(bench.objective(), under=bench.objective("1-2"), position=0, by=editor, revision=None)
    assert details(client, last(bench))[1] == [["Sous", "1 Axe 1", "1.2 Objectif 1.2"]]
    move_objective(bench.objective(), under=bench.objective("axe-1"), position=0, by=editor, revision=None)
    grant_role(bench.contract, bench.people["nobody"], role="editor", by=None)
    name = bench.people["nobody"].name
    assert details(client, last(bench)) == (name, [["Compte", "", name], ["Rôle", "", "rédacteur"]])
    publish(bench.contract, label="Initial", in_force_on="2024-01-01", by=None)
    assert details(client, last(bench))[0] == "Initial"


def test_the_log_still_names_what_is_gone(bench, signed_in):
    delete_objective(bench.objective("axe-1"), by=None, revision=None, with_all=True)
    about, rows = details(signed_in("reader"), last(bench))
    assert about == "1 Axe 1"
    assert ["Objectifs au-dessous", "1.1 Objectif 1.1\n1.2 Objectif 1.2".replace("\n", ""), ""] in [
        [cell.replace("\n", "") for cell in row] for row in rows
    ]


def test_the_log_of_one_object_is_asked_by_its_key(bench, signed_in):
    change_objective(bench.objective(), by=None, revision=None, title="Un")
    change_objective(bench.objective("1-2"), by=None, revision=None, title="Deux")
    page = signed_in("reader").get(list_url("objectives_change", contract=bench.contract.pk, key="1-1"))
    assert [one.split()[-1] for one in said(page, "#result_list .field-about")] == ["Un"]


def test_an_autocomplete_is_scoped_too(bench, signed_in):
    data = {"app_label": "objectives", "model_name": "crossreference", "field_name": "objective"}
    answer = signed_in("editor").get(reverse("admin:autocomplete", query=data)).json()
    assert [one["text"] for one in answer["results"]] == ["1 Axe 1", "1.1 Objectif 1.1", "1.2 Objectif 1.2"]
