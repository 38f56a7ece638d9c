"""The log of changes: who did what to what and when, with the words that went and came."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from editor.admin.filters import ContractFilter, ScopedFilter
from editor.admin.pages import page
from editor.admin.scope import ScopedAdmin
from editor.reading.log_fields import fields_of
from editor.reading.log_names import Names
from editor.reading.readable import FAMILIES, field_name, in_order, verb_name
from objectives.models import Change


class FamilyFilter(ScopedFilter):
    """By what it was done to."""

    title = "ce qui a changé"
    parameter_name = "of"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Families of gestures."""
        return [(name, words) for name, (words, _) in FAMILIES.items()]

    def asked(self, value: str, queryset: QuerySet[Any]) -> dict[str, Any]:
        """The verbs of that family."""
        return {"verb__in": FAMILIES[value][1]}


class KeyFilter(ScopedFilter):
    """By object: what a link from its page asks; not a choice of the list."""

    title = "objet"
    parameter_name = "key"
    LOOKUP = "key"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The one that is asked, whatever it is."""
        key = request.GET.get("key", "")[:120]
        return [(key, key)] if key else []


class Log(ChangeList):
    """A page of the log, with the names of the things that its rows are about."""

    def get_results(self, request: HttpRequest) -> None:
        """Names are looked up once a page."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        names = Names(self.result_list)
        for change in self.result_list:
            change.named = names.of(change)


@admin.register(Change)
class ChangeAdmin(ScopedAdmin):
    """Read only."""

    #: What the navigation calls it.
    heading = "Journal"
    list_display = ("when", "who", "what", "about", "fields_changed", "contract")
    list_display_links = None
    list_filter = (ContractFilter, FamilyFilter, KeyFilter)
    list_select_related = ("by", "contract")
    search_fields = ("key",)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """With names."""
        return Log

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """The latest first."""
        return ("-pk",)

    @admin.display(description="Quand")
    def when(self, change: Change) -> SafeString:
        """Date and time, which lead to the details."""
        url = reverse("admin:objectives_change_change", args=[change.pk])
        return format_html('<a href="{}">{}</a>', url, _moment(change))

    @admin.display(description="Qui")
    def who(self, change: Change) -> str:
        """The person, or the system."""
        return str(change.by or "le système")

    @admin.display(description="Quoi")
    def what(self, change: Change) -> str:
        """The gesture."""
        return verb_name(change.verb)

    @admin.display(description="Objet")
    def about(self, change: Change) -> str:
        """What it was done to."""
        return change.named.text

    @admin.display(description="Champs")
    def fields_changed(self, change: Change) -> str:
        """The fields that changed, where something was there before and after."""
        if not isinstance(change.before, dict) or not isinstance(change.after, dict) or change.verb == "renumber":
            return ""
        return ", ".join(field_name(name).lower() for name in in_order(change.after))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One change: each field as it was and as it is."""
        if request.method != "GET" or not object_id.isdecimal():
            raise Http404("Modification introuvable")
        rows = self.get_queryset(request).select_related("by", "contract__territory")
        change = get_object_or_404(rows, pk=object_id)
        names = Names([change])
        return page(
            request,
            "admin/objectives/change/change_form.html",
            title=verb_name(change.verb),
            contract=change.contract,
            change=change,
            named=names.of(change),
            fields=fields_of(change, names),
        )


def _moment(change: Change) -> str:
    return date_format(localtime(change.at), "d/m/Y H:i")
