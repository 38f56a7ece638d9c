"""Rows → Document: the draft of a contract as a value."""

from django.db import transaction

from document import nodes
from objectives.models import Contract, DeclaredCount, Level, Neighbourhood, Objective
from objectives.rows import read_tree


def read_draft(contract: Contract) -> nodes.Document:
    """The whole draft as it stands now; a fixed number of queries whatever its size.

    Read under the lock that the verbs take: between two of them, never in the middle of one.
    """
    with transaction.atomic():
        return _read(Contract.objects.select_for_update(of=("self",)).select_related("territory").get(pk=contract.pk))


def _read(contract: Contract) -> nodes.Document:
    levels = Level.objects.filter(contract=contract).values_list("key", "name", "plural", "numbering")
    declared = DeclaredCount.objects.filter(contract=contract, objective=None).values_list("of", "count")
    quarters = Neighbourhood.objects.filter(contract=contract).values_list("code", "name")
    return nodes.Document(
        contract=nodes.Contract(
            slug=contract.slug,
            title=contract.title,
            territory=contract.territory.name,
            start_year=contract.start_year,
            end_year=contract.end_year,
            summary=contract.summary,
            sources=tuple(contract.sources),
        ),
        levels=tuple(nodes.Level(key=key, name=name, plural=plural, numbering=n) for key, name, plural, n in levels),
        declared=tuple(nodes.DeclaredCount(of=of, count=count) for of, count in declared),
        remarks=tuple(contract.remarks),
        neighbourhoods=tuple(nodes.Neighbourhood(code=code, name=name) for code, name in quarters),
        objectives=read_tree(Objective.objects.of(contract)),
    )
