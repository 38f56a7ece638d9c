"""What is found in a draft, what it would change, and its publication once nothing grave is found."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from actions.models import Action, Clause
from document.checks import Finding
from document.nodes import ITEMS, TEXT_LENGTH, WORD_LENGTH
from editor.admin.pages import contract_page, page
from editor.forms.fields import RevisionField, area
from editor.forms.part_rows import ITEM_NAMES
from editor.forms.rows import status_of
from editor.forms.saving import posted, put, told_on
from editor.reading.summary import summary_of
from indicators.models import Indicator
from objectives.models import Contract, Level, Objective
from publications.editions import draft_edition, edition_of
from publications.models import Publication
from publications.publish import publish
from publications.renditions.comparison import tell


@contract_page("read")
def findings_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """The findings of the draft, gravest first, each leading to its objective."""
    return page(
        request,
        "admin/objectives/contract/findings.html",
        title="Contrôles",
        contract=contract,
        groups=linked(contract, summary_of(contract).by_severity),
    )


def linked(contract: Contract, groups: list[tuple[str, str, list[Finding]]]) -> list[dict[str, Any]]:
    """The findings with the page of the objective that each is about; four queries whatever their number."""
    pages = dict(Objective.objects.of(contract).values_list("key", "pk"))
    for model in (Action, Clause, Indicator):
        pages |= dict(model.objects.filter(contract=contract).values_list("key", "objective_id"))
    return [
        {"severity": severity, "words": words, "findings": [(one, pages.get(one.key)) for one in found]}
        for severity, words, found in groups
    ]


class PublishForm(forms.Form):
    """How the version is called, from when it is in force and who may read it."""

    use_required_attribute = False
    is_stale = False

    label = forms.CharField(
        label="Libellé",
        max_length=WORD_LENGTH,
        widget=forms.TextInput(attrs={"class": "wide"}),
        help_text="Ce qui distingue cette version : « Avenant n° 1 », « Révision à mi-parcours ».",
    )
    in_force_on = forms.DateField(
        label="Date d’effet",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Le jour à partir duquel ce texte est en vigueur.",
    )
    note = area("Note", rows=3, limit=TEXT_LENGTH, help_text="Ce qui a changé et pourquoi, pour ceux qui liront.")
    visibility = forms.ChoiceField(
        label="Qui peut lire cette version ?",
        choices=Publication.Visibility.choices,
        initial=Publication.Visibility.PUBLIC,
        widget=forms.RadioSelect,
        help_text="Avec un lien de partage, que vous créerez ensuite, on la lit sans compte ; elle n’est pas listée.",
    )
    revision = RevisionField()


@contract_page("publish")
def publish_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """What would be published, what hinders it, and the form that does it."""
    initial = {"revision": contract.revision, "in_force_on": timezone.localdate()}
    form = PublishForm(posted(request), initial=initial, label_suffix="")
    if request.method == "POST" and form.is_valid():
        failed: list[Any] = []
        with told_on(form, failed):
            publication = publish(contract, by=request.user, **form.cleaned_data)
        if not failed:
            messages.success(request, f"La version {publication.number} de « {contract} » est publiée.")
            return HttpResponseRedirect(_page_of(publication, contract))
        if form.is_stale:  # the page now shows the draft as it is, and the form is about this one
            form.data = form.data.copy()
            put(form, revision=Contract.objects.values_list("revision", flat=True).get(pk=contract.pk))
    return _show_publish(request, contract, form)


def _page_of(publication: Publication, contract: Contract) -> str:
    """Where its responsable goes next: to the page that makes its links, for one that is read by links."""
    if publication.visibility == Publication.Visibility.LINK:
        return reverse("admin:publications_publication_share", args=[contract.pk, publication.number])
    return reverse("public:publication", args=[contract.slug, publication.number])


def _show_publish(request: HttpRequest, contract: Contract, form: PublishForm) -> HttpResponse:
    draft = summary_of(contract)
    last = Publication.objects.filter(contract=contract).order_by("-number").first()
    is_same = last is not None and last.digest == draft.digest
    return page(
        request,
        "admin/objectives/contract/publish.html",
        title="Publier",
        contract=contract,
        form=form,
        groups=linked(contract, draft.by_severity),
        grave=draft.weights["grave"],
        last=last,
        is_same=is_same,
        account=tell(edition_of(last), draft_edition(contract)) if last and not is_same else None,
        root=reverse("editor:preview", args=[contract.slug]),
        old_root=reverse("public:publication", args=[contract.slug, last.number]) if last else "",
        counts=_counts(contract, draft.counts, last.counts if last else {}),
        status=status_of(form),
    )


def _counts(contract: Contract, now: dict[str, int], then: dict[str, int]) -> list[dict[str, Any]]:
    """One row a level, then a kind of item: how many there are now, how many the last version had."""
    levels = Level.objects.filter(contract=contract).values_list("key", "plural")
    names = [*levels, *((kind, ITEM_NAMES[kind].capitalize()) for kind in ITEMS)]
    return [{"name": name, "now": now.get(key, 0), "then": then.get(key)} for key, name in names]
