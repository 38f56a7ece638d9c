"""Several objectives at once, undo and redo, copies from other contracts, and the history that brings things back."""

import pytest

from objectives.edits import add_objective, change_objective, delete_objective
from objectives.models import Change, Level, Membership, Objective
from tests.editor.atelier import IN_PLACE, send, stored, told, url
from tests.editor.forms import said, soup_of
from tests.factories import make_contract, make_document, make_publication


@pytest.fixture
def grown(bench):
    """The bench's contract with two axes of three objectives; `admin` may edit it."""
    bench.contract = make_contract(make_document("grand", axes=2, objectives=3))
    return bench


@pytest.fixture
def client(signed_in):
    return signed_in("admin")


def chosen(bench, *keys):
    return [f"{key}:{bench.objective(key).revision}" for key in keys]


def tags(bench, key):
    return list(bench.objective(key).taggings.values_list("tag__name", flat=True))


def test_several_objectives_are_tagged_and_untagged(grown, client):
    answer = send(client, grown.contract, "bulk_tag", choisis=chosen(grown, "1-1", "2-3"), tag="NPNRU")
    assert told(answer) == "2 objectifs : l’étiquette « NPNRU » est donnée."
    assert [tags(grown, key) for key in ("1-1", "1-2", "2-3")] == [["PRE", "NPNRU"], ["PRE"], ["PRE", "NPNRU"]]
    send(client, grown.contract, "bulk_tag", choisis=chosen(grown, "1-1"), tag="PRE", take="1")
    assert tags(grown, "1-1") == ["NPNRU"]


def test_several_objectives_take_a_level(grown, client):
    send(client, grown.contract, "bulk_level", choisis=chosen(grown, "1-1", "1-2"), level="axe")
    levels = Objective.objects.of(grown.contract).filter(key__in=["1-1", "1-2", "1-3"]).order_by("position")
    assert list(levels.values_list("level__key", flat=True)) == ["axe", "axe", "objectif"]


@pytest.mark.parametrize(
    ("keys", "values", "after"),
    [
        (("1-1", "1-3"), {"under": "2"}, {"axe-1": ["1-2"], "axe-2": ["2-1", "2-2", "2-3", "1-1", "1-3"]}),
        (
            ("1-1", "1-2"),
            {"target": "1-3", "place": "after"},
            {"axe-1": ["1-3", "1-1", "1-2"], "axe-2": ["2-1", "2-2", "2-3"]},
        ),
        (
            ("1-3", "2-1"),
            {"target": "1-1", "place": "before"},
            {"axe-1": ["1-3", "2-1", "1-1", "1-2"], "axe-2": ["2-2", "2-3"]},
        ),
        (("axe-2", "2-1"), {"under": "1"}, {"axe-1": ["1-1", "1-2", "1-3", "axe-2"]}),
        (("1-1", "2-1"), {"under": ""}, {"axe-1": ["1-2", "1-3"], "axe-2": ["2-2", "2-3"], "1-1": [], "2-1": []}),
    ],
)
def test_several_objectives_are_moved_together(grown, client, keys, values, after):
    assert send(client, grown.contract, "bulk_move", choisis=chosen(grown, *keys), **values).status_code == 200
    assert {root: list(below) for root, below in stored(grown.contract).items()} == after


def test_several_objectives_are_deleted_once_confirmed_and_come_back_by_undo(grown, client):
    before = stored(grown.contract)
    shown = client.get(url("delete", grown.contract), {"choisis": chosen(grown, "axe-1", "1-2", "2-1")}, **IN_PLACE)
    assert said(shown, "h2") == ["Supprimer 2 objectifs ?"]
    inputs = soup_of(shown).select("input[name=choisis]")
    sent = {
        "choisis": [one["value"] for one in inputs],
        "with_all": soup_of(shown).select_one("[name=with_all]")["value"],
    }
    answer = send(client, grown.contract, "delete", **sent)
    assert told(answer) == "2 objectifs sont supprimés, et 3 au-dessous. « Annuler » les rétablit."
    assert stored(grown.contract) == {"axe-2": {"2-2": {}, "2-3": {}}}
    assert told(send(client, grown.contract, "undo")).startswith("Annulé : Objectif supprimé")
    assert stored(grown.contract) == before


REFUSED = [
    ("bulk_tag", {"choisis": ["1-1:0"], "tag": "X"}, 412, "a été modifié entre-temps"),
    ("bulk_tag", {"choisis": ["1-1"], "tag": ""}, 400, "Donnez le nom de l’étiquette."),
    ("bulk_tag", {"tag": "X"}, 400, "Choisissez d’abord un ou plusieurs objectifs."),
    ("bulk_level", {"choisis": ["1-1"], "level": "inconnu"}, 400, "Choisissez un niveau de ce contrat."),
    ("bulk_move", {"choisis": ["1-1"], "under": "9.9"}, 400, "Aucun objectif de ce contrat ne répond à « 9.9 »."),
    ("bulk_move", {"choisis": ["disparu:1"], "under": ""}, 400, "n’est plus, dans ce contrat"),
    ("undo", {}, 400, "Vous n’avez rien à annuler dans ce contrat."),
    ("redo", {}, 400, "Vous n’avez rien à rétablir dans ce contrat."),
]


@pytest.mark.parametrize(("gesture", "values", "status", "words"), REFUSED)
def test_what_cannot_be_done_to_several_is_refused_whole(grown, client, gesture, values, status, words):
    answer = send(client, grown.contract, gesture, **values)
    assert (answer.status_code, words in told(answer)) == (status, True), told(answer)
    assert grown.log() == []


def test_undo_and_redo_say_what_they_would_do(grown, client):
    send(client, grown.contract, "rename", "1-1", title="Autrement")
    page = soup_of(client.get(url("outline", grown.contract)))
    assert " ".join(page.select_one("#g-undo").text.split()) == "Annuler : Objectif modifié « 1.1 Autrement »"
    assert page.select_one("#g-redo").has_attr("disabled")
    answer = send(client, grown.contract, "undo", objectif="1-1")
    assert told(answer) == "Annulé : Objectif modifié « 1.1 Autrement »."
    assert grown.objective("1-1").title == "Objectif 1.1"
    assert " ".join(soup_of(answer).select_one("#g-redo").text.split()).startswith("Rétablir : Objectif modifié")
    send(client, grown.contract, "redo", objectif="1-1")
    assert grown.objective("1-1").title == "Autrement"


def test_nothing_that_someone_else_has_changed_since_is_undone(grown, client):
    send(client, grown.contract, "rename", "1-1", title="Le mien")
    change_objective(grown.objective("1-1"), by=None, revision=None, title="Celui d’un autre")
    answer = send(client, grown.contract, "undo")
    assert answer.status_code == 400
    assert soup_of(answer).select_one("#outline").has_attr("data-refused")
    assert grown.objective("1-1").title == "Celui d’un autre"


def test_a_branch_is_copied_from_a_contract_that_the_person_may_read(bench, signed_in):
    client = signed_in("editor")
    make_publication(bench.other)
    page = client.get(url("copy", bench.contract), {"objectif": "1-1"})
    names = said(page, "#source option")
    assert names[0] == "Contrat essai – brouillon"
    assert names[1:] == ["Contrat voisin – version 1 (Texte initial)"]
    source = soup_of(page).select("#source option")[1]["value"]
    offered = client.get(url("copy", bench.contract), {"objectif": "1-1", "source": source, "q": "axe"})
    assert said(offered, "[name=key] ~ .offered__code") == ["1"]
    values = {"objectif": "1-1", "source": source, "key": "axe-1", "place": "inside"}
    done = client.post(url("copy", bench.contract), values)
    assert done.status_code == 302
    copied = Objective.objects.get(contract=bench.contract, parent__key="1-1")
    assert (copied.title, copied.children.count()) == ("Axe 1", 2)
    panel = url("objective", bench.contract, copied.key)
    assert "Copié d’un autre contrat" in said(client.get(panel), ".panel__last")
    (link,) = soup_of(signed_in("admin").get(panel)).select(".panel__last a")
    assert (link.text, link["href"]) == ("Contrat voisin", url("outline", bench.other) + "?objectif=axe-1")
    assert done["Location"].endswith(f"?objectif={copied.key}")
    assert bench.log() == [("copy_branch", copied.key)]


@pytest.mark.parametrize("source", ["draft:voisin", "version:1", "version:x", "ailleurs"])
def test_nothing_is_copied_from_a_text_that_the_person_may_not_read(bench, signed_in, source):
    make_publication(bench.other, visibility="members")
    client = signed_in("editor")
    assert said(client.get(url("copy", bench.contract)), "#source option") == ["Contrat essai – brouillon"]
    values = {"source": source, "key": "axe-1"}
    assert client.get(url("copy", bench.contract), values).status_code == 404
    assert client.post(url("copy", bench.contract), values).status_code == 404
    assert bench.log() == []


def test_a_copy_without_a_branch_is_refused(bench, signed_in):
    answer = signed_in("editor").post(url("copy", bench.contract), {"source": "draft:essai", "key": "disparu"})
    assert answer.status_code == 400
    assert said(answer, "[role=alert]")[0].startswith("Cet objectif n’est pas dans le contrat que vous copiez")


@pytest.fixture
def past(bench):
    """The editor renames 1.1; the manager adds an objective, and deletes 1.2."""
    change_objective(bench.objective("1-1"), by=bench.people["editor"], revision=None, title="Objectif 1.1 revu")
    level = Level.objects.get(contract=bench.contract, key="objectif")
    under = bench.objective("axe-1")
    add_objective(bench.contract, level=level, under=under, title="Nouveau", by=bench.people["manager"])
    delete_objective(bench.objective("1-2"), by=bench.people["manager"], revision=None)
    return bench


def gestures(page):
    return [one.split(" : ")[0] for one in said(page, ".past__what > p")]


def test_the_history_says_who_did_what_with_words_marked(past, signed_in):
    page = signed_in("reader").get(url("history", past.contract))
    assert gestures(page)[:3] == ["Objectif supprimé", "Objectif ajouté", "Objectif modifié"]
    assert said(page, ".past__who")[2].endswith(past.people["editor"].name)
    changed = soup_of(page).select(".past__one")[2]
    assert [one.text.strip() for one in changed.select("ins")] == ["revu"]
    assert soup_of(page).select("main form[method=post]") == []


def test_the_history_is_filtered_by_person_period_and_objective(past, signed_in):
    client = signed_in("editor")

    def asked(**values):
        return gestures(client.get(url("history", past.contract), values))

    assert asked(personne=past.people["editor"].pk) == ["Objectif modifié"]
    assert asked(personne=past.people["manager"].pk) == ["Objectif supprimé", "Objectif ajouté"]
    assert asked(au="2020-01-01") == []
    assert len(asked(du="2020-01-01")) == past.contract.changes.count()
    assert asked(objectif="1-1", personne=past.people["manager"].pk) == []
    assert asked(objectif="axe-1", personne=past.people["manager"].pk) == ["Objectif supprimé", "Objectif ajouté"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"du": "2026-02-01", "au": "2026-01-01"}, "La fin de la période vient avant son début."),
        ({"du": "hier"}, "Saisissez une date valide."),
        ({"personne": "0"}, "Sélectionnez un choix valide."),
    ],
)
def test_a_filter_that_makes_no_sense_says_so(past, signed_in, values, words):
    page = signed_in("editor").get(url("history", past.contract), values)
    assert page.status_code == 400
    assert said(page, ".field__wrong")[0].startswith(words)


def test_the_history_is_told_a_page_at_a_time(bench, signed_in):
    for number in range(31):
        change_objective(bench.objective("1-1"), by=None, revision=None, title=f"Titre {number}")
    client = signed_in("editor")
    assert len(gestures(client.get(url("history", bench.contract)))) == 30
    link = soup_of(client.get(url("history", bench.contract))).select_one(".turning a")["href"]
    assert len(gestures(client.get(url("history", bench.contract) + link))) == bench.contract.changes.count() - 30


def test_what_was_deleted_is_restored_from_the_history(past, signed_in):
    client = signed_in("editor")
    page = soup_of(client.get(url("history", past.contract)))
    button = page.select_one("form[action*='historique/retablir'] button")
    done = client.post(url("restore", past.contract), {"change": button["value"]})
    assert said(client.get(done["Location"]), "#said")[0].startswith("« 1.2 Objectif 1.2 » est rétabli")
    assert "1-2" in stored(past.contract)["axe-1"]
    assert soup_of(client.get(url("history", past.contract))).select("form[action*='historique/retablir']") == []
    again = client.post(url("restore", past.contract), {"change": button["value"]}, follow=True)
    assert said(again, "#said") != [""]


def test_a_deletion_of_another_contract_is_not_restored(past, signed_in):
    Membership.objects.create(contract=past.other, user=past.people["editor"], role="editor")
    change = Change.objects.get(contract=past.contract, verb="delete_objective")
    client = signed_in("editor")
    assert client.post(url("restore", past.other), {"change": change.pk}).status_code == 404
    assert client.post(url("restore", past.contract), {"change": "x"}).status_code == 404


def test_a_list_of_objectives_is_added_at_its_place_in_one_step(bench, signed_in):
    client = signed_in("editor")
    page = url("list", bench.contract) + "?objectif=1-1"
    assert said(client.get(page), ".offered__one")[0] == "après « 1.1 Objectif 1.1 »"
    answer = send(
        client, bench.contract, "list", objectif="1-1", place="after", text="• Ouvrir\n• 1.9 Former\nensemble"
    )
    assert told(answer) == "2 ajoutés : « Ouvrir »…"
    titles = [(one.code, one.title) for one in Objective.objects.filter(parent__key="axe-1", contract=bench.contract)]
    assert titles[1:3] == [("1.3", "Ouvrir"), ("1.9", "Former ensemble")]
    again = {"objectif": "1-1", "text": "Ouvrir\nFormer ensemble", "again": "1"}
    assert told(send(client, bench.contract, "list", **again)) == "2 ajoutés : « Ouvrir »…"
    assert len(bench.log()) == 2
    assert told(send(client, bench.contract, "undo")).endswith("(2 en tout).")
    for text, words in [(" \n-", "Collez au moins une ligne."), ("x\n" * 301, "Collez moins de 300 lignes à la fois.")]:
        refused = client.post(url("list", bench.contract), {"text": text})
        assert (refused.status_code, said(refused, "[role=alert]")) == (400, [words])
