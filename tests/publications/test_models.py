"""Which version is in force on a day, and which a visitor reads first: held against a naive model, row by row."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone

from objectives.models import Contract, Territory
from publications.models import Publication
from tests.factories import make_contract, make_document, make_publication

pytestmark = pytest.mark.django_db
PUBLIC, MEMBERS = Publication.Visibility.PUBLIC, Publication.Visibility.MEMBERS


def day(offset: int) -> date:
    return timezone.localdate() + timedelta(days=offset)


def in_force(publications: list[Publication], on: date, visibility: str) -> Publication | None:
    """The naive reading: of those whose date has come, the last by date, then by number."""
    begun = [one for one in publications if one.visibility == visibility and one.in_force_on <= on]
    return max(begun, key=lambda one: (one.in_force_on, one.number), default=None)


def current(publications: list[Publication]) -> Publication | None:
    """What is public and in force; else the first to come, the higher number first."""
    to_come = [one for one in publications if one.visibility == PUBLIC]
    return in_force(publications, day(0), PUBLIC) or min(
        to_come, key=lambda one: (one.in_force_on, -one.number), default=None
    )


#: For each story: the day of effect of each version, from today, and who may read it, in the order of publication.
STORIES = {
    "one, in force": [(-10, PUBLIC)],
    "one, from today": [(0, PUBLIC)],
    "one, to come": [(5, PUBLIC)],
    "one, for members": [(-10, MEMBERS)],
    "an amendment in force": [(-10, PUBLIC), (-1, PUBLIC)],
    "an amendment to come": [(-10, PUBLIC), (30, PUBLIC)],
    "an amendment of an earlier date": [(-10, PUBLIC), (-20, PUBLIC)],
    "two of the same date": [(-10, PUBLIC), (-10, PUBLIC)],
    "two of the same date to come": [(10, PUBLIC), (10, PUBLIC)],
    "the second comes before the first": [(20, PUBLIC), (10, PUBLIC)],
    "members before the public": [(-10, MEMBERS), (-5, PUBLIC), (-1, MEMBERS)],
    "members after the public": [(-10, PUBLIC), (-1, MEMBERS), (0, MEMBERS)],
    "public to come, members in force": [(5, PUBLIC), (-5, MEMBERS)],
    "all together": [(-10, PUBLIC), (-5, MEMBERS), (-10, PUBLIC), (0, PUBLIC), (0, MEMBERS), (7, PUBLIC), (3, PUBLIC)],
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_a_story(story):
    contract, other = make_contract(), make_contract(make_document("autre"))
    stranger = make_publication(other, in_force_on=day(-3))
    told = [make_publication(contract, in_force_on=day(offset), visibility=who) for offset, who in story]
    assert set(Publication.objects.current()) == {current(told), stranger} - {None}
    assert set(Publication.objects.filter(contract=contract).current()) == {current(told)} - {None}
    for offset in range(-25, 35, 5):
        on = day(offset)
        expected = {in_force(told, on, who) for who in (PUBLIC, MEMBERS)} | {in_force([stranger], on, PUBLIC)}
        assert set(Publication.objects.in_force(on)) == expected - {None}
        public = {in_force(told, on, PUBLIC), in_force([stranger], on, PUBLIC)} - {None}
        assert set(Publication.objects.public().in_force(on)) == public
    assert set(Publication.objects.in_force()) == set(Publication.objects.in_force(day(0)))


def test_every_story_of_three_versions():
    """All the days of effect and readers that three versions can have, each in its own contract."""
    facts = list(product((-1, 0, 1), (PUBLIC, MEMBERS)))
    told: list[list[Publication]] = []
    for serial, story in enumerate(product(facts, repeat=3)):
        contract = make_bare_contract(f"c{serial}")
        told.append([make_bare(contract, rank, *one) for rank, one in enumerate(story, start=1)])
    assert set(Publication.objects.current()) == {current(story) for story in told} - {None}
    for offset in (-2, -1, 0, 1):
        expected = {in_force(story, day(offset), who) for story in told for who in (PUBLIC, MEMBERS)} - {None}
        assert set(Publication.objects.in_force(day(offset))) == expected


def make_bare_contract(slug: str) -> Contract:
    territory, _ = Territory.objects.get_or_create(name="Essai")
    return Contract.objects.create(slug=slug, title=slug, territory=territory)


def make_bare(contract: Contract, number: int, offset: int, visibility: str) -> Publication:
    """A row of publication without a document: only its dates are asked for."""
    return Publication.objects.create(
        contract=contract,
        number=number,
        label="Essai",
        in_force_on=day(offset),
        visibility=visibility,
        revision=number,
        title="Essai",
        territory="Essai",
        counts={},
        digest="0" * 64,
        content=b"",
    )


def test_current_and_in_force_are_one_query_each(django_assert_num_queries):
    for slug in ("un", "deux", "trois"):
        contract = make_contract(make_document(slug))
        for offset in (-2, 3):
            make_publication(contract, in_force_on=day(offset))
    with django_assert_num_queries(2):
        assert len(Publication.objects.current()) == len(Publication.objects.in_force()) == 3


def test_nothing_published_nothing_current():
    make_contract()
    assert list(Publication.objects.current()) == list(Publication.objects.in_force()) == []
