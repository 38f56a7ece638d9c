"""Pages of a list: counted, bounded, and refused when they do not exist."""

from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.db.models import QuerySet
from django.http import Http404
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from api.schema import parameter

SIZE, SIZE_LIMIT = 50, 200
#: Longest number that is read; it is far above what any list holds, and below what a database refuses.
_DIGITS = 9

NAMES = ("page", "page_size")
PARAMETERS = (
    parameter(
        "page",
        "Numéro de la page, à partir de 1. Au-delà de la dernière page : 404.",
        {"type": "integer", "minimum": 1, "maximum": 10**_DIGITS - 1, "default": 1},
    ),
    parameter(
        "page_size",
        "Nombre de lignes par page.",
        {"type": "integer", "minimum": 1, "maximum": SIZE_LIMIT, "default": SIZE},
    ),
)


class Pages:
    """One page of a queryset: two queries, the count and the rows.

    Raises ValidationError (400) for a number that is none, Http404 for a page after the last.
    """

    def __init__(self, request: Request, queryset: QuerySet[Any]) -> None:
        size = whole_number(request, "page_size", SIZE, most=SIZE_LIMIT)
        number = whole_number(request, "page", 1)
        try:
            self.page = Paginator(queryset, size).page(number)
        except EmptyPage as error:
            raise Http404("Cette page n’existe pas : la liste s’arrête avant.") from error
        self.request = request
        self.rows = list(self.page)

    def answer(self, results: list[Any]) -> Response:
        """What the rows became, with their number in all and the addresses of the pages around."""
        page = self.page
        return Response(
            {
                "count": page.paginator.count,
                "next": self._address(page.number + 1) if page.has_next() else None,
                "previous": self._address(page.number - 1) if page.has_previous() else None,
                "results": results,
            }
        )

    def _address(self, number: int) -> str:
        return replace_query_param(self.request.build_absolute_uri(), "page", number)


def whole_number(request: Request, name: str, default: int, *, most: int | None = None) -> int:
    """The whole number of that parameter, at least 1. Raises ValidationError."""
    text = request.query_params.get(name)
    if text is None:
        return default
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0
    if not 1 <= number <= (most or number):
        upto = f" et d’au plus {most}" if most else ""
        raise ValidationError({name: [f"Donnez un nombre entier d’au moins 1{upto}."]})
    return number
