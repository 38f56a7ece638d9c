"""Bad documents: each is refused with what is wrong and where, as the person reads it."""

import json
from copy import deepcopy
from typing import Any

import pytest

from document.codec import decode, from_plain
from document.faults import GATHERED, DocumentError, Fault
from document.nodes import Document, Objective
from document.reading import read_part
from tests.document.spoiling import LEAF, ROOT, SMALL, changed, said, short, spelled, without

TEXT = " : un texte est attendu ici (entre guillemets) et non"
NUMBER = " : un nombre entier est attendu ici et non"
RANGE = " : un nombre de 0 à 999 999 est attendu ici."
CONTROL = " : le texte contient un caractère de contrôle invisible ; supprimez-le."
VALUE = " : valeur inconnue ; valeurs admises :"
PATTERN = " : motif de numérotation inconnu (exemples : {n}, {parent}.{n}, {A}, #{n})."
NO_LEVEL = " : le niveau « pilier » n’est pas dans la liste « levels »."
NO_QUARTER = "[0] : le quartier « QP1 » n’est pas déclaré dans « neighbourhoods »."
NO_TARGET = "[0].targets : aucun objectif n’a la clé"
NOT_COUNTED = "n’est ni un niveau ni actions, clauses, indicators."
TAKEN = " : la clé"
KEY = " : une clé s’écrit en minuscules sans accent, chiffres et tirets (exemple : 1-1-3)."


def test_small_is_sound():
    assert isinstance(from_plain(SMALL), Document)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("contract", "slug"), "Été 2024", KEY),
        (("contract", "start_year"), 99_999, " : l’année 99999 est hors de 1900-2199."),
        (("contract", "start_year"), -1, RANGE),
        (("contract", "start_year"), 10**400, RANGE),
        (("contract", "start_year"), "2024", f"{NUMBER} le texte « 2024 »."),
        (("contract", "start_year"), 2024.0, f"{NUMBER} 2024.0."),
        (("contract", "start_year"), True, f"{NUMBER} true."),
        (("contract", "start_year"), float("nan"), f"{NUMBER} nan."),
        (("contract", "end_year"), float("inf"), f"{NUMBER} inf."),
        (("contract", "sources"), "un texte", " : une liste est attendue ici."),
        (("contract", "sources"), [None], f"[0]{TEXT} null."),
        (("levels", 0, "numbering"), "{n}{n}", PATTERN),
        (("levels", 0, "numbering"), "", PATTERN),
        (("declared",), [{"of": "axe", "count": -1}], "[0].count : un nombre de 0 à 999 999 est attendu ici."),
        (("declared",), [{"of": "axe", "count": 10**6}], "[0].count : un nombre de 0 à 999 999 est attendu ici."),
        (("declared",), [{"of": "axe", "count": 10**5_000}], "[0].count : un nombre de 0 à 999 999 est attendu ici."),
        (("declared",), {"axe": 4}, " : une liste est attendue ici."),
        (("contract",), None, " : un objet (des clés et des valeurs) est attendu ici."),
        (("objectives",), None, " : une liste est attendue ici."),
        (ROOT, [], " : un objet (des clés et des valeurs) est attendu ici."),
        ((*ROOT, "code"), 1.1, f"{TEXT} 1.1."),
        ((*ROOT, "code"), False, f"{TEXT} false."),
        ((*ROOT, "code"), ["1"], f"{TEXT} une liste."),
        ((*ROOT, "code"), {"a": 1}, f"{TEXT} un objet."),
        ((*ROOT, "code"), 10**5_000, f"{TEXT} un nombre démesuré."),
        ((*ROOT, "code"), "1" * 121, " : texte de 121 caractères ; la limite est de 120."),
        ((*ROOT, "title"), None, f"{TEXT} null."),
        ((*ROOT, "title"), "a\x00b", CONTROL),
        ((*ROOT, "title"), "a\x1bb", CONTROL),
        ((*ROOT, "title"), "a\r\nb", CONTROL),
        ((*ROOT, "title"), "a\ud800b", CONTROL),
        ((*ROOT, "title"), "a" * 1_000_000, " : texte de 1000000 caractères ; la limite est de 2000."),
        ((*ROOT, "description"), "a" * 1_000_000, " : texte de 1000000 caractères ; la limite est de 50000."),
        ((*ROOT, "key"), "", KEY),
        ((*ROOT, "key"), "a--b", KEY),
        ((*ROOT, "key"), "axe\n", KEY),
        ((*ROOT, "key"), "../axe", KEY),
        ((*ROOT, "transversal"), 1, " : vrai ou faux (true, false) est attendu ici."),
        ((*ROOT, "transversal"), "oui", " : vrai ou faux (true, false) est attendu ici."),
        ((*ROOT, "tags"), ["PRE", "PEL", "PRE"], " : la même valeur est donnée deux fois dans cette liste."),
        ((*ROOT, "notes"), [{"text": "x", "kind": 1}], f"[0].kind{VALUE} funding, scope, other."),
        ((*LEAF, "indicators", 0, "breakdown"), ["H/F"], f"[0]{VALUE} F/H, F/G."),
        ((*LEAF, "clauses", 0, "title"), "x", " : clé inconnue ; clés admises : key, text, remarks."),
        (("levels", 0, "Name"), "x", " : clé inconnue ; clés admises : key, name, plural, numbering."),
        (("declared",), [{"of": "axe", "count": 1, "": 2}], "[0]. : clé inconnue ; clés admises : of, count."),
    ],
    ids=short,
)  # fmt: skip
def test_one_fault_of_form(path, value, message):
    assert said(from_plain, changed(path, value)) == [spelled(path) + message]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ((*ROOT, "level"), "pilier", NO_LEVEL),
        ((*ROOT, "neighbourhoods"), ["QP1"], NO_QUARTER),
        ((*ROOT, "references"), [{"text": "Cf.", "targets": ["o", "p"]}], f"{NO_TARGET} « p »."),
        ((*LEAF, "actions", 1, "references"), [{"text": "Cf.", "targets": ["o-c"]}], f"{NO_TARGET} « o-c »."),
        (("declared",), [{"of": "pilier", "count": 2}], f"[0].of : « pilier » {NOT_COUNTED}"),
        ((*ROOT, "declared"), [{"of": "axes", "count": 2}], f"[0].of : « axes » {NOT_COUNTED}"),
        ((*LEAF, "key"), "axe-1", f"{TAKEN} « axe-1 » est déjà prise par objectives[0].key."),
        ((*LEAF, "clauses", 0, "key"), "a2", f"{TAKEN} « a2 » est déjà prise par {spelled(LEAF)}.actions[1].key."),
        (("levels", 1, "key"), "axe", f"{TAKEN} « axe » est déjà prise par levels[0].key."),
        (
            ("neighbourhoods",),
            [{"code": "QP1", "name": "A"}, {"code": "QP1", "name": "B"}],
            "[1].code : la clé « QP1 » est déjà prise par neighbourhoods[0].code.",
        ),
    ],
    ids=short,
)  # fmt: skip
def test_what_a_document_names_must_be_in_it(path, value, message):
    assert said(from_plain, changed(path, value)) == [spelled(path) + message]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (("contract",), "contract : cette clé est obligatoire et manque."),
        (("contract", "territory"), "contract.territory : cette clé est obligatoire et manque."),
        (("levels", 0, "plural"), "levels[0].plural : cette clé est obligatoire et manque."),
        ((*LEAF, "level"), "objectives[0].children[0].level : cette clé est obligatoire et manque."),
        (
            (*LEAF, "actions", 0, "key"),
            "objectives[0].children[0].actions[0].key : cette clé est obligatoire et manque.",
        ),
    ],
)
def test_what_is_missing(path, message):
    assert said(from_plain, without(path)) == [message]


def test_all_faults_of_form_are_told_at_once():
    data = changed((*LEAF, "title"), 3)
    data["contract"]["start_year"] = "2024"
    del data["levels"][0]["name"]
    assert said(from_plain, data) == [
        "contract.start_year : un nombre entier est attendu ici et non le texte « 2024 ».",
        "levels[0].name : cette clé est obligatoire et manque.",
        "objectives[0].children[0].title : un texte est attendu ici (entre guillemets) et non 3.",
    ]


def test_a_message_names_twenty_faults_and_counts_the_others():
    errors = [DocumentError([Fault("a", f"défaut {rank}.") for rank in range(number)]) for number in (20, 21, 23)]
    assert [str(error).splitlines()[-1] for error in errors] == [
        "a : défaut 19.",
        "… et un autre défaut.",
        "… et 3 autres défauts.",
    ]


def test_reading_stops_at_a_thousand_faults():
    many = changed(("remarks",), [None] * 50_000)
    lost = changed((*ROOT, "references"), [{"text": "Cf.", "targets": [f"x{n}" for n in range(50_000)]}])
    assert len(said(from_plain, many)) == len(said(from_plain, lost)) == GATHERED


def test_a_tree_two_hundred_deep():
    data = deepcopy(SMALL)
    node: dict[str, Any] = {"key": "o-200", "level": "axe", "title": "Le plus bas"}
    for rank in reversed(range(200)):
        node = {"key": f"o-{rank}", "level": "axe", "title": "Plus haut", "children": [node]}
    data["objectives"] = [node]
    path = "objectives[0]" + ".children[0]" * 20
    assert said(from_plain, data) == [f"{path} : l’arbre a plus de 20 niveaux de profondeur."]


def test_what_cannot_be_printed_is_not_repeated():
    """A lone surrogate in a message would break the page that shows it."""
    named = said(decode, json.dumps(SMALL | {"cl\ud800é\n": 1, "x" * 1_000_000: 2}))
    known = "clé inconnue ; clés admises : contract, levels, declared, remarks, neighbourhoods, objectives."
    assert named == [f"cl\ufffdé\ufffd : {known}", f"{'x' * 39}… : {known}"]


def test_a_part_is_refused_in_the_same_words():
    assert said(lambda data: read_part(Objective, data), {"key": "a", "level": "axe", "title": 1}) == [
        "title : un texte est attendu ici (entre guillemets) et non 1."
    ]


def test_values_nested_as_deep_as_json_admits_are_refused_where_they_stand():
    for depth in (500, 900, 950):
        deep = "[" * depth + "]" * depth
        content = json.dumps(changed((*ROOT, "tags"), ["@"])).replace('"@"', f"{deep}, {deep}")
        assert said(decode, content)[0] in (
            "objectives[0].tags[0] : un texte est attendu ici (entre guillemets) et non une liste.",
            "le JSON est imbriqué trop profondément.",
        )
