"""« Composer un document » from the draft, and its files: marked as working documents, never older than asked."""

from datetime import date

import pytest

from drafts.write import write_draft
from objectives.edits import change_objective, delete_objective
from publications.models import Rendition
from publications.publish import publish
from publications.renditions import store
from publications.renditions.composition import read_query
from publications.renditions.making import make
from publications.renditions.store import Wanted, pdf_of
from tests.factories import make_document
from tests.public.reading import links, said, soup
from tests.publications.pdf_reading import elements_of, open_pdf, pages_of

PAGE = "/atelier/essai/composer/"
DOSSIER = "ordre-du-jour=1&cadre=2&changements=3&constats=4&decisions=5&titre=Comit%C3%A9&depuis=1"


@pytest.fixture
def reader(signed_in):
    return signed_in("reader")


def rename(bench, title, key="1-1"):
    change_objective(bench.objective(key), title=title, by=None, revision=None)
    bench.contract.refresh_from_db()


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return soup(response)


def test_the_atelier_leads_to_every_file_of_the_draft(bench, reader):
    assert links(read(reader, "/atelier/essai/"), ".ways a")["Documents"] == "/atelier/essai/documents/"
    page = read(reader, "/atelier/essai/documents/")
    assert said(page.select_one(".ways [aria-current]")) == "Documents"
    assert page.select_one("#composer + p a")["href"] == PAGE
    for address in links(page, ".file a").values():
        answer = reader.get(address)
        name = address.rpartition("/")[2]
        kind = "inline" if name.endswith(".pdf") else "attachment"
        assert (answer.status_code, answer["Content-Disposition"]) == (200, f'{kind}; filename="{name}"')
        assert "no-store" in answer["Cache-Control"]
    endings = [address.partition("brouillon")[2] for address in links(page, ".file a").values()]
    assert endings == [".pdf", ".xlsx", ".ods", ".docx", ".md", "-excel.csv", ".csv", ".json", ".yaml"]
    read(reader, "/atelier/essai/documents/essai-brouillon-pdfa.pdf", 404)
    read(reader, "/atelier/essai/documents/.json", 404)


def test_the_usual_dossier_is_compared_with_the_last_version_and_tells_what_is_open(bench, reader):
    publish(bench.contract, label="Texte initial", in_force_on=date(2024, 1, 1), by=None)
    publish(bench.contract, label="Projet", in_force_on=date(2025, 1, 1), by=None, visibility="members")
    rename(bench, "Objectif revu")
    query = links(read(reader, PAGE), ".presets a")["Dossier de comité de pilotage"].partition("?")[2]
    assert read_query(query).since == 2
    page = read(reader, f"{PAGE}apercu/?{query}")
    assert said(page.select_one(".standing")).startswith("Document de travail. Brouillon du ")
    changes = said(page.select_one("#partie-changements"))
    assert "De la version 2, Projet (1er janvier 2025), au brouillon du " in changes
    assert [said(one) for one in page.select("#partie-changements ins")] == ["revu"]
    assert page.select_one("#partie-constats h2").get_text() == "Constats ouverts"


def test_choices_become_the_address_and_nonsense_is_told(bench, reader):
    said_all = "cadre=1&decisions=2&lieu=Al%C3%A8s"
    assert reader.get(f"{PAGE}?decisions=3&cadre=1&lieu=Al%C3%A8s&titre=")["Location"] == f"{PAGE}?{said_all}"
    assert links(read(reader, f"{PAGE}?{said_all}"), ".composer__ready a") == {
        "Aperçu à l’écran": f"{PAGE}apercu/?{said_all}",
        "Préparer le PDF": f"{PAGE}document.pdf?{said_all}",
    }
    page = read(reader, f"{PAGE}?cadre=", 400)
    assert [said(one) for one in page.select(".composer__errors li")] == ["Choisissez au moins une partie."]
    for address in (f"{PAGE}apercu/?cadre=1&depuis=1", f"{PAGE}document.pdf?cadre=1&branche=rien"):
        read(reader, address, 400)
    assert Rendition.objects.count() == 0


def test_the_pdf_is_marked_as_a_working_document_on_each_page_and_stays_tagged(bench, reader):
    publish(bench.contract, label="Texte initial", in_force_on=date(2024, 1, 1), by=None)
    rename(bench, "Objectif revu")
    answer = reader.get(f"{PAGE}document.pdf?{DOSSIER}")
    name = f"essai-brouillon-{read_query(DOSSIER).digest[:8]}.pdf"
    assert (answer.status_code, answer["Content-Disposition"]) == (200, f'inline; filename="{name}"')
    cover, *pages = pages_of(answer.content)
    assert "Document de travail, non publié" in cover
    assert [page.count("Document de travail, brouillon du ") for page in pages] == [1] * len(pages)
    assert [word for word in ("Empreinte", "Licence", "Version") if any(word in one for one in (cover, *pages))] == []
    with open_pdf(answer.content) as pdf:
        assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, "fr")
        assert pdf.open_metadata().get("{http://www.aiim.org/pdfua/ns/id/}part") == "1"
        kinds = [str(one.S) for one in elements_of(pdf)]
        assert (kinds.count("/H1"), kinds.count("/H2"), "/TH" in kinds) == (1, 6, True)


def test_an_edit_makes_it_again_and_the_old_one_goes(bench, reader):
    address = f"{PAGE}document.pdf?cadre=1"
    before = reader.get(address).content
    assert reader.get(address).content == before  # kept: the same bytes, and one row
    reader.get(f"{PAGE}document.pdf?decisions=1")
    rename(bench, "Objectif revu")
    after = pages_of(reader.get(address).content)
    assert ("Objectif 1.1" in "".join(pages_of(before)), "Objectif revu" in "".join(after)) == (True, True)
    assert "Objectif 1.1" not in "".join(after)
    # what was made of the older draft is kept no more
    assert list(Rendition.objects.values_list("choices", "revision")) == [("cadre=1", bench.contract.revision)]
    delete_objective(bench.objective("1-2"), by=None, revision=None)
    assert "Objectif 1.2" not in "".join(pages_of(reader.get(address).content))


def test_who_waits_while_others_write_gets_what_they_asked_for(bench, reader, settings):
    settings.RENDER_LIMIT = 0
    asked = bench.contract.revision
    waiting = reader.get(f"{PAGE}document.pdf?cadre=1")["Location"]
    assert waiting == f"{PAGE}document.pdf?cadre=1&revision={asked}"
    page = read(reader, waiting, 202)
    assert said(page.select_one("[data-waiting] p")) == "Étape : en file d’attente."
    assert links(page, "main a") == {
        "Voir s’il est prêt": waiting,
        "Revenir aux choix": f"{PAGE}?cadre=1",
        "Revenir aux documents": "/atelier/essai/documents/",
    }
    row = Rendition.objects.get()
    Rendition.objects.update(state="running")
    assert make(row.pk, row.started_at)
    rename(bench, "Trop tard")
    assert "Objectif 1.1" in "".join(pages_of(reader.get(waiting).content))
    # whoever asks now does not get that one, nor by naming a revision that is yet to come
    late = reader.get(f"{PAGE}document.pdf?cadre=1")["Location"]
    assert late.endswith(f"revision={asked + 1}")
    settings.RENDER_LIMIT = 1
    for _ in range(2):
        text = "".join(pages_of(reader.get(f"{PAGE}document.pdf?cadre=1&revision=99999").content))
        assert ("Trop tard" in text, Rendition.objects.get().revision) == (True, asked + 1)


def test_the_draft_is_read_when_its_turn_comes(bench, settings):
    settings.RENDER_LIMIT = 0
    row = pdf_of(bench.contract, wait=0)
    rename(bench, "Entre-temps")
    settings.RENDER_LIMIT = 1
    store.start_next()
    row.refresh_from_db()
    assert (row.state, row.revision) == ("done", bench.contract.revision)
    assert pdf_of(bench.contract).finished_at == row.finished_at
    assert "Entre-temps" in "".join(pages_of(bytes(row.content)))


def test_a_failure_is_told_and_tried_again(bench, reader, settings):
    settings.RENDER_LIMIT = 0
    waiting = reader.get(f"{PAGE}document.pdf?decisions=1")["Location"]
    Rendition.objects.update(state="failed", finished_at="2099-01-01T00:00Z", content=b"Trop long.\nTrace")
    page = read(reader, waiting, 503)
    assert "Trop long." in [said(one) for one in page.select("main p")]
    assert reader.get(links(page, "main a")["Essayer de nouveau"])["Location"] == waiting
    assert Rendition.objects.get().state == "queued"


def test_what_is_kept_of_a_draft_is_found_from_no_other_place(bench, signed_in):
    publication = publish(bench.contract, label="Texte initial", in_force_on=date(2024, 1, 1), by=None)
    rename(bench, "Zanzibar")
    wanted = Wanted(composition=read_query("cadre=1"))
    draft = pdf_of(bench.contract, wanted)
    assert pdf_of(publication, wanted).pk != draft.pk != pdf_of(bench.other, wanted).pk
    for who in ("visitor", "reader"):
        public = signed_in(who).get("/contrats/essai/v/1/composer/document.pdf?cadre=1")
        assert "Zanzibar" not in "".join(pages_of(public.content))
    elsewhere = signed_in("stranger").get("/atelier/voisin/composer/document.pdf?cadre=1")
    assert "Zanzibar" not in "".join(pages_of(elsewhere.content))


def test_queries_do_not_grow_with_the_tree(bench, reader, django_assert_num_queries):
    for objectives in (1, 40):
        write_draft(make_document(axes=3, objectives=objectives), by=None)
        for address, queries in (("", 30), ("apercu/?cadre=1&indicateurs=2", 30)):
            with django_assert_num_queries(queries):
                reader.get(PAGE + address)
