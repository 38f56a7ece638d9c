"""The PDF of a composed document: its cover, its outline and contents, one part a page, and nothing attached."""

import re
from dataclasses import replace

from publications.renditions.composition import Composition
from publications.renditions.parts import PARTS
from publications.renditions.pdf import render_pdf
from publications.renditions.pdf_composed import render_composed
from tests.factories import make_document
from tests.publications.composed_reading import SAMPLE, composed_pdf
from tests.publications.pdf_reading import make_edition, open_pdf, outline_of, pages_of


def test_its_outline_and_its_contents_are_its_parts():
    titles = [part.TITLE for part in PARTS.values()]
    with open_pdf(composed_pdf()) as pdf:
        assert [title for title, _ in outline_of(pdf)] == ["Sommaire", *titles]
    pages = pages_of(composed_pdf())
    listed = [line.strip() for line in pages[1].splitlines()]
    for title in titles:
        number = next(int(line.split()[-1]) for line in listed if re.fullmatch(rf"{title}\s+\d+", line))
        assert pages[number - 1].splitlines()[0].strip().endswith(title) or title in pages[number - 1]


def test_its_cover_says_when_and_where_and_which_version():
    cover = [line.strip() for line in pages_of(composed_pdf())[0].splitlines()]
    assert cover[:4] == ["Ville d’essai 2024–2030", "Contrat essai", "Comité", "3\xa0février\xa02026, Alès"]
    assert "Version 1, Texte initial" in cover


def test_every_page_but_the_cover_has_its_number_and_version():
    pages = pages_of(composed_pdf())
    numbers = [re.findall(rf"(\d+)/{len(pages)}\b", page) for page in pages]
    assert numbers == [[]] + [[str(number)] for number in range(2, len(pages) + 1)]
    assert [page for page in pages if "ersion 1, Texte initial" not in page] == []


def test_the_same_choices_give_the_same_bytes_and_others_others():
    edition, agenda = make_edition(make_document()), Composition(("ordre-du-jour",))
    assert render_composed(edition, agenda) == render_composed(edition, agenda)
    assert render_composed(edition, replace(agenda, place="Alès")) != render_composed(edition, agenda)


def test_one_part_alone_has_no_contents_and_the_branches_are_on_the_cover():
    edition = make_edition(make_document(axes=2))
    pages = pages_of(render_composed(edition, replace(SAMPLE, parts=("decisions",), branches=("axe-2",))))
    assert len(pages) == 2
    assert "2 Axe 2" in [line.strip() for line in pages[0].splitlines()]


def test_the_whole_contract_carries_its_json_and_a_branch_does_not():
    edition = make_edition(make_document())
    for archival, part in ((False, None), (True, "3")):
        with open_pdf(render_pdf(edition, archival=archival)) as pdf:
            [file] = pdf.Root.AF
            assert (str(file.UF), str(file.AFRelationship)) == ("contrat.json", "/Data")
            assert str(pdf.attachments["contrat.json"].get_file().mime_type) == "application/json"
            assert pdf.open_metadata().get("{http://www.aiim.org/pdfa/ns/id/}part") == part
            assert bool(pdf.Root.MarkInfo.Marked)
    with open_pdf(render_pdf(edition, "1-1")) as pdf:
        assert (list(pdf.attachments), "/AF" in pdf.Root) == ([], False)
