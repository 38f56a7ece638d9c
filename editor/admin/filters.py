"""The filters of the lists: what an officer may see, never a row of somebody else's contract."""

from typing import Any, ClassVar

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from objectives.access import contracts_for
from objectives.models import Contract, Level, Tag


class ScopedFilter(SimpleListFilter):
    """A filter whose values are known: any other gives 404."""

    #: From a row of the list to what is compared, for lists of objectives and of what hangs under them.
    LOOKUP: ClassVar[str] = ""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of that value."""
        value = self.value()
        if value is None:
            return queryset
        if value not in {str(key) for key, _ in self.lookup_choices}:
            raise Http404("Ce filtre n’a pas cette valeur.")
        return queryset.filter(**self.asked(value, queryset)).distinct()

    def asked(self, value: str, queryset: QuerySet[Any]) -> dict[str, Any]:
        """What the rows of that list are filtered by."""
        return {self.LOOKUP: value}


class ContractFilter(ScopedFilter):
    """By contract, among those that the person may read."""

    title = "contrat"
    parameter_name = "contract"
    LOOKUP = "contract"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[Any, str]]:
        """Their titles."""
        return [(contract.pk, contract.title) for contract in contracts_for(request.user).order_by("title")]


class OfContract(ScopedFilter):
    """A filter by the words of one contract: there once that contract is chosen."""

    MODEL: ClassVar[type[Level] | type[Tag]]

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[Any, str]]:
        """The contract's own words."""
        pk = request.GET.get("contract", "")
        if not pk.isdecimal():
            return []
        contracts: QuerySet[Contract] = contracts_for(request.user).filter(pk=pk)
        return [(row.pk, str(row)) for row in self.MODEL.objects.filter(contract__in=contracts)]

    def has_output(self) -> bool:
        """Whether there is anything to choose; a value given without a contract is still refused."""
        return bool(self.lookup_choices) or self.value() is not None

    def asked(self, value: str, queryset: QuerySet[Any]) -> dict[str, Any]:
        """Through the objective, where the row is not one."""
        own = queryset.model._meta.model_name == "objective"
        return {self.LOOKUP if own else f"objective__{self.LOOKUP}": value}


class LevelFilter(OfContract):
    """By level of the contract."""

    title = "niveau"
    parameter_name = "level"
    LOOKUP, MODEL = "level", Level


class TagFilter(OfContract):
    """By tag of the contract."""

    title = "étiquette"
    parameter_name = "tag"
    LOOKUP, MODEL = "taggings__tag", Tag
