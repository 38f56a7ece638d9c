"""The nodes of a draft, one at a time: listed, added, read, changed, moved, deleted; the views of every kind."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api import gestures
from api.answers import page_of
from api.bodies import body_of, check_fields
from api.drafting import DraftView, expected, find_node, find_own, locked, revised_answer
from api.nodes import ITEM_KINDS, OBJECTIVE, Kind, node_row, node_rows
from api.pages import NAMES, PARAMETERS, Pages
from api.rows import address
from api.schema import documented, parameter
from api.shapes import ref
from objectives.models import Objective

_TAG = "Atelier"
#: How French names one of each kind, and several.
_ONE = {"objective": "un objectif", "action": "une action", "clause": "une clause", "indicator": "un indicateur"}
_MANY = {"actions": "actions", "clauses": "clauses du cahier des charges", "indicators": "indicateurs"}
_WITH_ALL = parameter(
    "with_all",
    "« true » : tout ce qui est au-dessous part aussi. Sinon, un objectif qui en porte d’autres est gardé (409).",
    {"type": "string", "enum": ["true", "false"]},
)


class DraftObjectives(DraftView):
    """All objectives of a draft."""

    def known_parameters(self) -> tuple[str, ...]:
        """A list has pages."""
        return NAMES if self.request.method in ("GET", "HEAD") else ()

    @documented(
        "draft_objectives",
        "Les objectifs d’un brouillon",
        answer=page_of(OBJECTIVE.shape),
        parameters=PARAMETERS,
        tag=_TAG,
    )
    def get(self, request: Request, slug: str) -> Response:
        """Tous les niveaux de l’arbre, dans l’ordre de lecture, avec leur révision et sans leurs actions."""
        with locked(find_own(request, slug)) as contract:
            return _page(request, OBJECTIVE, _in_reading_order(contract))

    @documented(
        "draft_objective_add",
        "Ajouter un objectif",
        answer=ref(OBJECTIVE.shape),
        body=ref("NewObjective"),
        status=201,
        revised=True,
        tag=_TAG,
    )
    def post(self, request: Request, slug: str) -> Response:
        """Sous un autre ou à la racine. Sans « code », il prend le suivant de la numérotation de son niveau."""
        contract, data = find_own(request, slug, "edit"), body_of(request)
        with locked(contract) as contract:
            return _added(request, OBJECTIVE, gestures.add(OBJECTIVE, contract, data, by=request.user))


def items_view(kind: Kind) -> type[DraftView]:
    """What an objective holds of that kind: listed in order, and added to."""

    class Items(DraftView):
        def known_parameters(self) -> tuple[str, ...]:
            return NAMES if self.request.method in ("GET", "HEAD") else ()

        @documented(
            f"draft_{kind.plural}",
            f"Les {_MANY[kind.plural]} d’un objectif du brouillon",
            answer=page_of(kind.shape),
            parameters=PARAMETERS,
            said="Dans l’ordre, avec leur révision.",
            tag=_TAG,
        )
        def get(self, request: Request, slug: str, key: str) -> Response:
            with locked(find_own(request, slug)) as contract:
                holder = find_node(OBJECTIVE, contract, key)
                return _page(request, kind, kind.model.objects.filter(objective=holder).order_by("position", "pk"))

        @documented(
            f"draft_{kind.word}_add",
            f"Ajouter {_ONE[kind.word]} à un objectif",
            answer=ref(kind.shape),
            body=ref(f"New{kind.node.__name__}"),
            status=201,
            revised=True,
            said="À ce rang parmi ses semblables ; sans rang, à la fin."
            + (" Sans « code », elle prend la lettre suivante." if kind.word == "action" else ""),
            tag=_TAG,
        )
        def post(self, request: Request, slug: str, key: str) -> Response:
            contract, data = find_own(request, slug, "edit"), body_of(request)
            with locked(contract) as contract:
                find_node(OBJECTIVE, contract, key)
                check_fields(data, kind.fields | {"position"}, kind.needed)
                return _added(request, kind, gestures.add(kind, contract, data | {"under": key}, by=request.user))

    return Items


def node_view(kind: Kind) -> type[DraftView]:
    """One node of that kind."""
    one, removal = _ONE[kind.word], [_WITH_ALL] if kind is OBJECTIVE else []

    class Node(DraftView):
        def known_parameters(self) -> tuple[str, ...]:
            return tuple(one.name for one in removal) if self.request.method == "DELETE" else ()

        @documented(
            f"draft_{kind.word}",
            f"{one.capitalize()} du brouillon",
            answer=ref(kind.shape),
            revised=True,
            said="Ses propres champs, au format d’échange, ce qui le porte et sa révision, que l’ETag répète.",
            tag=_TAG,
        )
        def get(self, request: Request, slug: str, key: str) -> Response:
            with locked(find_own(request, slug)) as contract:
                return revised_answer(node_row(find_node(kind, contract, key)))

        @documented(
            f"draft_{kind.word}_change",
            f"Modifier {one}",
            answer=ref(kind.shape),
            body=ref(f"{kind.node.__name__}Change"),
            revised=True,
            guarded=True,
            said="Les champs nommés prennent ces valeurs, les autres restent à la lettre ; une liste (étiquettes, "
            "mentions, renvois…) est remplacée entière.",
            tag=_TAG,
        )
        def patch(self, request: Request, slug: str, key: str) -> Response:
            contract, revision, data = find_own(request, slug, "edit"), expected(request), body_of(request)
            with locked(contract) as contract:
                row = find_node(kind, contract, key)
                return revised_answer(node_row(gestures.change(kind, row, data, by=request.user, revision=revision)))

        @documented(
            f"draft_{kind.word}_delete",
            f"Supprimer {one}",
            answer=None,
            parameters=removal,
            status=204,
            guarded=True,
            said="Le journal garde tout, et « restore/ » le fait revenir. La clé n’est jamais redonnée.",
            tag=_TAG,
        )
        def delete(self, request: Request, slug: str, key: str) -> Response:
            contract, revision, how = find_own(request, slug, "edit"), expected(request), _removal(request)
            with locked(contract) as contract:
                gestures.delete(kind, find_node(kind, contract, key), how, by=request.user, revision=revision)
            return Response(status=204)

    return Node


def move_view(kind: Kind) -> type[DraftView]:
    """The place of a node of that kind."""

    class Place(DraftView):
        @documented(
            f"draft_{kind.word}_move",
            f"Déplacer {_ONE[kind.word]}",
            answer=ref(kind.shape),
            body=ref("Move"),
            revised=True,
            guarded=True,
            said="Avec tout ce qu’il a au-dessous ; son niveau et son code restent, et les constats disent s’ils ne "
            "conviennent plus."
            if kind is OBJECTIVE
            else "À un autre rang, ou sous un autre objectif du même contrat ; son code reste.",
            tag=_TAG,
        )
        def post(self, request: Request, slug: str, key: str) -> Response:
            contract, revision, data = find_own(request, slug, "edit"), expected(request), body_of(request)
            with locked(contract) as contract:
                row = find_node(kind, contract, key)
                return revised_answer(node_row(gestures.move(kind, row, data, by=request.user, revision=revision)))

    return Place


def _in_reading_order(contract: Any) -> QuerySet[Objective]:
    root = Objective.objects.filter(pk=OuterRef("tree_id")).values("position")
    return Objective.objects.of(contract).annotate(root_rank=Subquery(root)).order_by("root_rank", "lft")


def _page(request: Request, kind: Kind, rows: QuerySet[Any]) -> Response:
    pages = Pages(request, rows.values_list("pk", flat=True))
    return pages.answer(node_rows(kind, pages.rows))


def _added(request: Request, kind: Kind, row: Any) -> Response:
    location = address(request, f"api:draft_{kind.word}", row.contract.slug, row.key)
    return revised_answer(node_row(row), status=201, location=location)


def _removal(request: Request) -> dict[str, bool]:
    given = request.query_params.get("with_all")
    if given not in (None, "true", "false"):
        raise ValidationError({"with_all": ["Écrivez « true » ou « false »."]})
    return {} if given is None else {"with_all": given == "true"}


#: The views of each kind.
ITEMS = {kind: items_view(kind) for kind in ITEM_KINDS}
NODES = {kind: node_view(kind) for kind in (OBJECTIVE, *ITEM_KINDS)}
PLACES = {kind: move_view(kind) for kind in (OBJECTIVE, *ITEM_KINDS)}
