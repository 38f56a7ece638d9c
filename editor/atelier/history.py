"""The history of a contract or of one objective: who did what and when, with the words that went and came."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from drafts.restoring import restore
from drafts.undo import undoable
from editor.atelier.doors import atelier_page, contract_door
from editor.atelier.outline import outline_url
from editor.forms.saving import words_of
from editor.reading.log_fields import fields_of
from editor.reading.log_names import Names
from editor.reading.outline import Outline
from editor.reading.readable import verb_name
from objectives.changes import Refused
from objectives.history import history
from objectives.models import Change, Contract, Objective
from publications.templatetags.french import french

PER_PAGE = 30
#: The verbs about a thing as a whole: all its fields came or went, which its name says.
WHOLE = ("add", "delete", "restore", "copy")
#: Those whose deletions can be brought back.
RESTORABLE = tuple(f"delete_{thing}" for thing in ("objective", "action", "clause", "indicator"))


class HistoryFilter(forms.Form):
    """Whose changes, of what, from which day to which."""

    use_required_attribute = False

    objectif = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    personne = forms.ModelChoiceField(User.objects.none(), label="Par", required=False, empty_label="tout le monde")
    du = forms.DateField(label="Du", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    au = forms.DateField(label="Au", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, data: object, contract: Contract) -> None:
        super().__init__(data, label_suffix="")
        self.fields["personne"].queryset = User.objects.filter(
            pk__in=Change.objects.filter(contract=contract).order_by().values("by")
        )

    def clean(self) -> dict[str, Any]:
        """A period ends after it begins."""
        data = self.cleaned_data
        if data.get("du") and data.get("au") and data["au"] < data["du"]:
            self.add_error("au", "La fin de la période vient avant son début.")
        return data

    @property
    def asked(self) -> dict[str, Any]:
        """As `history` takes it."""
        data = self.cleaned_data
        return {"key": data["objectif"] or None, "by": data["personne"], "since": data["du"], "until": data["au"]}


@dataclass(frozen=True, slots=True)
class Told:
    """A change as the page tells it; `at_key`: the objective of the outline that it is about, where it still exists."""

    change: Change
    what: str
    about: str
    at_key: str
    fields: list[dict[str, Any]]
    #: Whether what it deleted may be brought back; whether it is the person's own last gesture.
    may_restore: bool
    may_undo: bool


@require_safe
@contract_door("read")
def history_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """The log of that contract, the latest first, a page at a time."""
    form = HistoryFilter(request.GET, contract)
    changes = history(contract, **form.asked) if form.is_valid() else Change.objects.none()
    listed = Paginator(changes, PER_PAGE).get_page(request.GET.get("page"))
    outline = Outline(contract)
    kept = {name: value for name, value in request.GET.items() if name != "page" and value}
    return atelier_page(
        request,
        "editor/history.html",
        contract=contract,
        status=200 if form.is_valid() else 400,
        here="history",
        form=form,
        listed=listed,
        told=_told(list(listed), undoable(contract, by=request.user)),
        about=outline.by_key.get(request.GET.get("objectif", "")),
        kept=urlencode(kept),
    )


def _told(changes: Sequence[Change], last: Change | None) -> list[Told]:
    names = Names(changes)
    lost = {change.key for change in changes} - {key for _, key in names.objectives}
    former = _former_names(changes[0].contract, lost) if changes else {}
    keys = dict(Objective.objects.filter(pk__in={pk for _, pk in names.objectives.values()}).values_list("pk", "key"))

    def tell(change: Change) -> Told:
        about = names.of(change).text
        _, pk = names.objectives.get((change.contract_id, change.key), ("", 0))
        return Told(
            change,
            verb_name(change.verb),
            former.get(change.key, about) if about == change.key else about,
            keys.get(pk, ""),
            fields_of(change, names) if change.verb.partition("_")[0] not in WHOLE else [],
            change.verb in RESTORABLE and (change.contract_id, change.key) not in names.objectives,
            last is not None and change.pk == last.pk,
        )

    return [tell(change) for change in changes]


def _former_names(contract: Contract, lost: set[str]) -> dict[str, str]:
    """What the log called those keys, which nothing bears any more."""
    rows = Change.objects.filter(contract=contract, key__in=lost).filter(
        Q(verb__startswith="add_") | Q(verb__startswith="delete_")
    )
    found = {}
    for key, before, after in rows.order_by("revision").values_list("key", "before", "after"):
        values = before or after
        words = values.get("title") or values.get("text") or values.get("name") or key
        found[key] = " ".join(part for part in (values.get("code"), words) if part)
    return found


@require_POST
@contract_door("edit")
def restore_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """Brings back what one row of the log (`change`) deleted, with all it held."""
    pk = request.POST.get("change", "")
    rows = Change.objects.filter(contract=contract, pk=pk if pk.isdecimal() and len(pk) < 19 else None)
    change = get_object_or_404(rows)
    try:
        restored = restore(change, by=request.user)
    except Refused as error:
        messages.error(request, words_of(error))
        return HttpResponseRedirect(reverse("editor:history", args=[contract.slug]))
    at = restored if isinstance(restored, Objective) else restored.objective
    messages.success(request, french(f"« {restored} » est rétabli, avec tout ce qu’il portait."))
    return HttpResponseRedirect(outline_url(contract, at.key))
