"""What `manage.py print_pdf` prints: a comparison."""

from publications.editions import edition_of
from publications.models import Publication
from publications.renditions.comparison import tell
from publications.renditions.comparison_pdf import comparison_pdf

FORMS = "comparison ADRESSE NUMÉRO NUMÉRO"


def print_pdf(what: str, slug: str, *numbers: str) -> bytes:
    """The PDF of the comparison of two publications of a contract.

    Asks nobody's right: whoever calls has done so. Raises ValueError for other words, DoesNotExist.
    """
    if what == "comparison" and len(numbers) == 2:
        versions = [Publication.objects.get(contract__slug=slug, number=number) for number in numbers]
        return comparison_pdf(tell(*map(edition_of, versions)))
    raise ValueError(f"On imprime : {FORMS}.")
