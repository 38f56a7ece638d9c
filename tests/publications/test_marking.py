"""Words that were found, marked in their text."""

import pytest

from publications.entries import sought
from publications.renditions.hits import tally
from publications.renditions.marking import AFTER, BEFORE, excerpt, mark


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Accès aux droits", "acces", "<mark>Accès</mark> aux droits"),
        ("Les écoles et l’école", "ecole", "Les <mark>écoles</mark> et l’<mark>école</mark>"),
        ("Œuvre au cœur", "oeuvre coeur", "<mark>Œuvre</mark> au <mark>cœur</mark>"),
        ("E\u0301TAT", "etat", "<mark>E\u0301TAT</mark>"),
        ("1.1.3.a et 1.1.30", "1.1.3", "<mark>1.1.3.a</mark> et 1.1.30"),
        ("R&D <b>", "d", "R&amp;<mark>D</mark> &lt;b&gt;"),
        ("<mark>", "mark", "&lt;<mark>mark</mark>&gt;"),
        ("Rien ici", "absent", "Rien ici"),
        ("Rien ici", "", "Rien ici"),
        ("« Mot » : suite", "mot", "«\u00a0<mark>Mot</mark>\u00a0»\u00a0: suite"),
    ],
)
def test_mark(text, words, marked):
    assert mark(text, sought(words)) == marked


def test_excerpt_is_what_surrounds_the_first_word():
    text = " ".join(["avant"] * 60) + " cible " + " ".join(["après"] * 60)
    cut = excerpt(text, sought("cible"))
    assert cut.startswith("… avant avant")
    assert cut.endswith("après après …")
    before, after = cut.split("<mark>cible</mark>")
    assert BEFORE - 10 < len(before) <= BEFORE + 3
    assert AFTER - 10 < len(after) <= AFTER + 3


def test_excerpt_of_a_short_text_is_all_of_it():
    assert excerpt("Une cible.\n\n- et une liste", sought("cible")) == "Une <mark>cible</mark>. - et une liste"
    assert excerpt("Rien", sought("cible")) is None


def test_excerpt_of_one_long_word():
    assert excerpt("x" * 500 + " " + "cible" * 80, sought("cible")) == f"… <mark>{'cible' * 80}</mark>"


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([], "Aucun passage"),
        (["action"], "1 action"),
        (["objective"] * 2, "2 objectifs"),
        (["clause", "objective", "objective"], "3 passages : 2 objectifs, 1 clause"),
    ],
)
def test_tally(kinds, expected):
    assert tally(kinds).replace("\u00a0", " ") == expected
