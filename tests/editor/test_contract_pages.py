"""The pages of a contract's own words: fiche, tags and quartiers, members, and the making of a new one."""

import pytest
from django.urls import reverse

from objectives.contract_edits import change_contract
from objectives.edits import change_objective
from objectives.level_edits import change_level
from objectives.members import grant_role, remove_member
from objectives.models import Contract, Level, Membership, Neighbourhood, Tag
from publications.publish import publish
from tests.editor.forms import read_form, said
from tests.factories import make_user


def page_url(contract, name):
    return reverse(f"admin:objectives_contract_{name}", args=[contract.pk])


def levels(contract):
    return list(Level.objects.filter(contract=contract).values_list("key", "name", "numbering"))


def test_head_levels_and_counts_are_saved_at_once_by_verbs(bench, signed_in):
    client, url = signed_in("editor"), page_url(bench.contract, "change")
    form = read_form(client.get(url)) | {
        "title": "Contrat rebaptisé",
        "territory": "Autre territoire",
        "sources": "Première source.\n\nSeconde source.",
        "levels-1-name": "Objectif",
        "levels-2-name": "Fiche",
        "levels-2-plural": "Fiches",
        "levels-2-numbering": "{parent}.{a}",
        "declared-0-of": "axe",
        "declared-0-count": "4",
    }
    assert client.post(url, form).status_code == 302
    bench.contract.refresh_from_db()
    assert (bench.contract.title, bench.contract.territory.name) == ("Contrat rebaptisé", "Autre territoire")
    assert bench.contract.sources == ["Première source.", "Seconde source."]
    assert levels(bench.contract) == [
        ("axe", "Axe", "{n}"),
        ("objectif", "Objectif", "{parent}.{n}"),
        ("fiche", "Fiche", "{parent}.{a}"),
    ]
    assert bench.log() == [("change_contract", ""), ("change_level", "objectif"), ("add_level", "fiche")]


def test_a_fiche_sent_back_unchanged_writes_nothing(bench, signed_in):
    client = signed_in("editor")
    for name in ("change", "words"):
        url = page_url(bench.contract, name)
        assert client.post(url, read_form(client.get(url))).status_code == 302
    assert bench.log() == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "Ce champ est obligatoire."),
        ({"title": "x" * 2_001}, "Assurez-vous que cette valeur comporte au plus"),
        ({"territory": " "}, "Ce champ est obligatoire."),
        ({"slug": "Pas bon"}, "Ce champ ne doit contenir que"),
        ({"slug": "voisin"}, "Un autre contrat a déjà l’adresse « voisin »."),
        ({"slug": "a_b"}, "une clé s’écrit en minuscules"),
        ({"start_year": "douze"}, "Saisissez un nombre entier."),
        ({"start_year": "9999"}, "Assurez-vous que cette valeur est inférieure"),
        ({"levels-0-gone": "on"}, "1 objectif(s) sont à ce niveau"),
        ({"levels-0-name": ""}, "Ce champ ne peut pas rester vide."),
        ({"levels-0-numbering": "{x}"}, "motif de numérotation inconnu"),
        ({"levels-0-pk": "999999", "levels-0-name": "Autre"}, "n’est pas, ou n’est plus, dans ce contrat"),
        ({"declared-0-of": "inconnu", "declared-0-count": "1"}, "Sélectionnez un choix valide."),
        ({"summary": "x" * 50_001}, "Assurez-vous que cette valeur comporte au plus"),
    ],
)
def test_a_bad_fiche_is_told_and_nothing_is_saved(bench, signed_in, change, words):
    client, url = signed_in("editor"), page_url(bench.contract, "change")
    response = client.post(url, read_form(client.get(url)) | {"remarks": "Une remarque."} | change)
    assert response.status_code in (400, 412)
    assert words in " ".join(said(response))
    assert bench.log() == []


def test_a_stale_head_is_shown_beside_what_was_typed(bench, signed_in):
    client, url = signed_in("editor"), page_url(bench.contract, "change")
    form = read_form(client.get(url))
    change_contract(bench.contract, by=bench.people["manager"], revision=None, title="D’un autre", summary="Nouveau")
    response = client.post(url, form | {"title": "Le mien"})
    assert (response.status_code, said(response, ".conflict td")) == (412, ["Le mien", "D’un autre"])
    again = read_form(response)
    assert again["summary"] == "Nouveau"
    assert client.post(url, again).status_code == 302
    bench.contract.refresh_from_db()
    assert (bench.contract.title, bench.contract.summary) == ("Le mien", "Nouveau")


def test_changes_elsewhere_in_the_draft_make_no_head_stale(bench, signed_in):
    client, url = signed_in("editor"), page_url(bench.contract, "change")
    form = read_form(client.get(url))
    change_objective(bench.objective(), by=None, revision=None, title="Ailleurs")
    assert client.post(url, form | {"title": "Le mien"}).status_code == 302


def test_a_stale_level_is_shown_beside_what_was_typed(bench, signed_in):
    client, url = signed_in("editor"), page_url(bench.contract, "change")
    form = read_form(client.get(url))
    change_level(Level.objects.get(contract=bench.contract, key="axe"), by=None, revision=None, name="Pilier")
    response = client.post(url, form | {"levels-0-name": "Ambition"})
    assert said(response, ".conflict td") == ["Ambition", "Pilier"]
    assert client.post(url, read_form(response)).status_code == 302
    assert levels(bench.contract)[0][:2] == ("axe", "Ambition")


def test_levels_are_put_in_the_order_of_their_ranks(bench, signed_in):
    client, url = signed_in("editor"), page_url(bench.contract, "change")
    client.post(url, read_form(client.get(url)) | {"levels-1-rank": "1"})
    assert [key for key, *_ in levels(bench.contract)] == ["objectif", "axe"]
    assert bench.log() == [("move_level", "objectif")]


def test_an_address_is_fixed_by_the_first_publication(bench, signed_in):
    client, url = signed_in("editor"), page_url(bench.contract, "change")
    client.post(url, read_form(client.get(url)) | {"slug": "nouvelle-adresse"})
    bench.contract.refresh_from_db()
    assert bench.contract.slug == "nouvelle-adresse"
    publish(bench.contract, label="Initial", in_force_on="2024-01-01", by=None)
    form = read_form(client.get(url))
    assert "slug" not in form
    client.post(url, form | {"slug": "autre-adresse", "title": "Autre titre"})
    bench.contract.refresh_from_db()
    assert (bench.contract.slug, bench.contract.title) == ("nouvelle-adresse", "Autre titre")


def test_tags_and_quartiers_are_edited_by_verbs(bench, signed_in):
    client, url = signed_in("editor"), page_url(bench.contract, "words")
    form = read_form(client.get(url)) | {
        "tags-0-name": "RÉUSSITE",
        "tags-1-name": "NPNRU",
        "neighbourhoods-0-code": "QP057001",
        "neighbourhoods-0-name": "Borny",
    }
    assert client.post(url, form).status_code == 302
    assert list(Tag.objects.filter(contract=bench.contract).values_list("name", flat=True)) == ["NPNRU", "RÉUSSITE"]
    assert Neighbourhood.objects.get().name == "Borny"
    assert bench.log() == [
        ("change_tag", "RÉUSSITE"),
        ("add_tag", "NPNRU"),
        ("add_neighbourhood", "QP057001"),
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"tags-0-name": ""}, "Ce champ ne peut pas rester vide."),
        ({"tags-0-name": "x" * 121}, "Assurez-vous que cette valeur comporte au plus"),
        ({"tags-1-name": "PRE"}, "Ce contrat a déjà une étiquette « PRE »."),
        ({"neighbourhoods-0-name": "Sans code"}, "Ce champ ne peut pas rester vide."),
    ],
)
def test_bad_words_are_told_and_nothing_is_saved(bench, signed_in, change, words):
    client, url = signed_in("editor"), page_url(bench.contract, "words")
    form = read_form(client.get(url)) | {"tags-1-name": "BON"} | change
    response = client.post(url, form)
    assert response.status_code in (400, 412)
    assert words in " ".join(said(response))
    assert bench.log() == []


def test_a_tag_of_another_contract_is_not_touched(bench, signed_in):
    client, url = signed_in("editor"), page_url(bench.contract, "words")
    foreign = Tag.objects.get(contract=bench.other)
    form = read_form(client.get(url)) | {"tags-0-pk": str(foreign.pk), "tags-0-name": "VOLÉE"}
    assert client.post(url, form).status_code == 400
    assert Tag.objects.get(pk=foreign.pk).name == "PRE"


def test_an_administrator_creates_a_contract(bench, signed_in):
    client, url = signed_in("admin"), reverse("admin:objectives_contract_add")
    form = read_form(client.get(url)) | {"title": "Nouveau", "slug": "nouveau", "territory": "Ville d’essai"}
    contract = None
    response = client.post(url, form)
    contract = Contract.objects.get(slug="nouveau")
    assert response["Location"] == page_url(contract, "change")
    assert (contract.territory, contract.title) == (bench.contract.territory, "Nouveau")
    assert list(contract.changes.values_list("verb", flat=True)) == ["create_contract"]
    assert said(client.post(url, form)) == ["Un autre contrat a déjà l’adresse « nouveau »."]


def test_a_responsable_invites_changes_and_removes(bench, signed_in):
    client, url, guest = signed_in("manager"), page_url(bench.contract, "members"), make_user()
    client.post(url, {"invite": "1", "email": guest.email.upper(), "role": "editor"})
    assert Membership.objects.get(contract=bench.contract, user=guest).role == "editor"
    form = read_form(client.get(url), "form.members")
    client.post(url, form | {f"role-{guest.pk}": "manager", "member": f"grant:{guest.pk}"})
    assert Membership.objects.get(contract=bench.contract, user=guest).role == "manager"
    form = read_form(client.get(url), "form.members")
    client.post(url, form | {"member": f"remove:{guest.pk}"})
    assert not Membership.objects.filter(contract=bench.contract, user=guest).exists()
    key = f"user-{guest.pk}"
    assert bench.log() == [("grant_role", key), ("grant_role", key), ("remove_member", key)]


@pytest.mark.parametrize("gesture", ["remove", "grant"])
def test_the_last_responsable_stays(bench, signed_in, gesture):
    client, url, manager = signed_in("manager"), page_url(bench.contract, "members"), bench.people["manager"]
    form = read_form(client.get(url), "form.members")
    client.post(url, form | {f"role-{manager.pk}": "reader", "member": f"{gesture}:{manager.pk}"})
    assert "est le seul responsable" in said(client.get(url), ".messagelist li.error")[0]
    assert Membership.objects.get(contract=bench.contract, user=manager).role == "manager"


def test_a_role_given_meanwhile_is_not_overwritten(bench, signed_in):
    client, url, reader = signed_in("manager"), page_url(bench.contract, "members"), bench.people["reader"]
    form = read_form(client.get(url), "form.members")
    grant_role(bench.contract, reader, role="manager", by=None)
    client.post(url, form | {"member": f"remove:{reader.pk}"})
    assert "a été modifié entre-temps" in said(client.get(url), ".messagelist li.error")[0]
    remove_member(bench.contract, reader, by=None)
    client.post(url, form | {"member": f"grant:{reader.pk}"})
    assert not Membership.objects.filter(contract=bench.contract, user=reader).exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"email": "", "role": "reader"}, "Ce champ est obligatoire."),
        ({"email": "pas une adresse", "role": "reader"}, "adresse"),
        ({"email": "inconnu@exemple.fr", "role": "chef"}, "Sélectionnez un choix valide."),
    ],
)
def test_a_bad_invitation_is_told(bench, signed_in, data, words):
    response = signed_in("manager").post(page_url(bench.contract, "members"), {"invite": "1", **data})
    assert response.status_code == 400
    assert words in " ".join(said(response))


@pytest.mark.parametrize("member", ["", "grant", "grant:abc", "sack:1", "grant:" + "9" * 40])
def test_a_gesture_that_makes_no_sense_is_answered_400(bench, signed_in, member):
    assert signed_in("manager").post(page_url(bench.contract, "members"), {"member": member}).status_code == 400


def test_a_stranger_to_the_contract_is_no_member_to_change(bench, signed_in):
    client, url, stranger = signed_in("manager"), page_url(bench.contract, "members"), bench.people["stranger"]
    client.post(url, {"member": f"remove:{stranger.pk}", "revision": bench.contract.revision})
    assert "n’est pas, ou n’est plus, membre" in said(client.get(url), ".messagelist li.error")[0]
    assert Membership.objects.filter(user=stranger).count() == 1
