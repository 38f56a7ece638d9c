"""A contract with its people, and a browser signed in as each of them."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from accounts.models import User
from objectives.models import Contract, Objective
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
