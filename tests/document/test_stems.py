"""Stems: the forms of a word are one word, others stay apart; what two wordings have in common is cut out of them."""

import pytest
from hypothesis import given

from document.stems import in_common, stem, stems
from tests.document.texts import texts


@pytest.mark.parametrize(
    "forms",
    ["lutter luttant lutte", "autonomie autonomisation", "isolement isolees", "ecologique ecologie", "animer animation",
     "accompagner accompagnant accompagnement", "prevenir prevention", "citoyen citoyenne", "educatif education"],
)  # fmt: skip
def test_forms_of_a_word_have_one_stem(forms):
    assert len({stem(word) for word in forms.split()}) == 1


def test_words_that_say_nothing_of_the_matter_are_left_out_unless_there_are_no_others():
    assert stems("En favorisant l’accès effectif aux soins") == [stem("acces"), stem("effectif"), "soin"]
    assert stems("Favoriser et développer") != []
    assert stems("") == []


def test_what_two_wordings_have_in_common_is_cut_out_of_both():
    one, other, count = in_common("En accompagnant l’autonomie", "Accompagner les jeunes vers l’autonomisation")
    assert one == [("En ", False), ("accompagnant", True), (" l’", False), ("autonomie", True)]
    assert other == [("Accompagner", True), (" les jeunes vers l’", False), ("autonomisation", True)]
    assert count == 2


@given(texts(), texts())
def test_the_pieces_make_the_wordings(one, other):
    first, second, _ = in_common(one, other)
    assert ("".join(text for text, _ in first), "".join(text for text, _ in second)) == (one, other)
