"""Every public page in Chromium: axe finds nothing, nothing overflows, at any width."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from document import nodes
from drafts.write import write_draft
from objectives.models import Membership
from publications.models import Publication, Rendition
from publications.renditions.store import WHOLE
from tests.browser.conftest import DESK, TELEPHONE, faults_of
from tests.factories import FIXTURES, make_contract, make_document, make_publication, make_user, real_document
from tests.public.reading import rich_document

ALES, RICH = "/contrats/ales-2015-2020/", "/contrats/riche/"
PAGES = [
    "/",
    "/recherche/",
    "/recherche/?mots=jeunes",
    "/recherche/?mots=jeunes&page=2",
    "/recherche/?mots=introuvable",
    *(f"/contrats/{path.stem}/" for path in sorted(FIXTURES.glob("*.yaml"))),
    f"{ALES}?deplie=1",
    f"{ALES}?mots=NPNRU",
    f"{ALES}?remarques=1",
    f"{ALES}?mots=introuvable",
    f"{ALES}objectifs/pilier-1/",
    f"{ALES}objectifs/1-1/",
    f"{ALES}objectifs/1-3-5/",
    f"{ALES}objectifs/1-1-3/#1-1-3-c1",
    f"{ALES}v/1/telecharger/",
    f"{ALES}v/1/arbre/",
    "/contrats/quartiers-2030/v/1/arbre/",
    "/contrats/profond/v/1/arbre/",
    f"{ALES}v/1/composer/?cadre=1&indicateurs=2&branche=1-1",
    f"{ALES}v/1/composer/?cadre=",
    f"{ALES}v/1/composer/apercu/?ordre-du-jour=1&cahier-des-charges=2&indicateurs=3&constats=4&decisions=5&branche=1-1",
    RICH,
    f"{RICH}objectifs/a-1/",
    f"{RICH}v/2/composer/apercu/?changements=1&cadre=2&contrat=3&depuis=1",
    f"{RICH}versions/",
    f"{RICH}en-vigueur/",
    f"{RICH}en-vigueur/?le=2024-06-01",
    f"{RICH}en-vigueur/?le=1999-01-01",
    f"{RICH}en-vigueur/?le=2024-13-01",
    f"{RICH}v/1/",
    f"{RICH}v/3/objectifs/a-1/",
    f"{RICH}v/1/comparer/2/",
    "/rapprocher/",
    "/rapprocher/?premier=rien",
    "/contrats/metz-2015-2020/v/1/rapprocher/quartiers-2030/1/",
    "/contrats/profond/v/1/rapprocher/riche/2/",
    "/contrats/profond/",
    "/accessibilite/",
    "/mentions-legales/",
    "/donnees-ouvertes/",
    "/plan-du-site/",
    "/rien/",
    f"{ALES}?niveau=rien",
    f"{RICH}objectifs/parti/",
    f"{ALES}v/1/telecharger/ales-2015-2020-v1.pdf",
    f"{RICH}v/1/telecharger/riche-v1.pdf",
]


def publish_everything() -> None:
    """The real contracts; one with three versions and all that a node can hold; one as deep as a tree may be."""
    for path in sorted(FIXTURES.glob("*.yaml")):
        make_publication(make_contract(real_document(path.stem)))
    rich = rich_document()
    gone = nodes.Objective(key="parti", level="axe", title="Axe abandonné")
    contract = make_contract(replace(rich, objectives=(*rich.objectives, gone)))
    first = make_publication(contract)
    write_draft(rich, by=None)
    make_publication(contract, label="Avenant n° 1", in_force_on=date(2025, 1, 1), note="Ce qui change :\n\n- ceci")
    make_publication(contract, label="Avenant n° 2", in_force_on=date(2999, 1, 1))
    make_publication(make_contract(deep_document()))
    ales = Publication.objects.get(contract__slug="ales-2015-2020")
    for publication, state in ((ales, "running"), (first, "failed")):
        Rendition.objects.create(
            publication=publication, name=WHOLE.name, state=state, finished_at=timezone.now(), content=b"Faute."
        )


def deep_document() -> nodes.Document:
    """One objective a level, twenty levels, long codes and a word that does not break."""
    levels = tuple(nodes.Level(key=f"n-{rank}", name=f"Niveau {rank}", plural=f"Niveaux {rank}") for rank in range(20))
    children: tuple[nodes.Objective, ...] = ()
    for rank in reversed(range(20)):
        code, title = ".".join("1" * (rank + 1)), f"Objectif {'très' * 12}profond de rang {rank}"
        children = (
            nodes.Objective(
                key=f"o-{rank}", level=f"n-{rank}", code=code, title=title, tags=("PRE",), children=children
            ),
        )
    return replace(make_document("profond"), levels=levels, objectives=children)


@pytest.mark.looks
@pytest.mark.parametrize("width", [DESK, TELEPHONE])
def test_public_pages(open_window, width):
    publish_everything()
    page = open_window(width=width)
    faults = []
    for address in PAGES:
        page.goto(address)
        faults += faults_of(page, address, width)
    assert faults == []


@pytest.mark.looks
@pytest.mark.parametrize("width", [DESK, TELEPHONE])
def test_preview_of_the_draft(open_window, live_server, client, width):
    contract = make_contract(rich_document())
    client.force_login(make_user(role=Membership.Role.READER, contract=contract))
    page = open_window(width=width)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    for address in ("/atelier/riche/apercu/", "/atelier/riche/apercu/objectifs/a-1/"):
        page.goto(address)
        assert faults_of(page, address, width) == []
