"""Two contracts side by side: the form that chooses two published texts, and their page at a permanent address."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from public.finding import find_version
from public.kept import PRIVATE, REVALIDATED, answer_kept, answer_now, name_of
from public.listing import all_public_versions
from publications.editions import edition_of
from publications.models import Publication
from publications.periods import period_on, periods
from publications.renditions.asking import QueryForm
from publications.renditions.matching import KINDS, lay_side_by_side


class KindsForm(QueryForm):
    """Which kinds of match are shown; none chosen: all."""

    genre = forms.MultipleChoiceField(required=False, choices=[(kind, KINDS[kind][2]) for kind in KINDS])


@dataclass(frozen=True, slots=True)
class Shelf:
    """The public versions of a contract, the last first, and which of them is in force."""

    title: str
    versions: list[Publication]
    in_force: Publication | None


class TextsForm(forms.Form):
    """Which two texts are laid side by side; one of them may be chosen beforehand by a link."""

    wanting = {"required": "Choisissez un texte.", "invalid_choice": "Ce texte n’est pas de ceux qui sont publiés."}
    premier = forms.ChoiceField(label="Premier texte", error_messages=wanting)
    second = forms.ChoiceField(label="Second texte", error_messages=wanting)

    def __init__(self, data: QueryDict, versions: list[Publication]) -> None:
        is_whole = {"premier", "second"} <= set(data)
        super().__init__(data if set(self.base_fields) & set(data) else None, label_suffix="")
        choices = [("", "Choisir…"), *((shelf.title, _options(shelf)) for shelf in shelves(versions))]
        for name, field in self.fields.items():
            field.choices = choices
            field.required = is_whole or name in data

    def clean(self) -> dict[str, Any]:
        """Two texts that are not the same one."""
        data = super().clean()
        if data.get("premier") and data.get("premier") == data.get("second"):
            self.add_error("second", "Choisissez deux textes différents.")
        return data

    @property
    def address(self) -> str | None:
        """Where the two texts chosen lie side by side; None while one is wanting."""
        chosen = [self.cleaned_data.get(name) for name in ("premier", "second")]
        if not all(chosen):
            return None
        (slug, number), (other, version) = (one.split(":") for one in chosen)
        return reverse("public:matching", args=[slug, number, other, version])


def shelves(versions: list[Publication]) -> list[Shelf]:
    """Those versions by contract."""
    found: dict[int, list[Publication]] = {}
    for one in versions:
        found.setdefault(one.contract_id, []).append(one)
    today = timezone.localdate()
    return [
        Shelf(own[0].title, own, span.publication if (span := period_on(today, periods(own))) else None)
        for own in found.values()
    ]


def _options(shelf: Shelf) -> list[tuple[str, str]]:
    return [
        (
            f"{one.contract.slug}:{one.number}",
            f"Version {one.number}, {one.label}{' (en vigueur)' if one == shelf.in_force else ''}",
        )
        for one in shelf.versions
    ]


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The form; once it is filled in, leads to the page of the two texts."""
    form = TextsForm(request.GET, all_public_versions())
    refused = form.is_bound and not form.is_valid()
    if form.is_bound and not refused and form.address:
        return HttpResponseRedirect(form.address)
    return answer_now(request, render_to_string("public/match.html", {"form": form}), status=400 if refused else 200)


@require_safe
def side_by_side(request: HttpRequest, slug: str, number: int, other: str, version: int) -> HttpResponse:
    """Both texts; two versions of one contract have keys in common, and are compared exactly instead."""
    before, after = find_version(request, slug, number), find_version(request, other, version)
    asked = KindsForm(request.GET).ask()["genre"]
    if slug == other:
        return HttpResponseRedirect(reverse("public:comparison", args=[slug, number, version]))
    kinds = [kind for kind in KINDS if kind in asked]
    is_public = all(one.visibility == Publication.Visibility.PUBLIC for one in (before, after))

    def page() -> str:
        context = {
            "matched": lay_side_by_side(edition_of(before), edition_of(after), kinds or KINDS),
            "kinds": kinds,
            "address": reverse("public:matching", args=[slug, number, other, version]),
            "reverse": reverse("public:matching", args=[other, version, slug, number]),
            "old_root": reverse("public:publication", args=[slug, number]),
            "root": reverse("public:publication", args=[other, version]),
        }
        return render_to_string("publications/matched.html", context)

    name = ("matching", slug, name_of(before), other, name_of(after), *kinds)
    return answer_kept(request, name, page, caching=REVALIDATED if is_public else PRIVATE)
