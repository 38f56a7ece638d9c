"""« Cadre stratégique »: the tree with its descriptions and mentions, without actions, clauses or indicators."""

from collections.abc import Mapping
from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from document.nodes import Objective
from publications.editions import Edition
from publications.renditions.pdf_contents import Contents

NAME = "framework"
TITLE = "Cadre stratégique"
PURPOSE = "Les objectifs et leurs textes, du plus général au plus précis, sans les fiches."


def html(edition: Edition, options: Mapping[str, object]) -> SafeString:
    """The tree, a branch after the other."""
    bare = replace(edition.document, objectives=tuple(_without_items(one) for one in edition.document.objectives))
    contents = Contents(bare, whole=options["whole"], prefix=NAME, shift=1)
    return render_to_string("pdf/part_tree.html", {"contents": contents, "title": TITLE, "name": NAME})


def _without_items(node: Objective) -> Objective:
    children = tuple(_without_items(child) for child in node.children)
    return replace(node, actions=(), clauses=(), indicators=(), declared=(), children=children)
