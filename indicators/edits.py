"""Every way indicators may change; see `objectives.items` for what the verbs share."""

from accounts.models import User
from indicators.models import Indicator
from objectives.items import add_item, change_item, delete_item, move_item
from objectives.models import Objective


def add_indicator(
    objective: Objective, *, title: str, by: User | None, position: int | None = None, **values: object
) -> Indicator:
    """Adds an indicator, at that rank (None: last)."""
    return add_item(Indicator, objective, by=by, position=position, title=title, **values)


def change_indicator(indicator: Indicator, *, by: User | None, revision: int | None, **changes: object) -> Indicator:
    """Changes fields of an indicator, given as in the exchange format. Raises Stale, Refused."""
    return change_item(indicator, by=by, revision=revision, **changes)


def move_indicator(
    indicator: Indicator, *, position: int | None, by: User | None, revision: int | None, under: Objective | None = None
) -> Indicator:
    """Gives an indicator that rank (None: last), under its objective or another. Raises Stale, Refused."""
    return move_item(indicator, position=position, by=by, revision=revision, under=under)


def delete_indicator(indicator: Indicator, *, by: User | None, revision: int | None) -> None:
    """Deletes an indicator; the log keeps all it held. Raises Stale, Refused."""
    delete_item(indicator, by=by, revision=revision)
