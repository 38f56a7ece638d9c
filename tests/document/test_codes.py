"""Numbering patterns: what is one, what a code means under it, which comes next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.codes import is_numbering, make_code, next_code, read_code
from tests.document.strategies import NUMBERINGS

PARENTS = st.none() | st.sampled_from(["1", "1.2", "A", "#1", "OS 3", "{n}", "{parent}", ".*", "\\d", ""])


@pytest.mark.parametrize("pattern", ["{n}", "{parent}.{n}", "{A}", "#{n}", "OS {n}", "({i})", "{I}", "{n}/{parent}"])
def test_patterns(pattern):
    assert is_numbering(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["", "1", "{parent}", "{n}{n}", "{n}.{a}", "{x}", "{n}{x}", "{{n}}", "{n", "n}", "{parent}{parent}{n}", "{n}{}"],
)
def test_what_is_no_pattern(pattern):
    assert not is_numbering(pattern)


@pytest.mark.parametrize(
    ("pattern", "parent", "codes"),
    [
        ("{n}", None, ["1", "2", "10"]),
        ("{parent}.{n}", "1.2", ["1.2.1", "1.2.2", "1.2.10"]),
        ("{parent}.{n}", None, ["1", "2", "10"]),
        ("{n}/{parent}", None, ["1", "2", "10"]),
        ("{n}/{parent}", "B", ["1/B", "2/B", "10/B"]),
        ("{parent}.{a}", "1.1.1", ["1.1.1.a", "1.1.1.b", "1.1.1.j"]),
        ("{A}", "1", ["A", "B", "J"]),
        ("#{n}", None, ["#1", "#2", "#10"]),
        ("{I}", None, ["I", "II", "X"]),
        ("({i})", None, ["(i)", "(ii)", "(x)"]),
    ],
)
def test_codes_of_the_first_the_second_and_the_tenth(pattern, parent, codes):
    assert [make_code(pattern, number, parent) for number in (1, 2, 10)] == codes
    assert [read_code(pattern, code, parent) for code in codes] == [1, 2, 10]


def test_letters_go_on_after_z():
    assert [make_code("{a}", number) for number in (26, 27, 52, 53, 702, 703)] == ["z", "aa", "az", "ba", "zz", "aaa"]


def test_roman_numbers():
    assert [make_code("{I}", number) for number in (4, 9, 14, 40, 99)] == ["IV", "IX", "XIV", "XL", "XCIX"]


@pytest.mark.parametrize(
    ("pattern", "code", "parent"),
    [
        ("{n}", "01", None),
        ("{n}", "0", None),
        ("{n}", "", None),
        ("{n}", " 1", None),
        ("{n}", "1\n", None),
        ("{n}", "1٢", None),
        ("{n}", "9999999", None),
        ("{n}", "-1", None),
        ("{a}", "A", None),
        ("{a}", "é", None),
        ("{I}", "IIII", None),
        ("{I}", "IC", None),
        ("{parent}.{n}", "1.3.1", "1.2"),
        ("{parent}.{n}", "1.2.1.1", "1.2"),
        ("{parent}.{n}", "1..2.1", "1.2"),
        ("{parent}.{n}", "1x2.1", "1.2"),
        ("{parent}.{n}", "1.2.", "1.2"),
        ("#{n}", "1", None),
    ],
)
def test_what_does_not_follow_the_pattern(pattern, code, parent):
    assert read_code(pattern, code, parent) is None


@given(st.sampled_from(NUMBERINGS), st.integers(1, 18_278), PARENTS)
def test_a_code_says_its_number(pattern, number, parent):
    assert read_code(pattern, make_code(pattern, number, parent), parent) == number


@given(st.sampled_from(NUMBERINGS), st.text(max_size=8), PARENTS)
def test_a_number_says_its_code(pattern, code, parent):
    number = read_code(pattern, code, parent)
    assert number is None or make_code(pattern, number, parent) == code


@pytest.mark.parametrize(
    ("pattern", "siblings", "parent", "expected"),
    [
        (None, ["1", "2"], None, None),
        ("{n}", [], None, "1"),
        ("{n}", ["1", "2", None], None, "3"),
        ("{parent}.{n}", ["1.1", "1.9", "1.10"], "1", "1.11"),
        ("{parent}.{n}", ["1.1", "1.1", "n. c."], "1", "1.2"),
        ("{parent}.{a}", ["1.1.1.z"], "1.1.1", "1.1.1.aa"),
        ("{A}", ["A", "B"], "#1", "C"),
    ],
)
def test_the_next_code(pattern, siblings, parent, expected):
    assert next_code(pattern, siblings, parent) == expected


@given(st.sampled_from(NUMBERINGS), st.lists(st.none() | st.text(max_size=6) | st.integers(1, 500)), PARENTS)
def test_the_next_code_is_no_siblings(pattern, drawn, parent):
    siblings = [make_code(pattern, one, parent) if isinstance(one, int) else one for one in drawn]
    assert next_code(pattern, siblings, parent) not in siblings
