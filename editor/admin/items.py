"""Lists of actions, clauses and indicators; each is edited on the page of its objective."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from actions.models import Action, Clause
from editor.admin.filters import ContractFilter, LevelFilter, TagFilter
from editor.admin.objectives import root_rank
from editor.admin.scope import ScopedAdmin
from editor.reading.search import having_words
from indicators.models import Indicator
from objectives.items import Item


class ItemAdmin(ScopedAdmin):
    """A list of items in reading order, each leading to its row on the objective's page."""

    list_display_links = None
    list_filter = (ContractFilter, LevelFilter, TagFilter)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With objective and contract, in a fixed number of queries."""
        rows = super().get_queryset(request).select_related("objective", "contract")
        return rows.annotate(root_rank=root_rank("objective__tree_id"))

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Contracts by title, each in reading order."""
        return ("contract__title", "contract", "root_rank", "objective__lft", "position", "pk")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Every word somewhere, without regard to accents."""
        return having_words(queryset, search_term, tuple(self.search_fields)), False

    @admin.display(description="Objectif")
    def of_objective(self, item: Item) -> SafeString:
        """The objective that holds it."""
        url = reverse("admin:objectives_objective_change", args=[item.objective_id])
        return format_html('<a href="{}">{}</a>', url, item.objective.code or item.objective.title)

    @admin.display(description="Texte")
    def named(self, item: Item) -> SafeString:
        """What it says, which leads to its row."""
        url = reverse("admin:objectives_objective_change", args=[item.objective_id])
        words = getattr(item, "text", None) or getattr(item, "title", None) or f"[{item.key}]"
        return format_html('<a href="{}#{}">{}</a>', url, item.key, words)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Its row on the page of its objective."""
        pk = object_id if object_id.isdecimal() else "0"
        item = get_object_or_404(self.get_queryset(request), pk=pk)
        url = reverse("admin:objectives_objective_change", args=[item.objective_id])
        return HttpResponseRedirect(f"{url}#{item.key}")


@admin.register(Action)
class ActionAdmin(ItemAdmin):
    """Actions."""

    list_display = ("printed_code", "named", "of_objective", "contract")
    search_fields = ("code", "title", "description")

    @admin.display(description="Code")
    def printed_code(self, action: Action) -> SafeString:
        """What is printed, in tabular figures."""
        return format_html('<span class="code">{}</span>', action.code or "")


@admin.register(Clause)
class ClauseAdmin(ItemAdmin):
    """Clauses."""

    list_display = ("named", "of_objective", "contract")
    search_fields = ("text",)


@admin.register(Indicator)
class IndicatorAdmin(ItemAdmin):
    """Indicators."""

    list_display = ("named", "kind", "broken_down", "of_objective", "contract")
    list_filter = (*ItemAdmin.list_filter, "kind")
    search_fields = ("title", "unit", "baseline", "target")

    @admin.display(description="Ventilation")
    def broken_down(self, indicator: Indicator) -> str:
        """By what."""
        return ", ".join(indicator.breakdown)
