"""Objectives in the admin: the list over an officer's contracts, and the pages of one."""

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from editor.admin.filters import ContractFilter, LevelFilter, TagFilter
from editor.admin.objective_add import add_view
from editor.admin.objective_moves import delete_view, move_view
from editor.admin.objective_views import change_view
from editor.admin.scope import ScopedAdmin
from editor.reading.rights import allowed
from editor.reading.search import having_words
from objectives.models import Objective


def root_rank(path: str = "tree_id") -> Subquery:
    """The rank of the root under which an objective stands: with `lft`, the reading order."""
    return Subquery(Objective.objects.filter(pk=OuterRef(path)).values("position"))


@admin.register(Objective)
class ObjectiveAdmin(ScopedAdmin):
    """The list of objectives; everything else is pages of our own."""

    list_display = ("printed_code", "named", "level", "contract", "tag_names")
    list_display_links = None
    list_filter = (ContractFilter, LevelFilter, TagFilter, "transversal")
    search_fields = ("code", "title", "description")
    search_help_text = "Cherche dans le code, l’intitulé et la description, sans égard aux accents."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Objective]:
        """With level, contract and tags, in a fixed number of queries."""
        rows = super().get_queryset(request).select_related("level", "contract").prefetch_related("taggings__tag")
        return rows.annotate(root_rank=root_rank())

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Contracts by title, each in reading order."""
        return ("contract__title", "contract", "root_rank", "lft")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Objective], search_term: str
    ) -> tuple[QuerySet[Objective], bool]:
        """Every word somewhere, without regard to accents."""
        return having_words(queryset, search_term, self.search_fields), False

    @admin.display(description="Code")
    def printed_code(self, objective: Objective) -> SafeString:
        """What is printed, in tabular figures."""
        return format_html('<span class="code">{}</span>', objective.code or "")

    @admin.display(description="Intitulé")
    def named(self, objective: Objective) -> SafeString:
        """The title, which leads to the page."""
        url = reverse("admin:objectives_objective_change", args=[objective.pk])
        return format_html('<a href="{}">{}</a>', url, objective.title or f"[{objective.key}]")

    @admin.display(description="Étiquettes")
    def tag_names(self, objective: Objective) -> str:
        """In their order."""
        return ", ".join(tagging.tag.name for tagging in objective.taggings.all())

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever edits the contract (or one of them)."""
        return bool(allowed(request, "edit")) if obj is None else obj.contract_id in allowed(request, "edit")

    def get_urls(self) -> list[Any]:
        """Django's, with the page that moves."""
        view = self.admin_site.admin_view(move_view)
        return [path("<int:object_id>/move/", view, name="objectives_objective_move"), *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Our own page."""
        return add_view(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Our own page."""
        return change_view(request, object_id)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Our own page."""
        return delete_view(request, object_id)
