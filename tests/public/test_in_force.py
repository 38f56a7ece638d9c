"""« En vigueur le »: which version is in force on any day, for each reader, at an address that names the day."""

from datetime import date, timedelta

import pytest
from django.test import Client

from publications.models import Publication
from publications.periods import period_on, periods
from publications.sharing import add_share_link
from tests.factories import make_contract, make_document, make_publication, make_user
from tests.public.reading import answer, get, heard, links, said, soup

pytestmark = pytest.mark.django_db
ADDRESS = "/contrats/essai/en-vigueur/"
MEMBERS, LINK = Publication.Visibility.MEMBERS, Publication.Visibility.LINK


@pytest.fixture
def contract():
    """1 from 2015, 2 and 3 both from 2020 (2 was never in force), 4 from 2018, 5 to come."""
    found = make_contract()
    for day in (date(2015, 1, 1), date(2020, 1, 1), date(2020, 1, 1), date(2018, 6, 1), date(2999, 1, 1)):
        make_publication(found, in_force_on=day, label=f"Texte de {day.year}")
    return found


def facts(section) -> dict[str, str]:
    return {said(row.dt): said(row.dd) for row in section.select(".facts > div")}


def test_the_version_of_a_day_is_named_with_its_period_and_its_digest(contract):
    page = get(f"{ADDRESS}?le=2019-05-01")
    version = Publication.objects.get(number=4)
    assert said(page.h1) == "En vigueur le 1er mai 2019"
    assert said(page.select_one(".head__lead")) == (
        "Le 1er mai 2019, le texte en vigueur était la version 4, Texte de 2018 ."
    )
    (section,) = page.select(".version")
    assert heard(section.h2) == "4 Texte de 2018"
    assert facts(section) == {
        "Numéro": "version 4",
        "En vigueur": "du 1er juin 2018 au 31 décembre 2019",
        "Publiée le": facts(section)["Publiée le"],
        "Empreinte SHA-256": version.digest,
    }
    assert links(section, ".version__links a") == {
        "Lire la version 4": "/contrats/essai/v/4/",
        "Ce qui change dans la suivante, version 3": "/contrats/essai/v/4/comparer/3/",
        "Télécharger la version 4": "/contrats/essai/v/4/telecharger/",
    }
    assert page.select_one("#id_le")["value"] == "2019-05-01"


def test_before_the_first_version_the_first_is_named(contract):
    page = get(f"{ADDRESS}?le=31/12/2014")
    assert said(page.select_one(".head__lead")) == (
        "Aucune version publique n’était encore en vigueur à cette date. La première a pris effet le 1er janvier 2015."
    )
    assert [heard(one) for one in page.select(".version h2")] == ["1 Texte de 2015"]


@pytest.mark.parametrize(("asked", "message"), [
    ("", "Indiquez une date."),
    *((nonsense, "Cette date n’existe pas ou n’est pas complète : écrivez-la comme 31/12/2019.")
      for nonsense in ("2019-02-30", "hier", "0000-01-01", "2019")),
])  # fmt: skip
def test_a_date_that_is_none_is_refused_at_its_field(contract, asked, message):
    page = get(f"{ADDRESS}?le={asked}", status=400)
    field = page.select_one("#id_le")
    assert said(page.select_one(f"#{field['aria-describedby']}")) == message
    assert (field["aria-invalid"], page.select(".version")) == ("true", [])


def test_the_list_agrees_with_the_query_on_every_day_around_a_change(contract):
    versions = list(Publication.objects.all())
    spans = periods(versions)
    assert [(one.publication.number, one.is_empty) for one in spans] == [
        (1, False), (4, False), (2, True), (3, False), (5, False),
    ]  # fmt: skip
    for one in versions:
        for day in (one.in_force_on + timedelta(days=shift) for shift in (-1, 0, 1)):
            found = period_on(day, spans)
            assert (found and found.publication) == Publication.objects.in_force(day).first(), day


def test_what_is_reserved_is_named_to_its_readers_alone(contract):
    kept = make_publication(contract, in_force_on=date(2016, 1, 1), label="Projet", visibility=LINK)
    for user, versions in ((None, ["1 Texte de 2015"]), (make_user(), ["1 Texte de 2015"]),
                           (make_user(role="reader", contract=contract), ["1 Texte de 2015", "6 Projet"])):  # fmt: skip
        page = get(f"{ADDRESS}?le=2017-01-01", user=user)
        assert [heard(one) for one in page.select(".version h2")] == versions
    assert len(get(f"{ADDRESS}?le=2015-06-01", user=user).select(".version")) == 1
    holder = Client()
    holder.get(f"/partage/{add_share_link(kept, label='COPIL', by=None)[1]}/")
    response = holder.get(f"{ADDRESS}?le=2017-01-01")
    assert (b"Projet" in response.content, response["Cache-Control"]) == (True, "private, no-store")
    assert answer(f"{ADDRESS}?le=2017-01-01")["Cache-Control"] == "public, no-cache"


def test_a_contract_that_is_wholly_reserved_exists_for_its_members(client, django_assert_num_queries):
    contract = make_contract(make_document("clos"))
    make_publication(contract, visibility=MEMBERS)
    address = "/contrats/clos/en-vigueur/?le=2025-01-01"
    answer(address, status=404)
    client.force_login(make_user(role="reader", contract=contract))
    with django_assert_num_queries(5):
        page = soup(client.get(address))
    assert said(page.select_one(".version__state")) == "Réservée : vous pouvez la lire, le public non"


def test_it_is_reached_from_the_contract_the_versions_and_the_map_of_the_site(contract, django_assert_num_queries):
    assert links(get("/contrats/essai/"), ".colophon a")["En vigueur à une autre date"] == ADDRESS
    assert get("/contrats/essai/versions/").select_one("form:has(#id_le)")["action"] == ADDRESS
    assert ADDRESS in links(get("/plan-du-site/")).values()
    with django_assert_num_queries(1):
        get(f"{ADDRESS}?le=2019-05-01")
