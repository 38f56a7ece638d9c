"""What the database holds, to be compared before and after: « nothing was written » is equality."""

from typing import Any

from django.apps import apps
from django.db.models import Model

from objectives.models import Contract

ROOMS = ("objectives", "actions", "indicators", "publications")


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of the four rooms that hold contracts."""
    return {model.__name__: _rows(model) for room in ROOMS for model in apps.get_app_config(room).get_models()}


def rows_of(contract: Contract) -> dict[str, list[dict[str, Any]]]:
    """Every row that belongs to that contract, by whichever way."""
    ways = (
        "contract",
        "objective__contract",
        "reference__objective__contract",
        "reference__action__objective__contract",
    )
    found = {"Contract": list(Contract.objects.filter(pk=contract.pk).values())}
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            way = next((way for way in ways if _leads(model, way)), None)
            if way is not None:
                found[model.__name__] = _rows(model, **{way: contract})
    return found


def _rows(model: type[Model], **which: Any) -> list[dict[str, Any]]:
    return list(model._base_manager.filter(**which).order_by("pk").values())


def _leads(model: type[Model], way: str) -> bool:
    names = {field.name for field in model._meta.get_fields() if field.concrete and field.is_relation}
    first, *rest = way.split("__")
    return first in names and (not rest or _leads(model._meta.get_field(first).related_model, "__".join(rest)))
