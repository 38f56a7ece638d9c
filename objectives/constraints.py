"""What both databases refuse by themselves: a row that leaves its contract, and a change of what is frozen."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep_in_contract(table: str, column: str, target: str):
    """A migration step: in `table`, the row that `column` names in `target` is of the same contract.

    PostgreSQL: a composite foreign key (contract_id, column) → (contract_id, id), which `target` declares unique.
    SQLite, which cannot add a foreign key to a table: three triggers, two on the row and one on what it names.
    """
    name = f"{table}_{column}_in_contract"

    def install(_, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY (contract_id, "{column}") '
                f'REFERENCES "{target}" (contract_id, id) DEFERRABLE INITIALLY DEFERRED'
            )
            return
        for event in ("INSERT", f"UPDATE OF contract_id, {column}"):
            editor.execute(
                f'CREATE TRIGGER "{name}_{event[:6].lower()}" BEFORE {event} ON "{table}" '
                f'WHEN NEW."{column}" IS NOT NULL AND NOT EXISTS '
                f'(SELECT 1 FROM "{target}" WHERE id = NEW."{column}" AND contract_id = NEW.contract_id) '
                f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
            )
        editor.execute(
            f'CREATE TRIGGER "{name}_target" BEFORE UPDATE OF contract_id ON "{target}" '
            f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE "{column}" = OLD.id AND contract_id <> NEW.contract_id) '
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
        )

    def remove(_, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
            return
        for event in ("insert", "update", "target"):
            editor.execute(f'DROP TRIGGER "{name}_{event}"')

    return install, remove


def freeze(table: str, number: str):
    """A migration step: the rows of `table` can be added, never changed nor deleted, not even by raw SQL.

    `number` is the column that numbers them within their contract: a row is not replaced by another of its number.
    """

    def install(_, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in freezing_sql(editor.connection.vendor, table, number):
            editor.execute(statement)

    def remove(_, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in thawing_sql(editor.connection.vendor, table):
            editor.execute(statement)

    return install, remove


def freezing_sql(vendor: str, table: str, number: str) -> list[str]:
    """The statements that install the refusal."""
    said = f"{table} : une ligne enregistrée ne se modifie ni ne se supprime"
    if vendor == "postgresql":
        return [
            f'CREATE FUNCTION "{table}_frozen"() RETURNS trigger LANGUAGE plpgsql AS '
            f"$$ BEGIN RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
            f'CREATE TRIGGER "{table}_frozen" BEFORE UPDATE OR DELETE ON "{table}" '
            f'FOR EACH ROW EXECUTE FUNCTION "{table}_frozen"()',
            f'CREATE TRIGGER "{table}_frozen_truncate" BEFORE TRUNCATE ON "{table}" '
            f'FOR EACH STATEMENT EXECUTE FUNCTION "{table}_frozen"()',
        ]
    refuse = f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
    # REPLACE INTO removes the row in its way without firing the trigger of deletions.
    taken = f'SELECT 1 FROM "{table}" WHERE id = NEW.id OR (contract_id = NEW.contract_id AND {number} = NEW.{number})'
    return [
        f'CREATE TRIGGER "{table}_frozen_update" BEFORE UPDATE ON "{table}" {refuse}',
        f'CREATE TRIGGER "{table}_frozen_delete" BEFORE DELETE ON "{table}" {refuse}',
        f'CREATE TRIGGER "{table}_frozen_replace" BEFORE INSERT ON "{table}" WHEN EXISTS ({taken}) {refuse}',
    ]


def thawing_sql(vendor: str, table: str) -> list[str]:
    """The statements that remove the refusal."""
    if vendor == "postgresql":
        return [f'DROP FUNCTION "{table}_frozen"() CASCADE']
    return [f'DROP TRIGGER "{table}_frozen_{event}"' for event in ("update", "delete", "replace")]
