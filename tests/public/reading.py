"""Reads pages as a visitor does: their text, their links, their tree."""

from dataclasses import replace
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client

from document import nodes
from tests.factories import make_document


def get(address: str, *, status: int = 200, user: Any = None) -> BeautifulSoup:
    """The page at that address, as someone sees it."""
    return soup(answer(address, status=status, user=user))


def answer(address: str, *, status: int = 200, user: Any = None, **headers: str) -> HttpResponse:
    """The answer of that address, which has that status."""
    client = Client()
    if user is not None:
        client.force_login(user)
    response = client.get(address, headers=headers)
    assert response.status_code == status, (address, response.status_code)
    return response


def soup(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def said(node: Tag) -> str:
    """What is read of a node, all spaces alike."""
    return " ".join(node.get_text(" ").replace("\u00a0", " ").replace("\u202f", " ").split())


def heard(node: Tag) -> str:
    """What is read of a node without what is said to synthetic voices alone."""
    copy = BeautifulSoup(str(node), "html.parser")
    for hidden in copy.select(".visually-hidden"):
        hidden.decompose()
    return said(copy)


def links(page: Tag, selector: str = "a") -> dict[str, str]:
    """The links of a page by what they say."""
    return {heard(link): link["href"] for link in page.select(f"{selector}[href]")}


def rich_document() -> nodes.Document:
    """A document where every field of every node says something of its own."""
    target = nodes.Objective(key="b", level="axe", code="B", title="Deuxième axe", transversal=True)
    full = nodes.Objective(
        key="a-1",
        level="objectif",
        code="A.1",
        title="Objectif entier",
        description="Premier paragraphe.\n\n- un\n- deux",
        tags=("PRE", "Égalité femmes-hommes"),
        neighbourhoods=("QP030001",),
        notes=(
            nodes.Note(kind="funding", text="PRIORISER LE PRE"),
            nodes.Note(kind="scope", text="HORS APPEL"),
            nodes.Note(kind="other", text="Autre chose"),
        ),
        declared=(nodes.DeclaredCount(of="actions", count=3), nodes.DeclaredCount(of="clauses", count=1)),
        remarks=("Remarque d’objectif",),
        references=(
            nodes.Reference(text="Cf. axe B", targets=("b",)),
            nodes.Reference(text="Cf. annexe perdue"),
        ),
        actions=(
            nodes.Action(
                key="a-1-a",
                code="A.1.a",
                title="Première action",
                description="Ce qu’elle est",
                references=(nodes.Reference(text="Voir B", targets=("b",)),),
                remarks=("Remarque d’action",),
            ),
            nodes.Action(key="a-1-b", title="Action sans code"),
        ),
        clauses=(nodes.Clause(key="a-1-c1", text="L’opérateur s’engage", remarks=("Remarque de clause",)),),
        indicators=(
            nodes.Indicator(
                key="a-1-i1",
                title="Nombre d’élèves (F/G)",
                kind="count",
                unit="élèves",
                breakdown=("F/G",),
                baseline="12 en 2014",
                target="",
                remarks=("Remarque d’indicateur",),
            ),
        ),
    )
    return replace(
        make_document("riche"),
        neighbourhoods=(nodes.Neighbourhood(code="QP030001", name="Les Prés"),),
        declared=(nodes.DeclaredCount(of="axe", count=2), nodes.DeclaredCount(of="objectif", count=5)),
        remarks=("Remarque d’ensemble",),
        objectives=(nodes.Objective(key="a", level="axe", code="A", title="PREMIER AXE", children=(full,)), target),
    )
