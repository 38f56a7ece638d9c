"""Makes a throwaway database with the four contracts, measures what is asked for, prints tables."""

import io
import os
import sys
import tempfile
import time
from pathlib import Path

PARTS = {
    "serving": "Servir, sous gunicorn : réponses par seconde, contre une vue qui rend les mêmes octets d’une ligne lue",
    "print": "Imprimer : contre WeasyPrint sur le même texte sans mise en page",
    "trees": "Modifier l’arbre : nos verbes (droit, verrou, journal, bornes) contre django-mptt seul, sous verrou",
    "outlines": "Ouvrir l’atelier : la première page du plan d’un grand contrat, contre celle d’un petit",
    "writers": "Seize personnes écrivent, annulent et restaurent dans un contrat pendant une minute",
    "comparisons": "Comparer : deux versions, contre un écart de JSON par rangs ; rapprocher deux contrats",
}


def main(parts: list[str]) -> None:
    """The measures of those parts, on the database of DATABASE_URL, else on SQLite."""
    if unknown := set(parts) - set(PARTS):
        sys.exit(f"Partie inconnue : {', '.join(sorted(unknown))}. Parties : {', '.join(PARTS)}.")
    with tempfile.TemporaryDirectory(prefix="contratville-bench-") as folder:
        environment = _environment(Path(folder))
        os.environ |= environment
        _prepare()
        from django.db import connection

        name = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}[connection.vendor]
        for part in parts or PARTS:
            if part in ("print", "comparisons") and connection.vendor != "sqlite":
                continue  # a function of documents: no database has a part in it
            start = time.monotonic()
            lines = _measure(part, environment)
            print_part(name, part, lines, time.monotonic() - start)


def _environment(folder: Path) -> dict[str, str]:
    """Development, so that plain HTTP is answered; all that is written goes to the folder."""
    return {
        "CONTRATVILLE_ENV": "development",
        "DJANGO_SETTINGS_MODULE": "script.measures.settings",
        "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'measures.sqlite3'}",
        "STATIC_ROOT": str(folder / "static"),
        "RENDER_ON_PUBLISH": "false",
        "DATABASE_POOL": "20",  # sixteen write at once, each by a connection of its own
        "DEBUG": "false",
    }


def _prepare() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("make_fonts", stdout=io.StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_demo", stdout=io.StringIO())


def _measure(part: str, environment: dict[str, str]) -> list:
    """Imported late: the application must be set up first."""
    if part == "serving":
        from script.measures.serving import measure_serving

        return list(measure_serving(environment))
    if part == "trees":
        from script.measures.trees import measure_trees

        return list(measure_trees())
    if part == "outlines":
        from script.measures.outlines import measure_outlines

        return list(measure_outlines())
    if part == "writers":
        from script.measures.writers import measure_writers

        return list(measure_writers())
    if part == "comparisons":
        from script.measures.comparisons import measure_comparisons

        return list(measure_comparisons())
    from script.measures.prints import measure_prints

    return list(measure_prints())


def print_part(database: str, part: str, lines: list, seconds: float) -> None:
    """A part's table, with how long it took."""
    from script.measures.report import print_table

    print_table(f"{PARTS[part]} ({database}, {seconds:.0f} s)", lines)


if __name__ == "__main__":
    main(sys.argv[1:])
