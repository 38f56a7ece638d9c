"""What the database refuses by itself, to raw SQL as to anyone; and that all of it is there, by name."""

import pytest
from django.db import IntegrityError, connection, transaction

from actions.models import Action, Clause
from indicators.models import Indicator
from objectives.models import DeclaredCount, Level, Objective
from tests.factories import make_contract, make_document
from tests.ground import make_ground
from tests.snapshot import rows

pytestmark = pytest.mark.django_db

#: The rows that keep to a contract, by table and the column that names what they hang on.
KEPT = (
    ("actions_action", "objective_id"),
    ("actions_clause", "objective_id"),
    ("indicators_indicator", "objective_id"),
    ("objectives_declaredcount", "objective_id"),
    ("objectives_objective", "level_id"),
    ("objectives_objective", "parent_id"),
)
FROZEN = ("objectives_change", "publications_publication")


def execute(sql: str, *values: object) -> None:
    """Runs raw SQL, and its deferred constraints at once, in a transaction of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        connection.check_constraints()


def test_all_constraints_are_in_the_live_database():
    """A later migration that rebuilds a table of SQLite would lose its triggers without a word."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
            triggers = {name for (name,) in cursor.fetchall()}
            assert triggers == {f"{table}_frozen{event}" for table in FROZEN for event in ("", "_truncate")}
            cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f' AND cardinality(conkey) = 2")
            assert {name for (name,) in cursor.fetchall()} == {
                f"{table}_{column}_in_contract" for table, column in KEPT
            }
            cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname = 'publications_entry_search'")
            assert cursor.fetchall() == [("publications_entry_search",)]
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            assert {name for (name,) in cursor.fetchall()} == {
                *(f"{table}_frozen_{event}" for table in FROZEN for event in ("update", "delete", "replace")),
                *(
                    f"{table}_{column}_in_contract_{event}"
                    for table, column in KEPT
                    for event in ("insert", "update", "target")
                ),
                "publications_entry_search_insert",
                "publications_entry_search_delete",
            }


@pytest.mark.parametrize(("table", "column"), KEPT)
def test_a_row_does_not_hang_on_another_contract(table, column):
    ours, theirs = make_ground("ours"), make_contract(make_document("theirs"))
    node = Objective.objects.get(contract=ours, key="1-1")
    DeclaredCount.objects.create(contract=ours, objective=node, of="actions", count=1)
    models = {model._meta.db_table: model for model in (Action, Clause, Indicator, DeclaredCount, Objective)}
    rows_of_table = models[table].objects.filter(contract=ours)
    row = rows_of_table.get(key="1-1") if table == "objectives_objective" else rows_of_table.first()
    target = Level if column == "level_id" else Objective
    stranger = target.objects.filter(contract=theirs).first()
    before = rows()
    named = f"{table}_{column}_in_contract"
    with pytest.raises(IntegrityError, match=named):
        execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", stranger.pk, row.pk)
    with pytest.raises(IntegrityError):
        execute(f"UPDATE {table} SET contract_id = %s WHERE id = %s", theirs.pk, row.pk)
    columns = ", ".join(field.column for field in row._meta.concrete_fields if not field.primary_key)
    values = columns.replace(column, str(stranger.pk), 1).replace(" key", " 'nouvelle'")
    with pytest.raises(IntegrityError, match=named):
        execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE id = %s", row.pk)
    assert rows() == before


@pytest.mark.parametrize("table", ["objectives_objective", "objectives_level"])
def test_what_others_hang_on_does_not_leave_its_contract(table):
    ours, theirs = make_ground("ours"), make_contract(make_document("theirs"))
    key = "axe-1" if table == "objectives_objective" else "axe"
    with pytest.raises(IntegrityError):
        execute(
            f"UPDATE {table} SET contract_id = %s, key = 'ailleurs' WHERE contract_id = %s AND key = %s",
            theirs.pk,
            ours.pk,
            key,
        )


def test_a_tree_has_one_root():
    make_ground()
    one, other = Objective.objects.filter(parent=None)
    with pytest.raises(IntegrityError):
        execute("UPDATE objectives_objective SET tree_id = %s WHERE id = %s", other.tree_id, one.pk)


@pytest.mark.parametrize("key", ["axe-1", "1-1"])
def test_a_key_is_given_once_in_a_contract(key):
    make_ground()
    with pytest.raises(IntegrityError):
        execute("UPDATE objectives_objective SET key = %s WHERE key = '2-2'", key)


def test_a_parent_with_children_is_not_deleted_by_raw_sql():
    make_ground()
    with pytest.raises(IntegrityError):
        execute("DELETE FROM objectives_objective WHERE key = '1-2'")
