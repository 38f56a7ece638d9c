"""What the panel does beyond one line: lists pasted after a preview, lines moved elsewhere, objectives suggested."""

import pytest
from django.urls import reverse

from objectives.models import Objective
from objectives.rows import read_tree
from tests.editor.atelier import told
from tests.editor.forms import read_form, said, soup_of


@pytest.fixture
def client(signed_in):
    return signed_in("editor")


def at(name, *args):
    return reverse(f"editor:{name}", args=["essai", *args])


def node(bench, key="1-1"):
    return read_tree(Objective.objects.filter(contract=bench.contract, key=key))[0]


def test_a_pasted_list_is_shown_then_added_in_one_gesture(bench, client):
    url = at("objective_paste", "1-1", "actions")
    preview = client.post(url, {"text": "• Ouvrir un lieu\n• 1.1.x Former\ndes animateurs\n• À laisser"})
    form = read_form(preview)
    names = [(form[f"lines-{rank}-code"], form[f"lines-{rank}-text"]) for rank in range(3)]
    assert names == [("", "Ouvrir un lieu"), ("1.1.x", "Former des animateurs"), ("", "À laisser")]
    assert bench.log() == []
    response = client.post(url, form | {"lines-2-text": ""}, headers={"HX-Request": "true"})
    assert soup_of(response).section["data-said"] == "2 ajoutées à la liste."
    assert (response["HX-Retarget"], "draft-changed" in response["HX-Trigger"]) == ("#panel-actions", True)
    assert [(one.code, one.title) for one in node(bench).actions][1:] == [
        ("1.1.b", "Ouvrir un lieu"),
        ("1.1.x", "Former des animateurs"),
    ]
    undone, redone = (client.post(at(step), headers={"HX-Request": "true"}) for step in ("undo", "redo"))
    assert told(undone) == "Annulé : Action ajoutée « Ouvrir un lieu » (2 en tout)."
    assert told(redone) == "Rétabli : Action ajoutée « 1.1.b Ouvrir un lieu » (2 en tout)."
    assert [one.title for one in node(bench).actions][1:] == ["Ouvrir un lieu", "Former des animateurs"]


def test_codes_stay_in_the_text_of_what_has_no_code(client):
    form = read_form(
        client.post(at("objective_paste", "1-1", "clauses"), {"text": "1.2 Tenir un registre\n2.3 Rendre compte"})
    )
    assert form["lines-0-text"] == "1.2 Tenir un registre"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Collez au moins une ligne."),
        ("•\n-", "Collez au moins une ligne."),
        ("x\n" * 301, "Collez moins de 300 lignes à la fois."),
    ],
)
def test_what_is_no_list_is_refused(client, text, words):
    response = client.post(at("objective_paste", "1-1", "actions"), {"text": text})
    assert (response.status_code, said(response)) == (400, [words])


def test_a_line_that_is_refused_keeps_the_others_out(bench, client):
    url = at("objective_paste", "1-1", "actions")
    form = read_form(client.post(url, {"text": "Une\nDeux"}))
    response = client.post(url, form | {"lines-1-text": "x" * 2_001})
    assert (response.status_code, len(said(response))) == (400, 1)
    assert bench.log() == []
    emptied = client.post(url, form | {"lines-0-text": "", "lines-1-text": ""})
    assert (emptied.status_code, said(emptied)) == (400, ["Gardez au moins une ligne."])


def test_a_line_moves_under_another_objective(bench, client):
    url = at("objective_item_move", "1-1", "actions", "1-1-a")
    refused = client.post(url, {"under": "9.9"})
    assert (refused.status_code, said(refused)) == (400, ["Aucun objectif de ce contrat ne répond à « 9.9 »."])
    response = client.post(url, {"under": "1.2"}, headers={"HX-Request": "true"})
    assert '["1-1", "1-2"]' in response["HX-Trigger"]
    assert ([one.key for one in node(bench).actions], [one.key for one in node(bench, "1-2").actions]) == (
        [],
        ["1-2-a", "1-1-a"],
    )
    assert client.get(url).status_code == 404


def test_objectives_are_suggested_by_code_and_by_words(bench, client):
    def asked(words):
        return [one["code"] for one in client.get(at("objective_choices"), {"q": words}).json()["choices"]]

    assert asked("1.2") == ["1.2"]
    assert asked("1") == ["1", "1.1", "1.2"]
    assert asked("objectif") == ["1.1", "1.2"]
    assert asked("OBJÉCTIF 1.2") == ["1.2"]
    assert asked("rien") == []


def test_another_contract_is_never_reached(bench, client):
    """The same keys are in both contracts: an action of the other one is not moved, nor its deletion undone."""
    other = bench.objective("1-1", bench.other)
    assert client.post(reverse("editor:objective_item", args=["voisin", "1-1", "actions"]), {}).status_code == 404
    foreign = other.actions.get()
    response = client.post(at("objective_item", "1-1", "actions"), {"pk": foreign.pk, "do": "delete"})
    assert (response.status_code, response.json()["lost"], other.actions.count()) == (400, True, 1)
