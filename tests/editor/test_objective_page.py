"""The page of an objective: all it holds is edited together, through the verbs, or nothing is."""

import pytest
from django.urls import reverse

from actions.edits import add_clause, change_action, delete_action
from document.nodes import TITLE_LENGTH
from editor.forms import rows
from objectives.edits import change_objective
from objectives.models import Objective, Tag
from objectives.rows import read_tree
from tests.editor.forms import read_form, said, soup_of
from tests.factories import make_contract, real_document


@pytest.fixture
def page(bench, signed_in):
    """The page of objective 1-1, as its editor sees it: read it, send it."""

    class Page:
        objective = bench.objective()
        url = reverse("admin:objectives_objective_change", args=[objective.pk])
        client = signed_in("editor")

        def read(self):
            return read_form(self.client.get(self.url))

        def send(self, data):
            return self.client.post(self.url, data)

        def node(self):
            return read_tree(Objective.objects.filter(pk=self.objective.pk))[0]

    return Page()


def test_everything_that_an_objective_holds_is_saved_at_once_by_verbs(bench, page):
    form = page.read()
    form |= {
        "title": "Un nouvel intitulé",
        "new_tags": "NPNRU, GUP",
        "transversal": "on",
        "remarks": "Sic.\n\nÀ relire.",
        "actions-0-title": "Action reprise",
        "actions-1-title": "Action ajoutée",
        "clauses-0-gone": "on",
        "clauses-1-text": "Une autre clause",
        "indicators-0-kind": "rate",
        "indicators-0-breakdown": ["F/H", "F/G"],
        "indicators-0-baseline": "45 % en 2014",
        "notes-0-kind": "funding",
        "notes-0-text": "PRIORISER LES FINANCEMENTS PRE",
        "references-0-text": "Cf. objectif 1.2",
        "references-0-targets": "1.2",
        "declared-0-of": "actions",
        "declared-0-count": "2",
    }
    assert page.send(form).status_code == 302
    node = page.node()
    assert (node.title, node.transversal, node.tags) == ("Un nouvel intitulé", True, ("PRE", "NPNRU", "GUP"))
    assert node.remarks == ("Sic.", "À relire.")
    assert [(one.code, one.title) for one in node.actions] == [("1.1.a", "Action reprise"), ("1.1.b", "Action ajoutée")]
    assert [one.text for one in node.clauses] == ["Une autre clause"]
    indicator = node.indicators[0]
    assert (indicator.kind, indicator.breakdown, indicator.baseline) == ("rate", ("F/H", "F/G"), "45 % en 2014")
    assert [(one.kind, one.text) for one in node.notes] == [("funding", "PRIORISER LES FINANCEMENTS PRE")]
    assert [(one.text, one.targets) for one in node.references] == [("Cf. objectif 1.2", ("1-2",))]
    assert [(one.of, one.count) for one in node.declared] == [("actions", 2)]
    assert [verb for verb, _ in bench.log()] == [
        "change_objective",
        "change_action",
        "add_action",
        "delete_clause",
        "add_clause",
        "change_indicator",
    ]


def test_a_page_sent_back_unchanged_writes_nothing(bench, page):
    assert page.send(page.read()).status_code == 302
    assert bench.log() == []


@pytest.mark.parametrize("key", ["1-3-1", "1-3-10", "2-2-3", "3-2-1", "1-1"])
def test_a_real_objective_sent_back_unchanged_writes_nothing(bench, signed_in, key):
    contract = make_contract(real_document("ales-2015-2020"))
    url = reverse("admin:objectives_objective_change", args=[bench.objective(key, contract).pk])
    client = signed_in("admin")
    revision = contract.revision
    assert client.post(url, read_form(client.get(url))).status_code == 302
    contract.refresh_from_db()
    assert contract.revision == revision


def test_rows_are_put_in_the_order_of_their_ranks_by_as_few_moves_as_can_be(bench, page):
    for number in (2, 3, 4):
        add_clause(page.objective, text=f"Clause {number}", by=None)
    form = page.read()
    form["clauses-0-rank"] = "4"
    assert page.send(form).status_code == 302
    assert [one.text for one in page.node().clauses] == [
        "Clause 2",
        "Clause 3",
        "Clause 4",
        "L’opérateur s’engage pour 1.1",
    ]
    assert [verb for verb, _ in bench.log()] == ["add_clause"] * 3 + ["move_clause"]


def test_a_new_row_goes_to_the_rank_that_is_typed(bench, page):
    add_clause(page.objective, text="Clause 2", by=None)
    form = page.read()
    form |= {"clauses-2-text": "En premier", "clauses-2-rank": "1"}
    page.send(form)
    assert [one.text for one in page.node().clauses] == ["En premier", "L’opérateur s’engage pour 1.1", "Clause 2"]


def test_a_stale_text_is_shown_beside_what_was_typed_and_overwrites_nothing(bench, page):
    form = page.read()
    change_objective(page.objective, by=bench.people["manager"], revision=None, title="Texte d’un autre", code="1.9")
    form |= {"title": "Mon texte", "actions-0-title": "Mon action"}
    response = page.send(form)
    assert response.status_code == 412
    cells = [
        [cell.get_text() for cell in row.select("th, td")] for row in soup_of(response).select(".conflict tbody tr")
    ]
    assert cells == [["Intitulé", "Mon texte", "Texte d’un autre"]]
    again = read_form(response)
    assert (again["title"], again["code"], again["actions-0-title"]) == ("Mon texte", "1.9", "Mon action")
    assert (page.node().title, page.node().actions[0].title) == ("Texte d’un autre", "Action de 1.1")
    assert page.send(again).status_code == 302
    assert (page.node().title, page.node().code, page.node().actions[0].title) == ("Mon texte", "1.9", "Mon action")


def test_the_stored_text_can_be_kept(bench, page):
    form = page.read()
    change_objective(page.objective, by=None, revision=None, title="Texte d’un autre")
    form["title"] = "Mon texte"
    again = read_form(page.send(form))
    assert page.send(again | {"keep": "on"}).status_code == 302
    assert page.node().title == "Texte d’un autre"


def test_a_stale_row_is_shown_beside_what_was_typed(bench, page):
    form = page.read()
    action = page.objective.actions.get()
    change_action(action, by=bench.people["manager"], revision=None, title="Action d’un autre", description="Longue")
    form["actions-0-title"] = "Mon action"
    response = page.send(form)
    assert said(response, ".conflict tbody td") == ["Mon action", "Action d’un autre"]
    again = read_form(response)
    assert again["actions-0-description"] == "Longue"
    assert page.send(again).status_code == 302
    assert (page.node().actions[0].title, page.node().actions[0].description) == ("Mon action", "Longue")


def test_what_somebody_else_changed_and_i_did_not_touch_is_no_conflict(bench, page):
    form = page.read()
    change_action(page.objective.actions.get(), by=None, revision=None, title="Action d’un autre")
    form["clauses-0-text"] = "Ma clause"
    assert page.send(form).status_code == 302
    assert (page.node().actions[0].title, page.node().clauses[0].text) == ("Action d’un autre", "Ma clause")


def test_a_row_deleted_meanwhile_keeps_what_was_typed_and_can_be_added_again(bench, page):
    form = page.read()
    delete_action(page.objective.actions.get(), by=None, revision=None)
    form["actions-0-title"] = "Mon action"
    response = page.send(form)
    assert response.status_code == 400
    assert said(response, ".row .nonfield")[0].startswith("Cette ligne (action) n’est pas, ou n’est plus")
    assert page.send(read_form(response)).status_code == 302
    assert [one.title for one in page.node().actions] == ["Mon action"]


@pytest.mark.parametrize(
    ("change", "where", "words"),
    [
        ({"title": ""}, ".field-title .errorlist li", "Ce champ est obligatoire."),
        ({"title": "x" * (TITLE_LENGTH + 1)}, ".field-title .errorlist li", "Assurez-vous que cette valeur comporte"),
        ({"description": "x" * 60_000}, ".field-description .errorlist li", "Assurez-vous que cette valeur comporte"),
        ({"title": "Un\x00deux"}, ".field-title .errorlist li", "Le caractère nul n’est pas autorisé."),
        ({"title": "Un\x07deux"}, ".field-title .errorlist li", "le texte contient un caractère de contrôle"),
        ({"level": "inconnu"}, ".field-level .errorlist li", "Sélectionnez un choix valide."),
        ({"tags": "INCONNUE"}, ".field-tags .errorlist li", "Sélectionnez un choix valide."),
        ({"new_tags": "x" * 200}, ".field-new_tags .errorlist li", "une étiquette a 120 caractères au plus"),
        ({"actions-0-title": ""}, "#1-1-a .errorlist li", "Donnez l’intitulé de cette action."),
        ({"actions-0-references": "Cf. 9.9 → 9.9"}, "#1-1-a .errorlist li", "Aucun objectif de ce contrat ne répond"),
        ({"clauses-0-text": " "}, "#1-1-c1 .errorlist li", "Rédigez cette clause."),
        ({"clauses-0-rank": "abc"}, "#1-1-c1 .errorlist li", "Saisissez un nombre entier."),
        ({"indicators-0-kind": "x"}, "#1-1-i1 .errorlist li", "Sélectionnez un choix valide."),
        ({"indicators-0-breakdown": "X/Y"}, "#1-1-i1 .errorlist li", "Sélectionnez un choix valide."),
        ({"references-0-targets": "1.2"}, "[data-rows=references] .errorlist li", "Écrivez le texte du renvoi"),
        ({"declared-0-of": "actions"}, "[data-rows=declared] .errorlist li", "Dites ce que le texte annonce"),
        ({"declared-0-of": "axe", "declared-0-count": "-3"}, "[data-rows=declared] .errorlist li", "Assurez-vous"),
        ({"actions-TOTAL_FORMS": "x"}, "[data-rows=actions] .errorlist li", "Cette liste est arrivée incomplète"),
        ({"actions-TOTAL_FORMS": "99999"}, "[data-rows=actions] .errorlist li", "Veuillez soumettre au plus 20 "),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_saved(bench, page, change, where, words, monkeypatch):
    monkeypatch.setattr(rows, "LIMIT", 20)  # as many rows as that are shown again
    form = page.read() | {"indicators-0-title": "Un changement qui ne doit pas passer"} | change
    response = page.send(form)
    assert response.status_code in (400, 412)
    errors = [one.get_text() for one in soup_of(response).select(where.replace("#1-1", "#\\31-1"))]
    assert any(words in error for error in errors), errors
    assert bench.log() == []


def test_a_row_of_another_contract_is_not_touched(bench, page):
    foreign = bench.objective("1-1", bench.other).actions.get()
    form = page.read() | {"actions-0-pk": str(foreign.pk), "actions-0-title": "Volée"}
    assert page.send(form).status_code == 400
    foreign.refresh_from_db()
    assert (foreign.title, foreign.objective_id) == ("Action de 1.1", bench.objective("1-1", bench.other).pk)


def test_a_target_of_another_contract_is_not_found(bench, page):
    change_objective(bench.objective("1-2", bench.other), by=None, revision=None, code="9.9")
    form = page.read() | {"references-0-text": "Cf. 9.9", "references-0-targets": "9.9"}
    assert said(page.send(form))[0].startswith("Aucun objectif de ce contrat ne répond à « 9.9 »")


def test_a_code_borne_twice_must_be_told_apart(bench, page):
    change_objective(bench.objective("1-2"), by=None, revision=None, code="1.1")
    form = page.read() | {"references-0-text": "Cf. 1.1", "references-0-targets": "1.1"}
    assert said(page.send(form))[0].startswith("Plusieurs objectifs répondent à « 1.1 »")
    form["references-0-targets"] = "1.1 Objectif 1.2 [1-2]"
    assert page.send(form).status_code == 302
    assert page.node().references[0].targets == ("1-2",)


def test_the_person_goes_on_to_the_next_objective_or_back_to_the_tree(bench, page):
    following = reverse("admin:objectives_objective_change", args=[bench.objective("1-2").pk])
    assert page.send(page.read() | {"_next": ""})["Location"] == following
    tree = reverse("admin:objectives_contract_tree", args=[bench.contract.pk])
    assert page.send(page.read() | {"_tree": ""})["Location"] == f"{tree}?at=1-1#n-1-1"


def test_a_renamed_tag_does_not_come_back_with_an_old_page(bench, page):
    from objectives.tag_edits import change_tag

    form = page.read()
    change_tag(Tag.objects.get(contract=bench.contract), name="RÉUSSITE", by=None, revision=None)
    page.send(form | {"tags": "RÉUSSITE", "title": "Mon texte"})
    assert list(Tag.objects.filter(contract=bench.contract).values_list("name", flat=True)) == ["RÉUSSITE"]


def test_findings_of_the_objective_are_on_its_page(bench, page):
    change_objective(page.objective, by=None, revision=None, code="1.2")
    findings = said(page.client.get(page.url), ".findings li")
    assert len(findings) >= 1
    assert "1.2" in findings[0]
