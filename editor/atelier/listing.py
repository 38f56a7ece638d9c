"""A list of objectives, written or copied from elsewhere: one a line, added together at one place of the outline."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from document.pasted import read_lines
from editor.atelier.answers import Done, Impossible, answer, refusal
from editor.atelier.doors import atelier_page, contract_door, in_place
from editor.atelier.gestures import added_before, place_asked, row_of
from editor.forms.saving import words_of
from editor.reading.outline import Branch, Outline
from objectives.changes import Refused, gesture
from objectives.edits import add_objective
from objectives.models import Contract

#: Most objectives that one list adds.
LIST_LIMIT = 300


@require_http_methods(["GET", "HEAD", "POST"])
@contract_door("edit")
def list_view(request: HttpRequest, contract: Contract) -> HttpResponse:
    """`text`: the list; it goes `after` the objective `objectif` or `inside` it, all of it or none."""
    outline = Outline(contract)
    asked = request.POST if request.method == "POST" else request.GET
    node = outline.by_key.get(asked.get("objectif", ""))
    error = ""
    if request.method == "POST":
        try:
            return answer(request, contract, _add_all(request, contract, outline, node))
        except (Refused, Impossible) as refused:
            if in_place(request):
                return refusal(request, contract, refused)
            error = str(refused) if isinstance(refused, Impossible) else words_of(refused)
    status = 400 if error else 200
    text = request.POST.get("text", "")
    return atelier_page(
        request, "editor/listing.html", contract=contract, status=status, error=error, node=node, text=text
    )


def _add_all(request: HttpRequest, contract: Contract, outline: Outline, node: Branch | None) -> Done:
    """Adds them in their order, as one step to undo; without their bullets, with the codes that they print."""
    lines = read_lines(request.POST.get("text", ""))
    if not 0 < len(lines) <= LIST_LIMIT:
        raise Refused(f"Collez moins de {LIST_LIMIT} lignes à la fois." if lines else "Collez au moins une ligne.")
    under, after, level = place_asked(request, outline, node)
    count = f"{len(lines)} ajoutés : « {lines[0].text} »…" if len(lines) > 1 else f"Ajouté : « {lines[0].text} »."
    if there := added_before(request, contract, outline, under, after, lines[0].text):
        return Done(count, there.key, [there.key])
    row, keys = row_of(under), []
    with gesture(contract):
        for rank, line in enumerate(lines):
            position = after.position + 1 + rank if after else None
            given = {"code": line.code} if line.code else {}
            added = add_objective(
                contract, level=level, title=line.text, under=row, position=position, by=request.user, **given
            )
            keys.append(added.key)
    return Done(count, keys[-1], keys)
