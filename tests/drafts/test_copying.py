"""A branch copied from another contract: new keys, its place's words and codes, references within it, its origin."""

from dataclasses import replace

import pytest

from document import nodes
from document.walk import walk_branch
from drafts.copying import copy_branch, origin_of
from drafts.read import read_draft
from drafts.undo import redo, undo
from objectives.changes import Refused
from objectives.edits import move_objective
from objectives.models import Contract, Level, Objective
from tests.factories import make_contract, make_document, make_user
from tests.ground import make_ground
from tests.snapshot import rows
from tests.trees import check_sound

pytestmark = pytest.mark.django_db


def source() -> nodes.Document:
    """The ground's document of another contract: 1.2 is cited by 1.1, within the axis, and by 2.1, without."""
    contract = make_ground("source")
    document = read_draft(contract)
    first, second = document.objectives
    one, other = first.children
    one = replace(one, neighbourhoods=("QP030001",), declared=(nodes.DeclaredCount(of="enjeu", count=2),))
    below = replace(other.children[0], level="enjeu", code=None)
    other = replace(other, children=(below,), references=(nodes.Reference(text="Cf. 2.1", targets=("2-1",)),))
    return replace(document, objectives=(replace(first, children=(one, other)), second))


def branch_of(contract: Contract, key: str) -> nodes.Objective:
    return next(one for root in read_draft(contract).objectives for one in walk_branch(root) if one.key == key)


def test_an_axis_takes_the_words_and_codes_of_its_new_place():
    document = source()
    into = make_contract(make_document("cible", axes=3))
    copied = copy_branch(document, "axe-1", into=into, under=None, position=1, by=None)
    copy = branch_of(into, copied.key)
    one, other = copy.children
    assert [root.key for root in read_draft(into).objectives] == ["axe-1", copy.key, "axe-2", "axe-3"]
    assert (copy.code, one.code, other.code, other.children[0].code) == ("4", "4.1", "4.2", None)
    assert [action.code for action in (*one.actions, *other.actions)] == ["4.1.a", "4.2.a"]
    assert (copy.title, one.tags, one.neighbourhoods) == ("Axe 1", ("PRE",), ())
    assert one.references == (nodes.Reference(text="Cf. objectif 1.2", targets=(other.key,)),)
    assert other.references == (nodes.Reference(text="Cf. 2.1", targets=()),)
    assert list(Level.objects.filter(contract=into).values_list("key", "name")) == [
        ("axe", "Axe"),
        ("objectif", "Objectif opérationnel"),
        ("enjeu", "Enjeu"),
    ]
    old = {one.key for root in document.objectives for one in walk_branch(root)}
    assert not old & {one.key for one in walk_branch(copy)}
    check_sound(into)


def test_a_level_of_the_same_name_is_the_same():
    document = source()
    levels = (nodes.Level(key="pilier", name="axe", plural="Axes", numbering="{A}"), *document.levels[1:])
    into = make_contract(replace(make_document("cible", axes=0), levels=levels))
    copied = copy_branch(document, "axe-1", into=into, under=None, position=None, by=None)
    assert (copied.level.key, copied.code) == ("pilier", "A")
    assert branch_of(into, copied.key).children[1].code == "A.2"


def test_codes_count_on_from_those_of_its_new_place():
    """Under an objective without a code, « {parent}.{n} » counts on below the nearest one that has a code."""
    document = source()
    levels = (*document.levels, nodes.Level(key="orientation", name="Orientation", plural="Orientations"))
    node = nodes.Objective(key="o", level="orientation", title="Orientation")
    (axis,) = make_document("cible").objectives
    tree = (replace(axis, children=(*axis.children, node)),)
    into = make_contract(replace(make_document("cible"), levels=levels, objectives=tree))
    holder = Objective.objects.get(contract=into, key="o")
    copied = [copy_branch(document, key, into=into, under=holder, position=None, by=None) for key in ("2-1", "2-2")]
    assert [one.code for one in copied] == ["1.3", "1.4"]
    assert [one.actions.get().code for one in copied] == ["1.3.a", "1.4.a"]


def test_neighbourhoods_that_are_there_are_kept():
    document, into = source(), make_ground("cible")
    copied = copy_branch(document, "1-1", into=into, under=None, position=None, by=None)
    assert branch_of(into, copied.key).neighbourhoods == ("QP030001",)


def test_the_origin_of_a_copy_is_known_for_good():
    document, into = source(), make_ground("cible")
    copied = copy_branch(document, "1-2", into=into, under=None, position=None, by=None)
    below = copied.get_children().get()
    move_objective(below, under=Objective.objects.get(contract=into, key="axe-2"), position=0, by=None, revision=None)
    head = {"contract": "source", "title": "Contrat source"}
    assert origin_of(copied) == head | {"key": "1-2"}
    assert origin_of(Objective.objects.get(key=below.key)) == head | {"key": "1-2-1"}
    assert origin_of(Objective.objects.get(contract=into, key="1-2")) is None


def test_a_copy_is_one_step_to_undo():
    document, person = source(), make_user(admin=True)
    into = make_contract(make_document("cible"))
    start = read_draft(into)
    copy_branch(document, "axe-1", into=into, under=None, position=0, by=person)
    end = read_draft(into)
    undo(into, by=person)
    assert read_draft(into) == start
    redo(into, by=person)
    assert read_draft(into) == end


def test_what_does_not_fit_is_refused():
    document, into = source(), make_ground("cible")
    stranger = Objective.objects.get(contract__slug="source", key="1-1")
    before = rows()
    with pytest.raises(Refused, match="n’est pas dans le contrat que vous copiez"):
        copy_branch(document, "nulle-part", into=into, under=None, position=None, by=None)
    with pytest.raises(Refused, match="n’est pas, ou n’est plus, dans ce contrat"):
        copy_branch(document, "1-1", into=into, under=stranger, position=None, by=None)
    assert rows() == before
