"""The compiled questions give what the querysets that they are compiled from give."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from publications.lookup import current_of, public_version, version_and_current
from publications.models import Publication
from tests.factories import make_contract, make_document, make_publication

pytestmark = pytest.mark.django_db


def test_the_current_publication_is_that_of_the_queryset(django_assert_num_queries):
    make_contract(make_document("d"))
    today = timezone.localdate()
    days = {"a": [-3, -1, 1], "b": [2, 1], "c": [-1, -1]}
    contracts = {slug: make_contract(make_document(slug)) for slug in days}
    for slug, shifts in days.items():
        for shift in shifts:
            make_publication(contracts[slug], in_force_on=today + timedelta(days=shift))
            make_publication(contracts[slug], in_force_on=today, visibility="members")
    for slug in ("a", "b", "c", "d"):
        expected = Publication.objects.current().filter(contract__slug=slug).first()
        current_of(slug, "number", "content")
        with django_assert_num_queries(1):
            found = current_of(slug, "number", "content")
            assert (found and (found.number, bytes(found.content))) == (
                expected and (expected.number, bytes(expected.content))
            )


def test_dates_and_what_was_not_asked_for_are_read_as_ever(django_assert_num_queries):
    made = make_publication(in_force_on=date(2024, 2, 29))
    with django_assert_num_queries(1):
        found = current_of("essai", "in_force_on", "published_at", "visibility")
        assert (found.in_force_on, found.published_at, found.visibility) == (
            date(2024, 2, 29),
            made.published_at,
            "public",
        )
    with django_assert_num_queries(1):
        assert found.label == "Texte initial"
    with django_assert_num_queries(1):
        found = public_version("essai", 1)
        assert (found.label, found.counts, found.get_deferred_fields()) == ("Texte initial", made.counts, {"content"})


def test_another_day_another_current_publication(monkeypatch):
    contract = make_contract()
    for year in (2024, 2025):
        make_publication(contract, in_force_on=date(year, 1, 1))
    for day, number in ((date(2024, 5, 1), 1), (date(2025, 1, 1), 2), (date(2023, 1, 1), 1)):
        monkeypatch.setattr(timezone, "localdate", lambda day=day: day)
        assert current_of("essai", "number").number == number


@pytest.mark.parametrize("number", [0, 2, 3, 2_147_483_600, 2**31, 2**63, 2**200])
def test_a_version_that_is_not_there_or_not_public(number):
    contract = make_contract()
    make_publication(contract)
    make_publication(contract, visibility="members")
    assert public_version("essai", number, "digest") is None
    assert public_version("autre", 1, "digest") is None
    assert public_version("essai", 1, "digest").number == 1


def test_a_version_and_the_one_read_first_are_found_by_one_question(django_assert_num_queries):
    contract, today = make_contract(), timezone.localdate()
    for number, visibility in ((1, "public"), (2, "members"), (3, "public")):
        make_publication(contract, in_force_on=today + timedelta(days=number - 3), visibility=visibility)
    found = {}
    for number in (1, 2, 3, 4, 2**200):
        with django_assert_num_queries(1):
            found[number] = [one and one.number for one in version_and_current("essai", number, "number")]
    assert found == {1: [1, 3], 2: [None, 3], 3: [3, 3], 4: [None, 3], 2**200: [None, 3]}
    assert version_and_current("autre", 1, "number") == (None, None)
