"""What is said of a workbook that cannot be read as a contract: the sheet, the cell, and how to mend it."""

from datetime import date

import pytest

from document.sources.workbook import read_workbook
from tests.document.spoiling import said, short
from tests.document.workbooks import MAKERS, SMALL, Sheets, make_xlsx, small


def faults(sheets: Sheets) -> list[str]:
    """What is said of the sheets, the same of both formats."""
    first, second = (said(read_workbook, make(sheets)) for make in MAKERS)
    assert first == second
    return first


HEADINGS = "Clé, Objectif (clé), Objectif (pour lecture), Texte"
AS_TEXT = (
    "un nombre, où 1.1 et 1.10 se confondraient, et non un texte ; mettez la cellule au format Texte, puis ressaisissez"
)
FORMULA = "une formule n’est pas lue ; remplacez-la par sa valeur."


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"Actions_D2": 1}, [f"Feuille « Actions », cellule D2 : {AS_TEXT} « 1 »."]),
        ({"Objectifs_D3": 1.1}, None),
        ({"Objectifs_A4": 2, "Renvois_A3": "o-1", "Renvois_C2": "axe-1"}, None),
        ({"Objectifs_D3": "=1+1"}, [f"Feuille « Objectifs », cellule D3 : {FORMULA}"]),
        ({"Clauses_C2": "=HYPERLINK()"}, [f"Feuille « Clauses », cellule C2 : {FORMULA}"]),
        (
            {"Clauses_C2": True},
            [
                "Feuille « Clauses », cellule C2 : une valeur logique et non un texte ; "
                "mettez la cellule au format Texte, puis ressaisissez ce qui doit s’y lire."
            ],
        ),
        (
            {"Indicateurs_G2": 45.5},
            [
                "Feuille « Indicateurs », cellule G2 : un nombre, une date ou un pourcentage, et non un texte ; "
                "mettez la cellule au format Texte, puis ressaisissez ce qui doit s’y lire."
            ],
        ),
        ({"Objectifs_G3": "peut-être"}, ["Feuille « Objectifs », cellule G3 : « oui » ou « non » est attendu ici."]),
        (
            {"Indicateurs_D2": "tx"},
            [
                "Feuille « Indicateurs », cellule D2 : valeur inconnue ; attendues : "
                "nombre, taux, appréciation, document, autre."
            ],
        ),
        (
            {"Objectifs_C3": "pilier"},
            ["Feuille « Objectifs », cellule C3 : niveau inconnu, « pilier » ; niveaux : axe, objectif."],
        ),
        ({"Objectifs_C3": None}, ["Feuille « Objectifs », cellule C3 : le niveau manque."]),
        ({"Objectifs_B3": "axe-9"}, ["Feuille « Objectifs », cellule B3 : aucun objectif n’a la clé « axe-9 »."]),
        (
            {"Objectifs_B2": "o-1"},
            [
                f"Feuille « Objectifs », cellule B{row} : cet objectif se trouve au-dessous de lui-même."
                for row in (2, 3, 4)
            ],
        ),
        (
            {"Objectifs_I3": "QP999999"},
            ["Feuille « Objectifs », cellule I3 : le quartier « QP999999 » n’est pas dans la feuille « Quartiers »."],
        ),
        (
            {"Actions_A3": "o-2"},
            [
                "Feuille « Actions », cellule A3 : la clé « o-2 » est déjà celle d’un autre élément : "
                "Feuille « Objectifs », cellule A4."
            ],
        ),
        ({"Actions_B3": "o-9"}, ["Feuille « Actions », cellule B3 : aucun objectif n’a la clé « o-9 »."]),
        ({"Actions_B3": None}, ["Feuille « Actions », cellule B3 : la clé manque."]),
        ({"Renvois_A2": "o-1-c"}, ["Feuille « Renvois », cellule A2 : aucun élément n’a la clé « o-1-c »."]),
        ({"Renvois_C2": "axe-1\no-9"}, ["Feuille « Renvois », cellule C2 : aucun objectif n’a la clé « o-9 »."]),
        ({"Remarques_A2": "(tout)"}, ["Feuille « Remarques », cellule A2 : aucun élément n’a la clé « (tout) »."]),
        ({"Mentions_A2": "(contrat)"}, ["Feuille « Mentions », cellule A2 : aucun objectif n’a la clé « (contrat) »."]),
        ({"Effectifs_annoncés_C2": None}, ["Feuille « Effectifs annoncés », cellule C2 : le nombre manque."]),
        (
            {"Effectifs_annoncés_B2": "sous"},
            [
                "Feuille « Effectifs annoncés », cellule B2 : objet inconnu, « sous » ; "
                "attendus : axe, objectif, actions, clauses, indicateurs."
            ],
        ),
        (
            {"Effectifs_annoncés_C2": "douze"},
            ["Feuille « Effectifs annoncés », cellule C2 : un nombre entier est attendu ici et non « douze »."],
        ),
        ({"Niveaux_A3": "axe"}, None),
        (
            {"Niveaux_D2": "{x}"},
            [
                "Feuille « Niveaux », cellule D2 : motif de numérotation inconnu "
                "(exemples : {n}, {parent}.{n}, {A}, #{n})."
            ],
        ),
        (
            {"Document_B5": "deux mille"},
            ["Feuille « Document », cellule B5 : une année est attendue ici et non « deux mille »."],
        ),
        (
            {"Document_B5": 12},
            ["Feuille « Document », cellule B5 : l’année 12 est hors de 1900-2199."],
        ),
        ({"Document_A4": None}, None),
        (
            {"Document_A8": "Adresse"},
            ["Feuille « Document », cellule A8 : le champ « Adresse » est là deux fois."],
        ),
        (
            {"Clauses_C1": "Texte (fin)"},
            [
                f"Feuille « Clauses », cellule C1 : titre de colonne inconnu, « Texte (fin) » ; attendus : {HEADINGS}.",
                "Feuille « Clauses » : la colonne « Texte » manque ; gardez-la, même vide.",
            ],
        ),
        ({"Clauses_D1": "texte"}, ["Feuille « Clauses », cellule D1 : la colonne « texte » est là deux fois."]),
        (
            {"Clauses_E2": "à revoir"},
            [
                "Feuille « Clauses », cellule E2 : cette colonne n’a pas de titre ; "
                "déplacez ou supprimez ce qu’elle contient."
            ],
        ),
        (
            {"Clauses_A2": "Clé 1", "Remarques_A3": "o-1"},
            [
                "Feuille « Clauses », cellule A2 : une clé s’écrit en minuscules sans accent, chiffres et tirets "
                "(exemple : 1-1-3)."
            ],
        ),
        (
            {"Actions_E2": "x" * 2_001},
            ["Feuille « Actions », cellule E2 : texte de 2001 caractères ; la limite est de 2000."],
        ),
        (
            {"Remarques_B3": "a⟦U+0007⟧b"},
            [
                "Feuille « Remarques », cellule B3 : le texte contient un caractère de contrôle invisible ; "
                "supprimez-le."
            ],
        ),
        (
            {"Objectifs_H3": "PRE\nPRE"},
            ["Feuille « Objectifs », cellule H3 : la même valeur est donnée deux fois dans cette liste."],
        ),
        (
            {"Indicateurs_F2": "H/F"},
            ["Feuille « Indicateurs », cellule F2 : valeur inconnue ; valeurs admises : F/H, F/G."],
        ),
    ],
    ids=short,
)
def test_what_is_wrong_is_said_with_its_sheet_and_cell(cells, expected):
    found = faults(small(**cells)) if expected else said(read_workbook, make_xlsx(small(**cells)))
    assert found == (expected or SAID_OF_XLSX[next(iter(cells))])


#: Where the two formats do not show a value alike, or one fault brings others.
SAID_OF_XLSX = {
    "Objectifs_D3": [f"Feuille « Objectifs », cellule D3 : {AS_TEXT} « 1.1 »."],
    "Objectifs_A4": [f"Feuille « Objectifs », cellule A4 : {AS_TEXT} « 2 »."],
    "Niveaux_A3": [
        "Feuille « Niveaux », cellule A3 : « axe » est déjà donné : Feuille « Niveaux », cellule A2.",
        *(f"Feuille « Objectifs », cellule C{row} : niveau inconnu, « objectif » ; niveaux : axe." for row in (3, 4)),
        "Feuille « Effectifs annoncés », cellule B2 : objet inconnu, « objectif » ; "
        "attendus : axe, actions, clauses, indicateurs.",
    ],
    "Document_A4": [
        "Feuille « Document », cellule A4 : champ inconnu, «  » ; attendus : Adresse, Intitulé, Territoire, "
        "Première année, Dernière année, Présentation, Document source.",
        "Feuille « Document » : le champ « Territoire » manque ; gardez-le, même vide.",
    ],
}


def test_a_date_where_a_text_is_expected_is_refused():
    expected = [
        "Feuille « Clauses », cellule C2 : un nombre, une date ou un pourcentage, et non un texte ; "
        "mettez la cellule au format Texte, puis ressaisissez ce qui doit s’y lire."
    ]
    assert said(read_workbook, make_xlsx(small(Clauses_C2=date(2026, 1, 10)))) == expected


def test_sheets_that_are_missing_are_named():
    sheets = {title: rows for title, rows in SMALL.items() if title not in ("Renvois", "Quartiers")}
    rest = "cette feuille manque ; gardez-la, même vide, avec ses titres de colonnes."
    assert faults(sheets) == [f"Feuille « Renvois » : {rest}", f"Feuille « Quartiers » : {rest}"]


def test_a_sheet_without_headings_says_which_are_expected():
    sheets = SMALL | {"Quartiers": []}
    assert faults(sheets) == ["Feuille « Quartiers » : la ligne des titres manque ; attendus : Code, Nom."]


def test_a_tree_too_deep_is_refused_at_its_row():
    sheets = small()
    sheets["Objectifs"] += [[f"p-{rank}", f"p-{rank - 1}" if rank else "o-1", "objectif"] for rank in range(30)]
    assert faults(sheets) == ["Feuille « Objectifs », ligne 23 : l’arbre a plus de 20 niveaux de profondeur."]
