"""What is set where: sheets, lines, columns, and what is left out because there is none of it."""

from dataclasses import replace

import pytest

from document import nodes
from publications.renditions.pdf_blocks import shortened
from publications.renditions.pdf_contents import Contents
from tests.factories import make_document, real_document


def _with(**changes: object) -> nodes.Document:
    """A document whose first objective is changed."""
    document = make_document()
    axis = document.objectives[0]
    first = replace(axis.children[0], **changes)
    return replace(document, objectives=(replace(axis, children=(first, *axis.children[1:])),))


def _first(document: nodes.Document):
    return next(block for block in Contents(document).blocks if block.node.key == "1-1")


def test_objectives_without_anything_below_are_lines_of_their_parent():
    blocks = Contents(real_document("metz-2015-2020")).blocks
    block = next(one for one in blocks if one.node.code == "1.1")
    assert [line.node.code for line in block.lines] == ["1.1.1", "1.1.2", "1.1.3", "1.1.4"]
    assert block.lines_title == "4\N{NO-BREAK SPACE}objectifs opérationnels (2d rang)"


def test_among_sheets_an_objective_that_only_refers_is_a_brief_one():
    blocks = Contents(real_document("ales-2015-2020")).blocks
    sheets = [block for block in blocks if block.is_sheet]
    brief = ["1.3.10", "1.5.2", "1.6.5", "2.2.6", "2.3.7", "2.3.9", "3.2.2", "3.2.3"]
    assert (len(sheets), [block.node.code for block in sheets if block.is_brief]) == (75, brief)


@pytest.mark.parametrize(
    ("filled", "columns"),
    [
        ({}, ["title", "nature"]),
        ({"baseline": "45 % en 2014"}, ["title", "nature", "baseline"]),
        ({"baseline": "45 % en 2014", "target": "50 %"}, ["title", "nature", "baseline", "target"]),
    ],
)
def test_a_table_of_indicators_has_the_columns_that_are_filled(filled, columns):
    bare = nodes.Indicator(key="b", title="Satisfaction", kind="appreciation")
    full = nodes.Indicator(key="a", title="Taux (F/H)", kind="rate", unit="points", breakdown=("F/H",), **filled)
    block = _first(_with(indicators=(bare, full)))
    assert [nature for _, nature in block.indicators] == ["appréciation", "taux · points · F/H"]
    assert block.columns == columns


def test_an_action_that_is_its_reference_says_it_once():
    twice = nodes.Reference(text="Cf. 1.2", targets=("1-2",))
    other = nodes.Reference(text="Voir 1.2", targets=("1-2",))
    block = _first(_with(actions=(nodes.Action(key="a", title="Cf. 1.2", references=(twice, other)),)))
    assert [(cited.text, [target.key for target, _ in cited.targets]) for cited in block.actions[0].references] == [
        ("", ["1-2"]),
        ("Voir 1.2", ["1-2"]),
    ]


def test_neighbourhoods_are_named():
    document = replace(
        _with(neighbourhoods=("QP030001",)), neighbourhoods=(nodes.Neighbourhood(code="QP030001", name="Les Prés"),)
    )
    assert _first(document).tags == ("PRE", "Les Prés (QP030001)")


def test_counts_are_those_of_the_walk_and_disagreements_are_listed():
    contents = Contents(_with(declared=(nodes.DeclaredCount(of="actions", count=3),)))
    assert [(row.name, row.found, row.stated) for row in contents.levels] == [
        ("Axes", 1, None),
        ("Objectifs opérationnels", 2, None),
        ("Actions", 2, None),
        ("Clauses de cahier des charges", 2, None),
        ("Indicateurs", 2, None),
    ]
    assert [(block.node.key, [str(one) for one in wrong]) for block, wrong in contents.disagreements] == [
        ("1-1", ["annonce 3\N{NO-BREAK SPACE}actions\N{NO-BREAK SPACE}; on en compte 1"])
    ]


@pytest.mark.parametrize(
    ("slug", "flowing", "pages"),
    [
        ("ales-2015-2020", [False] * 4, [True] * 4),
        ("metz-2015-2020", [False] * 4, [True] * 4),
        ("quartiers-2030", [True] * 8, [True] + [False] * 7),
        ("six-thematiques", [True] * 8, [True] + [False] * 7),
    ],
)
def test_large_branches_open_a_page_and_small_ones_share_them(slug, flowing, pages):
    roots = Contents(real_document(slug)).roots
    assert [root.flows for root in roots] == flowing
    assert [root.begins_page for root in roots] == pages


def test_the_contents_goes_as_deep_as_a_page_holds():
    assert max(block.depth for block in Contents(real_document("ales-2015-2020")).listed) == 1
    assert max(block.depth for block in Contents(real_document("six-thematiques")).listed) == 0
    assert max(block.depth for block in Contents(make_document()).listed) == 1


def test_running_heads_are_cut_at_a_word():
    assert shortened("Court", 20) == "Court"
    assert shortened("Favoriser la réussite éducative", 20) == "Favoriser la…"
    assert shortened("FAVORISER LA REUSSITE EDUCATIVE", 20) == "FAVORISER LA…"
