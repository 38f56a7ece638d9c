"""A whole contract out of the admin and back, and its branches renumbered."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from document.codec import decode, encode
from drafts.read import read_draft
from objectives.edits import change_objective, move_objective
from objectives.models import Contract, Objective
from publications.editions import edition_of
from publications.renditions.pdf import render_pdf
from tests.editor.forms import read_form, said
from tests.factories import make_contract, make_document, make_publication, real_document


def page_url(contract, name="document"):
    return reverse(f"admin:objectives_contract_{name}", args=[contract.pk])


def upload(client, url, content, name="contrat.json"):
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("form", ["json", "yaml", "xlsx", "ods"])
def test_a_draft_comes_back_equal_from_its_file(bench, signed_in, form):
    contract = make_contract(real_document("ales-2015-2020"))
    client, revision = signed_in("admin"), contract.revision
    file = client.get(f"/atelier/ales-2015-2020/documents/ales-2015-2020-brouillon.{form}")
    assert file["Content-Disposition"] == f'attachment; filename="ales-2015-2020-brouillon.{form}"'
    page = upload(client, page_url(contract), file.content, f"contrat.{form}")
    assert "Ce document est identique au brouillon" in page.content.decode()
    assert Contract.objects.get(pk=contract.pk).revision == revision


def test_a_draft_comes_back_equal_from_the_pdf_of_what_was_published(bench, signed_in):
    content = render_pdf(edition_of(make_publication(bench.contract)))
    page = upload(signed_in("editor"), page_url(bench.contract), content, "essai-v1.pdf")
    assert "Ce document est identique au brouillon" in page.content.decode()


def test_a_document_replaces_the_draft_once_its_changes_were_seen(bench, signed_in):
    client, document = signed_in("editor"), make_document(objectives=1, axes=2)
    preview = upload(client, page_url(bench.contract), encode(document))
    assert said(preview, ".tallies li") == ["+ 5 ajouts", "− 4 suppressions"]
    assert "Objectif opérationnel 1.2 Objectif 1.2" in said(preview, ".changed-title")
    assert bench.log() == []
    client.post(page_url(bench.contract), read_form(preview))
    assert read_draft(Contract.objects.get(pk=bench.contract.pk)) == document


def test_a_draft_that_changed_since_the_preview_is_not_replaced(bench, signed_in):
    client = signed_in("editor")
    preview = upload(client, page_url(bench.contract), encode(make_document(axes=2)))
    change_objective(bench.objective(), by=None, revision=None, title="Entre-temps")
    again = client.post(page_url(bench.contract), read_form(preview))
    assert "a été modifié entre-temps" in said(again, ".messagelist li.error")[0]
    assert bench.objective().title == "Entre-temps"
    assert client.post(page_url(bench.contract), read_form(again)).status_code == 302
    assert bench.objective().title == "Objectif 1.1"


def test_a_preview_of_another_person_or_contract_is_refused(bench, signed_in):
    preview = read_form(upload(signed_in("editor"), page_url(bench.contract), encode(make_document(axes=2))))
    assert signed_in("manager").post(page_url(bench.contract), preview).status_code == 302
    assert signed_in("admin").post(page_url(bench.other), preview).status_code == 302
    assert signed_in("editor").post(page_url(bench.contract), {"document": "x"}).status_code == 302
    assert bench.log() == []


DEEP = b'{"format":"contratville/1","objectives":' + b'[{"children":' * 3_000


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("c.json", b"{", "ligne 1, colonne 2"),
        ("c.json", b'{"format":"contratville/9"}', "format attendu"),
        ("c.json", encode(make_document()).replace(b'"level":"axe"', b'"level":"pilier"'), "objectives[0].level"),
        ("c.json", encode(make_document()).replace(b'"title":"Axe 1"', b'"titre":"Axe 1"'), "clé inconnue"),
        ("c.json", encode(make_document()).replace(b'"key":"1-2"', b'"key":"1-1"'), "est déjà prise par"),
        ("c.json", encode(make_document()).replace(b"Axe 1", b"x" * 1_000_000), "la limite est de 2000"),
        ("c.json", DEEP, "imbriqué trop profondément"),
        ("c.yaml", b"a: [", "ligne"),
        ("c.xlsx", b"PK", "classeur"),
        ("c.pdf", b"%PDF", "ce fichier n’est pas un PDF lisible."),
        ("c.odt", b"PK", "format de fichier inconnu"),
        ("c.json", encode(make_document("voisin")), "Ce document est celui du contrat « voisin »."),
    ],
)
def test_a_broken_document_is_told_with_the_path_of_its_fault(bench, signed_in, name, content, words):
    response = upload(signed_in("editor"), page_url(bench.contract), content, name)
    assert response.status_code == 400
    assert words in " ".join(said(response))
    assert bench.log() == []


def test_an_administrator_makes_a_contract_out_of_a_file(bench, signed_in):
    url, document = reverse("admin:objectives_contract_new_document"), make_document("nouveau")
    assert upload(signed_in("manager"), url, encode(document)).status_code == 403
    assert upload(signed_in("admin"), url, encode(document)).status_code == 302
    assert read_draft(Contract.objects.get(slug="nouveau")) == document
    assert "existe déjà" in said(upload(signed_in("admin"), url, encode(document)))[0]


def test_a_reader_takes_the_draft_and_replaces_nothing(bench, signed_in):
    client = signed_in("reader")
    file = client.get("/atelier/essai/documents/essai-brouillon.json")
    assert decode(file.content) == make_document()
    assert upload(client, page_url(bench.contract), file.content).status_code == 403


def codes(contract):
    return dict(Objective.objects.of(contract).values_list("key", "code"))


def test_a_branch_is_renumbered_as_was_shown(bench, signed_in):
    move_objective(bench.objective("1-2"), under=bench.objective("axe-1"), position=0, by=None, revision=None)
    client, url = signed_in("editor"), page_url(bench.contract, "renumber") + "?key=axe-1"
    page = client.get(url)
    assert said(page, ".log tbody tr") == [
        "Objectif 1.2 1.2 1.1",
        "Action de 1.2 1.2.a 1.1.a",
        "Objectif 1.1 1.1 1.2",
        "Action de 1.1 1.1.a 1.2.a",
    ]
    assert client.post(url, read_form(page)).status_code == 302
    assert codes(bench.contract) == {"axe-1": "1", "1-2": "1.1", "1-1": "1.2"}
    assert bench.log()[-1] == ("renumber", "axe-1")
    change = bench.contract.changes.first()
    details = client.get(reverse("admin:objectives_change_change", args=[change.pk]))
    assert "1.1 Objectif 1.2 1.2 1.1" in said(details, ".log tbody tr")


def test_a_stale_renumbering_is_refused(bench, signed_in):
    move_objective(bench.objective("1-2"), under=bench.objective("axe-1"), position=0, by=None, revision=None)
    client, url = signed_in("editor"), page_url(bench.contract, "renumber")
    form = read_form(client.get(url))
    change_objective(bench.objective(), by=None, revision=None, title="Entre-temps")
    response = client.post(url, form)
    assert (response.status_code, codes(bench.contract)["1-1"]) == (412, "1.1")
    assert client.post(url, read_form(response)).status_code == 302


def test_a_branch_that_is_not_there_is_answered_404(bench, signed_in):
    assert signed_in("editor").get(page_url(bench.contract, "renumber") + "?key=rien").status_code == 404
    assert signed_in("reader").get(page_url(bench.contract, "renumber")).status_code == 403
