"""Lists copied from documents, and two rewordings of one text."""

import pytest

from document.joining import join_wordings
from document.pasted import Line, read_lines


def test_a_cell_of_several_lines_is_one_item():
    text = '1.a\t"Ouvrir\r\nun ""lieu"""\tCCAS\r\n1.b\t"Former"\r\n1.c\tÉvaluer, "ensemble"'
    assert read_lines(text) == [
        Line("1.a", 'Ouvrir un "lieu" CCAS'),
        Line("1.b", '"Former"'),
        Line("1.c", 'Évaluer, "ensemble"'),
    ]


@pytest.mark.parametrize(
    ("line", "code", "text"),
    [
        ("• Accueillir les jeunes", None, "Accueillir les jeunes"),
        ("- Accueillir", None, "Accueillir"),
        ("! Accueillir", None, "Accueillir"),
        ("* Accueillir", None, "Accueillir"),
        ("o\tAccueillir", None, "Accueillir"),
        ("a) Accueillir", None, "Accueillir"),
        ("(iv) Accueillir", None, "Accueillir"),
        ("1. Accueillir", None, "Accueillir"),
        ("– 12) Accueillir", None, "Accueillir"),
        ("1.1.a Accueillir", "1.1.a", "Accueillir"),
        ("• 1.1.1. Accueillir", "1.1.1", "Accueillir"),
        ("1.1.b : Accueillir", "1.1.b", "Accueillir"),
        ("1.2.c\tAccueillir\tles jeunes", "1.2.c", "Accueillir les jeunes"),
        ("#1 Accueillir", "#1", "Accueillir"),
        ("OS 1 – Accueillir", "OS 1", "Accueillir"),
        ("À l’école, accueillir", None, "À l’école, accueillir"),
        ("A accueilli 12 jeunes", None, "A accueilli 12 jeunes"),
        ("12 jeunes accueillis", None, "12 jeunes accueillis"),
        ("45 % des jeunes", None, "45 % des jeunes"),
        ("organiser un accueil", None, "organiser un accueil"),
        ("2° Accueillir", None, "Accueillir"),
    ],
)
def test_a_line_loses_its_bullet_and_keeps_its_code(line, code, text):
    assert read_lines(line) == [Line(code, text)]


def test_one_line_each_one_item_each():
    assert read_lines("Un\n\n  Deux \r\nTrois") == [Line(None, "Un"), Line(None, "Deux"), Line(None, "Trois")]


def test_in_a_list_with_bullets_a_line_without_goes_on_with_the_one_before():
    text = "• Accueillir les jeunes\nde moins de 25 ans\n• Former\n•\n"
    assert read_lines(text) == [Line(None, "Accueillir les jeunes de moins de 25 ans"), Line(None, "Former")]


def test_nothing_is_nothing():
    assert read_lines(" \n•\n") == []


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "joined"),
    [
        ("un deux trois", "un deux trois quatre", "zéro un deux trois", "zéro un deux trois quatre"),
        ("un deux trois", "un 2 trois", "un deux 3", "un 2 3"),
        ("un deux trois", "un trois", "un deux trois quatre", "un trois quatre"),
        ("un deux", "un 2", "un II", "un II 2"),
        ("un deux", "un 2", "un 2", "un 2"),
        ("", "le mien", "le leur", "le leur le mien"),
        ("un", "un", "autre", "autre"),
        ("un", "mien", "un", "mien"),
    ],
)
def test_two_rewordings_are_joined(base, mine, theirs, joined):
    assert join_wordings(base, mine, theirs) == joined
