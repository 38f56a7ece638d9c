"""Publications are frozen by the database itself, and their entries are indexed for search."""

from django.db import migrations

from objectives.constraints import freeze

SEARCH = "publications_entry_search"


def index_words(_, editor) -> None:
    """PostgreSQL: a GIN index on the folded words. SQLite: an FTS5 table over the same column, fed by triggers."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f'CREATE INDEX "{SEARCH}" ON publications_entry USING gin (to_tsvector(\'simple\', words))')
        return
    editor.execute(
        f'CREATE VIRTUAL TABLE "{SEARCH}" USING fts5(words, content=\'publications_entry\', content_rowid=\'id\', '
        "tokenize='unicode61 remove_diacritics 2')"
    )
    editor.execute(
        f'CREATE TRIGGER "{SEARCH}_insert" AFTER INSERT ON publications_entry BEGIN '
        f'INSERT INTO "{SEARCH}"(rowid, words) VALUES (NEW.id, NEW.words); END'
    )
    editor.execute(
        f'CREATE TRIGGER "{SEARCH}_delete" AFTER DELETE ON publications_entry BEGIN '
        f'INSERT INTO "{SEARCH}"("{SEARCH}", rowid, words) VALUES (\'delete\', OLD.id, OLD.words); END'
    )


def forget_words(_, editor) -> None:
    """Undoes it."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f'DROP INDEX "{SEARCH}"')
        return
    for statement in (f'DROP TRIGGER "{SEARCH}_insert"', f'DROP TRIGGER "{SEARCH}_delete"', f'DROP TABLE "{SEARCH}"'):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("publications", "0001_initial")]
    operations = [
        migrations.RunPython(*freeze("publications_publication", "number")),
        migrations.RunPython(index_words, forget_words),
    ]
