"""The lines of the panel's lists, one by one: added, changed, disputed, moved, deleted and brought back."""

from actions.edits import add_clause, change_action, delete_action
from tests.editor.forms import clash_texts, soup_of


def test_a_line_is_added_after_another_with_the_next_code(bench, panel):
    form = panel.read()
    answer = panel.line(form, row=1, title="Deuxième", after=form["actions-0-pk"]).json()
    assert answer["fresh"] == {"code": "1.1.b"}
    first = panel.line(form, row=1, title="Première", code="1.1.0", after="").json()
    assert [(one.code, one.title) for one in panel.node().actions] == [
        ("1.1.0", "Première"),
        ("1.1.a", "Action de 1.1"),
        ("1.1.b", "Deuxième"),
    ]
    change = panel.line(
        form, row=1, pk=first["pk"], revision=first["revision"], seen=first["seen"], code="1.1.0", title="Reprise"
    )
    assert (change.status_code, panel.node().actions[0].title) == (200, "Reprise")
    assert [verb for verb, _ in bench.log()] == ["add_action", "add_action", "change_action"]


def test_an_addition_whose_answer_was_lost_is_not_made_twice(panel):
    form = panel.read()
    first = panel.line(form, "clauses", 1, text="Une clause", after="").json()
    again = panel.line(form, "clauses", 1, text="Une clause", after="", again="1", known="").json()
    assert again["pk"] == first["pk"]
    other = panel.line(form, "clauses", 1, text="Une clause", after="", again="1", known=str(first["pk"])).json()
    assert other["pk"] != first["pk"]


def test_an_empty_new_line_is_nothing_and_an_emptied_one_is_refused(bench, panel):
    form = panel.read()
    assert panel.line(form, row=1).json() == {"void": True}
    response = panel.line(form, title="")
    assert (response.status_code, response.json()["errors"]) == (400, {"title": ["Donnez l’intitulé de cette action."]})
    assert bench.log() == []


def test_a_line_that_two_people_change(bench, panel):
    form = panel.read()
    action = panel.objective.actions.get()
    change_action(action, by=None, revision=None, title="Action de 1.1, avec eux", description="La leur")
    response = panel.line(form, title="Une action de 1.1", code="1.1.z")
    assert response.status_code == 412
    assert clash_texts(response.json(), "title") == [
        "Action de 1.1, avec eux",
        "Une action de 1.1",
        "Une action de 1.1, avec eux",
    ]
    assert response.json()["fresh"] == {"description": "La leur"}
    kept = panel.node().actions[0]
    assert (kept.code, kept.title) == ("1.1.z", "Action de 1.1, avec eux")


def test_a_line_that_somebody_deleted_keeps_what_is_typed(panel):
    form = panel.read()
    delete_action(panel.objective.actions.get(), by=None, revision=None)
    response = panel.line(form, title="Mon action")
    assert (response.status_code, response.json()["lost"]) == (400, True)
    said_ = response.json()["errors"][""][0].replace("\N{NO-BREAK SPACE}", " ")
    assert said_.startswith("Cette ligne (action) n’est plus sous cet objectif : quelqu’un l’a supprimée ou déplacée.")


def test_lines_change_places(bench, panel):
    second = add_clause(panel.objective, text="Clause 2", by=None)
    response = panel.line({}, "clauses", do="move", pk=second.pk, after="")
    assert response.status_code == 200
    assert [one.text for one in panel.node().clauses] == ["Clause 2", "L’opérateur s’engage pour 1.1"]
    assert bench.log()[-1] == ("move_clause", second.key)


def test_a_line_is_deleted_with_the_way_back(panel):
    form = panel.read()
    response = panel.line(form, do="delete")
    assert (response.status_code, panel.node().actions) == (200, ())
    change = panel.objective.contract.changes.get(verb="delete_action")
    assert f'value="{change.pk}"' in response.json()["gone"]
    back = panel.client.post(panel.url("objective_bring_back"), {"change": change.pk}, headers={"HX-Request": "true"})
    assert (back["HX-Retarget"], soup_of(back).section["data-said"]) == ("#panel-actions", "Action rétablie.")
    assert [(one.key, one.title) for one in panel.node().actions] == [("1-1-a", "Action de 1.1")]
    again = panel.client.post(panel.url("objective_bring_back"), {"change": change.pk}, headers={"HX-Request": "true"})
    assert soup_of(again).section["data-said"].endswith("est déjà dans ce contrat.")


def test_a_line_changed_meanwhile_is_not_deleted_unread(panel):
    form = panel.read()
    change_action(panel.objective.actions.get(), by=None, revision=None, title="Reprise par un autre")
    response = panel.line(form, do="delete")
    assert (response.status_code, response.json()["fresh"]["title"]) == (412, "Reprise par un autre")
    assert len(panel.node().actions) == 1
