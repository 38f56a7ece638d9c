"""The other pages: the contracts, search, and what the law and good manners ask of a site."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from public.forms import SearchForm
from public.kept import answer_kept, answer_now, name_of
from public.listing import current_publications, listed
from public.searching import search as search_entries
from publications.editions import LICENCE
from publications.models import Entry, Publication


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The contracts."""
    publications = current_publications()
    return answer_kept(request, ("home", *_names(publications)), lambda: _page("home", contracts=listed(publications)))


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Words in all published contracts, or the empty form."""
    publications = current_publications()
    asked = SearchForm(request.GET, publications).ask()
    results = None
    if asked["mots"].strip():
        results = search_entries(
            publications, asked["mots"], kind=asked["nature"], slug=asked["contrat"], page=asked["page"] or 1
        )
    page = _page("search", publications=publications, kinds=Entry.Kind.choices, asked=asked, results=results)
    return answer_now(request, page)


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    """Who publishes and hosts the site, personal data, rights."""
    return answer_kept(request, ("legal",), lambda: _page("legal"))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The déclaration d’accessibilité."""
    return answer_kept(request, ("accessibility",), lambda: _page("accessibility"))


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What may be downloaded, in which formats, under which licence."""
    publications = current_publications()
    page = ("open_data", *_names(publications))
    return answer_kept(request, page, lambda: _page("open_data", publications=publications, licence=LICENCE))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All pages, for people."""
    publications = current_publications()
    return answer_kept(
        request, ("sitemap", *_names(publications)), lambda: _page("sitemap", contracts=listed(publications))
    )


def _names(publications: list[Publication]) -> list[str]:
    """All that a list of versions depends on: which they are, and which have begun."""
    return [name_of(one) for one in publications]


def _page(section: str, **context: object) -> str:
    return render_to_string(f"public/{section}.html", {"section": section, **context})
