"""The flat lists: objectives, actions, clauses and indicators of the current publications."""

from typing import Any

from django.db.models import QuerySet
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from rest_framework.request import Request
from rest_framework.response import Response

from api.answers import page_of
from api.filters import (
    ActionFilter,
    ClauseFilter,
    EntryFilter,
    IndicatorFilter,
    ObjectiveFilter,
    filtered,
    parameters_of,
)
from api.pages import NAMES, PARAMETERS, Pages
from api.reading import ApiView
from api.rows import ENTRY_COLUMNS, entry_row
from api.schema import documented
from publications.models import Entry, Publication


def listed(name: str, title: str, *, row: str, filters: type[EntryFilter]) -> Any:
    """Describes the `get` of a list of those rows."""
    parameters = [*PARAMETERS, *parameters_of(filters)]
    return documented(name, title, answer=page_of(row), parameters=parameters, tag="Listes")


@method_decorator(gzip_page, name="dispatch")
class Entries(ApiView):
    """Rows of one kind, contract by contract in reading order: two queries whatever their number."""

    kind: str
    filters: type[EntryFilter]

    def known_parameters(self) -> tuple[str, ...]:
        """Those of the pages and of the filters."""
        return (*NAMES, *self.filters.base_filters)

    def rows(self, request: Request) -> Response:
        """The page of rows that is asked for."""
        entries = filtered(request, self.filters, self.entries())
        pages = Pages(request, entries.values_list(*ENTRY_COLUMNS))
        return pages.answer([entry_row(request, one) for one in pages.rows])

    def entries(self) -> QuerySet[Entry]:
        """All that may be listed: what a visitor may read."""
        entries = Entry.objects.filter(kind=self.kind, publication__in=Publication.objects.current())
        return entries.order_by("publication__contract__slug", "position")


class Objectives(Entries):
    """All nodes of the trees, whatever their level."""

    kind, filters = Entry.Kind.OBJECTIVE, ObjectiveFilter

    @listed("objectives", "Les objectifs", row="ObjectiveRow", filters=ObjectiveFilter)
    def get(self, request: Request) -> Response:
        """Les objectifs de tous niveaux des publications en vigueur, contrat par contrat, dans l’ordre de lecture."""
        return self.rows(request)


class Actions(Entries):
    """Actions."""

    kind, filters = Entry.Kind.ACTION, ActionFilter

    @listed("actions", "Les actions", row="ActionRow", filters=ActionFilter)
    def get(self, request: Request) -> Response:
        """Les actions des publications en vigueur, chacune avec la clé et le chemin de son objectif."""
        return self.rows(request)


class Clauses(Entries):
    """Clauses."""

    kind, filters = Entry.Kind.CLAUSE, ClauseFilter

    @listed("clauses", "Les clauses des cahiers des charges", row="ClauseRow", filters=ClauseFilter)
    def get(self, request: Request) -> Response:
        """Les clauses des publications en vigueur, chacune avec la clé et le chemin de son objectif."""
        return self.rows(request)


class Indicators(Entries):
    """Indicators."""

    kind, filters = Entry.Kind.INDICATOR, IndicatorFilter

    @listed("indicators", "Les indicateurs d’évaluation", row="IndicatorRow", filters=IndicatorFilter)
    def get(self, request: Request) -> Response:
        """Les indicateurs des publications en vigueur, chacun avec la clé et le chemin de son objectif."""
        return self.rows(request)
