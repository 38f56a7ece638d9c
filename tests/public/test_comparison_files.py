"""A comparison taken away: the same rows in every table, a tagged PDF, and the form that chooses two versions."""

import csv
import io
from datetime import date

import openpyxl
import pikepdf
import pytest

from objectives.edits import change_objective, delete_objective
from objectives.models import Objective
from publications.models import Publication
from publications.renditions.apart import NotPrinted
from tests.factories import make_contract, make_document, make_publication
from tests.public.reading import answer, get, links, said

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
FOLDER = "/contrats/essai/v/1/comparer/2/"
STEM = "essai-v1-v2"


@pytest.fixture
def contract():
    found = make_contract(make_document(objectives=3))
    make_publication(found)
    change_objective(_objective(found, "1-1"), by=None, revision=None, title="=2+2", code="1.10")
    delete_objective(_objective(found, "1-3"), by=None, revision=None, with_all=True)
    make_publication(found, label="Avenant n° 1", in_force_on=date(2025, 1, 1))
    return found


def _objective(contract, key):
    return Objective.objects.get(contract=contract, key=key)


def _rows(ending: str, delimiter: str) -> list[dict[str, str]]:
    text = answer(f"{FOLDER}{STEM}{ending}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def test_tables_have_one_row_a_change(contract):
    rows = _rows(".csv", ",")
    assert [(row["changement"], row["nature"], row["champ"], row["avant"], row["apres"]) for row in rows[:2]] == [
        ("Renumérotation", "Objectif opérationnel", "Code", "1.1", "1.10"),
        ("Reformulation", "Objectif opérationnel", "Intitulé", "Objectif 1.1", "=2+2"),
    ]
    assert [(row["changement"], row["cle"]) for row in rows[2:]] == [
        ("Suppression", key) for key in ("1-3", "1-3-a", "1-3-c1", "1-3-i1")
    ]
    assert {(row["version_avant"], row["version_apres"]) for row in rows} == {("1", "2")}
    guarded = _rows("-excel.csv", ";")
    assert [(row["Avant"], row["Après"]) for row in guarded[:2]] == [('="1.1"', '="1.10"'), ("Objectif 1.1", "'=2+2")]


def test_workbooks_say_the_same_without_a_formula(contract):
    book = openpyxl.load_workbook(io.BytesIO(answer(f"{FOLDER}{STEM}.xlsx").content))
    assert book.sheetnames == ["Changements", "Résumé"]
    sheet = book["Changements"]
    assert sheet["A2"].value.startswith("De la version 1, Texte initial (1er")
    assert (sheet["H6"].value, sheet["H7"].value, sheet["H7"].data_type) == ("1.10", "=2+2", "s")
    assert answer(f"{FOLDER}{STEM}.ods").content.startswith(b"PK")


def test_the_pdf_is_tagged_and_has_its_title(contract):
    response = answer(f"{FOLDER}{STEM}.pdf")
    assert (response["Content-Type"], response["Content-Disposition"]) == (
        "application/pdf",
        f'inline; filename="{STEM}.pdf"',
    )
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("Ce qui a changé")
        assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, "fr")


def test_a_pdf_that_cannot_be_made_now_is_told(contract, monkeypatch):
    def busy(*what):
        raise NotPrinted("Un autre document est en cours de mise en page. Réessayez dans un moment.")

    monkeypatch.setattr("public.comparing.print_apart", busy)
    response = answer(f"{FOLDER}{STEM}.pdf", status=503)
    assert "Un autre document est en cours" in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_other_names_are_not_files(contract):
    for name in ("essai-v2-v1.csv", f"{STEM}.doc", "x.pdf"):
        answer(f"{FOLDER}{name}", status=404)


def test_the_page_leads_to_its_files(contract):
    found = links(get(FOLDER), ".files a")
    assert list(found) == ["PDF", "Excel (XLSX)", "LibreOffice (ODS)", "CSV pour Excel", "CSV pour les logiciels"]
    assert found["PDF"] == f"{FOLDER}{STEM}.pdf"


def test_any_two_versions_are_chosen_in_a_form(contract):
    form = get("/contrats/essai/versions/").select_one("form[action$='/comparer/']")
    assert [[said(one) for one in select.select("option[selected]")] for select in form.select("select")] == [
        ["1, Texte initial"],
        [],
    ]
    response = answer("/contrats/essai/comparer/?de=1&a=2", status=302)
    assert response["Location"] == FOLDER
    for query in ("", "?de=1", "?de=1&a=9", "?de=un&a=2"):
        answer(f"/contrats/essai/comparer/{query}", status=400)
    answer("/contrats/aucun/comparer/?de=1&a=2", status=404)


def test_files_of_what_is_kept_for_members_do_not_exist_for_others(contract):
    make_publication(contract, label="Interne", visibility=Publication.Visibility.MEMBERS)
    for ending in (".csv", ".xlsx", ".pdf"):
        answer(f"/contrats/essai/v/1/comparer/3/essai-v1-v3{ending}", status=404)
    answer("/contrats/essai/comparer/?de=1&a=3", status=400)
