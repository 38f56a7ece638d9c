"""The four real contracts: they may be published, and what is found in them is what their text bears."""

from pathlib import Path

import pytest

from document.checks import check, grave
from document.codec import decode, decode_yaml, encode, encode_yaml
from document.nodes import Document
from document.walk import count
from tests.document.making import found

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
SLUGS = ("ales-2015-2020", "metz-2015-2020", "quartiers-2030", "six-thematiques")

SIGNED = "Ajoutez ce qui manque, ou laissez ainsi si le texte signé n’en a pas."
#: Strategic frames alone: three of the four hold neither actions, nor clauses, nor indicators.
FRAME_ALONE = [
    ("no-action", "gap", "", f"Aucun objectif du contrat n’a d’action. {SIGNED}"),
    ("no-clause", "gap", "", f"Aucun objectif du contrat n’a de clause de cahier des charges. {SIGNED}"),
    ("no-indicator", "gap", "", f"Aucun objectif du contrat n’a d’indicateur. {SIGNED}"),
]
AS_SIGNED = "Si c’est bien ce que dit le texte signé, gardez-le et dites-le dans une remarque."


def contract(slug: str) -> Document:
    return decode_yaml((FIXTURES / f"{slug}.yaml").read_bytes())


@pytest.mark.parametrize("slug", SLUGS)
def test_it_is_read_and_written_back_equal_and_may_be_published(slug):
    read = contract(slug)
    assert decode(encode(read)) == read
    assert decode_yaml(encode_yaml(read)) == read
    assert grave(check(read)) == []


def test_metz_contradicts_itself_twice():
    """14 strategic objectives are announced where the axes hold 4, 4, 3 and 4; the code 1.5.3 is printed twice."""
    assert found(contract("metz-2015-2020")) == [
        (
            "declared-count",
            "contradiction",
            "",
            f"Le texte annonce 14 objectifs stratégiques ; l’arbre en compte 15. Vérifiez la saisie. {AS_SIGNED}",
        ),
        *FRAME_ALONE,
        (
            "duplicate-code",
            "contradiction",
            "1-5-3-bis",
            "Objectif opérationnel (2d rang) 1.5.3 : ce code est déjà celui de « Réaliser des aménagements urbains "
            f"de qualité prenant en compte les… ». Vérifiez les deux. {AS_SIGNED}",
        ),
    ]


@pytest.mark.parametrize("slug", ["quartiers-2030", "six-thematiques"])
def test_numbering_that_begins_again_under_each_parent_is_no_finding(slug):
    """A, B under each ambition; 1, 2, 3 under each theme, transversal ones included."""
    assert found(contract(slug)) == FRAME_ALONE


def test_ales_keeps_all_its_counts_and_codes():
    """28 counts are declared, and 199 actions coded: none is contradicted."""
    read = contract("ales-2015-2020")
    assert count(read)["actions"] == 199
    assert {finding.severity for finding in check(read)} == {"gap"}


def test_ales_lacks_what_its_sheets_lack():
    lacking: dict[str, list[str | None]] = {}
    for finding in check(contract("ales-2015-2020")):
        lacking.setdefault(finding.kind, []).append(finding.code)
    assert lacking == {
        # « HORS APPEL A PROJET » or « DISPOSITIF NPNRU » is all that their sheets say
        "no-action": ["1.5.2", "2.3.7", "3.2.2"],
        "no-clause": [
            *("1.3.1", "1.3.5", "1.3.7", "1.5.2"),
            *("2.1.1", "2.1.2", "2.1.4", "2.2.3", "2.3.4", "2.3.6", "2.3.7"),
            *("3.1.1", "3.2.1", "3.2.2", "3.3.4", "3.3.5"),
            "4.1.3",
        ],
        "no-indicator": ["1.5.2", "2.2.2", "2.2.5", "2.3.7", "3.1.5", "3.2.2", "3.3.4"],
        # « Cf. … » is all that they hold
        "only-reference": ["1.3.10", "1.6.5", "2.2.6", "2.3.9", "3.2.3"],
    }


def test_ales_is_told_in_these_words():
    told = {(kind, key): message for kind, _, key, message in found(contract("ales-2015-2020"))}
    assert told["only-reference", "1-3-10"] == (
        "Objectif opérationnel 1.3.10 : rien en propre, seulement un renvoi (« Cf. orientation stratégique 1.4 »). "
        "Si le texte le veut ainsi, il n’y a rien à faire."
    )
    assert told["no-action", "2-3-7"] == (
        "Objectif opérationnel 2.3.7 : aucune action. Ajoutez-en une, ou un renvoi à l’objectif qui la porte."
    )
