"""Renumbering a branch: the codes that its ranks would give, shown, then applied in one step."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from document.renumber import plan_renumbering
from drafts.read import read_draft
from drafts.renumbering import renumber
from editor.admin.objective_views import tree_url
from editor.admin.pages import contract_page, page
from editor.forms.fields import RevisionField
from editor.forms.saving import words_of
from editor.reading.outline import Outline
from objectives.changes import Refused, Stale
from objectives.models import Contract
from publications.templatetags.french import count_of


@contract_page("edit")
def renumber_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """`?key=` of the branch; none: the whole tree. A POST applies the plan that was shown."""
    key = request.GET.get("key") or None
    outline = Outline(contract)
    branch = outline.by_key.get(key) if key else None
    if key and branch is None:
        raise Http404("Objectif introuvable dans ce contrat")
    error, status = "", 200
    if request.method == "POST":
        revision = RevisionField().clean(request.POST.get("revision"))
        try:
            done = renumber(contract, by=request.user, revision=revision, key=key)
        except (Stale, Refused) as refusal:
            error, status = words_of(refusal), 412 if isinstance(refusal, Stale) else 400
            contract.refresh_from_db()
        else:
            messages.success(
                request, f"Renumérotation faite\u00a0: {count_of(len(done), 'code changé,codes changés')}."
            )
            return HttpResponseRedirect(tree_url(contract, key or ""))
    return page(
        request,
        "admin/objectives/contract/renumber.html",
        title="Renuméroter",
        contract=contract,
        branch=branch,
        plan=plan_renumbering(read_draft(contract), key),
        error=error,
        status=status,
    )
