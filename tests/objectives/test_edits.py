"""What the verbs of the tree take and refuse: fields of the exchange format, cleaned, and the rest to the letter."""

from dataclasses import replace

import pytest

from document import nodes
from document.codec import from_plain, to_plain
from document.walk import places
from drafts.read import read_draft
from drafts.write import write_draft
from objectives.changes import Refused
from objectives.edits import add_objective, change_objective, delete_objective
from objectives.keys import ALPHABET, issue_key
from objectives.models import Change, IssuedKey, Level, Objective, Tag
from tests.factories import make_contract, make_document
from tests.ground import make_ground
from tests.snapshot import rows

pytestmark = pytest.mark.django_db


def node(key: str) -> Objective:
    return Objective.objects.get(key=key)


def change(key: str, **values: object) -> nodes.Objective:
    """Changes an objective and gives it as the draft is read again."""
    change_objective(node(key), by=None, revision=None, **values)
    return places(read_draft(node(key).contract))[key].objective


def test_every_field_is_changed_as_in_the_exchange_format():
    make_ground()
    values = {
        "level": "enjeu",
        "code": "A bis",
        "title": "Titre",
        "description": "Une\n\ndeux",
        "transversal": True,
        "tags": ["CLAS", "PRE"],
        "neighbourhoods": ["QP030001"],
        "notes": [{"kind": "funding", "text": "PRIORISER PRE"}, {"kind": "other", "text": "Autre"}],
        "declared": [{"of": "actions", "count": 4}, {"of": "objectif", "count": 0}],
        "remarks": ["Sic."],
        "references": [{"text": "Cf. 2", "targets": ["axe-2", "1-1"]}, {"text": "Cf. rien", "targets": []}],
    }
    changed = change("1-1", **values)
    assert changed == nodes.Objective(
        key="1-1",
        level="enjeu",
        code="A bis",
        title="Titre",
        description="Une\n\ndeux",
        transversal=True,
        tags=("CLAS", "PRE"),
        neighbourhoods=("QP030001",),
        notes=(nodes.Note(kind="funding", text="PRIORISER PRE"), nodes.Note(text="Autre")),
        declared=(nodes.DeclaredCount(of="actions", count=4), nodes.DeclaredCount(of="objectif", count=0)),
        remarks=("Sic.",),
        references=(
            nodes.Reference(text="Cf. 2", targets=("axe-2", "1-1")),
            nodes.Reference(text="Cf. rien"),
        ),
        actions=changed.actions,
        clauses=changed.clauses,
        indicators=changed.indicators,
    )
    assert len(changed.actions) == len(changed.clauses) == len(changed.indicators) == 1


def test_what_is_pasted_is_cleaned():
    make_ground()
    changed = change(
        "1-1", title="  Un\ntitre \t coupé ", code=" 1.1\n", description=" a\r\n\r\nb\rc \n", remarks=[" Sic. \n"]
    )
    assert (changed.title, changed.code) == ("Un titre coupé", "1.1")
    assert (changed.description, changed.remarks) == ("a\n\nb\nc", ("Sic.",))
    assert change("1-1", code="").code is None


def test_what_is_not_named_stays_to_the_letter():
    """An import keeps the wording as it is printed; a change of the code does not tidy it on the way."""
    wording = "  Deux  espaces \n et un saut "
    document = make_document(objectives=1)
    (axis,) = document.objectives
    first = replace(axis.children[0], title=wording, description=f"{wording}\n", remarks=(wording,))
    write_draft(replace(document, objectives=(replace(axis, children=(first,)),)), by=None)
    changed = change("1-1", code="9.9")
    assert changed == replace(first, code="9.9")
    assert Change.objects.first().after == {"code": "9.9"}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"level": "pilier"}, ["Le contrat n’a pas de niveau « pilier »."]),
        ({"level": None}, ["level : un texte est attendu ici (entre guillemets) et non null."]),
        ({"title": "a" * 2_001}, ["title : texte de 2001 caractères ; la limite est de 2000."]),
        ({"code": "a" * 121}, ["code : texte de 121 caractères ; la limite est de 120."]),
        (
            {"description": "\x00"},
            ["description : le texte contient un caractère de contrôle invisible ; supprimez-le."],
        ),
        ({"transversal": "oui"}, ["transversal : vrai ou faux (true, false) est attendu ici."]),
        ({"tags": ["PRE", " PRE "]}, ["tags : la même valeur est donnée deux fois dans cette liste."]),
        ({"tags": "PRE"}, ["tags : une liste est attendue ici."]),
        ({"neighbourhoods": ["QP9"]}, ["Le quartier « QP9 » n’est pas dans ce contrat : ajoutez-le d’abord."]),
        (
            {"declared": [{"of": "lune", "count": 1}]},
            ["Effectif annoncé de « lune », qui n’est pas un niveau de ce contrat."],
        ),
        (
            {"notes": [{"kind": "gift", "text": ""}]},
            ["notes[0].kind : valeur inconnue ; valeurs admises : funding, scope, other."],
        ),
        (
            {"references": [{"text": "Cf.", "targets": ["9-9", "1-2", "8-8"]}]},
            ["Renvoi vers un objectif absent de ce contrat : 8-8, 9-9."],
        ),
        (
            {"title": "a" * 2_001, "transversal": 1, "notes": [{"texte": ""}]},
            [
                "title : texte de 2001 caractères ; la limite est de 2000.",
                "transversal : vrai ou faux (true, false) est attendu ici.",
                "notes[0].texte : clé inconnue ; clés admises : kind, text.",
                "notes[0].text : cette clé est obligatoire et manque.",
            ],
        ),
    ],
)
def test_what_is_wrong_is_said_all_at_once_and_nothing_is_written(values, said):
    contract = make_ground()
    before = rows()
    with pytest.raises(Refused) as refused:
        change_objective(node("1-1"), by=None, revision=None, **values)
    assert refused.value.messages == said
    with pytest.raises(Refused) as refused:
        add_objective(contract, by=None, **({"level": Level.objects.get(key="axe")} | _addable(values)))
    assert rows() == before


def _addable(values: dict[str, object]) -> dict[str, object]:
    """The same fault given to `add_objective`, whose level is an object."""
    return {"title": "a" * 2_001} if "level" in values else values


@pytest.mark.parametrize("name", ["key", "actions", "clauses", "indicators", "children", "parent", "position"])
def test_a_place_or_a_key_is_not_changed(name):
    make_ground()
    with pytest.raises(TypeError, match=f"change_objective ne change pas {name}"):
        change_objective(node("1-1"), by=None, revision=None, **{name: "x"})


def test_a_tag_is_made_when_first_named_and_kept_when_no_longer_borne():
    contract = make_ground()
    change("1-1", tags=["NPNRU"])
    assert set(Tag.objects.filter(contract=contract).values_list("name", flat=True)) == {"PRE", "NPNRU"}
    change("1-1", tags=[])
    assert set(Tag.objects.filter(contract=contract).values_list("name", flat=True)) == {"PRE", "NPNRU"}


def test_references_of_another_contract_are_not_found():
    make_ground("ours")
    make_contract(make_document("theirs", axes=3))
    ours = Objective.objects.get(contract__slug="ours", key="1-1")
    with pytest.raises(Refused, match="Renvoi vers un objectif absent de ce contrat : axe-3"):
        change_objective(ours, references=[{"text": "Cf.", "targets": ["axe-3"]}], by=None, revision=None)


def test_a_key_is_never_given_twice():
    contract = make_ground()
    level = Level.objects.get(key="axe")
    keys = [add_objective(contract, level=level, by=None).key for _ in range(5)]
    for key in keys:
        delete_objective(node(key), by=None, revision=None)
    assert len(set(keys)) == 5
    assert set("".join(keys)) <= set(ALPHABET)
    assert set(IssuedKey.objects.filter(contract=contract).values_list("key", flat=True)) >= set(keys)


def test_a_key_in_use_is_drawn_again(monkeypatch):
    """The draw is not our own code: its luck is."""
    contract = make_ground()
    signs = iter("aaaaaaaaaaaaaaaabbbbbbbb")
    monkeypatch.setattr("objectives.keys.secrets.choice", lambda _: next(signs))
    assert [issue_key(contract), issue_key(contract)] == ["aaaaaaaa", "bbbbbbbb"]


def test_the_log_of_a_deletion_is_enough_to_restore():
    """What went, where it stood and who referred to it: put back by hand, the draft is as it was."""
    contract = make_ground()
    before = read_draft(contract)
    delete_objective(node("1-2"), by=None, revision=None, with_all=True)
    kept = Change.objects.first().before
    data = to_plain(read_draft(contract))
    branch = {name: value for name, value in kept.items() if name not in ("under", "position", "cited_by")}
    (parent,) = [one for one in data["objectives"] if one["key"] == kept["under"]]
    parent["children"].insert(kept["position"], branch)
    holders = {
        one["key"]: one for axis in data["objectives"] for node in axis["children"] for one in (node, *node["actions"])
    }
    for citing in kept["cited_by"]:
        holders[citing["key"]]["references"] = citing["references"]
    write_draft(from_plain(data), by=None)
    assert read_draft(contract) == before
