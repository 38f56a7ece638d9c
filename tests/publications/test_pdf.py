"""What a PDF says: every word of the contract, its outline, its page numbers; and nothing that it should not."""

import re
from dataclasses import replace

import pytest

from document import nodes
from document.sources.pdf import read_pdf
from document.walk import walk
from publications.renditions.pdf import render_pdf
from publications.renditions.pdf_contents import Contents, DocumentKeyError
from publications.templatetags.french import french
from tests.factories import make_document, real_document
from tests.publications.pdf_reading import make_edition, open_pdf, outline_of, pages_of, real_pdf, squeezed

SLUGS = ["ales-2015-2020", "metz-2015-2020", "quartiers-2030", "six-thematiques"]
OWN = ["Sommaire", "Présentation", "Comment lire ce document", "Vue d’ensemble"]


def _label(node: nodes.Objective) -> str:
    return french(f"{node.code} {node.title}" if node.code else node.title)


def _tree(objectives: tuple[nodes.Objective, ...]) -> list:
    return [(_label(node), _tree(node.children)) for node in objectives]


def _words(document: nodes.Document) -> list[str]:
    """Every wording of a document, in the order of the tree."""
    found = []
    for place in walk(document):
        node = place.objective
        found += [node.title, *node.description.split("\n"), *(note.text for note in node.notes), *node.remarks]
        found += [reference.text for reference in node.references]
        for action in node.actions:
            found += [f"{action.code} {action.title}", *action.description.split("\n"), *action.remarks]
        found += [text for clause in node.clauses for text in (clause.text, *clause.remarks)]
        found += [text for one in node.indicators for text in (one.title, *one.remarks)]
    return [french(re.sub(r"^- ", "", text)) for text in found if text]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_word_of_the_contract_is_in_it(slug):
    text = squeezed("".join(re.sub(r"^.*\n|\n[^\n]*$", "", page) for page in pages_of(real_pdf(slug))))
    document = real_document(slug)
    # A text that goes on after the foot of a page is looked for by its halves.
    missing = [words for words in _words(document) if squeezed(words) not in text]
    assert [words for words in missing if not _is_parted(squeezed(words), text)] == []
    assert [one for one in (*document.remarks, *document.contract.sources) if squeezed(french(one)) not in text] == []


def _is_parted(words: str, text: str) -> bool:
    return any(words[:cut] in text and words[cut:] in text for cut in range(1, len(words)))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_contract_it_carries_is_the_contract(slug):
    assert read_pdf(real_pdf(slug)) == real_document(slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_outline_is_the_tree(slug):
    outline = outline_of(open_pdf(real_pdf(slug)))
    document = real_document(slug)
    own = [title for title, _ in outline if title in OWN]
    assert outline == [(title, []) for title in own] + _tree(document.objectives)
    sheets, summary = any(place.objective.actions for place in walk(document)), bool(document.contract.summary)
    assert own == [title for title, there in zip(OWN, [True, summary, True, sheets], strict=True) if there]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_page_but_the_cover_has_its_number(slug):
    pages = pages_of(real_pdf(slug))
    numbers = [re.findall(r"^Version 1, Texte initial (\d+/\d+)\s*$", page, re.MULTILINE) for page in pages]
    assert numbers == [[]] + [[f"{number}/{len(pages)}"] for number in range(2, len(pages) + 1)]


def test_the_contents_names_the_page_where_each_objective_is():
    pages = pages_of(real_pdf("ales-2015-2020"))
    contents = pages[1].splitlines()
    for node in real_document("ales-2015-2020").objectives:
        number = next(int(line.split()[-1]) for line in contents if node.title in line)
        assert node.title in pages[number - 1]
        assert node.title not in pages[number - 2].splitlines()[2:]


def test_the_cover_says_which_version_it_is():
    document = real_document("ales-2015-2020")
    cover = " ".join(pages_of(real_pdf("ales-2015-2020"))[0].split())
    edition = make_edition(document)
    assert cover == " ".join(
        [
            "Alès Agglomération 2015–2020",
            "Contrat de ville d’Alès Agglomération 2015-2020\xa0: fiches actions".replace("\xa0", " "),
            "1 COHESION SOCIALE 2 HABITAT ET CADRE DE VIE 3 DEVELOPPEMENT ECONOMIQUE",
            "4 VALEURS DE LA REPUBLIQUE ET CITOYENNETE",
            "Version 1, Texte initial Date d’effet 1er janvier 2015 Publication 24 novembre 2025",
            f"Empreinte SHA-256 {edition.digest}",
            "Licence Licence Ouverte 2.0 (Etalab)",
        ]
    )


@pytest.mark.parametrize("slug", ["metz-2015-2020", "quartiers-2030", "six-thematiques"])
def test_a_contract_without_actions_has_no_empty_sections(slug):
    lines = [line.strip() for page in pages_of(real_pdf(slug)) for line in page.splitlines()]
    absent = ["Actions", "Cahier des charges", "Indicateurs d’évaluation Nature", "Vue d’ensemble", "Clauses"]
    assert [line for line in lines if line in absent] == []


def test_a_count_that_the_tree_contradicts_is_shown():
    text = "".join(pages_of(real_pdf("metz-2015-2020")))
    assert re.findall(r"Objectifs stratégiques 15 écart 14\s", text) != []


def test_a_branch_is_that_objective_and_all_below_it():
    document = real_document("ales-2015-2020")
    branch = document.objectives[0].children[0]
    pdf = real_pdf("ales-2015-2020", branch.key)
    assert outline_of(open_pdf(pdf)) == [(title, []) for title in OWN[2:]] + _tree((branch,))
    pages = pages_of(pdf)
    cover = pages[0].splitlines()
    assert [line.strip() for line in cover[1:4]] == [
        "Contrat de ville d’Alès Agglomération 2015-2020\xa0: fiches actions",
        "1 COHESION SOCIALE",
        "Orientation stratégique",
    ]
    text = squeezed("".join(pages))
    children = [action.title for child in branch.children for action in child.actions]
    assert [title for title in children if squeezed(french(title)) not in text] == []
    others = [root.title for root in document.objectives[1:]]
    assert [title for title in others if squeezed(title) in text] == []


def test_a_branch_that_does_not_exist_is_named():
    with pytest.raises(DocumentKeyError, match="Aucun objectif n’a la clé « rien »."):
        render_pdf(make_edition(make_document()), "rien")


def test_a_reference_out_of_the_branch_is_text_and_inside_it_a_link():
    document = real_document("ales-2015-2020")
    inside, outside = Contents(document, "2-2"), Contents(document, "2-2-3")
    blocks = [next(one for one in contents.blocks if one.node.key == "2-2-3") for contents in (inside, outside)]
    assert [[shown for ref in block.references for _, shown in ref.targets] for block in blocks] == [[False], [False]]
    whole = next(block for block in Contents(document).blocks if block.node.key == "2-2-3")
    assert [(target.key, shown) for ref in whole.references for target, shown in ref.targets] == [("4-2-4", True)]


def test_a_draft_says_on_each_page_that_it_is_one_and_bears_neither_digest_nor_licence():
    draft = make_edition(make_document(), number=None, label="", in_force_on=None)
    cover, *pages = pages_of(render_pdf(draft))
    assert re.findall(r"Document de travail[^\r\n]*|Brouillon du [^\r\n]*|Empreinte|Licence", cover) == [
        "Document de travail, non publié",
        "Brouillon du 24 novembre 2025 à 10\xa0h\xa030",
    ]
    foot = "Document de travail, brouillon du 24 novembre 2025 à 10\xa0h\xa030"
    assert [page.count(foot) for page in pages] == [1] * len(pages)
    assert [word for page in pages for word in ("Licence", draft.digest[:12]) if word in page] == []


def test_the_same_edition_gives_the_same_bytes():
    edition = make_edition(make_document(axes=2))
    assert render_pdf(edition) == render_pdf(edition)


def test_a_tree_as_deep_as_may_be_and_titles_as_long_as_may_be():
    node = nodes.Objective(key="n-20", level="objectif", title="mot " * 499 + "fin.")
    for depth in range(19, -1, -1):
        node = nodes.Objective(key=f"n-{depth}", level="axe", code=f"{depth}", title="x" * 300, children=(node,))
    document = replace(make_document(), objectives=(node,))
    pdf = render_pdf(make_edition(document))
    assert outline_of(open_pdf(pdf)) == [(title, []) for title in (OWN[0], OWN[2])] + _tree((node,))


def test_an_empty_contract_has_a_pdf():
    pages = pages_of(render_pdf(make_edition(replace(make_document(), objectives=()))))
    assert len(pages) == 3
