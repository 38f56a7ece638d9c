"""The publications of an officer's contracts, read only: each leads to its public page."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from editor.admin.filters import ContractFilter
from editor.admin.scope import ScopedAdmin
from publications.models import Publication


@admin.register(Publication)
class PublicationAdmin(ScopedAdmin):
    """A list; a publication is never changed."""

    list_display = ("version", "contract", "in_force_on", "published_at", "published_by", "visibility", "mark")
    list_display_links = None
    list_filter = (ContractFilter, "visibility")
    list_select_related = ("contract", "published_by")
    search_fields = ("label", "title", "digest")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Publication]:
        """Without the documents, which are heavy."""
        return super().get_queryset(request).defer("content", "note")

    @admin.display(description="Version")
    def version(self, publication: Publication) -> SafeString:
        """Number and label, which lead to the public page."""
        url = reverse("public:publication", args=[publication.contract.slug, publication.number])
        return format_html('<a href="{}">{}, {}</a>', url, publication.number, publication.label)

    @admin.display(description="Empreinte")
    def mark(self, publication: Publication) -> SafeString:
        """The beginning of the digest."""
        return format_html('<span class="code">{}</span>', publication.digest[:12])

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Its public page."""
        pk = object_id if object_id.isdecimal() else "0"
        publication = get_object_or_404(self.get_queryset(request).select_related("contract"), pk=pk)
        return HttpResponseRedirect(reverse("public:publication", args=[publication.contract.slug, publication.number]))
