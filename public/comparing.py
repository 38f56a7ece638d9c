"""The comparison of two versions of a contract, at a permanent address: page, files, and the form that chooses them."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from document.compare import KINDS
from public.downloads import NO_FILE
from public.errors import Missing
from public.finding import find_version
from public.kept import A_DAY, PRIVATE, REVALIDATED, answer_kept, answer_now, name_of
from public.listing import public_versions
from publications.editions import edition_of
from publications.models import Publication
from publications.renditions.apart import NotPrinted, print_apart
from publications.renditions.asking import QueryForm
from publications.renditions.comparison import Account, tell
from publications.renditions.comparison_files import (
    comparison_csv,
    comparison_excel_csv,
    comparison_ods,
    comparison_xlsx,
)
from publications.renditions.comparison_words import WORDS
from publications.renditions.waiting import Around, failed_page

#: The tables of a comparison, by the ending of their name: maker, what it is to a browser.
TABLES: dict[str, tuple[Callable[[Account], bytes], str]] = {
    ".xlsx": (comparison_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".ods": (comparison_ods, "application/vnd.oasis.opendocument.spreadsheet"),
    ".csv": (comparison_csv, "text/csv; charset=utf-8"),
    "-excel.csv": (comparison_excel_csv, "text/csv; charset=utf-8"),
}


class ComparisonForm(QueryForm):
    """Which kinds of change are told; none chosen: all."""

    genre = forms.MultipleChoiceField(required=False, choices=[(kind, WORDS[kind][2]) for kind in KINDS])


class PairForm(QueryForm):
    """Which two versions of a contract are compared."""

    de = forms.TypedChoiceField(coerce=int)
    a = forms.TypedChoiceField(coerce=int)

    def __init__(self, data: QueryDict, versions: list[Publication]) -> None:
        super().__init__(data)
        for field in self.fields.values():
            field.choices = [(one.number, one.label) for one in versions]


@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Leads to the comparison of the two versions that the form of the versions' page chose."""
    asked = PairForm(request.GET, public_versions(slug)).ask()
    return HttpResponseRedirect(reverse("public:comparison", args=[slug, asked["de"], asked["a"]]))


@require_safe
def comparison(request: HttpRequest, slug: str, number: int, other: int) -> HttpResponse:
    """What changed from one version to another."""
    before, after = (find_version(request, slug, which) for which in (number, other))
    kinds = ComparisonForm(request.GET).ask()["genre"]
    return answer_kept(
        request,
        ("comparison", slug, name_of(before), name_of(after), *kinds),
        lambda: _page(slug, before, after, kinds),
        caching=_caching(before, after, REVALIDATED),
    )


@require_safe
def file(request: HttpRequest, slug: str, number: int, other: int, name: str) -> HttpResponse:
    """The whole comparison as a file."""
    before, after = (find_version(request, slug, which) for which in (number, other))
    stem = f"{slug}-v{number}-v{other}"
    if name == f"{stem}.pdf":
        return _answer_pdf(request, before, after, name)
    make, content_type = TABLES.get(name.removeprefix(stem), (None, ""))
    if make is None or not name.startswith(stem):
        raise Missing(NO_FILE)
    response = answer_kept(
        request,
        (name, name_of(before), name_of(after)),
        lambda: make(_told(before, after)),
        content_type=content_type,
        caching=_caching(before, after, A_DAY),
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _answer_pdf(request: HttpRequest, before: Publication, after: Publication, name: str) -> HttpResponse:
    slug, numbers = after.contract.slug, [before.number, after.number]
    back = reverse("public:comparison", args=[slug, *numbers])
    try:
        response = answer_kept(
            request,
            (name, name_of(before), name_of(after)),
            lambda: print_apart("comparison", slug, *map(str, numbers)),
            content_type="application/pdf",
            caching=_caching(before, after, A_DAY),
        )
    except NotPrinted as error:
        page = failed_page(Around(title=after.title, address=request.path, back=back), str(error))
        return answer_now(request, page.html, caching="no-store", status=page.status)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _caching(before: Publication, after: Publication, public: str) -> str:
    return public if _is_public(before, after) else PRIVATE


def _is_public(*versions: Publication) -> bool:
    return all(one.visibility == Publication.Visibility.PUBLIC for one in versions)


def _told(before: Publication, after: Publication) -> Account:
    return tell(edition_of(before), edition_of(after))


def _page(slug: str, before: Publication, after: Publication, kinds: list[str]) -> str:
    context = {
        "account": tell(edition_of(before), edition_of(after), kinds=kinds or KINDS),
        "kinds": kinds,
        "slug": slug,
        "is_public": _is_public(before, after),
        "root": reverse("public:publication", args=[slug, after.number]),
        "old_root": reverse("public:publication", args=[slug, before.number]),
        "files": _files(slug, before.number, after.number),
    }
    return render_to_string("publications/comparison.html", context)


def _files(slug: str, number: int, other: int) -> list[tuple[str, str]]:
    """What each file is called, and its address."""
    endings = {
        "PDF": ".pdf",
        "Excel (XLSX)": ".xlsx",
        "LibreOffice (ODS)": ".ods",
        "CSV pour Excel": "-excel.csv",
        "CSV pour les logiciels": ".csv",
    }
    stem = f"{slug}-v{number}-v{other}"
    return [
        (format, reverse("public:comparison_file", args=[slug, number, other, f"{stem}{ending}"]))
        for format, ending in endings.items()
    ]
