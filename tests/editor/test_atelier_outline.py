"""The outline of the atelier: who sees it, what is in the page, how it is opened, and in how many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from editor.atelier.sight import SEEN_AT_FIRST
from objectives.edits import change_objective
from objectives.models import Objective
from tests.editor.atelier import IN_PLACE, seen, send, stored, url
from tests.editor.forms import said, soup_of
from tests.factories import make_contract, make_document, make_publication


@pytest.fixture
def grown(bench):
    """The bench's contract with two axes of three objectives; `admin` may edit it."""
    bench.contract = make_contract(make_document("grand", axes=2, objectives=3))
    return bench


@pytest.mark.parametrize("name", ["outline", "history", "search"])
@pytest.mark.parametrize(
    ("role", "status"),
    [("visitor", 302), ("nobody", 404), ("stranger", 404), ("reader", 200), ("editor", 200), ("admin", 200)],
)
def test_whoever_may_not_read_a_contract_is_not_told_that_it_exists(bench, signed_in, name, role, status):
    response = signed_in(role).get(url(name, bench.contract))
    assert response.status_code == status
    unknown = signed_in(role).get(reverse(f"editor:{name}", args=["inconnu"]))
    assert unknown.status_code == (302 if role == "visitor" else 404)


def test_a_reader_sees_the_outline_without_any_gesture(bench, signed_in):
    page = soup_of(signed_in("reader").get(url("outline", bench.contract)))
    assert [form.get("role") for form in page.select("main form")] == ["search", None]
    assert page.select("main form")[1]["method"] == "dialog"
    assert page.select("main :is(textarea, input[type=checkbox], [data-gesture])") == []
    assert len(page.select("#tree li")) == 3


GESTURES = ["add", "rename", "move", "fit", "delete", "undo", "redo", "bulk_tag", "bulk_level", "bulk_move", "restore"]


@pytest.mark.parametrize("gesture", GESTURES)
@pytest.mark.parametrize(("role", "status"), [("visitor", 302), ("reader", 403), ("stranger", 404)])
def test_only_whoever_may_edit_makes_gestures(bench, signed_in, gesture, role, status):
    before = stored(bench.contract)
    assert signed_in(role).post(url(gesture, bench.contract), {"objectif": "1-1"}).status_code == status
    assert stored(bench.contract) == before
    assert bench.log() == []


@pytest.mark.parametrize("gesture", [one for one in GESTURES if one != "delete"])
def test_a_gesture_is_sent_never_followed(bench, signed_in, gesture):
    assert signed_in("editor").get(url(gesture, bench.contract)).status_code == 405


def test_each_line_says_what_is_below_what_the_checks_find_and_who_changed_it(grown, signed_in):
    change_objective(grown.objective("1-1"), by=grown.people["admin"], revision=None, title="Objectif 1.1", code="1.2")
    page = soup_of(signed_in("admin").get(url("outline", grown.contract)))
    facts = {
        entry["data-key"]: " ".join(entry.select_one(".entry__facts").get_text(" ").split())
        for entry in page.select("#tree li")
    }
    assert facts["axe-2"] == "Axe. 3 objectifs"
    assert facts["2-1"] == "Objectif opérationnel. 1 action 1 clause 1 indicateur"
    today = timezone.localdate().strftime("%d/%m")
    assert facts["1-1"] == f"Objectif opérationnel. 1 action 1 clause 1 indicateur 2 constats vous, {today}"
    assert facts["axe-1"] == "Axe. 3 objectifs 3 constats"


def test_a_small_tree_is_open_and_a_big_one_shows_its_first_levels(bench, signed_in):
    client = signed_in("admin")
    assert seen(client.get(url("outline", bench.contract))) == stored(bench.contract)
    big = make_contract(make_document("vaste", axes=3, objectives=SEEN_AT_FIRST))
    assert seen(client.get(url("outline", big))) == {"axe-1": {}, "axe-2": {}, "axe-3": {}}
    at = seen(client.get(url("outline", big) + "?objectif=2-7"))
    assert [len(below) for below in at.values()] == [0, SEEN_AT_FIRST, 0]


def test_a_branch_is_fetched_when_it_is_opened(bench, signed_in):
    big = make_contract(make_document("vaste", axes=3, objectives=SEEN_AT_FIRST))
    client = signed_in("admin")
    group = soup_of(client.get(url("branch", big, "axe-2"), **IN_PLACE))
    assert [entry["data-key"] for entry in group.select("ul > li")] == list(stored(big)["axe-2"])
    page = soup_of(client.get(url("outline", big) + "?ouverts=axe-2"))
    opened = page.select_one("#o-axe-2 > ul")
    assert [str(one) for one in group.select("li")] == [str(one) for one in opened.select("li")]
    assert client.get(url("branch", big, "inconnu")).status_code == 404


def test_the_fragment_of_a_gesture_is_what_a_fresh_page_shows(grown, signed_in):
    """Applied in the place of the old one, it makes the page that a reload would; only what is said is its own."""
    client = signed_in("admin")
    for gesture, key, values in [
        ("add", "1-1", {"place": "after", "title": "Un de plus"}),
        ("rename", "1-2", {"title": "Autrement dit"}),
        ("move", "axe-2", {"direction": "up"}),
        ("move", "2-3", {"target": "1-1", "place": "inside"}),
        ("move", "2-1", {"direction": "out"}),
    ]:
        answer = send(client, grown.contract, gesture, key, ouverts="axe-1 axe-2", **values)
        fragment = soup_of(answer).select_one("#outline")
        current = fragment["data-current"]
        opened = " ".join(one["data-key"] for one in fragment.select("li[data-open='1']"))
        fresh = client.get(url("outline", grown.contract), {"objectif": current, "ouverts": opened})
        page = soup_of(fresh).select_one("#outline")
        fragment["data-said"] = ""
        for one in (fragment, page):
            for token in one.select("[name=csrfmiddlewaretoken]"):
                token["value"] = ""
        assert str(fragment) == str(page), gesture


@pytest.mark.parametrize("query", ["?objectif=inconnu", "?objectif=1-1-a"])
def test_an_objective_that_is_not_there_is_answered_404(bench, signed_in, query):
    assert signed_in("editor").get(url("outline", bench.contract) + query).status_code == 404


@pytest.mark.parametrize(
    ("words", "keys"), [("1.2", ["1-2"]), ("OBJECTIF 1", ["1-1", "1-2"]), ("rien de tel", []), ("", [])]
)
def test_objectives_are_found_by_code_and_by_words(bench, signed_in, words, keys):
    page = soup_of(signed_in("reader").get(url("search", bench.contract), {"q": words}))
    assert [link["data-go"] for link in page.select("a")] == keys
    whole = soup_of(signed_in("reader").get(url("outline", bench.contract), {"q": words}))
    assert [link["data-go"] for link in whole.select("#found a")] == keys


def test_the_home_says_what_waits_in_each_contract(bench, signed_in):
    make_publication(bench.contract)
    bench.contract.refresh_from_db()
    row = bench.objective("1-1")
    change_objective(row, by=bench.people["editor"], revision=row.revision, title="Un autre intitulé")
    client = signed_in("editor")
    response = client.get(reverse("editor:home"))
    assert [heading.get_text() for heading in soup_of(response).select("main h2")] == ["Contrat essai"]
    draft, last, checks = said(response, ".facts dd")
    assert draft.startswith("modifié depuis la version 1 (Texte initial), révision ")
    assert last.startswith(f"Objectif modifié, par {bench.people['editor'].name}, le ")
    assert checks == "rien à signaler"
    assert said(signed_in("nobody").get(reverse("editor:home")), "main li")[0].startswith("Vous n’avez de rôle")


#: The queries of each page and gesture, whatever the size of the tree.
QUERIES = {"outline": 19, "branch": 15, "search": 10, "history": 21, "copy": 12, "add": 51, "move": 47}


def test_pages_and_gestures_ask_as_many_queries_for_3000_objectives_as_for_3(bench, signed_in, monkeypatch):
    client, counts = signed_in("admin"), []
    for document in (make_document("petit", axes=1, objectives=2), make_document("immense", axes=30, objectives=99)):
        contract = make_contract(document)
        assert client.get(url("findings", contract)).status_code == 204
        with CaptureQueriesContext(connection) as asked:
            found = {}
            for name, args in {"outline": (), "branch": ("axe-1",), "search": (), "history": (), "copy": ()}.items():
                before = len(asked)
                assert client.get(url(name, contract, *args), {"q": "1.1"}).status_code == 200
                found[name] = len(asked) - before
            # The checks of what a gesture has changed are another page's affair: a huge outline does not wait for them.
            monkeypatch.setattr("editor.atelier.outline.CHECKED_AT_ONCE", 0)
            for name, values in {"add": {"place": "after", "title": "De plus"}, "move": {"direction": "down"}}.items():
                row = Objective.objects.get(contract=contract, key="1-1")
                sent = {"objectif": "1-1", "revision": row.revision, "ouverts": "axe-1", **values}
                before = len(asked)
                assert client.post(url(name, contract), sent, **IN_PLACE).status_code == 200
                found[name] = len(asked) - before
            monkeypatch.undo()
        counts.append(found)
    assert counts == [QUERIES, QUERIES]


def test_a_huge_outline_does_not_wait_for_the_checks(bench, signed_in, monkeypatch):
    monkeypatch.setattr("editor.atelier.outline.CHECKED_AT_ONCE", 0)
    change_objective(bench.objective("1-1"), by=None, revision=None, code="1.2")
    client = signed_in("editor")
    asked = url("outline", bench.contract)
    waiting = soup_of(client.get(asked)).select_one("#outline")
    assert waiting.has_attr("data-unchecked")
    assert "contrôles en cours" in waiting.select_one(".outline__tally").text
    client.get(url("findings", bench.contract))
    checked = soup_of(client.get(asked)).select_one("#outline")
    assert not checked.has_attr("data-unchecked")
    assert "constats" in checked.select_one("#f-1-1").text
