"""Contracts in the admin: the addresses of the pages of one."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from editor.admin.contract_views import add_contract_view, contract_view, words_view
from editor.admin.document_views import document_view, new_document_view
from editor.admin.members_views import members_view
from editor.admin.publish_views import findings_view, publish_view
from editor.admin.renumber_views import renumber_view
from editor.admin.scope import ScopedAdmin
from editor.admin.sheet_views import export_view, import_view, sheets_view
from editor.admin.tree_views import tree_view
from objectives.models import Contract

PAGES = (
    ("tree", tree_view),
    ("renumber", renumber_view),
    ("words", words_view),
    ("members", members_view),
    ("findings", findings_view),
    ("publish", publish_view),
    ("sheets", sheets_view),
    ("document", document_view),
)


@admin.register(Contract)
class ContractAdmin(ScopedAdmin):
    """Pages of our own, at Django's addresses and beside them."""

    contract_path = "pk"

    def get_urls(self) -> list[Any]:
        """`tree`, `words`… of a contract; its list is the home."""
        own = [path(f"<int:contract_id>/{name}/", view, name=f"objectives_contract_{name}") for name, view in PAGES]
        own += [
            path("document/", new_document_view, name="objectives_contract_new_document"),
            path("<int:contract_id>/change/", contract_view, name="objectives_contract_change"),
            path("<int:contract_id>/sheets/<slug:table>.<slug:form>", export_view, name="objectives_contract_export"),
            path("<int:contract_id>/sheets/<slug:table>/", import_view, name="objectives_contract_import"),
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The home is that list."""
        return HttpResponseRedirect(reverse("admin:index"))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Our own page."""
        return add_contract_view(request)
