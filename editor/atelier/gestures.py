"""The gestures on one objective of the outline: add, rename, move, fit to its place; each asks one verb."""

from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import HttpRequest

from editor.atelier.answers import Done, Impossible, gesture
from editor.atelier.resending import is_same, lately_added
from editor.forms.fields import RevisionField
from editor.reading.outline import Branch, Outline
from editor.reading.stepping import DIRECTIONS, aim
from objectives.changes import Refused, Stale
from objectives.edits import add_objective, change_objective, move_objective, suggested_code
from objectives.models import Change, Contract, Level, Objective


@gesture
def add(request: HttpRequest, contract: Contract, outline: Outline) -> Done:
    """A new objective `after` the named one or `inside` it (last); with none named, a new root."""
    node = named(outline, request.POST["objectif"]) if request.POST.get("objectif") else None
    under, after, level = place_asked(request, outline, node)
    title = request.POST.get("title", "").strip()
    if there := added_before(request, contract, outline, under, after, title):
        return Done(f"Ajouté : {level.name.lower()} « {there.name} ».", there.key, [there.key])
    added = add_objective(
        contract,
        level=level,
        title=title,
        under=row_of(under),
        position=after.position + 1 if after else None,
        by=request.user,
    )
    return Done(f"Ajouté : {level.name.lower()} « {added} ».", added.key, [added.key])


def place_asked(
    request: HttpRequest, outline: Outline, node: Branch | None
) -> tuple[Branch | None, Branch | None, Level]:
    """Under and after which objectives a new one goes, and its level. Raises Impossible where there is none."""
    inside = request.POST.get("place") == "inside"
    under = node if inside else node and node.parent
    after = None if inside else node
    level = outline.level_at(under, after)
    if level is None:
        raise Impossible("Ce contrat n’a pas encore de niveaux : donnez-les-lui sur sa fiche, puis écrivez.")
    return under, after, level


def added_before(
    request: HttpRequest,
    contract: Contract,
    outline: Outline,
    under: Branch | None,
    after: Branch | None,
    title: str,
) -> Branch | None:
    """The objective that a first sending put at that place, when its answer never came; None: it never arrived."""
    if "again" not in request.POST:
        return None
    siblings = under.children if under else outline.roots
    there = siblings[after.position + 1 :][:1] if after else siblings[-1:]
    if not there or not is_same(there[0].title, title):
        return None
    return there[0] if lately_added(contract, "objective", by=request.user).filter(key=there[0].key).exists() else None


@gesture
def rename(request: HttpRequest, contract: Contract, outline: Outline) -> Done:
    """Another title."""
    node = named(outline, request.POST.get("objectif"))
    title = request.POST.get("title", "").strip()
    if "again" in request.POST and is_same(node.title, title):
        return Done(f"« {node.name} » est enregistré.", node.key, [node.key])  # it had arrived, its answer was lost
    row, revision = row_of(node), revision_of(request)
    try:
        changed = change_objective(row, title=title, by=request.user, revision=revision)
    except Stale as error:
        _settle_title(error, contract, node, revision)
        changed = change_objective(row, title=title, by=request.user, revision=error.kept.revision)
    return Done(f"« {changed} » est enregistré.", node.key, [node.key])


def _settle_title(error: Stale, contract: Contract, node: Branch, revision: int) -> None:
    """Returns when others have changed since that revision all but the title. Raises Disputed, or the same Stale."""
    shown = Change.objects.filter(contract=contract, revision=revision).exists()
    since = Change.objects.filter(contract=contract, revision__gt=revision).defer("before", "after", "draft")
    since = since.filter(Q(key=node.key) | Q(verb="write_draft")).select_related("by").order_by("-revision")
    apart = Q(verb__in=("change_objective", "move_objective")) & ~Q(before__has_key="title")
    other = since.exclude(apart).first()
    if other is not None and shown:
        raise Disputed(error, other) from error
    if not shown or not since.exists():
        raise error


class Disputed(Stale):
    """A title that two people changed: the stored one is told, the person's own stays in its field."""

    def __init__(self, stale: Stale, other: Change) -> None:
        super().__init__(stale.kept, stale.revision)
        self.args = (
            f"{other.by or 'Le système'} a changé cet intitulé entre-temps : « {stale.kept.title} ». Le vôtre est "
            "toujours dans son champ : réunissez les deux, enregistrez-le à la place de l’autre, ou laissez l’autre.",
        )


@gesture
def move(request: HttpRequest, contract: Contract, outline: Outline) -> Done:
    """A step in a `direction`, or to a `place` (before, after, inside) of a `target`."""
    node = named(outline, request.POST.get("objectif"))
    if "direction" in request.POST:
        under, position = _step(node, request.POST["direction"])
    else:
        under, position = place_of([node], named(outline, request.POST.get("target")), request.POST.get("place", ""))
    move_objective(row_of(node), under=row_of(under), position=position, by=request.user, revision=revision_of(request))
    return Done(_said_moved(Outline(contract).by_key[node.key], node.parent), node.key, [node.key])


@gesture
def fit(request: HttpRequest, contract: Contract, outline: Outline) -> Done:
    """The level of its neighbours and the next code of that level there, for one that has moved."""
    node = named(outline, request.POST.get("objectif"))
    neighbours = [one for one in node.siblings if one is not node]
    level = outline.level_at(node.parent, neighbours[-1] if neighbours else None)
    if level is None or (level.pk == node.level_id and not neighbours):
        raise Impossible(f"« {node.name} » a déjà le niveau de sa place.")
    code = suggested_code(contract, level=level, under=row_of(node.parent))
    changed = change_objective(row_of(node), level=level.key, code=code, by=request.user, revision=revision_of(request))
    return Done(f"« {changed} » est maintenant : {level.name.lower()}.", node.key, [node.key])


def named(outline: Outline, key: str | None) -> Branch:
    """The objective of that key. Raises Refused when it is gone."""
    node = outline.by_key.get(key or "")
    if node is None:
        raise Refused("Cet objectif n’est pas, ou n’est plus, dans ce contrat : quelqu’un a pu le supprimer.")
    return node


def row_of(node: Branch | None) -> Objective | None:
    """Its row, for a verb; None for the top of the tree. Raises Refused when it has gone meanwhile."""
    if node is None:
        return None
    row = Objective.objects.filter(pk=node.pk).select_related("contract").first()
    if row is None:
        raise Refused(f"« {node.name} » n’est plus dans ce contrat : quelqu’un vient de le supprimer.")
    return row


def revision_of(request: HttpRequest) -> int:
    """The revision that the page showed."""
    return RevisionField().clean(request.POST.get("revision"))


def place_of(moved: list[Branch], target: Branch, place: str) -> tuple[Branch | None, int | None]:
    """Under which objective, at which rank among those that stay, « before », « after » or « inside » a target is."""
    if place == "inside":
        return target, None
    if place not in ("before", "after"):
        raise BadRequest("Ce déplacement n’a pas de sens.")
    before = target.siblings[: target.position + (place == "after")]
    return target.parent, sum(one not in moved for one in before)


def _step(node: Branch, direction: str) -> tuple[Branch | None, int | None]:
    if direction not in DIRECTIONS:
        raise BadRequest("Ce déplacement n’a pas de sens.")
    place = aim(node, direction)
    if place is None:
        raise Impossible(f"« {node.name} » ne peut pas aller plus loin de ce côté.")
    return place


def _said_moved(moved: Branch, left: Branch | None) -> str:
    where = f"sous « {moved.parent.name} »" if moved.parent else "au premier niveau"
    said = f"« {moved.name} » : rang {moved.position + 1} sur {len(moved.siblings)}, {where}."
    if (moved.parent and moved.parent.key) != (left and left.key):
        said += " Son niveau et son code restent les siens ; « Adapter à la place » les change."
    return said
