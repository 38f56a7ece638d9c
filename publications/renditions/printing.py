"""What `manage.py print_pdf` prints: a draft, or a comparison."""

from objectives.models import Contract
from publications.editions import draft_edition, edition_of
from publications.models import Publication
from publications.renditions.comparison import tell
from publications.renditions.comparison_pdf import comparison_pdf
from publications.renditions.pdf import render_pdf

FORMS = "draft ADRESSE, ou comparison ADRESSE NUMÉRO NUMÉRO"


def print_pdf(what: str, slug: str, *numbers: str) -> bytes:
    """The PDF of the draft of a contract, or of the comparison of two of its publications.

    Asks nobody's right: whoever calls has done so. Raises ValueError for other words, DoesNotExist.
    """
    if what == "draft" and not numbers:
        return render_pdf(draft_edition(Contract.objects.get(slug=slug)))
    if what == "comparison" and len(numbers) == 2:
        versions = [Publication.objects.get(contract__slug=slug, number=number) for number in numbers]
        return comparison_pdf(tell(*map(edition_of, versions)))
    raise ValueError(f"On imprime : {FORMS}.")
