"""One line of a list of the panel – an action, a clause, an indicator – saved, added, moved or deleted by its verbs."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from editor.atelier.panel_doors import draft_changed, find_item, find_kind, find_objective, outline_of
from editor.atelier.panel_merging import Merge, clash_of, save_merged, seen_after
from editor.atelier.panel_saves import answer_save, errors_of, tell
from editor.atelier.presence import mark_present
from editor.atelier.resending import is_same, lately_added
from editor.forms.item_rows import ItemKind, ItemRow
from editor.forms.saving import words_of
from editor.reading.outline import Outline
from objectives.changes import Refused, Stale
from objectives.items import Item
from objectives.models import Change, Objective
from publications.templatetags.french import french


@login_required
@require_POST
def save_item(request: HttpRequest, slug: str, key: str, part: str) -> HttpResponse:
    """`do` says what: « save » (adds what has no pk), « move » (after the item `after`), « delete »."""
    objective = find_objective(request, slug, key, "edit")
    mark_present(objective.contract, key, request.user)
    kind, pk = find_kind(part), _whole(request.POST.get("pk"))
    item = find_item(objective, kind, pk=pk) if pk is not None else None
    if pk is not None and item is None:
        return JsonResponse({"errors": {"": [_lost(kind)]}, "lost": True}, status=400)
    does = {"save": _save if item else _add, "move": _move, "delete": _delete}.get(request.POST.get("do", "save"))
    if does is None or (item is None and does is not _add):
        raise BadRequest("Ce geste n’a pas de sens.")
    return does(request, objective, kind, item)


def row_of(request: HttpRequest, objective: Objective, kind: ItemKind) -> ItemRow:
    """The line that was sent, its names without the prefix that they bear on the page."""
    return kind.row(request.POST, context=outline_of(objective.contract))


def shown_item(kind: ItemKind, item: Item, outline: Outline) -> dict[str, Any]:
    """What a line shows of an item, its revision with it; the row is read before what hangs on it."""
    kept = kind.model.objects.get(pk=item.pk)
    return kind.initial(kept, kept.node, outline)


def _save(request: HttpRequest, objective: Objective, kind: ItemKind, item: Item) -> HttpResponse:
    row = row_of(request, objective, kind)
    if not row.is_valid():
        return JsonResponse({"errors": errors_of(row)}, status=400)
    outline, seen = outline_of(objective.contract), row.cleaned_data["seen"]

    def read() -> tuple[dict[str, Any], int]:
        try:
            initial = shown_item(kind, item, outline)
        except kind.model.DoesNotExist as error:
            raise Refused(_lost(kind)) from error
        return row.shown(initial), initial["revision"]

    try:
        merge = save_merged(
            row.typed,
            seen,
            read=read,
            change=lambda revision, changes: kind.change(item, by=request.user, revision=revision, **changes),
        )
    except (Refused, Stale) as error:
        tell(error, row, {})
        return JsonResponse({"errors": errors_of(row), "said": words_of(error)}, status=400)
    return _answer(request, objective, kind, item, row, merge, seen)


def _answer(
    request: HttpRequest, objective: Objective, kind: ItemKind, item: Item, row: ItemRow, merge: Merge, seen: str
) -> HttpResponse:
    initial = shown_item(kind, item, outline_of(objective.contract))
    clashes = [
        clash_of(
            objective.contract,
            item.key,
            name,
            str(row.fields[name].label),
            typed=row.typed[name],
            stored=merge.stored[name],
            seen=seen,
            value=initial[name],
        )
        for name in merge.clashes
    ]
    return answer_save(
        request,
        objective.contract,
        merge,
        clashes,
        keys=[objective.key],
        errors={},
        pk=item.pk,
        key=item.key,
        seen=seen_after(seen, merge.stored, keeping=merge.clashes),
        fresh={name: initial[name] for name in merge.fresh},
    )


def _add(request: HttpRequest, objective: Objective, kind: ItemKind, _: Item | None) -> HttpResponse:
    row = row_of(request, objective, kind)
    if not row.is_valid():
        return JsonResponse({"errors": errors_of(row)}, status=400)
    if row.is_void:
        return JsonResponse({"void": True})
    values = row.typed
    if values.get("code", "") is None:
        del values["code"]  # left empty: the verb gives the next one, where its siblings have one
    item = _added_before(request, objective, kind, values) if request.POST.get("again") else None
    try:
        if item is None:
            item = kind.add(objective, by=request.user, position=_position(request, objective, kind), **values)
    except Refused as error:
        tell(error, row, {})
        return JsonResponse({"errors": errors_of(row), "said": words_of(error)}, status=400)
    initial = shown_item(kind, item, outline_of(objective.contract))
    stored = row.shown(initial)
    fresh = [name for name in stored if stored[name] != row.typed[name]]
    merge = Merge(stored, item.revision, True, [], fresh)
    return _answer(request, objective, kind, item, row, merge, "")


def _added_before(request: HttpRequest, objective: Objective, kind: ItemKind, values: dict[str, Any]) -> Item | None:
    """The item that a first sending of this line added, when its answer never came; None: it never arrived."""
    known = set(request.POST.get("known", "").split(","))
    adding = lately_added(objective.contract, kind.model._meta.model_name, by=request.user)
    name = kind.row.NEEDED[0]
    for change in adding[:20]:
        item = find_item(objective, kind, key=change.key)
        if item is not None and is_same(change.after.get(name), values[name]) and str(item.pk) not in known:
            return item
    return None


def _move(request: HttpRequest, objective: Objective, kind: ItemKind, item: Item) -> HttpResponse:
    """The order of a list is what its lines say of it now: no text can be lost, so no revision is asked for."""
    position = _position(request, objective, kind, but=item)
    moved = kind.move(item, position=position, by=request.user, revision=None)
    at = timezone.localtime().strftime("%H:%M")
    return draft_changed(JsonResponse({"at": at, "revision": moved.revision}), objective.key)


def _delete(request: HttpRequest, objective: Objective, kind: ItemKind, item: Item) -> HttpResponse:
    """Whoever deletes has seen the line as it is: one that someone has changed since is shown instead."""
    row = row_of(request, objective, kind)
    seen = row["seen"].value() or ""
    initial = shown_item(kind, item, outline_of(objective.contract))
    stored = row.shown(initial)
    if seen != seen_after(seen, stored, keeping=[]):
        said = f"Quelqu’un vient de modifier cette ligne ({kind.one}) : relisez-la, puis supprimez-la s’il le faut."
        body = {"errors": {"": [french(said)]}, "fresh": {name: initial[name] for name in stored}}
        return JsonResponse(body | {"seen": seen_after("", stored, keeping=[])}, status=412)
    try:
        kind.delete(item, by=request.user, revision=initial["revision"])
    except (Refused, Stale) as error:
        return JsonResponse({"errors": {"": [words_of(error)]}}, status=412 if isinstance(error, Stale) else 400)
    change = Change.objects.filter(contract=objective.contract, key=item.key).order_by("-revision").first()
    html = render_to_string(
        "editor/panel/gone.html", {"change": change, "kind": kind, "item": item, "objective": objective}, request
    )
    at = timezone.localtime().strftime("%H:%M")
    return draft_changed(JsonResponse({"at": at, "gone": html}), objective.key)


def _position(request: HttpRequest, objective: Objective, kind: ItemKind, *, but: Item | None = None) -> int | None:
    """The rank just after the item `after`: 0 where it is empty, the last (None) where that item has gone."""
    after = request.POST.get("after", "")
    if not after:
        return 0 if "after" in request.POST else None
    rows = kind.model.objects.filter(objective=objective).order_by("position", "pk")
    order = list(rows.exclude(pk=but.pk if but else None).values_list("pk", flat=True))
    pk = _whole(after)
    return order.index(pk) + 1 if pk in order else None


def _lost(kind: ItemKind) -> str:
    said = f"Cette ligne ({kind.one}) n’est plus sous cet objectif : quelqu’un l’a supprimée ou déplacée."
    return french(f"{said} Votre texte est gardé ici.")


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None
