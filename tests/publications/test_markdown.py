"""Markdown: headings by depth, and texts that stay texts."""

import re

import pytest
from hypothesis import HealthCheck, given, settings

from document import nodes
from document.walk import walk
from publications.renditions.markdown import markdown_file
from tests.document.strategies import documents
from tests.factories import real_document
from tests.publications.test_tables import CONTRACTS, make_document_of, make_edition


def said(document: nodes.Document) -> str:
    return markdown_file(make_edition(document)).decode()


def said_of(**fields) -> str:
    """What is said of an objective, after its heading and level."""
    node = nodes.Objective(**({"key": "o", "level": "axe", "title": "Un"} | fields))
    blocks = said(make_document_of(node)).split("\n\n")
    return "\n\n".join(blocks[4:-2])


def test_a_whole_document():
    indicator = nodes.Indicator(
        key="i", title="Part de femmes", kind="rate", unit="%", breakdown=("F/H",), baseline="45 %", remarks=("Sic.",)
    )
    leaf = nodes.Objective(
        key="l",
        level="objectif",
        code="1.1",
        title="Dessous",
        description="Un.\n\n- deux\n- trois",
        transversal=True,
        tags=("PRE",),
        notes=(nodes.Note(kind="funding", text="PRIORISER"),),
        references=(nodes.Reference(text="Cf. 1", targets=("r",)),),
        actions=(nodes.Action(key="a", code="1.1.a", title="Agir", description="Ainsi"),),
        clauses=(nodes.Clause(key="c", text="L’opérateur s’engage"),),
        indicators=(indicator,),
    )
    document = make_document_of(nodes.Objective(key="r", level="axe", code="1", title="Dessus", children=(leaf,)))
    assert said(document) == "\n".join(
        [
            "# Contrat essai",
            "",
            "Ville d’essai · version 2, Avenant n° 1",
            "",
            "## 1 Dessus",
            "",
            "*Axe*",
            "",
            "### 1.1 Dessous",
            "",
            "*Objectif opérationnel · transversal · étiquettes\u00a0: PRE*",
            "",
            "Un.",
            "",
            "- deux",
            "- trois",
            "",
            "**Mention (financement)\u00a0:** PRIORISER",
            "",
            "→ Cf. 1 *(1 Dessus)*",
            "",
            "**Actions**",
            "",
            "- **1.1.a** Agir",
            "",
            "  Ainsi",
            "",
            "**Cahier des charges**",
            "",
            "- L’opérateur s’engage",
            "",
            "**Indicateurs**",
            "",
            "- Part de femmes (taux\u00a0; %\u00a0; F/H\u00a0; référence\u00a0: 45\u00a0%)".replace(
                "\u00a0; %", "\u00a0;\u00a0%"
            ),
            "",
            "  > **Remarque de transcription\u00a0:** Sic.",
            "",
            "---",
            "",
            "Source\u00a0: Collectivité non renseignée, «\u00a0Contrat essai\u00a0», version 2, Avenant n° 1\u00a0; "
            "publication du 25 novembre 2025. Licence Ouverte 2.0 (Etalab).",
            "",
        ]
    )


@pytest.mark.parametrize("slug", CONTRACTS)
def test_every_objective_has_a_heading_of_its_depth_in_reading_order(slug):
    document = real_document(slug)
    headings = re.findall(r"^(#{2,6}) (.*)$", said(document), re.M)
    depths = [place.depth + 2 for place in walk(document)] + ([2] if document.contract.sources else [])
    assert [len(marks) for marks, _ in headings] == depths


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_any_document_is_written(document):
    """Whatever its texts, headings are those of the objectives that are not too deep for one."""
    found = re.findall(r"^#{2,6} ", said(document), re.M)
    expected = sum(place.depth + 2 <= 6 for place in walk(document)) + bool(document.contract.sources)
    assert len(found) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# titre", r"\# titre"),
        ("1. un", r"1\. un"),
        ("1.10 un", "1.10 un"),
        ("- tiret", "- tiret"),
        ("+ plus", r"\+ plus"),
        ("=====", r"\====="),
        ("*gras* _it_ `code`", r"\*gras\* \_it\_ \`code\`"),
        ("[lien](http://a)![image](b)", r"\[lien\](http://a)\!\[image\](b)"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("&amp; et &", r"\&amp; et &"),
        ("a|b ~~c~~ \\", r"a\|b \~\~c\~\~ \\"),
        ("Un ; deux", "Un\u00a0; deux"),
        ("une\nligne", "une\\\nligne"),
    ],
)
def test_marks_in_a_text_are_text(text, shown):
    assert said_of(description=text) == shown


def test_a_last_sharp_does_not_close_a_heading():
    assert "## Langage C \\#\n" in said(make_document_of(nodes.Objective(key="o", level="axe", title="Langage C #")))


def test_an_item_that_looks_like_another_list_stays_an_item():
    assert (
        said_of(clauses=(nodes.Clause(key="c", text="1) un\n\nsuite"),))
        == "**Cahier des charges**\n\n- 1\\) un\n\n  suite"
    )


def test_what_lies_deeper_than_headings_go_is_bold():
    node = nodes.Objective(key="o-6", level="axe", title="Au fond")
    for depth in reversed(range(6)):
        node = nodes.Objective(key=f"o-{depth}", level="axe", title=f"Rang {depth}", children=(node,))
    text = said(make_document_of(node))
    assert "\n###### Rang 4\n" in text
    assert "\n**Rang 5**\n" in text
    assert "\n**Au fond**\n" in text
