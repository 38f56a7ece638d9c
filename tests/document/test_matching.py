"""Matching two contracts by their wordings: a proposal, one to one, that finds what was reworded or moved."""

from dataclasses import replace

from document.matching import LEAST, match
from document.nodes import Document
from document.walk import places
from tests.document.making import document, objective, theme
from tests.factories import real_document


def _matched(before: Document, after: Document) -> dict[str, str]:
    return {pair.before: pair.after for pair in match(before, after).pairs}


def test_the_same_words_match_whatever_their_place_accents_and_plurals():
    before = document(theme("a", objective("a1", title="Favoriser l’accès aux soins"), title="Santé"))
    after = document(theme("b", title="Emploi et santé"), objective("b1", title="FAVORISER L'ACCES AU SOIN"))
    found = match(before, after)
    assert [(pair.before, pair.after) for pair in found.pairs] == [("a", "b"), ("a1", "b1")]
    assert round(found.pairs[1].score, 9) == 1


def test_what_shares_too_little_is_left_alone_on_each_side():
    before = document(objective("a1", title="Soutenir les commerces"), objective("a2", title="Rénover les écoles"))
    after = document(objective("b1", title="Planter des arbres"), objective("b2", title="Rénover des écoles"))
    found = match(before, after)
    assert ([(pair.before, pair.after) for pair in found.pairs], found.only_before, found.only_after) == (
        [("a2", "b2")],
        ("a1",),
        ("b1",),
    )


def test_one_objective_has_one_match_and_the_likest_is_chosen_first():
    before = document(objective("a1", title="Lutter contre le décrochage scolaire"))
    after = document(
        objective("b1", title="Lutter contre le décrochage scolaire des filles"),
        objective("b2", title="Lutter contre le décrochage scolaire"),
    )
    assert _matched(before, after) == {"a1": "b2"}


def test_equal_titles_go_with_what_they_stand_under():
    def halves(first: str, second: str, slug: str) -> Document:
        return document(
            *(
                theme(f"{slug}-{name}", objective(f"{slug}-{name}-1", title="Communiquer"), title=name)
                for name in (first, second)
            )
        )

    found = _matched(halves("Santé", "Emploi", "a"), halves("Emploi", "Santé", "b"))
    assert found == {f"a-{name}{end}": f"b-{name}{end}" for name in ("Santé", "Emploi") for end in ("", "-1")}


def test_a_real_contract_matches_itself_wholly_and_another_in_part():
    ales, metz = real_document("ales-2015-2020"), real_document("metz-2015-2020")
    again = match(ales, replace(ales, objectives=ales.objectives[::-1]))
    assert (again.only_before, again.only_after) == ((), ())
    found = match(ales, metz)
    assert len({pair.after for pair in found.pairs}) == len(found.pairs) > 5
    assert min(pair.score for pair in found.pairs) >= LEAST


def test_two_real_contracts_are_matched_as_a_reader_would():
    """Read one by one: other forms of the same words, and what one contract says within a longer wording."""
    metz, quartiers = real_document("metz-2015-2020"), real_document("quartiers-2030")
    before, after = places(metz), places(quartiers)
    found = {
        before[pair.before].objective.title: after[pair.after].objective.title for pair in match(metz, quartiers).pairs
    }
    expected = {
        "En accompagnant l’autonomie des jeunes dans leur vie quotidienne": (
            "Accompagner les jeunes vers l’autonomisation"
        ),
        "En accompagnant les parents et en les mobilisant dans leur rôle éducatif": (
            "Soutenir les parents dans leur rôle affectif et éducatif"
        ),
        "En luttant contre tout type de discriminations": "Lutter contre les discriminations",
        "En luttant contre le décrochage scolaire et l'absentéisme dès la maternelle": (
            "Lutter contre le décrochage scolaire et favoriser la réussite éducative"
        ),
        "En contribuant à la transition écologique des quartiers": "TRANSITION ECOLOGIQUE ET CITOYENNE",
    }
    assert {title: found.get(title) for title in expected} == expected
    assert len(found) == 15


def test_documents_without_words_match_nothing():
    empty = document(objective("a1", title="", description=""))
    assert match(empty, empty).pairs == ()
    assert match(document(), document()).pairs == ()
