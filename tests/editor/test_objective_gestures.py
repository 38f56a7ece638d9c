"""Adding, moving anywhere and deleting objectives."""

import pytest
from django.urls import reverse

from objectives.edits import change_objective
from objectives.models import Objective
from tests.editor.forms import read_form, said


def gesture(name, objective):
    return reverse(f"admin:objectives_objective_{name}", args=[objective.pk])


def add_url(contract, **query):
    return reverse("admin:objectives_objective_add", query={"contract": contract.pk, **query})


@pytest.mark.parametrize(
    ("query", "parent", "position", "level", "code"),
    [
        ({}, None, 1, "axe", "2"),
        ({"under": "axe-1"}, "axe-1", 2, "objectif", "1.3"),
        ({"under": "1-1"}, "1-1", 0, "objectif", "1.1.1"),
        ({"after": "1-1"}, "axe-1", 1, "objectif", "1.3"),
    ],
)
def test_an_objective_is_added_where_it_was_asked_with_the_next_code(
    bench, signed_in, query, parent, position, level, code
):
    client, url = signed_in("editor"), add_url(bench.contract, **query)
    form = read_form(client.get(url))
    response = client.post(url, form | {"title": "Un nouvel objectif", "new_tags": "NPNRU"})
    added = Objective.objects.get(title="Un nouvel objectif")
    assert response["Location"] == gesture("change", added)
    assert (added.parent.key if added.parent else None, added.position) == (parent, position)
    assert (added.level.key, added.code) == (level, code)
    assert bench.log() == [("add_objective", added.key)]


def test_an_objective_may_be_added_without_code_or_with_another(bench, signed_in):
    client, url = signed_in("editor"), add_url(bench.contract, under="axe-1")
    form = read_form(client.get(url))
    client.post(url, form | {"title": "Sans code", "no_code": "on"})
    client.post(url, form | {"title": "Avec code", "code": "Z 9"})
    assert list(Objective.objects.filter(title__endswith="code").values_list("code", flat=True)) == [None, "Z 9"]


@pytest.mark.parametrize("query", [{"under": "inconnu"}, {"after": "inconnu"}])
def test_a_place_that_is_not_there_is_answered_404(bench, signed_in, query):
    assert signed_in("editor").get(add_url(bench.contract, **query)).status_code == 404


@pytest.mark.parametrize("contract", ["", "abc", "-1"])
def test_a_contract_that_makes_no_sense_is_answered_400(bench, signed_in, contract):
    url = reverse("admin:objectives_objective_add", query={"contract": contract})
    assert signed_in("editor").get(url).status_code == 400


def test_an_objective_moves_anywhere_in_its_contract(bench, signed_in):
    client, objective = signed_in("editor"), bench.objective("1-1")
    form = read_form(client.get(gesture("move", objective)))
    response = client.post(gesture("move", objective), form | {"under": "1.2", "rank": "1"})
    assert response["Location"].endswith("?at=1-1#n-1-1")
    assert bench.objective("1-1").parent.key == "1-2"
    client.post(gesture("move", objective), read_form(client.get(gesture("move", objective))) | {"under": ""})
    assert (bench.objective("1-1").parent, bench.objective("1-1").position) == (None, 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"under": "nulle part"}, "Aucun objectif de ce contrat ne répond à « nulle part »."),
        ({"under": "1-1"}, "ne peut pas passer sous"),
        ({"rank": "0"}, "Assurez-vous que cette valeur est supérieure ou égale à 1."),
        ({"rank": "premier"}, "Saisissez un nombre entier."),
        ({"revision": "0"}, "a été modifié entre-temps"),
        ({"revision": ""}, "a été modifié entre-temps"),
    ],
)
def test_a_move_that_cannot_be_is_told_and_nothing_moves(bench, signed_in, change, words):
    client, objective = signed_in("editor"), bench.objective("axe-1")
    form = read_form(client.get(gesture("move", objective))) | change
    response = client.post(gesture("move", objective), form)
    assert response.status_code in (400, 412)
    assert words in " ".join(said(response))
    assert bench.log() == []


def test_an_objective_of_another_contract_is_no_target(bench, signed_in):
    change_objective(bench.objective("1-2", bench.other), by=None, revision=None, code="9.9")
    client, objective = signed_in("admin"), bench.objective("1-1")
    form = read_form(client.get(gesture("move", objective))) | {"under": "9.9"}
    assert client.post(gesture("move", objective), form).status_code == 400


def test_deleting_says_all_that_goes_and_deletes_it(bench, signed_in):
    client, root = signed_in("editor"), bench.objective("axe-1")
    page = client.get(gesture("delete", root))
    assert said(page, ".losses li") == [
        "2 objectifs au-dessous de lui",
        "2 actions",
        "2 clauses",
        "2 indicateurs",
    ]
    assert client.post(gesture("delete", root), read_form(page)).status_code == 302
    assert Objective.objects.of(bench.contract).count() == 0
    assert bench.log() == [("delete_objective", "axe-1")]


def test_deleting_what_has_grown_since_is_refused(bench, signed_in):
    client, root = signed_in("editor"), bench.objective("axe-1")
    form = read_form(client.get(gesture("delete", root)))
    client.post(add_url(bench.contract, under="axe-1"), {"title": "Un de plus", "level": "objectif"})
    response = client.post(gesture("delete", root), form)
    assert response.status_code == 400
    assert "3 objectif" in said(response, ".errornote")[0]
    assert Objective.objects.of(bench.contract).count() == 4


@pytest.mark.parametrize("revision", ["", "0", "abc", "9" * 30])
def test_deleting_a_stale_objective_is_refused(bench, signed_in, revision):
    client, objective = signed_in("editor"), bench.objective("1-1")
    form = read_form(client.get(gesture("delete", objective))) | {"revision": revision}
    assert client.post(gesture("delete", objective), form).status_code == 412
    assert bench.log() == []


@pytest.mark.parametrize("pk", ["abc", "0", "99999999999999999999999"])
@pytest.mark.parametrize("name", ["change", "delete"])
def test_an_objective_that_is_not_there_is_answered_404(bench, signed_in, name, pk):
    assert signed_in("admin").get(f"/admin/objectives/objective/{pk}/{name}/").status_code == 404
