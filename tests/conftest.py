"""What all tests share: both databases can be emptied although part of them is frozen."""

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test import TransactionTestCase

from objectives.constraints import freezing_sql, thawing_sql

#: The tables that refuse to be emptied, with the column that numbers their rows within a contract.
FROZEN = {"objectives_change": "revision", "publications_publication": "number"}
_teardown = TransactionTestCase._fixture_teardown


def _teardown_thawed(case: TransactionTestCase) -> None:
    """Empties the tables after a test that has committed: frozen ones are thawed for as long as it takes."""
    _run(statement for table in FROZEN for statement in thawing_sql(connection.vendor, table))
    _teardown(case)
    _run(statement for table, number in FROZEN.items() for statement in freezing_sql(connection.vendor, table, number))


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


TransactionTestCase._fixture_teardown = _teardown_thawed


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Pages are cached for ever by digest; tests that make the same document must not meet each other's."""
    from django.core.cache import cache

    cache.clear()
