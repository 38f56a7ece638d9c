"""Law 1: what is written as a draft is read again to the letter, whatever stood there before."""

from dataclasses import replace

import pytest
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.models import Action, Clause
from document import nodes
from document.walk import walk
from drafts.read import read_draft
from drafts.write import write_draft
from indicators.models import Indicator
from objectives.access import NotAllowed
from objectives.changes import Stale
from objectives.models import Change, Contract, IssuedKey, Level, Membership, Neighbourhood, Objective, Tag, Territory
from tests.document.strategies import documents
from tests.factories import make_contract, make_document, make_user, real_document
from tests.snapshot import rows_of
from tests.trees import check_sound

pytestmark = pytest.mark.django_db
REAL = ("ales-2015-2020", "metz-2015-2020", "quartiers-2030", "six-thematiques")
several = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("slug", REAL)
def test_the_four_contracts_are_read_as_written(slug):
    document = real_document(slug)
    contract = write_draft(document, by=None)
    assert read_draft(contract) == document
    check_sound(contract)


@several
@given(document=documents())
def test_any_document_is_read_as_written(document):
    contract = write_draft(document, by=None)
    assert read_draft(contract) == document
    check_sound(contract)


@several
@given(first=documents(), second=documents())
def test_a_document_written_over_another_leaves_nothing_of_it(first, second):
    write_draft(first, by=None)
    second = replace(second, contract=replace(second.contract, slug=first.contract.slug))
    contract = write_draft(second, by=None)
    assert read_draft(contract) == second
    check_sound(contract)


@several
@given(document=documents(), data=st.data())
def test_a_document_written_over_itself_in_another_order_keeps_its_rows(document, data):
    """The same nodes, shuffled and hung elsewhere: every row keeps its pk."""
    contract = write_draft(document, by=None)
    before = pks_by_key(contract)
    shuffled = replace(document, objectives=_shuffled(document, data))
    write_draft(shuffled, by=None)
    assert read_draft(contract) == shuffled
    assert pks_by_key(contract) == before
    check_sound(contract)


def _shuffled(document: nodes.Document, data: st.DataObject) -> tuple[nodes.Objective, ...]:
    """All objectives side by side, in any order, their items dealt out anew."""
    bare = [replace(place.objective, children=()) for place in walk(document)]
    if not bare:
        return ()
    order = data.draw(st.permutations(bare))
    for kind in nodes.ITEMS:
        items = data.draw(st.permutations([item for node in order for item in getattr(node, kind)]))
        order = [replace(order[0], **{kind: tuple(items)}), *(replace(node, **{kind: ()}) for node in order[1:])]
    return tuple(order)


def pks_by_key(contract: Contract) -> dict[str, dict[str, int]]:
    """The pk of every row that bears a key, by model."""
    named: list[tuple[type[Model], str]] = [(Level, "key"), (Neighbourhood, "code"), (Tag, "name")]
    named += [(model, "key") for model in (Objective, Action, Clause, Indicator)]
    return {
        model.__name__: dict(model.objects.filter(contract=contract).values_list(name, "pk")) for model, name in named
    }


def test_an_item_that_leaves_an_objective_which_goes_keeps_its_row():
    contract = make_contract(make_document(objectives=2))
    before = pks_by_key(contract)
    document = read_draft(contract)
    (axis,) = document.objectives
    first, second = axis.children
    heir = replace(first, **{kind: getattr(first, kind) + getattr(second, kind) for kind in nodes.ITEMS})
    write_draft(replace(document, objectives=(replace(axis, children=(heir,)),)), by=None)
    after = pks_by_key(contract)
    assert set(before["Objective"]) - set(after["Objective"]) == {"1-2"}
    assert {name: after[name] for name in ("Action", "Clause", "Indicator")} == {
        name: before[name] for name in ("Action", "Clause", "Indicator")
    }


def test_a_root_and_its_child_may_change_places():
    document = make_document(objectives=1)
    contract = make_contract(document)
    (axis,) = document.objectives
    upside_down = replace(document, objectives=(replace(axis.children[0], children=(replace(axis, children=()),)),))
    write_draft(upside_down, by=None)
    assert read_draft(contract) == upside_down
    check_sound(contract)


def test_contracts_do_not_touch_each_other():
    one, other = make_contract(make_document("un")), make_contract(make_document("autre", axes=2))
    untouched = rows_of(other)
    write_draft(make_document("un", axes=3, objectives=1), by=None)
    assert rows_of(other) == untouched
    check_sound(one)


def test_writing_grows_the_revision_of_all_it_writes_and_logs_the_digests():
    contract = make_contract()
    assert contract.revision == 1
    contract = write_draft(make_document(objectives=3), by=None)
    assert contract.revision == 2
    for model in (Objective, Action, Clause, Indicator):
        assert set(model.objects.filter(contract=contract).values_list("revision", flat=True)) == {2}
    first, second = Change.objects.order_by("pk")
    assert (first.verb, first.revision, first.before) == ("write_draft", 1, None)
    assert (second.verb, second.revision, second.before) == ("write_draft", 2, first.after)


def test_writing_what_stands_there_already_changes_nothing():
    contract = make_contract()
    kept = rows_of(contract)
    again = write_draft(make_document(), by=None)
    assert again.revision == contract.revision
    assert rows_of(contract) == kept


def test_an_empty_document_makes_a_contract_with_its_row_of_log():
    head = nodes.Contract(slug="vide", title="", territory="")
    contract = write_draft(nodes.Document(contract=head), by=None)
    assert read_draft(contract) == nodes.Document(contract=head)
    assert [change.verb for change in contract.changes.all()] == ["write_draft"]


def test_keys_are_kept_for_good():
    contract = make_contract(make_document(objectives=2))
    write_draft(make_document(objectives=1), by=None)
    keys = set(IssuedKey.objects.filter(contract=contract).values_list("key", flat=True))
    assert keys == {
        "axe-1",
        *(f"1-{rank}{ending}" for rank in (1, 2) for ending in ("", "-a", "-c1", "-i1")),
    }


def test_a_stale_document_is_refused_and_nothing_is_written():
    contract = make_contract()
    write_draft(make_document(objectives=3), by=None)
    kept = rows_of(contract)
    with pytest.raises(Stale):
        write_draft(make_document(objectives=4, contract=_head("Nouveau territoire")), by=None, revision=1)
    assert rows_of(contract) == kept
    assert not Territory.objects.filter(name="Nouveau territoire").exists()


@pytest.mark.parametrize("role", [None, Membership.Role.READER])
def test_a_draft_is_not_written_without_the_right(role):
    contract = make_contract()
    user = make_user(role=role, contract=contract)
    kept = rows_of(contract)
    with pytest.raises(NotAllowed):
        write_draft(make_document(objectives=3), by=user)
    assert rows_of(contract) == kept


def test_a_contract_is_made_by_administrators_alone():
    editor = make_user(role=Membership.Role.MANAGER, contract=make_contract(make_document("sien")))
    with pytest.raises(NotAllowed):
        write_draft(make_document("nouveau", contract=_head("Ailleurs")), by=editor)
    assert list(Contract.objects.values_list("slug", flat=True)) == ["sien"]
    assert not Territory.objects.filter(name="Ailleurs").exists()
    contract = write_draft(make_document("nouveau"), by=make_user(admin=True))
    assert contract.slug == "nouveau"


def test_the_draft_is_read_as_it_stands_whatever_the_instance_remembers():
    contract = make_contract()
    stale = Contract.objects.get(pk=contract.pk)
    write_draft(make_document(contract=_head("Autre territoire")), by=None)
    assert read_draft(stale) == make_document(contract=_head("Autre territoire"))


def _head(territory: str) -> nodes.Contract:
    return replace(make_document().contract, territory=territory)
