"""The ground on which verbs are tried: a small contract where things hang on, cite and follow one another."""

from dataclasses import replace

from document import nodes
from drafts.write import write_draft
from objectives.models import Contract
from tests.factories import LEVELS, make_document

CITED = (nodes.Reference(text="Cf. objectif 1.2", targets=("1-2",)),)


def make_ground(slug: str = "terrain") -> Contract:
    """Two axes of two objectives; 1.1 and an action of 2.1 refer to 1.2, which an objective 1.2.1 stands under."""
    document = make_document(slug, axes=2, objectives=2)
    first, second = document.objectives
    below = nodes.Objective(key="1-2-1", level="objectif", title="Objectif 1.2.1", transversal=True)
    citing = replace(first.children[0], references=CITED)
    cited = replace(first.children[1], children=(below,), notes=(nodes.Note(kind="scope", text="HORS APPEL"),))
    acting = replace(
        second.children[0], actions=tuple(replace(one, references=CITED) for one in second.children[0].actions)
    )
    document = replace(
        document,
        levels=(*LEVELS, nodes.Level(key="enjeu", name="Enjeu", plural="Enjeux")),
        neighbourhoods=(nodes.Neighbourhood(code="QP030001", name="Centre"),),
        objectives=(
            replace(first, children=(citing, cited)),
            replace(second, children=(acting, second.children[1])),
        ),
    )
    return write_draft(document, by=None)
