"""The publications of an officer's contracts, read only: each leads to its public page and its share links."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from editor.admin.filters import ContractFilter
from editor.admin.scope import ScopedAdmin
from editor.admin.share_views import share_view
from editor.reading.rights import allowed
from publications.models import Publication


@admin.register(Publication)
class PublicationAdmin(ScopedAdmin):
    """A list; a publication is never changed."""

    list_display = ("version", "contract", "effective", "published", "published_by", "visibility", "links", "mark")
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

    def get_urls(self) -> list[Any]:
        """The share links of one, besides Django's own."""
        own = path("<int:contract_id>/v/<int:number>/links/", share_view, name="publications_publication_share")
        return [own, *super().get_urls()]

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """With the way to the share links for whoever keeps them somewhere."""
        names = super().get_list_display(request)
        return names if allowed(request, "publish") else tuple(name for name in names if name != "links")

    @admin.display(description="Date d’effet", ordering="in_force_on")
    def effective(self, publication: Publication) -> str:
        """The day, as tables have it."""
        return date_format(publication.in_force_on, "d/m/Y")

    @admin.display(description="Publiée le", ordering="published_at")
    def published(self, publication: Publication) -> str:
        """The day, as tables have it."""
        return date_format(localtime(publication.published_at), "d/m/Y")

    @admin.display(description="Partage")
    def links(self, publication: Publication) -> SafeString | str:
        """The page of its share links."""
        if publication.visibility != Publication.Visibility.LINK:
            return "—"
        url = reverse("admin:publications_publication_share", args=[publication.contract_id, publication.number])
        return format_html(
            '<a href="{}">Liens<span class="visually-hidden"> de la version {}</span></a>', url, publication.number
        )

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
