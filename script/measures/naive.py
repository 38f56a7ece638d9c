"""The naive way: the live rows of a contract through serializers nested in one another, as tutorials do it."""

from typing import Any

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from actions.models import Action, Clause
from indicators.models import Indicator
from objectives.models import Contract, CrossReference, Note, Objective


class ReferenceRows(serializers.ModelSerializer):
    """References."""

    targets = serializers.SlugRelatedField("key", many=True, read_only=True)

    class Meta:
        model = CrossReference
        fields = ["text", "targets"]


class NoteRows(serializers.ModelSerializer):
    """Mentions."""

    class Meta:
        model = Note
        fields = ["kind", "text"]


class ActionRows(serializers.ModelSerializer):
    """Actions."""

    class Meta:
        model = Action
        fields = ["key", "code", "title", "description", "remarks"]


class ClauseRows(serializers.ModelSerializer):
    """Clauses."""

    class Meta:
        model = Clause
        fields = ["key", "text", "remarks"]


class IndicatorRows(serializers.ModelSerializer):
    """Indicators."""

    class Meta:
        model = Indicator
        fields = ["key", "title", "kind", "unit", "breakdown", "baseline", "target", "remarks"]


class ObjectiveRows(serializers.ModelSerializer):
    """Objectives, with those below."""

    level = serializers.SlugRelatedField("key", read_only=True)
    tags = serializers.SlugRelatedField("name", many=True, read_only=True)
    notes = NoteRows(many=True)
    references = ReferenceRows(many=True)
    actions = ActionRows(many=True)
    clauses = ClauseRows(many=True)
    indicators = IndicatorRows(many=True)

    class Meta:
        model = Objective
        fields = [
            "key",
            "level",
            "code",
            "title",
            "description",
            "transversal",
            "tags",
            "notes",
            "remarks",
            "references",
            "actions",
            "clauses",
            "indicators",
        ]

    def to_representation(self, instance: Objective) -> dict[str, Any]:
        """The row with its children."""
        children = ObjectiveRows(instance.children.order_by("position"), many=True)
        return super().to_representation(instance) | {"children": children.data}


@api_view(["GET"])
def live_contract(request: Request, slug: str) -> Response:
    """The whole tree of a contract."""
    contract = get_object_or_404(Contract, slug=slug)
    roots = Objective.objects.of(contract).roots()
    return Response({"title": contract.title, "objectives": ObjectiveRows(roots, many=True).data})
