"""The objectives that a gesture is about, each with the revision that the page showed: « KEY:REVISION »."""

from django.http import QueryDict

from editor.atelier.gestures import named, row_of
from editor.forms.fields import RevisionField
from editor.reading.outline import Branch, Outline
from objectives.changes import Refused
from objectives.models import Objective

#: Most objectives that one gesture takes.
CHOICE_LIMIT = 500


def read_choice(outline: Outline, sent: QueryDict) -> list[tuple[Branch, int]]:
    """Those of `choisis`, in reading order. Raises Refused when there is none, too many, or one that is gone."""
    found = {}
    for text in sent.getlist("choisis"):
        key, _, revision = text.partition(":")
        found[named(outline, key).key] = RevisionField().clean(revision)
    if not found:
        raise Refused("Choisissez d’abord un ou plusieurs objectifs.")
    if len(found) > CHOICE_LIMIT:
        raise Refused(f"Pas plus de {CHOICE_LIMIT} objectifs à la fois.")
    return [(node, found[node.key]) for node in outline.nodes if node.key in found]


def topmost(nodes: list[Branch]) -> list[Branch]:
    """Without those that stand below another of them, which go along with it."""
    keys = {node.key for node in nodes}
    return [node for node in nodes if not any(one.key in keys for one in node.above)]


def rows_of(chosen: list[tuple[Branch, int]]) -> list[tuple[Objective, int]]:
    """Their rows, as verbs take them."""
    return [(row, revision) for node, revision in chosen if (row := row_of(node)) is not None]
