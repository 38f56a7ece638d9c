"""Dull makers of what tests need: documents, contracts, people, publications."""

from datetime import date
from itertools import count
from pathlib import Path

from accounts.models import User
from document import nodes
from document.codec import decode_yaml
from drafts.write import write_draft
from objectives.models import Contract, Membership
from publications.models import Publication
from publications.publish import publish

FIXTURES = Path(__file__).parent.parent / "fixtures"
_serial = count(1)

LEVELS = (
    nodes.Level(key="axe", name="Axe", plural="Axes", numbering="{n}"),
    nodes.Level(
        key="objectif", name="Objectif opérationnel", plural="Objectifs opérationnels", numbering="{parent}.{n}"
    ),
)


def make_document(slug: str = "essai", *, axes: int = 1, objectives: int = 2, **changes: object) -> nodes.Document:
    """A small sound document: `axes` roots of `objectives` each, all with an action, a clause and an indicator."""
    values = {
        "contract": nodes.Contract(
            slug=slug, title=f"Contrat {slug}", territory="Ville d’essai", start_year=2024, end_year=2030
        ),
        "levels": LEVELS,
        "objectives": tuple(_axis(rank, objectives) for rank in range(1, axes + 1)),
    }
    return nodes.Document(**(values | changes))


def _axis(rank: int, objectives: int) -> nodes.Objective:
    children = tuple(_objective(f"{rank}", number) for number in range(1, objectives + 1))
    return nodes.Objective(key=f"axe-{rank}", level="axe", code=f"{rank}", title=f"Axe {rank}", children=children)


def _objective(parent: str, number: int) -> nodes.Objective:
    key = f"{parent}-{number}"
    return nodes.Objective(
        key=key,
        level="objectif",
        code=f"{parent}.{number}",
        title=f"Objectif {parent}.{number}",
        tags=("PRE",),
        actions=(nodes.Action(key=f"{key}-a", code=f"{parent}.{number}.a", title=f"Action de {parent}.{number}"),),
        clauses=(nodes.Clause(key=f"{key}-c1", text=f"L’opérateur s’engage pour {parent}.{number}"),),
        indicators=(
            nodes.Indicator(
                key=f"{key}-i1",
                title=f"Nombre de participants à {parent}.{number} (F/H)",
                kind="count",
                breakdown=("F/H",),
            ),
        ),
    )


def real_document(slug: str) -> nodes.Document:
    """One of the four contracts of fixtures/."""
    return decode_yaml((FIXTURES / f"{slug}.yaml").read_bytes())


def make_contract(document: nodes.Document | None = None) -> Contract:
    """A contract whose draft is that document."""
    return write_draft(document or make_document(), by=None)


def make_publication(contract: Contract | None = None, **changes: object) -> Publication:
    """A publication of the draft of that contract."""
    values = {"label": "Texte initial", "in_force_on": date(2024, 1, 1), "by": None}
    return publish(contract or make_contract(), **(values | changes))


def make_user(*, role: str | None = None, contract: Contract | None = None, admin: bool = False) -> User:
    """An account « personne-N@exemple.fr », password « mot-de-passe-N », with that role in that contract."""
    number = next(_serial)
    make = User.objects.create_superuser if admin else User.objects.create_user
    user = make(f"personne-{number}@exemple.fr", f"Personne {number}", f"mot-de-passe-{number}")
    if role is not None:
        Membership.objects.create(contract=contract, user=user, role=role)
    return user
