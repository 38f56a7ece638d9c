"""Publishing: the draft is frozen under the next number with what finds it, or not at all and for all the reasons."""

from dataclasses import replace
from datetime import date

import pytest

from document import nodes
from document.codec import decode, encode, to_plain
from document.walk import count
from objectives.access import NotAllowed
from objectives.changes import Refused, Stale
from objectives.edits import change_objective
from objectives.models import Change, Contract, Membership, Objective
from publications.models import Entry, Publication
from publications.publish import NotPublishable, publish
from tests.factories import make_contract, make_document, make_publication, make_user, real_document
from tests.snapshot import rows

pytestmark = pytest.mark.django_db
Visibility = Publication.Visibility


def test_a_publication_says_what_was_frozen_by_whom_and_when_it_takes_effect():
    contract, manager = make_contract(), make_user(admin=True)
    publication = publish(
        contract,
        label="  Avenant\n n° 1 ",
        in_force_on=date(2026, 1, 1),
        note=" Voté le 12.\r\n",
        visibility=Visibility.MEMBERS,
        by=manager,
        revision=1,
    )
    kept = Publication.objects.get()
    assert kept == publication
    assert (kept.number, kept.label, kept.note, kept.visibility) == (1, "Avenant n° 1", "Voté le 12.", "members")
    assert (kept.in_force_on, kept.published_by, kept.revision) == (date(2026, 1, 1), manager, 2)
    assert (kept.title, kept.territory) == ("Contrat essai", "Ville d’essai")
    assert (kept.start_year, kept.end_year) == (2024, 2030)
    assert kept.counts == {"axe": 1, "objectif": 2, "actions": 2, "clauses": 2, "indicators": 2}


def test_publishing_is_logged_and_grows_the_revision():
    contract = make_contract()
    publication = make_publication(contract)
    change = Change.objects.first()
    assert (change.verb, change.revision, change.key, change.before) == ("publish", 2, "", None)
    assert change.after == {"number": 1, "digest": publication.digest, "label": "Texte initial"}
    assert contract.revision == Contract.objects.get().revision == publication.revision == 2


def test_numbers_follow_in_each_contract():
    one, other = make_contract(make_document("un")), make_contract(make_document("autre"))
    assert [make_publication(contract).number for contract in (one, one, other, one)] == [1, 2, 1, 3]


@pytest.mark.parametrize("slug", ["ales-2015-2020", "metz-2015-2020", "quartiers-2030", "six-thematiques"])
def test_the_four_contracts_are_published_whole(slug):
    document = real_document(slug)
    publication = make_publication(make_contract(document))
    assert publication.document == document
    assert publication.counts == count(document)
    assert Entry.objects.count() == sum(publication.counts.values())


def broken() -> nodes.Document:
    """Four grave faults (years upside down, two empty titles, an axis under an objective), and a slight one."""
    document = make_document(objectives=2)
    (axis,) = document.objectives
    first, second = axis.children
    misplaced = nodes.Objective(key="axe-2", level="axe", code="2", title="Axe 2")
    first = replace(first, title=" ", children=(misplaced,))
    second = replace(second, clauses=(), actions=tuple(replace(one, title="") for one in second.actions))
    return replace(
        document,
        contract=replace(document.contract, start_year=2030, end_year=2024),
        objectives=(replace(axis, children=(first, second)),),
    )


def test_all_grave_faults_are_told_at_once_and_nothing_is_written():
    contract = make_contract(broken())
    before = rows()
    with pytest.raises(NotPublishable) as refused:
        make_publication(contract)
    assert rows() == before
    findings = refused.value.findings
    assert [(one.kind, one.key, one.severity) for one in findings] == [
        ("years", "", "grave"),
        ("empty-title", "1-1", "grave"),
        ("level-order", "axe-2", "grave"),
        ("empty-title", "1-2-a", "grave"),
    ]
    assert refused.value.messages == [one.message for one in findings]


def test_a_contradiction_of_the_signed_text_is_published():
    document = make_document(declared=(nodes.DeclaredCount(of="objectif", count=14),))
    assert make_publication(make_contract(document)).document == document


def test_what_could_not_be_read_again_is_not_frozen():
    """A text that no verb lets in, as a faulty import could."""
    contract = make_contract()
    Contract.objects.update(summary="a" * 50_001)
    before = rows()
    with pytest.raises(Refused) as refused:
        make_publication(contract)
    assert refused.value.messages == ["contract.summary : texte de 50001 caractères ; la limite est de 50000."]
    assert rows() == before


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"label": " \n "}, "Donnez un libellé à cette version, par exemple « Avenant n° 1 »."),
        ({"label": "a" * 121}, "label : texte de 121 caractères ; la limite est de 120."),
        ({"label": "a\x00"}, "label : le texte contient un caractère de contrôle invisible ; supprimez-le."),
        ({"note": "a" * 50_001}, "note : texte de 50001 caractères ; la limite est de 50000."),
        ({"visibility": "friends"}, "Choisissez qui peut lire cette version."),
    ],
)
def test_what_is_said_of_the_version_is_checked(values, said):
    contract = make_contract()
    before = rows()
    with pytest.raises(Refused) as refused:
        make_publication(contract, **values)
    assert refused.value.messages == [said]
    assert rows() == before


def test_the_draft_that_was_shown_is_the_one_that_is_frozen():
    contract = make_contract()
    change_objective(Objective.objects.get(key="1-1"), title="Changé", by=None, revision=None)
    before = rows()
    with pytest.raises(Stale):
        make_publication(contract, revision=1)
    assert rows() == before
    assert make_publication(contract, revision=2).document.objectives[0].children[0].title == "Changé"


@pytest.mark.parametrize("role", [None, Membership.Role.READER, Membership.Role.EDITOR])
def test_only_responsables_publish(role):
    contract = make_contract()
    person = make_user(role=role, contract=contract)
    before = rows()
    with pytest.raises(NotAllowed):
        make_publication(contract, by=person)
    assert rows() == before


def test_a_responsable_of_another_contract_does_not():
    contract = make_contract()
    stranger = make_user(role=Membership.Role.MANAGER, contract=make_contract(make_document("autre")))
    with pytest.raises(NotAllowed):
        make_publication(contract, by=stranger)
    assert make_publication(contract, by=make_user(role=Membership.Role.MANAGER, contract=contract)).number == 1


def test_the_same_draft_gives_the_same_bytes():
    contract = make_contract()
    one, other = make_publication(contract), make_publication(contract)
    assert (one.digest, bytes(one.content)) == (other.digest, bytes(other.content))
    assert one.pk != other.pk


def test_an_older_publication_keeps_its_entries():
    contract = make_contract()
    first = make_publication(contract)
    kept = list(first.entries.values())
    change_objective(Objective.objects.get(key="1-1"), title="Changé", by=None, revision=None)
    second = make_publication(contract)
    assert list(first.entries.values()) == kept
    assert second.entries.get(key="1-1").title == "Changé"


def test_a_frozen_document_is_that_of_its_bytes():
    publication = make_publication()
    assert decode(publication.json) == publication.document
    assert to_plain(publication.document)["format"] == "contratville/1"
    assert encode(publication.document) == publication.json
