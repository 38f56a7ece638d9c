"""A contract with its people, and a browser signed in as each of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from document import nodes
from objectives.models import Contract, Objective
from objectives.rows import read_tree
from tests.editor.forms import read_form
from tests.factories import make_contract, make_document, make_user

ROLES = ("reader", "editor", "manager")


@dataclass
class Bench:
    """A contract « essai », another one « voisin », and people."""

    contract: Contract
    other: Contract
    people: dict[str, User]

    def objective(self, key: str = "1-1", contract: Contract | None = None) -> Objective:
        """The objective of that key."""
        return Objective.objects.get(contract=contract or self.contract, key=key)

    def log(self) -> list[tuple[str, str]]:
        """What was done in the contract since the bench was made: verb and key, in order."""
        changes = self.contract.changes.order_by("pk").exclude(verb="write_draft")
        return list(changes.values_list("verb", "key"))


@pytest.fixture
def bench(db: None) -> Bench:
    """Everyone that the tests of the admin need."""
    contract, other = make_contract(), make_contract(make_document("voisin"))
    people = {role: make_user(role=role, contract=contract) for role in ROLES}
    people["stranger"] = make_user(role="manager", contract=other)
    people["nobody"] = make_user()
    people["admin"] = make_user(admin=True)
    return Bench(contract, other, people)


@pytest.fixture
def signed_in(bench: Bench) -> Callable[[str], Client]:
    """`signed_in("editor")`: a browser."""

    def sign_in(role: str) -> Client:
        client = Client(raise_request_exception=True)
        if role != "visitor":
            client.force_login(bench.people[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def panel(bench: Bench, signed_in: Callable[[str], Client]) -> Any:
    """The panel of objective 1-1 as its editor has it: read it, save some of it."""

    class Panel:
        objective = bench.objective()
        client = signed_in("editor")

        def url(self, name="objective", *args):
            return reverse(f"editor:{name}", args=["essai", "1-1", *args])

        def read(self):
            return read_form(self.client.get(self.url()))

        def own(self, form, **typed):
            data = {name: value for name, value in form.items() if name.split("-")[0] not in nodes.ITEMS}
            return self.client.post(self.url("objective_own"), data | typed, headers={"HX-Request": "true"})

        def line(self, form, part="actions", row=0, **typed):
            prefix = f"{part}-{row}-"
            data = {name.removeprefix(prefix): value for name, value in form.items() if name.startswith(prefix)}
            return self.client.post(self.url("objective_item", part), data | typed, headers={"HX-Request": "true"})

        def node(self):
            return read_tree(Objective.objects.filter(pk=self.objective.pk))[0]

    return Panel()
