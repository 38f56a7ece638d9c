"""What all tests share: both databases can be emptied although part of them is frozen."""

import pytest
from django.db import connection
from django.test import TransactionTestCase

from objectives.constraints import freezing_sql, thawing_sql

FROZEN = ("objectives_change", "publications_publication")
_teardown = TransactionTestCase._fixture_teardown


def _teardown_thawed(case: TransactionTestCase) -> None:
    """SQLite empties tables by DELETE, which frozen ones refuse; PostgreSQL's TRUNCATE passes by row triggers."""
    if connection.vendor == "sqlite":
        _run(thawing_sql)
    _teardown(case)
    if connection.vendor == "sqlite":
        _run(freezing_sql)


def _run(statements) -> None:
    with connection.cursor() as cursor:
        for table in FROZEN:
            for statement in statements(connection.vendor, table):
                cursor.execute(statement)


TransactionTestCase._fixture_teardown = _teardown_thawed


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Pages are cached for ever by digest; tests that make the same document must not meet each other's."""
    from django.core.cache import cache

    cache.clear()
