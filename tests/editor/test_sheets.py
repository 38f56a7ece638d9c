"""Flat tables out to a spreadsheet and back: nothing is written before it was seen, nor to another contract."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from odf import opendocument, table, text

from editor.admin.sheet_files import Ods, Xlsx, natural, neutral
from indicators.models import Indicator
from objectives.edits import change_objective
from objectives.models import Neighbourhood, Tag
from objectives.neighbourhood_edits import add_neighbourhood
from tests.editor.forms import read_form, said
from tests.factories import make_contract, real_document


def export_url(contract, name, form):
    return reverse("admin:objectives_contract_export", args=[contract.pk, name, form])


def import_url(contract, name):
    return reverse("admin:objectives_contract_import", args=[contract.pk, name])


def upload(client, contract, name, content, file="table.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(import_url(contract, name), {"file": SimpleUploadedFile(file, content)})


def confirm(client, contract, name, preview):
    return client.post(import_url(contract, name), read_form(preview))


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def tags(bench):
    return list(Tag.objects.filter(contract=bench.contract).values_list("name", flat=True))


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize("name", ["tags", "neighbourhoods", "indicators"])
def test_what_is_exported_comes_back_equal(bench, signed_in, name, form):
    contract = make_contract(real_document("ales-2015-2020"))
    add_neighbourhood(contract, code="QP030001", name="Les Cévennes", by=None)
    client, revision = signed_in("admin"), contract.revision
    response = client.get(export_url(contract, name, form))
    assert response["Content-Disposition"] == f'attachment; filename="ales-2015-2020-{name}.{form}"'
    preview = upload(client, contract, name, response.content, f"table.{form}")
    assert "Le fichier ne change rien." in preview.content.decode()
    contract.refresh_from_db()
    assert contract.revision == revision


def test_a_table_is_previewed_then_imported_through_the_verbs(bench, signed_in):
    client = signed_in("editor")
    content = rows_of(client.get(export_url(bench.contract, "indicators", "csv")).content)
    content[0] |= {"Nature": "Taux", "Ventilation": "F/H, F/G", "Valeur de référence": "45 % en 2014"}
    content[1]["Clé de l’objectif"] = "1-1"
    content.append(dict.fromkeys(content[0], "") | {"Code de l’objectif": "1.2", "Intitulé": "Un nouvel indicateur"})
    out = io.StringIO()
    writer = csv.DictWriter(out, content[0], delimiter=";")
    writer.writeheader()
    writer.writerows(content)
    preview = upload(client, bench.contract, "indicators", out.getvalue())
    assert [row.split(" ", 2)[:2] for row in said(preview, ".preview tbody tr")] == [
        ["2", "Modification"],
        ["3", "Modification"],
        ["4", "Ajout"],
    ]
    assert bench.log() == []
    assert confirm(client, bench.contract, "indicators", preview).status_code == 302
    changed = Indicator.objects.get(contract=bench.contract, key="1-1-i1")
    assert (changed.kind, changed.breakdown, changed.baseline) == ("rate", ["F/H", "F/G"], "45 % en 2014")
    assert Indicator.objects.get(contract=bench.contract, key="1-2-i1").objective.key == "1-1"
    assert Indicator.objects.get(title="Un nouvel indicateur").objective.key == "1-2"
    assert [verb for verb, _ in bench.log()] == ["change_indicator", "move_indicator", "add_indicator"]


def test_tags_are_added_and_renamed(bench, signed_in):
    client = signed_in("editor")
    preview = upload(client, bench.contract, "tags", "Nom;Nouveau nom\nPRE;RÉUSSITE\nNPNRU;\n")
    confirm(client, bench.contract, "tags", preview)
    assert tags(bench) == ["NPNRU", "RÉUSSITE"]
    assert bench.log() == [("change_tag", "RÉUSSITE"), ("add_tag", "NPNRU")]


@pytest.mark.parametrize(
    "content",
    [
        "Nom\nSanté\nPRE\n".encode("utf-8-sig"),
        "Nom\r\nSanté\r\n".encode("cp1252"),
        "nom;autre\nSanté;x\n".encode(),
        "NOM,autre\nSanté,x\n".encode(),
        'Nom\tautre\n"Santé"\tx\n'.encode(),
    ],
)
def test_csv_is_read_as_french_excel_and_others_write_it(bench, signed_in, content):
    client = signed_in("editor")
    confirm(client, bench.contract, "tags", upload(client, bench.contract, "tags", content))
    assert tags(bench) == ["PRE", "Santé"]


def test_an_import_is_refused_when_the_draft_changed_since_its_preview(bench, signed_in):
    client = signed_in("editor")
    preview = upload(client, bench.contract, "tags", "Nom\nSanté\n")
    change_objective(bench.objective(), by=None, revision=None, title="Entre-temps")
    response = confirm(client, bench.contract, "tags", preview)
    assert "a été modifié entre-temps" in said(response, ".messagelist li.error")[0]
    assert tags(bench) == ["PRE"]
    confirm(client, bench.contract, "tags", response)
    assert tags(bench) == ["PRE", "Santé"]


def test_a_preview_is_confirmed_by_whom_and_where_it_was_made(bench, signed_in):
    preview = read_form(upload(signed_in("editor"), bench.contract, "tags", "Nom\nSanté\n"))
    for client, url in (
        (signed_in("manager"), import_url(bench.contract, "tags")),
        (signed_in("editor"), import_url(bench.contract, "neighbourhoods")),
        (signed_in("admin"), import_url(bench.other, "tags")),
    ):
        assert client.post(url, preview).status_code == 302
    client = signed_in("editor")
    client.post(import_url(bench.contract, "tags"), preview | {"rows": preview["rows"][:-2] + "xx"})
    assert "Cet aperçu n’est plus valable" in said(client.get(import_url(bench.contract, "tags")), ".messagelist li")[0]
    assert (tags(bench), bench.log()) == (["PRE"], [])


def test_a_preview_shows_no_path_of_the_server(bench, signed_in):
    assert "/tmp" not in upload(signed_in("editor"), bench.contract, "tags", "Nom\nSanté\n").content.decode()


HEAD = "Clé;Clé de l’objectif;Code de l’objectif;Intitulé;Nature;Ventilation"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("inconnue;;;Titre;;", "Aucun indicateur de ce contrat n’a la clé « inconnue »"),
        (";inconnu;;Titre;;", "Aucun objectif de ce contrat n’a la clé « inconnu »."),
        (";;9.9;Titre;;", "Aucun objectif de ce contrat ne répond à « 9.9 »."),
        (";;;Titre;;", "Dites sous quel objectif va ce nouvel indicateur"),
        (";1-1;;;;", "Donnez l’intitulé de cet indicateur."),
        ("1-1-i1;1-1;;;;", "Donnez l’intitulé de cet indicateur."),
        (";1-1;;Titre;Beaucoup;", "« Beaucoup » n’est pas une valeur admise"),
        (";1-1;;Titre;;X/Y", "« X/Y » n’est pas une ventilation admise"),
        (f";1-1;;{'x' * 2_001};;", "texte de 2001 caractères"),
        ("1-1-i1;1-1;;Titre;;\n1-1-i1;1-1;;Titre;;", "« 1-1-i1 » est deux fois dans le fichier."),
    ],
)
def test_a_bad_row_is_told_in_the_preview_and_nothing_can_be_confirmed(bench, signed_in, row, words):
    preview = upload(signed_in("editor"), bench.contract, "indicators", f"{HEAD}\n;1-1;;Une bonne ligne;;\n{row}\n")
    assert preview.status_code == 400
    assert words in " ".join(said(preview, ".preview .severity-grave"))
    assert b'name="rows"' not in preview.content
    assert bench.log() == []


def test_a_row_is_never_attached_to_another_contract(bench, signed_in):
    change_objective(bench.objective("1-2", bench.other), by=None, revision=None, code="9.9")
    client = signed_in("admin")
    preview = upload(client, bench.contract, "indicators", f"{HEAD}\n;;9.9;Titre;;\n")
    assert "ne répond à « 9.9 »" in " ".join(said(preview, ".severity-grave"))
    foreign = Indicator.objects.get(contract=bench.other, key="1-1-i1")
    preview = upload(client, bench.contract, "indicators", f"{HEAD}\n1-1-i1;1-1;;Titre;;\n")
    confirm(client, bench.contract, "indicators", preview)
    foreign.refresh_from_db()
    assert foreign.title == "Nombre de participants à 1.1 (F/H)"
    assert Indicator.objects.get(contract=bench.contract, key="1-1-i1").title == "Titre"


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("table.csv", b"", "Le fichier soumis est vide."),
        ("table.csv", b"\n\n", "Le fichier est vide."),
        ("table.txt", b"Nom\n", "Format de fichier inconnu"),
        ("table.xls", b"Nom\n", "Format de fichier inconnu"),
        ("table.xlsx", b"Nom\n", "Ce fichier n’est pas un classeur lisible."),
        ("table.ods", b"PK\x03\x04", "Ce fichier n’est pas un classeur lisible."),
        ("table.csv", b"Nom\n" + b"x\n" * 2_001, "Le fichier a plus de 2000 lignes"),
        ("table.csv", b"x" * 2_000_001, "Le fichier dépasse 2 Mo"),
    ],
)
def test_a_bad_file_is_told(bench, signed_in, file, content, words):
    response = upload(signed_in("editor"), bench.contract, "tags", content, file)
    assert response.status_code == 400
    assert words in " ".join(said(response))


def test_a_missing_column_is_told(bench, signed_in):
    response = upload(signed_in("editor"), bench.contract, "neighbourhoods", "Code\nQP1\n")
    assert said(response, ".errornote") == ["Il manque au fichier la colonne « Nom »."]


@pytest.mark.parametrize("name", ["objectives", "accounts", "x"])
def test_a_table_that_is_not_there_is_answered_404(bench, signed_in, name):
    assert signed_in("editor").get(import_url(bench.contract, name)).status_code == 404
    assert signed_in("editor").get(export_url(bench.contract, name, "csv")).status_code == 404
    assert signed_in("editor").get(export_url(bench.contract, "tags", "html")).status_code == 404


@pytest.mark.parametrize("value", ["=1+1", "+33", "-baisse", "@nom", "\tx", "'=1", "''-x"])
def test_what_a_spreadsheet_would_reckon_is_neutral_and_comes_back(value):
    assert neutral(value)[0] == "'"
    assert natural(neutral(value)) == value


@pytest.mark.parametrize("value", ["", "Nom", "'apostrophe", "1.10", "a=b"])
def test_other_texts_are_left_as_they_are(value):
    assert (neutral(value), natural(value)) == (value, value)


def test_formulas_are_neutral_in_every_format(bench, signed_in):
    add_neighbourhood(bench.contract, code="QP1", name="=HYPERLINK(1)", by=None)
    client = signed_in("editor")
    for form in ("csv", "xlsx", "ods"):
        content = client.get(export_url(bench.contract, "neighbourhoods", form)).content
        assert (
            "Le fichier ne change rien."
            in upload(client, bench.contract, "neighbourhoods", content, f"t.{form}").content.decode()
        )
    book = openpyxl.load_workbook(io.BytesIO(client.get(export_url(bench.contract, "neighbourhoods", "xlsx")).content))
    cell = book.active["B2"]
    assert (cell.value, cell.data_type, cell.number_format) == ("'=HYPERLINK(1)", "s", "@")


def test_numbers_and_dates_of_a_workbook_are_read_as_a_person_would_type_them():
    book = openpyxl.Workbook()
    book.active.append(["Nom", "Nombre", "Décimal", "Vrai"])
    book.active.append(["x", 3.0, 45.5, True])
    out = io.BytesIO()
    book.save(out)
    assert list(Xlsx().create_dataset(out.getvalue()))[0] == ("x", "3", "45,5", "VRAI")


def test_repeated_cells_of_libreoffice_keep_their_columns():
    """tablib reads a repeated cell once, and shifts all that follow."""
    book = opendocument.OpenDocumentSpreadsheet()
    sheet = table.Table(name="x")
    book.spreadsheet.addElement(sheet)
    for cells in ([("a", 1), ("b", 1), ("c", 1), ("d", 1)], [("x", 2), ("", 1), ("z", 1)], [("", 3), ("d", 1)]):
        row = table.TableRow()
        for value, times in cells:
            cell = table.TableCell(numbercolumnsrepeated=times)
            if value:
                cell.addElement(text.P(text=value))
            row.addElement(cell)
        sheet.addElement(row)
    out = io.BytesIO()
    book.write(out)
    assert list(Ods().create_dataset(out.getvalue())) == [("x", "x", "", "z"), ("", "", "", "d")]


def test_a_reader_exports_and_does_not_import(bench, signed_in):
    client = signed_in("reader")
    assert client.get(export_url(bench.contract, "tags", "csv")).status_code == 200
    assert upload(client, bench.contract, "tags", "Nom\nSanté\n").status_code == 403
    assert Neighbourhood.objects.count() == 0
