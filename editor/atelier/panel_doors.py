"""What every address of the panel begins with: the objective that is meant, for those with the right to it."""

import json
from functools import partial
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import SimpleLazyObject

from editor.forms.item_rows import KINDS, ItemKind
from editor.reading.outline import Outline
from editor.reading.rights import rights_in
from objectives.access import contracts_for, require
from objectives.items import Item
from objectives.models import Contract, Objective


def find_objective(request: HttpRequest, slug: str, key: str, right: str = "read") -> Objective:
    """The objective of that key in that contract: 404 for whoever may not read it, 403 without that right."""
    contract = get_object_or_404(contracts_for(request.user).select_related("territory"), slug=slug)
    require(request.user, right, contract)
    objective = get_object_or_404(Objective.objects.of(contract).select_related("level"), key=key)
    objective.contract = contract
    return objective


def find_kind(part: str) -> ItemKind:
    """The list of that name: actions, clauses or indicators."""
    kind = next((kind for kind in KINDS if kind.prefix == part), None)
    if kind is None:
        raise Http404("Cette liste n’existe pas.")
    return kind


def find_item(objective: Objective, kind: ItemKind, **named: object) -> Item | None:
    """The item of that pk or key under that objective, or None."""
    item = kind.model.objects.filter(objective=objective, **named).first()
    if item is not None:
        item.contract, item.objective = objective.contract, objective
    return item


def outline_of(contract: Contract) -> Outline:
    """The tree of the contract, read when something of it is asked for: most saves name no other objective."""
    return cast(Outline, SimpleLazyObject(partial(Outline, contract)))


def rights_of(request: HttpRequest, contract: Contract) -> dict[str, bool]:
    """What the person may do in it, looked up for a whole page, which leads elsewhere; a piece of one does not ask."""
    return cast(dict[str, bool], SimpleLazyObject(partial(rights_in, request, contract)))


def draft_changed(response: HttpResponse, *keys: str) -> HttpResponse:
    """Tells the page that what these objectives hold has changed, so that their lines in the tree are read anew."""
    response["HX-Trigger"] = json.dumps({"draft-changed": {"keys": list(keys)}})
    return response
