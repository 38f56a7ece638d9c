"""The demonstration: the four contracts once, an account a role, passwords shown once."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import User
from objectives.models import Contract, Membership
from publications.models import Publication

pytestmark = pytest.mark.django_db
SLUGS = ["ales-2015-2020", "metz-2015-2020", "quartiers-2030", "six-thematiques"]
ADDRESSES = ["administration@exemple.fr", "lecteur@exemple.fr", "redacteur@exemple.fr", "responsable@exemple.fr"]


def load(*arguments: str) -> list[str]:
    """The lines that the command prints."""
    printed = StringIO()
    call_command("load_demo", *arguments, stdout=printed)
    return printed.getvalue().splitlines()


def passwords(lines: list[str]) -> dict[str, str]:
    return dict(line.split() for line in lines if line.startswith("  "))


def test_contracts_are_loaded_and_published_once():
    assert load() == [f"{slug} : chargé et publié (version 1)." for slug in SLUGS]
    assert load() == []
    assert list(Contract.objects.order_by("slug").values_list("slug", flat=True)) == SLUGS
    assert list(Publication.objects.values_list("number", flat=True)) == [1, 1, 1, 1]
    assert User.objects.count() == 0


def test_accounts_one_a_role_whose_printed_passwords_open():
    given = passwords(load("--accounts"))
    assert sorted(given) == ADDRESSES
    assert all(User.objects.get(email=email).check_password(password) for email, password in given.items())
    roles = Membership.objects.order_by("user__email", "contract__slug").values_list("user__email", "role")
    expected = [("lecteur", "reader"), ("redacteur", "editor"), ("responsable", "manager")]
    assert list(roles) == [(f"{name}@exemple.fr", role) for name, role in expected for _ in SLUGS]
    assert User.objects.get(is_superuser=True).email == "administration@exemple.fr"


def test_passwords_are_kept_until_new_ones_are_asked_for():
    first = passwords(load("--accounts"))
    assert load("--accounts") == [
        f"Comptes de démonstration déjà là : {', '.join(ADDRESSES)} (--new-passwords change leurs mots de passe)."
    ]
    second = passwords(load("--accounts", "--new-passwords"))
    assert sorted(second) == ADDRESSES
    assert set(first.values()) & set(second.values()) == set()
    assert all(User.objects.get(email=email).check_password(password) for email, password in second.items())
