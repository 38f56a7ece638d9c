"""What tests of the atelier share: addresses, the outline read as keys, gestures sent as the page sends them."""

from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from objectives.models import Contract, Objective

#: What htmx says of itself.
IN_PLACE = {"HTTP_HX_REQUEST": "true"}


def url(name: str, contract: Contract, *args: str) -> str:
    """The address of a page of the atelier."""
    return reverse(f"editor:{name}", args=[contract.slug, *args])


def seen(response: HttpResponse) -> dict[str, Any]:
    """The lines in the page, as keys that hold the keys below them."""
    return _below(BeautifulSoup(response.content.decode(), "html.parser").select_one("#tree"))


def _below(group: Any) -> dict[str, Any]:
    found = {}
    for entry in group.find_all("li", recursive=False) if group else []:
        found[entry["data-key"]] = _below(entry.find("ul", recursive=False))
    return found


def stored(contract: Contract) -> dict[str, Any]:
    """The whole tree in the same shape, from parents and ranks alone."""
    rows = list(Objective.objects.of(contract).order_by("position", "pk").values_list("pk", "parent_id", "key"))

    def below(parent: int | None) -> dict[str, Any]:
        return {key: below(pk) for pk, above, key in rows if above == parent}

    return below(None)


def send(client: Client, contract: Contract, gesture: str, key: str = "", **values: Any) -> HttpResponse:
    """Sends a gesture about that objective, at the revision that it has, as the page does."""
    if key:
        row = Objective.objects.get(contract=contract, key=key)
        values = {"objectif": key, "revision": row.revision, **values}
    return client.post(url(gesture, contract), values, **(IN_PLACE if values.pop("in_place", True) else {}))


def told(response: HttpResponse) -> str:
    """What the outline says of the gesture, spaces made plain."""
    outline = BeautifulSoup(response.content.decode(), "html.parser").select_one("#outline")
    return " ".join(outline["data-said"].split())
