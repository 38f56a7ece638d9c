"""What makes a PDF readable without seeing it, and safe to make: tags, names, fonts inside, nothing fetched."""

from dataclasses import replace

import pytest
from weasyprint.urls import FatalURLFetchingError

from document import nodes
from document.sources.pdf import ATTACHED
from publications.renditions.pdf import FONTS, Fonts, render_pdf
from tests.factories import make_document
from tests.publications.composed_reading import composed_pdf
from tests.publications.pdf_reading import elements_of, make_edition, open_pdf, pages_of, real_pdf, squeezed

SLUGS = ["ales-2015-2020", "metz-2015-2020", "quartiers-2030", "six-thematiques"]
HOSTILE = (
    '<script>alert(1)</script><img src="http://127.0.0.1:9/x.png"><link rel=attachment href="file:///etc/passwd">'
    '<style>@import "file:///etc/hosts";</style><a href="file:///etc/passwd">ici</a> &amp; {{ 7|add:7 }} url(file:///x)'
)


@pytest.fixture(params=[*SLUGS, "composed"])
def pdf(request):
    with open_pdf(composed_pdf() if request.param == "composed" else real_pdf(request.param)) as opened:
        yield opened


def test_it_is_tagged_and_says_so(pdf):
    root, metadata = pdf.Root, pdf.open_metadata()
    assert (bool(root.MarkInfo.Marked), str(root.Lang), bool(root.ViewerPreferences.DisplayDocTitle)) == (
        True,
        "fr",
        True,
    )
    assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
    assert str(pdf.docinfo["/Title"]).endswith(", version 1, Texte initial")
    assert {str(page["/Tabs"]) for page in pdf.pages} == {"/S"}


def test_headings_go_down_one_step_at_a_time(pdf):
    ranks = [int(str(one.S)[2:]) for one in elements_of(pdf) if str(one.S) in {f"/H{rank}" for rank in range(1, 7)}]
    assert (ranks[0], ranks.count(1)) == (1, 1)
    assert [(above, below) for above, below in zip(ranks, ranks[1:], strict=False) if below > above + 1] == []


def test_headings_do_not_hold_headings(pdf):
    held = [
        kid
        for one in elements_of(pdf)
        if str(one.S).startswith("/H")
        for kid in one.K
        if not isinstance(kid, int) and str(kid.get("/S", "")).startswith("/H")
    ]
    assert held == []


def test_headers_of_tables_have_a_scope(pdf):
    scopes = {str(one.A.get("/Scope", "none")) for one in elements_of(pdf) if str(one.S) == "/TH"}
    assert scopes == {"/Row", "/Column"}
    rows = [[str(cell.S) for cell in one.K] for one in elements_of(pdf) if str(one.S) == "/TR"]
    headed = {"/TH" in row for row in rows if len(row) > 1}
    assert headed == {True}


def texts_of_the_page(pdf) -> int:
    """How many texts are of the margins of pages; asserts that every other one is of the structure."""
    known = {one.objgen for one in elements_of(pdf)}
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    loose = 0
    for number, entries in zip(list(numbers)[::2], list(numbers)[1::2], strict=True):
        if number >= len(pdf.pages):
            continue  # links
        page = pdf.pages[int(number)]
        content = page.Contents.read_bytes()
        loose += content.count(b"/Artifact\n<</Type /Pagination>>\nBDC")
        for rank, entry in enumerate(entries):
            in_page = f"/Span\n<</MCID {rank}>>\nBDC".encode() in content
            assert in_page == (entry is not None and entry.objgen in known)
    return loose


def test_every_text_is_of_the_structure_or_of_the_page(pdf):
    assert texts_of_the_page(pdf) >= 3 * (len(pdf.pages) - 1)  # the cover has no running heads


def test_links_say_where_they_lead(pdf):
    names = {str(name) for name in list(pdf.Root.Names.Dests.Names)[::2]}
    links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    assert [link for link in links if str(link.Dest) not in names] == []
    assert [link for link in links if str(link.Contents).startswith("o-")] == []
    assert len(links) > 0


def test_all_its_fonts_are_inside_and_cut_to_what_is_used(pdf):
    fonts = [one for one in pdf.objects if isinstance(one, type(pdf.Root)) and one.get("/Type") == "/FontDescriptor"]
    assert {str(one.FontFamily) for one in fonts} == {"Contratville Sans", "Contratville Serif"}
    assert [str(one.FontName) for one in fonts if "/FontFile2" not in one and "/FontFile3" not in one] == []
    assert [str(one.FontName) for one in fonts if str(one.FontName)[7] != "+"] == []


def _hostile_document() -> nodes.Document:
    document = make_document()
    axis = document.objectives[0]
    objective = replace(
        axis.children[0],
        title=HOSTILE,
        description=f"{HOSTILE}\n\n- {HOSTILE}",
        tags=(HOSTILE,),
        notes=(nodes.Note(text=HOSTILE),),
        remarks=(HOSTILE,),
        references=(nodes.Reference(text=HOSTILE),),
        actions=(nodes.Action(key="a", code='"><b>', title=HOSTILE, description=HOSTILE, remarks=(HOSTILE,)),),
        clauses=(nodes.Clause(key="c", text=HOSTILE),),
        indicators=(nodes.Indicator(key="i", title=HOSTILE, unit=HOSTILE, baseline=HOSTILE, target=HOSTILE),),
    )
    return replace(
        document,
        contract=replace(document.contract, title=HOSTILE, territory=HOSTILE, summary=HOSTILE, sources=(HOSTILE,)),
        levels=tuple(replace(level, name=HOSTILE, plural=HOSTILE) for level in document.levels),
        remarks=(HOSTILE,),
        objectives=(replace(axis, title=HOSTILE, children=(objective,)),),
    )


def test_what_looks_like_html_is_printed_and_nothing_is_fetched(monkeypatch):
    asked = []
    fetch = Fonts.fetch
    monkeypatch.setattr(Fonts, "fetch", lambda self, url, headers=None: asked.append(url) or fetch(self, url, headers))
    content = render_pdf(make_edition(_hostile_document(), label=HOSTILE, note=HOSTILE))
    assert sorted(set(asked) - set(FONTS)) == []
    assert squeezed("".join(pages_of(content))).count(squeezed("<script>alert(1)</script><img")) >= 20
    with open_pdf(content) as pdf:
        assert [note for page in pdf.pages for note in page.get("/Annots", []) if "/A" in note] == []
        assert list(pdf.attachments) == [ATTACHED]


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1:9/", "data:text/plain,x", "font:../x.ttf"])
def test_only_our_fonts_are_given(url):
    with pytest.raises(FatalURLFetchingError, match="n’est pas une de ses polices"):
        Fonts().fetch(url)


def test_the_address_of_the_version_is_printed_where_the_site_has_a_name(settings):
    settings.SITE = settings.SITE | {"domain": "contrats.exemple.fr", "host": "Un hébergeur"}
    cover = "".join(pages_of(render_pdf(make_edition(make_document())))[0].split())
    assert "Adressehttps://contrats.exemple.fr/contrats/essai/v/1/Empreinte" in cover
