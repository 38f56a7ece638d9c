"""The addresses of the application and of what it is measured against: bare views, and the naive way."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from contratville.urls import urlpatterns as application
from publications.models import Publication, Rendition
from script.measures.naive import live_contract


def bare_document(request: HttpRequest, pk: int) -> HttpResponse:
    """One row read, its bytes returned as they are kept: as quick as Django gets with a database."""
    content = Publication.objects.values_list("content", flat=True).get(pk=pk)
    return HttpResponse(content, content_type="application/json", headers={"Content-Encoding": "gzip"})


def bare_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for a page that was put in a row, compressed."""
    content = Rendition.objects.values_list("content", flat=True).get(pk=pk)
    return HttpResponse(content, headers={"Content-Encoding": "gzip"})


def bare_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for a file."""
    content = Rendition.objects.values_list("content", flat=True).get(pk=pk)
    return HttpResponse(content, content_type="application/pdf")


urlpatterns = [
    path("floor/document/<int:pk>/", bare_document),
    path("floor/page/<int:pk>/", bare_page),
    path("floor/file/<int:pk>/", bare_file),
    path("naive/<slug:slug>/", live_contract),
    *application,
]
