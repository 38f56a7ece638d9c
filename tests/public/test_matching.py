"""Two contracts side by side: proposals said to be such, what each alone has, filters, rights, nonsense refused."""

from dataclasses import replace

import pytest

from document.nodes import Document, Objective
from publications.models import Publication
from tests.factories import make_contract, make_document, make_publication, make_user
from tests.public.reading import answer, get, heard, links, said

pytestmark = pytest.mark.django_db
ADDRESS = "/contrats/ancien/v/1/rapprocher/nouveau/1/"
REFUSED = "Ce texte n’est pas de ceux qui sont publiés."


def _document(slug: str, root: str, *titles: str) -> Document:
    nodes = tuple(
        Objective(key=f"o-{rank}", level="objectif", code=f"1.{rank}", title=title)
        for rank, title in enumerate(titles, 1)
    )
    axis = Objective(key="axe", level="axe", code="1", title=root, children=nodes)
    return replace(make_document(slug), objectives=(axis,))


@pytest.fixture
def both():
    first = _document(
        "ancien", "Cohésion sociale", "En luttant contre le décrochage", "Rénover les écoles", "Soutenir les commerces"
    )
    second = _document(
        "nouveau", "Cohésion sociale", "Lutter contre le décrochage scolaire", "Planter des arbres", "Rénover l’école"
    )
    return [make_publication(make_contract(one)) for one in (first, second)]


def _pairs(page) -> list[tuple[str, str, str]]:
    return [
        (heard(pair.select_one(".pair__how")), *(said(side.a) for side in pair.select(".pair__side")))
        for pair in page.select(".pair")
    ]


def test_matches_are_proposed_with_how_close_they_are_and_the_rest_is_told_of_each_side(both):
    page = get(ADDRESS)
    assert _pairs(page) == [
        ("= Même intitulé, 2 mots en commun, proximité 100 %", "1 Cohésion sociale", "1 Cohésion sociale"),
        (
            "≈ Intitulé proche, 2 mots en commun, proximité 80 %",
            "1.1 En luttant contre le décrochage",
            "1.1 Lutter contre le décrochage scolaire",
        ),
        ("= Même intitulé, 2 mots en commun, proximité 100 %", "1.2 Rénover les écoles", "1.3 Rénover l’ école"),
    ]
    assert [said(one) for one in page.select(".pair:nth-of-type(2) mark")] == [
        "luttant", "décrochage", "Lutter", "décrochage",
    ]  # fmt: skip
    assert {said(one) for one in page.select(".pair__how > .visually-hidden")} == {"Rapprochement proposé :"}
    assert [heard(one) for one in page.select("#premier ~ .pairs a, #second ~ .pairs a")] == [
        "1.3 Soutenir les commerces", "1.2 Planter des arbres",
    ]  # fmt: skip
    assert page.select_one(".pair__side a")["href"] == "/contrats/ancien/v/1/objectifs/axe/"
    assert links(page)["Échanger les deux textes"] == "/contrats/nouveau/v/1/rapprocher/ancien/1/"


def test_kinds_narrow_what_is_shown_and_not_what_is_counted(both):
    figures = ["= 2 mêmes intitulés", "≈ 1 intitulé proche", "← 1 seulement dans le premier texte",
               "→ 1 seulement dans le second texte"]  # fmt: skip
    for query, pairs, headings in (
        ("", 3, ["Rapprochements proposés", "Seulement dans le premier texte", "Seulement dans le second texte"]),
        ("?genre=close", 1, ["Rapprochements proposés"]),
        ("?genre=after&genre=same", 2, ["Rapprochements proposés", "Seulement dans le second texte"]),
        ("?genre=doubtful", 0, []),
    ):
        page = get(ADDRESS + query)
        assert (len(page.select(".pair")), [said(one) for one in page.select("h2")]) == (pairs, headings)
        assert [said(one) for one in page.select(".changes-filter__kinds label")] == figures
        assert said(page.legend) == "3 rapprochements proposés"


def test_the_form_offers_public_versions_and_leads_to_their_page(both, client):
    make_publication(both[0].contract, label="Avenant")
    make_publication(both[0].contract, label="Réservé", visibility=Publication.Visibility.MEMBERS)
    page = get("/rapprocher/?premier=ancien:1")
    groups = {
        one["label"]: [said(option) for option in one("option")] for one in page.select_one("#id_second")("optgroup")
    }
    assert groups == {
        "Contrat ancien": ["Version 2, Avenant (en vigueur)", "Version 1, Texte initial"],
        "Contrat nouveau": ["Version 1, Texte initial (en vigueur)"],
    }
    assert page.select_one("#id_premier option[selected]")["value"] == "ancien:1"
    assert client.get("/rapprocher/?premier=ancien:1&second=nouveau:1")["Location"] == ADDRESS
    for address in ("/", "/plan-du-site/"):
        assert "/rapprocher/" in links(get(address)).values()
    assert "/rapprocher/?premier=ancien:2" in links(get("/contrats/ancien/versions/")).values()


@pytest.mark.parametrize(("query", "field", "message"), [
    ("premier=x", "premier", REFUSED),
    ("premier=ancien:9&second=nouveau:1", "premier", REFUSED),
    ("premier=ancien:1&second=", "second", "Choisissez un texte."),
    ("premier=ancien:1&second=%00", "second", REFUSED),
    ("premier=ancien:1&second=ancien:1", "second", "Choisissez deux textes différents."),
])  # fmt: skip
def test_what_cannot_be_laid_side_by_side_is_refused_at_its_field(both, query, field, message):
    page = get(f"/rapprocher/?{query}", status=400)
    assert {one["id"]: said(one) for one in page.select(".field__fault")} == {f"id_{field}_error": message}


@pytest.mark.parametrize(("address", "status"), [
    (f"{ADDRESS}?genre=rien", 400),
    (f"{ADDRESS}?genre=", 400),
    ("/contrats/ancien/v/1/rapprocher/nouveau/2/", 404),
    ("/contrats/ancien/v/99999999999999999999/rapprocher/nouveau/1/", 404),
    ("/contrats/rien/v/1/rapprocher/nouveau/1/", 404),
])  # fmt: skip
def test_nonsense_in_the_address(both, address, status):
    answer(address, status=status)


def test_two_versions_of_one_contract_are_compared_exactly(both, client):
    make_publication(both[0].contract)
    assert client.get("/contrats/ancien/v/1/rapprocher/ancien/2/")["Location"] == "/contrats/ancien/v/1/comparer/2/"


def test_a_text_that_is_reserved_is_laid_out_for_its_readers_alone(both):
    kept = make_publication(both[1].contract, visibility=Publication.Visibility.MEMBERS)
    address = "/contrats/ancien/v/1/rapprocher/nouveau/2/"
    for user in (None, make_user(role="reader", contract=both[0].contract)):
        answer(address, status=404, user=user)
    response = answer(address, user=make_user(role="reader", contract=kept.contract))
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("objectives", [3, 300])
def test_queries_do_not_grow_with_the_trees(client, django_assert_num_queries, objectives):
    for slug in ("ancien", "nouveau"):
        make_publication(make_contract(make_document(slug, objectives=objectives)))
    with django_assert_num_queries(4):
        response = client.get(ADDRESS)
    with django_assert_num_queries(2):
        assert client.get(ADDRESS, headers={"If-None-Match": response["ETag"]}).status_code == 304
    with django_assert_num_queries(1):
        assert client.get("/rapprocher/").status_code == 200
