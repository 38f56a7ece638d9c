"""Word: headings that a contents can be made of, lists, tables with repeated heads, in French."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from pypdfium2 import PdfDocument

from document import nodes
from document.walk import walk
from publications.renditions.docx import docx_file
from tests.document.strategies import documents
from tests.factories import make_document, real_document
from tests.publications.office import convert
from tests.publications.test_tables import CONTRACTS, make_document_of, make_edition


def open_docx(document: nodes.Document):
    return Document(io.BytesIO(docx_file(make_edition(document))))


def paragraphs(document: nodes.Document, *styles: str) -> list[tuple[str, str]]:
    """Style and text of the paragraphs, of those styles alone where some are named."""
    found = [(one.style.name, one.text) for one in open_docx(document).paragraphs]
    return [one for one in found if not styles or one[0] in styles]


@pytest.mark.parametrize("slug", CONTRACTS)
def test_every_objective_is_a_real_heading_of_its_depth(slug):
    document = real_document(slug)
    found = [int(style[-1]) for style, _ in paragraphs(document) if style.startswith("Heading")]
    presents = bool(document.contract.summary or document.remarks)
    expected = [place.depth + 1 for place in walk(document)]
    assert found == [1] * presents + expected + [1] * bool(document.contract.sources)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_any_document_is_written_with_all_its_headings(document):
    found = [text for style, text in paragraphs(document) if style.startswith("Heading")]
    presents = bool(document.contract.summary or document.remarks)
    assert len(found) == len(list(walk(document))) + presents + bool(document.contract.sources)


def test_a_whole_document():
    document = make_document(objectives=1)
    assert paragraphs(document)[:4] == [
        ("Title", "Contrat essai"),
        ("Subtitle", "Ville d’essai · version 2, Avenant n° 1"),
        (
            "Source",
            "Source\u00a0: Collectivité non renseignée, «\u00a0Contrat essai\u00a0», version 2, Avenant n° 1\u00a0; "
            "publication du 25 novembre 2025. Licence Ouverte 2.0 (Etalab).",
        ),
        ("ContentsTitle", "Sommaire"),
    ]
    assert paragraphs(document)[7:-1] == [
        ("Heading 1", "1 Axe 1"),
        ("Level", "Axe"),
        ("Heading 2", "1.1 Objectif 1.1"),
        ("Level", "Objectif opérationnel · étiquettes\u00a0: PRE"),
        ("Label", "Actions"),
        ("Coded", "1.1.a\tAction de 1.1"),
        ("Label", "Cahier des charges"),
        ("List Bullet", "L’opérateur s’engage pour 1.1"),
        ("Label", "Indicateurs"),
    ]
    (table,) = open_docx(document).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Indicateur", "Type", "Ventilation"],
        ["Nombre de participants à 1.1 (F/H)", "nombre", "F/H"],
    ]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False]


def test_the_contents_is_a_field_with_links_that_word_fills_in():
    content = docx_file(make_edition(make_document(axes=2)))
    body = Document(io.BytesIO(content)).element.body
    (instruction,) = body.iter(qn("w:instrText"))
    assert instruction.text == ' TOC \\o "1-3" \\h \\z \\u '
    kinds = [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    assert anchors == [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(anchors) == 6
    held = zipfile.ZipFile(io.BytesIO(content)).read("word/settings.xml").decode()
    assert '<w:updateFields w:val="true"/>' in held
    assert held.index("w:updateFields") < held.index("w:compat>")


def test_language_title_paper_head_and_foot():
    paper = open_docx(make_document())
    assert (paper.core_properties.title, paper.core_properties.language) == ("Contrat essai", "fr-FR")
    assert {lang.get(qn("w:val")) for lang in paper.styles.element.iter(qn("w:lang"))} == {"fr-FR"}
    section = paper.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert section.header.paragraphs[0].text == "Contrat essai\tversion 2, Avenant n° 1"
    fields = [one.get(qn("w:instr")) for one in section.footer.paragraphs[0]._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "Licence Ouverte 2.0 (Etalab)" in section.footer.paragraphs[0].text


def test_texts_that_xml_takes_for_marks_or_cannot_hold():
    clause = nodes.Clause(key="c", text="<w:p/> & ]]> \ufffe\n\n- un\n- deux")
    document = make_document_of(nodes.Objective(key="o", level="axe", title="<b>&amp;", clauses=(clause,)))
    assert paragraphs(document, "Heading 1", "List Bullet") == [
        ("Heading 1", "<b>&amp;"),
        ("List Bullet", "<w:p/> & ]]> \N{REPLACEMENT CHARACTER}"),
        ("List Bullet", "un"),
        ("List Bullet", "deux"),
    ]


def test_a_document_without_anything_still_opens():
    assert paragraphs(make_document_of())[3:] == [("ContentsTitle", "Sommaire"), ("Normal", ""), ("Normal", "")]


def test_a_tree_deeper_than_the_headings_of_word():
    node = nodes.Objective(key="o-11", level="axe", title="Au fond")
    for depth in reversed(range(11)):
        node = nodes.Objective(key=f"o-{depth}", level="axe", title=f"Rang {depth}", children=(node,))
    found = [style for style, _ in paragraphs(make_document_of(node)) if style.startswith("Heading")]
    assert found == [f"Heading {min(rank, 9)}" for rank in range(1, 13)]


def test_libreoffice_prints_every_contract_whole(tmp_path):
    files = []
    for slug in CONTRACTS:
        files.append(tmp_path / f"{slug}.docx")
        files[-1].write_bytes(docx_file(make_edition(real_document(slug))))
    for slug, content in convert(files, "pdf", tmp_path).items():
        pages = PdfDocument(content)
        assert {(round(page.get_width()), round(page.get_height())) for page in pages} == {(595, 842)}
        said = " ".join("\n".join(page.get_textpage().get_text_bounded() for page in pages).split())
        assert f"page 1 / {len(pages)}" in said
        for place in walk(real_document(slug)):
            assert place.objective.title.split()[0] in said
