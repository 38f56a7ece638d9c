"""The tables: every node once, to the letter for machines, and nothing that Excel runs or turns into something else."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from document import nodes
from document.codec import digest, encode
from document.walk import count, walk
from publications.editions import Edition
from publications.renditions.tables import COLUMNS, csv_file, excel_csv_file
from tests.factories import make_document, real_document

CONTRACTS = ("ales-2015-2020", "metz-2015-2020", "quartiers-2030", "six-thematiques")


def make_edition(document: nodes.Document, **changes) -> Edition:
    values = {
        "document": document,
        "digest": digest(encode(document)),
        "at": datetime(2025, 11, 24, 23, 30, tzinfo=UTC),
        "number": 2,
        "label": "Avenant n° 1",
        "in_force_on": date(2026, 1, 1),
    }
    return Edition(**(values | changes))


def with_objective(**fields) -> nodes.Document:
    node = nodes.Objective(**({"key": "1-1-1", "level": "axe", "code": "1.10", "title": "Un titre"} | fields))
    return make_document_of(node)


def make_document_of(*objectives: nodes.Objective) -> nodes.Document:
    document = make_document()
    return nodes.Document(contract=document.contract, levels=document.levels, objectives=objectives)


def read_plain(edition: Edition) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_file(edition).decode(), newline=""), strict=True))


def read_excel(edition: Edition) -> list[dict[str, str]]:
    text = excel_csv_file(edition).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True))


def every_key(document: nodes.Document) -> list[str]:
    keys = []
    for place in walk(document):
        node = place.objective
        keys += [node.key, *(item.key for item in (*node.actions, *node.clauses, *node.indicators))]
    return keys


@pytest.mark.parametrize("slug", CONTRACTS)
def test_every_node_is_there_once_in_reading_order(slug):
    document = real_document(slug)
    rows = read_plain(make_edition(document))
    assert [row["cle"] for row in rows] == every_key(document)
    assert [row["ordre"] for row in rows] == [str(rank) for rank in range(1, len(rows) + 1)]
    excel = read_excel(make_edition(document))
    assert [bare(row["Clé"]) for row in excel] == every_key(document)


@pytest.mark.parametrize("slug", CONTRACTS)
def test_counts_are_those_of_every_screen(slug):
    document = real_document(slug)
    rows = read_plain(make_edition(document))
    natures = {"actions": "action", "clauses": "clause", "indicators": "indicateur"}
    found = {
        level.key: sum(row["nature"] == "objectif" and row["niveau"] == level.name for row in rows)
        for level in document.levels
    }
    found |= {kind: sum(row["nature"] == nature for row in rows) for kind, nature in natures.items()}
    assert found == count(document)


@pytest.mark.parametrize("slug", CONTRACTS)
def test_the_file_for_machines_keeps_texts_and_codes_to_the_letter(slug):
    document = real_document(slug)
    wording = {}
    for place in walk(document):
        node = place.objective
        wording[node.key] = (node.code or "", node.title, node.description)
        wording |= {one.key: (one.code or "", one.title, one.description) for one in node.actions}
        wording |= {one.key: ("", one.text, "") for one in node.clauses}
        wording |= {one.key: ("", one.title, "") for one in node.indicators}
    rows = read_plain(make_edition(document))
    assert {row["cle"]: (row["code"], row["intitule"], row["description"]) for row in rows} == wording


@pytest.mark.parametrize("slug", CONTRACTS)
def test_no_cell_for_excel_is_a_formula_but_constants_of_figures(slug):
    for row in read_excel(make_edition(real_document(slug))):
        for cell in row.values():
            if cell.startswith("="):
                assert set(bare(cell)) <= set("0123456789.,/:-")
            else:
                assert cell[:1] not in ("+", "-", "@", "\t", "\r")


def bare(cell: str) -> str:
    """What Excel shows of a cell."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell


def test_an_indicator_says_all_of_itself_and_where_it_stands():
    indicator = nodes.Indicator(
        key="i", title="Part de femmes", kind="rate", unit="%", breakdown=("F/H", "F/G"), baseline="45", target="50 %"
    )
    child = nodes.Objective(key="c", level="objectif", code="1.1", title="Dessous", indicators=(indicator,))
    document = make_document_of(nodes.Objective(key="r", level="axe", code="1", title="Dessus", children=(child,)))
    assert {name: value for name, value in read_plain(make_edition(document))[2].items() if value} == {
        "ordre": "3",
        "nature": "indicateur",
        "cle": "i",
        "intitule": "Part de femmes",
        "parent": "c",
        "chemin_cles": "r > c",
        "chemin_codes": "1 > 1.1",
        "chemin": "1 Dessus > 1.1 Dessous",
        "type_indicateur": "taux",
        "unite": "%",
        "ventilation": "F/H|F/G",
        "valeur_reference": "45",
        "cible": "50 %",
        "contrat": "essai",
        "territoire": "Ville d’essai",
        "version": "2",
        "libelle_version": "Avenant n° 1",
        "date_effet": "2026-01-01",
        "date_publication": "2025-11-25",
        "empreinte": digest(encode(document)),
        "source": (
            "Source : Collectivité non renseignée, « Contrat essai », version 2, Avenant n° 1 ; "
            "publication du 25 novembre 2025. Licence Ouverte 2.0 (Etalab)."
        ),
        "licence": "Licence Ouverte 2.0 (Etalab)",
    }


def test_an_objective_says_its_mentions_tags_references_and_declared_counts():
    document = make_document_of(
        nodes.Objective(
            key="r",
            level="axe",
            title="Dessus",
            transversal=True,
            tags=("PRE", "CLAS"),
            notes=(nodes.Note(kind="funding", text="PRIORISER"), nodes.Note(kind="scope", text="HORS APPEL")),
            declared=(nodes.DeclaredCount(of="actions", count=15),),
            references=(nodes.Reference(text="Cf. s", targets=("s",)),),
            remarks=("Sic.", "Deux."),
        ),
        nodes.Objective(key="s", level="axe", title="Autre"),
    )
    row = read_plain(make_edition(document))[0]
    names = (
        "transversal",
        "etiquettes",
        "mentions_financement",
        "mentions_perimetre",
        "renvois",
        "renvois_cles",
        "effectifs_annonces",
        "remarques",
    )
    assert [row[name] for name in names] == [
        "true",
        "PRE|CLAS",
        "PRIORISER",
        "HORS APPEL",
        "Cf. s",
        "s",
        "15 actions",
        "Sic.|Deux.",
    ]


def test_the_file_for_excel_is_what_french_excel_opens():
    content = excel_csv_file(make_edition(make_document()))
    assert content.startswith("\ufeffOrdre;Nature;Clé;Code;".encode())
    row = read_excel(make_edition(make_document()))[0]
    assert list(row) == list(COLUMNS.values())
    assert (row["Transversal"], row["Date d’effet"], row["Date de publication"]) == ("non", "01/01/2026", "25/11/2025")


def test_the_file_for_machines_follows_rfc_4180():
    content = csv_file(make_edition(make_document()))
    assert content.startswith(b"ordre,nature,cle,code,")
    assert content.count(b"\r\n") == content.count(b"\n") == 1 + len(every_key(make_document()))


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("1.10", '="1.10"'),
        ("1.1.1", '="1.1.1"'),
        ("1", '="1"'),
        ("01", '="01"'),
        ("1e5", '="1e5"'),
        ("1.1.1.a", "1.1.1.a"),
        ("#1", "#1"),
        ("OS 1", "OS 1"),
        ('1"&A1', '1"&A1'),
        ("-1", "'-1"),
    ],
)
def test_codes_survive_excel(code, written):
    edition = make_edition(with_objective(code=code))
    assert read_excel(edition)[0]["Code"] == written
    assert read_plain(edition)[0]["code"] == code


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://exemple.fr")', '\'=HYPERLINK("http://exemple.fr")'),
        ("+33 4", "'+33 4"),
        ("-2+3", "'-2+3"),
        ("- un élément", "'- un élément"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("＝1+1", "'＝1+1"),
        ("1/2", '="1/2"'),
        ("Un titre ; ordinaire", "Un titre ; ordinaire"),
    ],
)
def test_no_text_is_a_formula_for_excel(title, written):
    assert read_excel(make_edition(with_objective(title=title)))[0]["Intitulé"] == written


def test_lists_of_a_description_are_bullets_in_excel_alone():
    edition = make_edition(with_objective(description="- un\n- deux\n\nFin - de liste"))
    assert read_excel(edition)[0]["Description"] == "• un\n• deux\n\nFin - de liste"
    assert read_plain(edition)[0]["description"] == "- un\n- deux\n\nFin - de liste"


def test_values_stay_numbers_that_excel_counts_with():
    indicators = tuple(
        nodes.Indicator(key=f"i{rank}", title="Taux", baseline=value)
        for rank, value in enumerate(["45", "12,5", "1.5", "45 %"])
    )
    rows = read_excel(make_edition(with_objective(indicators=indicators)))[1:]
    assert [row["Valeur de référence"] for row in rows] == ["45", "12,5", '="1.5"', "45 %"]


def test_a_text_longer_than_a_cell_is_cut_for_excel_alone():
    edition = make_edition(with_objective(description="a" * 40_000))
    assert read_excel(edition)[0]["Description"] == "a" * 32_766 + "…"
    assert read_plain(edition)[0]["description"] == "a" * 40_000


def test_a_draft_says_that_it_is_one():
    row = read_plain(make_edition(make_document(), number=None, label="", in_force_on=None))[0]
    names = ("version", "libelle_version", "date_effet", "date_publication", "source", "licence")
    found = [row[name] for name in names]
    assert found == [
        "brouillon",
        "",
        "",
        "",
        "Source : Collectivité non renseignée, « Contrat essai », brouillon du 25 novembre 2025 à 0\xa0h\xa030. "
        "Document de travail : ce texte n’est pas publié et peut encore changer.",
        "",
    ]
