"""The four contracts against their sources: every word is somewhere, every bullet once, in files of canonical layout.

Words are compared without accents, capitals and punctuation: sheets print titles in capitals. What a document does not
hold is listed here to the word: heads of pages and tables, repeated titles, what two parts of a source say otherwise.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import pytest

from document.codec import decode_yaml, encode_yaml
from document.nodes import Document
from document.walk import Place, walk
from tests.factories import FIXTURES, real_document

SOURCES = FIXTURES / "sources"
SLUGS = ("ales-2015-2020", "metz-2015-2020", "quartiers-2030", "six-thematiques")


def words(*texts: str) -> Counter[str]:
    """How many times each word comes, folded; a word cut at the end of a line is one word."""
    text = re.sub(r"(\w-)\s*\n\s*(?=\w)", r"\1", "\n".join(texts))
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return Counter(re.findall(r"\w+", bare.upper()))


def source(name: str) -> str:
    text = (SOURCES / f"{name}.txt").read_text(encoding="utf-8")
    return re.sub(r"</?i>|\*\*", "", text)


def frame(document: Document) -> list[str]:
    """The texts of a contract that is a frame alone: its presentation, then each node's code, title and description."""
    nodes = [place.objective for place in walk(document)]
    return [
        document.contract.summary,
        *(text for node in nodes for text in (node.code or "", node.title, node.description)),
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_file_is_in_canonical_layout(slug):
    content = (FIXTURES / f"{slug}.yaml").read_text(encoding="utf-8")
    assert encode_yaml(decode_yaml(content)) == content


def test_every_source_and_every_contract_is_here():
    assert {path.stem for path in FIXTURES.glob("*.yaml")} == set(SLUGS)
    assert {path.stem.split(".")[0] for path in SOURCES.glob("*.txt")} == set(SLUGS)


METZ_HEADS = [
    "3.2 – Les objectifs stratégiques et opérationnels du Contrat de Ville",
    *["Axe stratégique", "Objectifs stratégiques", "Objectifs opérationnels"] * 4,
]


def test_metz_as_raw_text():
    document = real_document("metz-2015-2020")
    assert words(source("metz-2015-2020.texte")) == words(*frame(document), *METZ_HEADS)


def test_metz_as_a_table():
    """The table has a head of its own, and « décline » where the raw text, which is kept, has « déclinent »."""
    document = real_document("metz-2015-2020")
    head = "LES ENJEUX ET OBJECTIFS DU CONTRAT DE VILLE DE METZ METROPOLE"
    table = words(source("metz-2015-2020.tableau")) + words("déclinent")
    assert table == words(*frame(document), head, *METZ_HEADS, "décline")


def test_quartiers_2030():
    """A transversal ambition's name begins its text: name and description both hold it."""
    document = real_document("quartiers-2030")
    nodes = [place.objective for place in walk(document)]
    twice = [node.title for node in nodes if node.transversal and node.description]
    heads = [
        "1",  # the page's number
        "4 AMBITIONS THÉMATIQUES",
        "PREMIER NIVEAU D’OBJECTIFS",
        "SECOND NIVEAU D’OBJECTIFS",
        "DES AMBITIONS TRANVERSALES",
        "LA STRATEGIE POUR LES QUARTIERS 2030",
    ]
    read = source("quartiers-2030").replace("ambitionsA", "ambitions A")  # two cells run into one
    assert words(read, *twice) == words(*frame(document), *heads)


def test_six_thematiques():
    document = real_document("six-thematiques")
    heads = [
        "Six thématiques - orientations - objectifs opérationnels",
        "Deux thématiques transversales",
        *["Objectifs opérationnels"] * 11,
        *["Orientation"] * 5,
    ]
    assert words(source("six-thematiques")) == words(*frame(document), *heads)


#: Lines of the source of Alès: its introduction, a small table, the great summary table, the sheets.
INTRODUCTION, SMALL_TABLE, SUMMARY, SHEETS = (0, 87), (87, 143), (143, 1_092), (1_092, None)


@pytest.fixture(scope="module")
def ales() -> Document:
    return real_document("ales-2015-2020")


def lines(part: tuple[int, int | None]) -> str:
    # « ! 3objectifs » is printed without its space.
    return "\n".join(source("ales-2015-2020").split("\n")[slice(*part)]).replace("3objectifs", "3 objectifs")


def held(place: Place) -> Iterator[str]:
    """What both the summary and the sheet of an objective print."""
    node = place.objective
    yield f"{node.code} {node.title}"
    yield from (reference.text for reference in node.references)
    for action in node.actions:
        yield f"{action.code}. {action.title}\n{action.description}"
        yield from (reference.text for reference in action.references if reference.text != action.title)


def test_ales_introduction(ales):
    assert words(lines(INTRODUCTION)) == words(ales.contract.summary)


def test_ales_small_table(ales):
    """It names pillars and orientations as the great table does, but for four of them."""
    names = [place.objective.title for place in walk(ales) if place.depth < 2]
    here, there = (
        words("EMPLOI ET", "D’EQUIPEMENT", "L’EMPLOI", "HABITANTS"),
        words("EN EQUIPEMENTS", "L’EPLOI", "HABITATS"),
    )
    assert words(lines(SMALL_TABLE)) + there == words("2. TABLEAU RECAPITULATIF", *names) + here


def test_ales_summary(ales):
    counted = {"objectif-operationnel": "objectifs opérationnels", "actions": "actions"}
    texts = [text for place in walk(ales) for text in held(place)]
    texts += [f"! {one.count} {counted[one.of]}" for place in walk(ales) for one in place.objective.declared]
    heads = ["Orientations stratégiques Objectifs opérationnels Actions", *["PILIER N°"] * 4]
    scope = "DISPOSITIF CLSPD / STSPD"  # printed under 1.5.2 here too
    assert words(lines(SUMMARY)) == words(*texts, *heads, scope)


#: How many sheets each pillar has, and each orientation that goes on over a second one.
SHEETS_OF = {"1": 7, "2": 4, "3": 4, "4": 2, "1.3": 2, "2.3": 2, "3.1": 2}
#: Where a sheet words a title otherwise than the summary, which is kept; a remark on the node says so.
ON_SHEETS_ONLY = [
    *["EMPLOI ET"] * 4,
    *["EQUIPEMENT", "L’EMPLOI", "L’EMPLOI", "HABITANTS", "FAVORISER", "LIEUX", "CITOYENNETES"],
]
IN_SUMMARY_ONLY = [
    *["EQUIPEMENTS", "L’EPLOI", "L’EPLOI", "HABITATS", "VALORISER", "ESPACES", "CITOYENNES"],
    *["LA PREVENTION DE", "ET"],
]


def test_ales_sheets(ales):
    texts = []
    for place in walk(ales):
        node = place.objective
        texts += list(held(place)) * SHEETS_OF.get(node.code or "", 1)
        texts += [node.description, *(note.text for note in node.notes)]
        texts += [clause.text for clause in node.clauses] + [indicator.title for indicator in node.indicators]
    heads = [
        *["OBJECTIF OPERATIONNEL", "ORIENTATIONS", "CAHIER DES CHARGES", "EVALUATION INDICATEURS"] * 17,
        "3.1 Cohésion sociale",
        "3.2 Habitat et cadre de vie",
        "3.3 Emploi et développement économique",
        "3.4 Valeurs de la République et citoyenneté",
        *["Alès Agglomération", "Contrat de ville", "Cahier 4", "Fiches actions"] * 2,
        *["29", "33"],  # pages
    ]
    assert words(lines(SHEETS)) + words(*IN_SUMMARY_ONLY) == words(*texts, *heads, *ON_SHEETS_ONLY)


#: Printed under four objectives; the end of a column comes between « savoirs faires » and « santé communautaire ».
KNOW_HOW = "• Le projet garantit la participation des habitants et la prise en compte de leurs savoirs faires"
CUT_BULLETS = [f"{KNOW_HOW}– santé communautaire", f"{KNOW_HOW} – santé communautaire"]


def test_ales_every_bullet_of_every_sheet_is_somewhere_once(ales):
    """Clauses and indicators, and the existing commissions that an action lists."""
    nodes = [place.objective for place in walk(ales)]
    items = [clause.text for node in nodes for clause in node.clauses]
    items += [indicator.title for node in nodes for indicator in node.indicators]
    described = [line for node in nodes for action in node.actions for line in action.description.split("\n")]
    items += [line.removeprefix("- ") for line in described if line.startswith("- ")]
    sheets = lines(SHEETS)
    assert sheets.count("•") == len(items) == 368
    bullets = Counter("• " + one_line(item) for item in items)
    assert [bullet for bullet, times in bullets.items() if one_line(sheets).count(bullet) < times] == CUT_BULLETS


def one_line(text: str) -> str:
    """The text with its line breaks undone."""
    return re.sub(r"\s+", " ", re.sub(r"(\w-)\s*\n\s*(?=\w)", r"\1", text))


def test_ales_every_text_stands_in_one_piece_in_its_source(ales):
    """No text is made of pieces of two: each occurs as it is, but for those that a column or a page cuts in two."""
    flat = one_line(source("ales-2015-2020"))
    cut = []
    for place in walk(ales):
        node = place.objective
        texts = [node.title, *(one.text for one in (*node.notes, *node.references))]
        texts += [f"{action.code}. {action.title}" for action in node.actions]
        cut += [node.key for text in texts if one_line(text) not in flat]
    assert cut == ["1-3-5", "1-3-6", "2-3-5", "3-3-3"]
