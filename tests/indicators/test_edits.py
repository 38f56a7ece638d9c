"""Indicators: what they take of the exchange format, and what they refuse."""

import pytest

from document import nodes
from document.nodes import Indicator as Node
from indicators.edits import add_indicator, change_indicator
from indicators.models import Indicator
from objectives.changes import Refused
from objectives.models import Objective
from tests.ground import make_ground
from tests.snapshot import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder():
    make_ground()
    return Objective.objects.get(key="1-1")


def test_every_field(holder):
    values = {
        "title": "Part des femmes",
        "kind": "rate",
        "unit": "%",
        "breakdown": ["F/H", "F/G"],
        "baseline": "45 % en 2014",
        "target": "50 %",
        "remarks": ["Sic."],
    }
    indicator = add_indicator(holder, by=None, **values)
    listed = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    assert indicator.node == Indicator.objects.get(pk=indicator.pk).node == nodes.Indicator(key=indicator.key, **listed)


def test_the_choices_of_the_form_are_those_of_the_format(holder):
    for kind in Indicator.Kind.values:
        assert add_indicator(holder, title="x", kind=kind, by=None).node.kind == kind
    for breakdown in Indicator.Breakdown.values:
        assert add_indicator(holder, title="x", breakdown=[breakdown], by=None).node.breakdown == (breakdown,)
    with pytest.raises(Refused):
        add_indicator(holder, title="x", kind="mood", by=None)
    assert set(Node.__dataclass_fields__) == {
        *("key", "title", "kind", "unit", "breakdown", "baseline", "target", "remarks")
    }


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"kind": "mood"}, "kind : valeur inconnue ; valeurs admises : count, rate, appreciation, document, other."),
        ({"breakdown": ["H/F"]}, "breakdown[0] : valeur inconnue ; valeurs admises : F/H, F/G."),
        ({"breakdown": ["F/H", "F/H"]}, "breakdown : la même valeur est donnée deux fois dans cette liste."),
        ({"unit": "a" * 121}, "unit : texte de 121 caractères ; la limite est de 120."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(holder, values, said):
    before = rows()
    with pytest.raises(Refused) as refused:
        change_indicator(Indicator.objects.get(key="1-1-i1"), by=None, revision=None, **values)
    assert refused.value.messages == [said]
    assert rows() == before
