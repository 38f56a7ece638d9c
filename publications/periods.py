"""From when to when each version was in force, and which was on a day: `Publication.in_force`, told of a whole list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from publications.models import Publication


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which a version is in force: from its date of effect to the day before that of the next."""

    publication: Publication
    #: The version that takes its place; None: none does.
    next: Publication | None = None

    @property
    def since(self) -> date:
        """Its first day."""
        return self.publication.in_force_on

    @property
    def until(self) -> date | None:
        """Its last day; None: it has none yet."""
        return self.next.in_force_on - timedelta(days=1) if self.next else None

    @property
    def is_empty(self) -> bool:
        """Whether another version of the same date took its place before it was in force for a day."""
        return self.next is not None and self.next.in_force_on == self.since

    def has(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.since <= on and (self.next is None or on < self.next.in_force_on)


def periods(versions: Iterable[Publication]) -> list[Period]:
    """The periods of the versions of one contract that replace each other, the first to take effect first."""
    ordered = sorted(versions, key=lambda one: (one.in_force_on, one.number))
    #: Of each date of effect, the version that stays.
    last = {one.in_force_on: one for one in ordered}
    following = [last[one.in_force_on] for one in ordered[1:]]
    return [Period(one, after) for one, after in zip_longest(ordered, following)]


def period_on(day: date, of: Iterable[Period]) -> Period | None:
    """The period that has that day; None before the first."""
    return next((one for one in of if one.has(day)), None)
