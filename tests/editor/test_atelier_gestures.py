"""The gestures of the outline: one verb each, refused in French, and nothing that was typed is lost."""

import json

import pytest

from objectives.edits import change_objective, delete_objective, move_objective
from objectives.models import Objective
from objectives.tree import disordered
from tests.editor.atelier import seen, send, stored, told, url
from tests.editor.forms import said, soup_of
from tests.factories import make_contract, make_document


@pytest.fixture
def grown(bench):
    """The bench's contract with two axes of three objectives; `admin` may edit it."""
    bench.contract = make_contract(make_document("grand", axes=2, objectives=3))
    return bench


@pytest.fixture
def client(signed_in):
    return signed_in("admin")


def row(bench, title):
    return Objective.objects.get(contract=bench.contract, title=title)


@pytest.mark.parametrize(
    ("key", "place", "parent", "position", "level", "code"),
    [
        ("1-1", "after", "axe-1", 1, "objectif", "1.4"),
        ("axe-1", "inside", "axe-1", 3, "objectif", "1.4"),
        ("1-1", "inside", "1-1", 0, "objectif", "1.1.1"),
        ("axe-1", "after", None, 1, "axe", "3"),
        ("", "after", None, 2, "axe", "3"),
    ],
)
def test_a_new_objective_takes_the_level_and_the_code_of_its_place(
    grown, client, key, place, parent, position, level, code
):
    answer = send(client, grown.contract, "add", key, place=place, title="  Une ligne de plus ")
    added = row(grown, "Une ligne de plus")
    assert (added.parent and added.parent.key, added.position, added.level.key, added.code) == (
        parent,
        position,
        level,
        code,
    )
    assert soup_of(answer).select_one("#outline")["data-current"] == added.key
    assert added.key in str(seen(answer))
    assert json.loads(answer["HX-Trigger"]) == {"draft-changed": {"keys": [added.key]}}
    assert grown.log() == [("add_objective", added.key)]


@pytest.mark.parametrize(
    ("key", "values", "after"),
    [
        ("1-2", {"direction": "up"}, {"axe-1": ["1-2", "1-1", "1-3"], "axe-2": ["2-1", "2-2", "2-3"]}),
        ("1-2", {"direction": "out"}, {"axe-1": ["1-1", "1-3"], "1-2": [], "axe-2": ["2-1", "2-2", "2-3"]}),
        ("axe-2", {"direction": "in"}, {"axe-1": ["1-1", "1-2", "1-3", "axe-2"]}),
        ("1-1", {"target": "1-3", "place": "after"}, {"axe-1": ["1-2", "1-3", "1-1"], "axe-2": ["2-1", "2-2", "2-3"]}),
        ("1-3", {"target": "1-1", "place": "before"}, {"axe-1": ["1-3", "1-1", "1-2"], "axe-2": ["2-1", "2-2", "2-3"]}),
        ("1-1", {"target": "2-2", "place": "before"}, {"axe-1": ["1-2", "1-3"], "axe-2": ["2-1", "1-1", "2-2", "2-3"]}),
        (
            "1-1",
            {"target": "axe-2", "place": "inside"},
            {"axe-1": ["1-2", "1-3"], "axe-2": ["2-1", "2-2", "2-3", "1-1"]},
        ),
    ],
)
def test_an_objective_is_moved_by_a_step_or_to_a_place(grown, client, key, values, after):
    answer = send(client, grown.contract, "move", key, **values)
    assert {root: list(below) for root, below in stored(grown.contract).items()} == after
    assert soup_of(answer).select_one("#outline")["data-current"] == key
    assert grown.log() == [("move_objective", key)]
    assert disordered(Objective.objects.of(grown.contract)) == []


def test_one_that_was_moved_is_fitted_to_its_place_when_asked(grown, client):
    send(client, grown.contract, "move", "axe-2", direction="in")
    assert "« Adapter à la place » les change" in told(send(client, grown.contract, "move", "1-1", direction="out"))
    answer = send(client, grown.contract, "fit", "axe-2")
    fitted = grown.objective("axe-2")
    assert (fitted.level.key, fitted.code) == ("objectif", "1.4")
    assert told(answer) == "« 1.4 Axe 2 » est maintenant : objectif opérationnel."


REFUSED = [
    ("move", "1-1", {"direction": "up"}, 400, "ne peut pas aller plus loin de ce côté."),
    ("move", "axe-1", {"target": "1-1", "place": "inside"}, 400, "ne peut pas passer sous"),
    ("move", "1-1", {"target": "disparu", "place": "inside"}, 400, "n’est plus, dans ce contrat"),
    ("rename", "1-1", {"title": "x" * 2001}, 400, "2"),
    ("rename", "1-1", {"title": "Trop tard", "revision": 0}, 412, "a été modifié entre-temps"),
    ("move", "1-1", {"direction": "down", "revision": 0}, 412, "a été modifié entre-temps"),
    ("fit", "axe-1", {"revision": 0}, 412, "a été modifié entre-temps"),
]


@pytest.mark.parametrize(("gesture", "key", "values", "status", "words"), REFUSED)
def test_a_refusal_is_told_in_the_outline_and_writes_nothing(grown, client, gesture, key, values, status, words):
    before = stored(grown.contract)
    answer = send(client, grown.contract, gesture, key, **values)
    assert answer.status_code == status
    assert words in told(answer)
    assert soup_of(answer).select_one("#outline").has_attr("data-refused")
    assert "HX-Trigger" not in answer
    assert (stored(grown.contract), grown.log()) == (before, [])


@pytest.mark.parametrize("values", [{}, {"direction": "sideways"}, {"target": "1-2", "place": "near"}])
def test_a_move_that_makes_no_sense_is_answered_400(grown, client, values):
    assert send(client, grown.contract, "move", "1-1", **values).status_code == 400
    assert grown.log() == []


def test_an_objective_of_another_contract_is_out_of_reach(grown, client):
    answer = client.post(url("rename", grown.contract), {"objectif": "1-9", "revision": 1, "title": "Ailleurs"})
    assert answer.status_code == 400
    assert grown.log() == []


def test_a_title_is_saved_whatever_else_has_changed_of_its_objective(grown, client):
    seen_at = grown.objective("1-1").revision
    change_objective(grown.objective("1-1"), by=None, revision=None, description="D’un autre", tags=["PRE"])
    move_objective(grown.objective("1-1"), under=None, position=0, by=None, revision=None)
    answer = send(client, grown.contract, "rename", "1-1", title="Le mien", revision=seen_at)
    assert (told(answer), grown.objective("1-1").description) == ("« 1.1 Le mien » est enregistré.", "D’un autre")


def test_without_javascript_the_title_that_was_refused_is_back_in_its_field(grown, client):
    seen_at = grown.objective("1-1").revision
    change_objective(grown.objective("1-1"), by=None, revision=None, title="Celui d’un autre")
    answer = send(client, grown.contract, "rename", "1-1", title="Le mien", revision=seen_at, in_place=False)
    assert answer.status_code == 412
    assert soup_of(answer).select_one("textarea[name=title]").text.strip() == "Le mien"
    assert said(answer, "#said")[0].startswith("Le système a changé cet intitulé entre-temps : « Celui d’un autre ».")
    again = soup_of(answer).select_one(".entry__form")
    sent = {field["name"]: field["value"] for field in again.select("input[type=hidden]")}
    assert client.post(again["action"], {**sent, "title": "Le mien"}).status_code == 302
    assert grown.objective("1-1").title == "Le mien"


def test_without_javascript_an_objective_is_added_and_named(grown, client):
    added = send(client, grown.contract, "add", "1-1", place="after", in_place=False)
    page = client.get(added["Location"])
    key = soup_of(page).select_one("#outline")["data-current"]
    assert said(page, "#said")[0].startswith("Ajouté : objectif opérationnel")
    link = soup_of(page).select_one("#g-rename")["href"]
    form = soup_of(client.get(url("outline", grown.contract) + link)).select_one(".entry__form")
    sent = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    assert client.post(form["action"], {**sent, "title": "Nommé ensuite"}).status_code == 302
    assert row(grown, "Nommé ensuite").key == key


def test_a_deletion_says_all_that_goes_and_asks_again_when_more_would(grown, client):
    chosen = f"axe-1:{grown.objective('axe-1').revision}"
    shown = client.get(url("delete", grown.contract), {"choisis": chosen})
    assert said(shown, ".gone li") == ["4 objectifs en tout", "3 actions", "3 clauses", "3 indicateurs"]
    form = soup_of(shown).select_one("form[action*=supprimer]")
    sent = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    send(client, grown.contract, "add", "1-1", place="after", title="Arrivé entre-temps")
    refused = client.post(form["action"], sent)
    assert refused.status_code == 400
    assert "a 4 objectif(s) au-dessous de lui" in said(refused, "#said")[0]
    delete_objective(row(grown, "Arrivé entre-temps"), by=None, revision=None)
    done = client.post(form["action"], sent)
    assert list(stored(grown.contract)) == ["axe-2"]
    assert said(client.get(done["Location"]), "#said")[0].startswith("« 1 Axe 1 » est supprimé, et 3 au-dessous.")
    assert done["Location"].endswith("?objectif=axe-2")


def test_nothing_is_deleted_without_a_choice(grown, client):
    assert client.get(url("delete", grown.contract)).status_code == 400
    assert client.post(url("delete", grown.contract), {"choisis": "disparu:1"}).status_code == 400
    assert grown.log() == []


def test_what_is_sent_again_because_its_answer_was_lost_is_done_once(grown, client):
    said_first = told(send(client, grown.contract, "add", "1-1", place="after", title="Une ligne"))
    seen_at = Objective.objects.get(contract=grown.contract, key="1-2").revision
    said_then = told(send(client, grown.contract, "rename", "1-2", title="Un autre nom"))
    log = grown.log()
    assert told(send(client, grown.contract, "add", "1-1", place="after", title="Une ligne ", again="1")) == said_first
    again = {"revision": seen_at, "again": "1", "objectif": "1-2"}
    assert told(send(client, grown.contract, "rename", title="Un autre nom", **again)) == said_then
    assert grown.log() == log
    # What had never arrived is done, even where the same words stand already: someone else’s, or elsewhere.
    send(client, grown.contract, "add", "1-2", place="after", title="Une ligne", again="1")
    assert [verb for verb, _ in grown.log()[len(log) :]] == ["add_objective"]
