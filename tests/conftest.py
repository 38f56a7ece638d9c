"""What all tests share: both databases can be emptied although part of them is frozen."""

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test import TransactionTestCase

from objectives.constraints import freezing_sql, thawing_sql

#: The tables that refuse to be emptied, with the column that numbers their rows within a contract.
FROZEN = {"objectives_change": "revision", "publications_publication": "number"}
_teardown = TransactionTestCase._fixture_teardown


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--of-database", action="store_true", help="only what a database can change: for the second one")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `--of-database`, leaves out what asks no database, and the looks of pages, which are the same on both."""
    if config.getoption("--of-database"):
        kept = [one for one in items if _asks_database(one) and not one.get_closest_marker("looks")]
        config.hook.pytest_deselected(items=[one for one in items if one not in set(kept)])
        items[:] = kept


def _asks_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames))


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
