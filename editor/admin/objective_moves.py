"""Moving an objective with all below it, and deleting it once all that goes has been said."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from editor.admin.objective_views import find_objective, tree_url
from editor.admin.pages import page
from editor.forms.fields import RevisionField
from editor.forms.item_rows import KINDS
from editor.forms.rows import status_of
from editor.forms.saving import posted, told_on, words_of
from editor.reading.outline import Branch, Outline
from objectives.changes import Refused, Stale
from objectives.edits import delete_objective, move_objective
from objectives.models import Objective


class MoveForm(forms.Form):
    """Under which objective, and at which rank."""

    use_required_attribute = False

    under = forms.CharField(
        label="Sous quel objectif ?",
        required=False,
        max_length=2_500,
        widget=forms.TextInput(attrs={"list": "objectives", "autocomplete": "off"}),
        help_text="Code, clé ou choix de la liste ; laissez vide pour en faire une racine de l’arbre.",
    )
    rank = forms.IntegerField(
        label="À quel rang ?",
        required=False,
        min_value=1,
        max_value=100_000,
        help_text="1 : en premier ; vide : en dernier.",
    )
    revision = RevisionField()

    def __init__(self, *args: Any, outline: Outline, **kwargs: Any) -> None:
        self.outline = outline
        super().__init__(*args, label_suffix="", **kwargs)

    def clean_under(self) -> Branch | None:
        """The objective that was named, or None for the top of the tree."""
        text = self.cleaned_data["under"]
        return self.outline.find(text) if text.strip() else None


def move_view(request: HttpRequest, object_id: str) -> HttpResponse:
    """Moves an objective and all below it anywhere in its contract."""
    objective = find_objective(request, object_id, "edit")
    outline = Outline(objective.contract)
    form = MoveForm(posted(request), outline=outline, initial={"revision": objective.revision})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        under = Objective.objects.get(pk=data["under"].pk) if data["under"] else None
        position = data["rank"] - 1 if data["rank"] else None
        failed: list[forms.Form] = []
        with told_on(form, failed):
            move_objective(objective, under=under, position=position, by=request.user, revision=data["revision"])
        if not failed:
            where = f"sous « {under} »" if under else "au premier niveau de l’arbre"
            messages.success(request, f"« {objective} » est maintenant {where}.")
            return HttpResponseRedirect(tree_url(objective.contract, objective.key))
    return page(
        request,
        "admin/objectives/objective/move.html",
        title="Déplacer un objectif",
        contract=objective.contract,
        form=form,
        branch=outline.by_pk[objective.pk],
        choices=[node for node in outline.nodes if node not in outline.by_pk[objective.pk].all],
        status=status_of(form),
    )


def delete_view(request: HttpRequest, object_id: str) -> HttpResponse:
    """Says all that would go, and deletes it once that is confirmed."""
    objective = find_objective(request, object_id, "edit")
    outline = Outline(objective.contract)
    branch = outline.by_pk[objective.pk]
    error, status = "", 200
    if request.method == "POST":
        try:
            count = delete_objective(
                objective,
                by=request.user,
                revision=RevisionField().clean(request.POST.get("revision")),
                with_all=request.POST.get("with_all") == str(len(branch.all)),
            )
        except (Stale, Refused) as refusal:
            error, status = words_of(refusal), 412 if isinstance(refusal, Stale) else 400
        else:
            said = f"« {objective} » est supprimé" + (f", et {count - 1} au-dessous de lui." if count > 1 else ".")
            messages.success(request, said)
            return HttpResponseRedirect(tree_url(objective.contract, branch.parent.key if branch.parent else ""))
    return page(
        request,
        "admin/objectives/objective/delete_confirmation.html",
        title="Supprimer un objectif",
        contract=objective.contract,
        objective=objective,
        branch=branch,
        losses=_losses(branch),
        error=error,
        status=status,
    )


def _losses(branch: Branch) -> list[tuple[int, str]]:
    """How many objectives, actions, clauses and indicators would go, with their words; none of a kind: left out."""
    pks = [node.pk for node in branch.all]
    below = [(len(pks) - 1, "objectif,objectifs au-dessous de lui")]
    items = [(kind.model.objects.filter(objective__in=pks).count(), kind.words) for kind in KINDS]
    return [(count, words) for count, words in below + items if count]
