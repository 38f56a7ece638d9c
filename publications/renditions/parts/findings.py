"""« Points à trancher »: what the checks find, the gravest first, for a meeting that can settle it."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from document.checks import check
from publications.editions import Edition

NAME = "findings"
TITLE = "Constats ouverts"
PURPOSE = "Ce que les contrôles relèvent : contradictions du texte, renvois sans cible, objectifs sans indicateur."
#: Each severity with its heading, and what it means.
GROUPS = (
    ("grave", "À corriger avant toute publication", "Ce qui empêche de publier le brouillon."),
    (
        "contradiction",
        "Contradictions du texte",
        "Le texte dit une chose et l’arbre une autre ; rien n’est corrigé d’office.",
    ),
    ("gap", "À compléter", "Ce qui manque pour conduire ou évaluer le contrat."),
)


def html(edition: Edition, options: Mapping[str, object]) -> SafeString:
    """A table a severity; the whole tree, whatever branches were chosen."""
    found = check(options["whole"])
    groups = [(heading, said, [one for one in found if one.severity == name]) for name, heading, said in GROUPS]
    context = {"title": TITLE, "groups": [group for group in groups if group[2]], "number": len(found)}
    return render_to_string("pdf/findings.html", context)
