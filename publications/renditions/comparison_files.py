"""A comparison as a table, one row a change: CSV for machines and for French Excel, and workbooks."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings

from document.findings import no_break
from document.sources.workbook_cells import escaped
from publications.editions import LICENCE
from publications.renditions.comparison import Account, Story, Told
from publications.renditions.comparison_words import WORDS
from publications.renditions.tables import guarded_cell, plain_cell
from publications.renditions.workbook_ods import write_ods
from publications.renditions.workbook_pages import NUMBER, PLAIN, SOFT, Book, Cell, Column, Page, Style
from publications.renditions.workbook_reading import shown
from publications.renditions.workbook_xlsx import write_xlsx
from publications.templatetags.french import written_day

#: Name of the column for machines: heading for people, width in a workbook.
COLUMNS = {
    "ordre": ("Ordre", 8),
    "changement": ("Changement", 18),
    "nature": ("Nature", 20),
    "code": ("Code", 10),
    "intitule": ("Intitulé", 44),
    "champ": ("Champ", 16),
    "avant": ("Avant", 48),
    "apres": ("Après", 48),
    "chemin": ("Chemin", 34),
    "cle": ("Clé", 14),
}
#: What every row of a CSV says besides: which versions, and where it comes from.
LAST = {
    "contrat": "Contrat",
    "version_avant": "Version avant",
    "version_apres": "Version après",
    "empreinte_avant": "Empreinte avant",
    "empreinte_apres": "Empreinte après",
    "source": "Source",
    "licence": "Licence",
}
_QUIET, _STRONG = PLAIN._replace(color=SOFT), PLAIN._replace(bold=True)

Row = dict[str, Any]


def comparison_csv(account: Account) -> bytes:
    """The table for machines: UTF-8, commas, texts to the letter."""
    return _write((*COLUMNS, *LAST), account, plain_cell, delimiter=",").encode()


def comparison_excel_csv(account: Account) -> bytes:
    """The table for French Excel: UTF-8 with BOM, semicolons, and no cell that could run as a formula."""
    headings = [*(heading for heading, _ in COLUMNS.values()), *LAST.values()]
    return _write(headings, account, guarded_cell, delimiter=";").encode("utf-8-sig")


def comparison_xlsx(account: Account) -> bytes:
    """The workbook for Excel."""
    return write_xlsx(_book(account))


def comparison_ods(account: Account) -> bytes:
    """The workbook for LibreOffice."""
    return write_ods(_book(account))


def versions_of(account: Account) -> str:
    """« De la version 1, Texte initial (1er janvier 2015), à la version 2, Avenant n° 1 (1er mars 2017) »."""
    was, now = (f"{one.version} ({written_day(one.in_force_on)})" for one in (account.before, account.after))
    return f"De la {was}, à la {now}"


def _write(headings: Iterable[str], account: Account, cell: Callable[[str, Any], str], *, delimiter: str) -> str:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(headings)
    before, after = account.before, account.after
    last = {
        "contrat": after.slug,
        "version_avant": before.number,
        "version_apres": after.number,
        "empreinte_avant": before.digest,
        "empreinte_apres": after.digest,
        "source": after.credit,
        "licence": LICENCE,
    }
    for row in _rows(account):
        cells = row | last
        writer.writerow([cell(name, cells[name]) for name in (*COLUMNS, *LAST)])
    return file.getvalue()


def _rows(account: Account) -> Iterator[Row]:
    """A row a change, those of the whole first, then in reading order."""
    order = 0
    whole = {
        "nature": "Contrat",
        "code": "",
        "intitule": account.after.document.contract.title,
        "chemin": "",
        "cle": "",
    }
    for story in account.stories:
        order += 1
        yield _row(order, story) | whole
    stack = [(told, ()) for told in reversed(account.roots)]
    while stack:
        told, path = stack.pop()
        about = {
            "nature": told.part or told.level,
            "code": told.node.code or "" if hasattr(told.node, "code") else "",
            "intitule": told.title,
            "chemin": " > ".join(path),
            "cle": told.node.key,
        }
        for story in told.stories:
            order += 1
            yield _row(order, story) | about
        below = (*path, _named(told))
        stack.extend((one, below) for one in reversed((*told.items, *told.children)))


def _row(order: int, story: Story) -> Row:
    return {
        "ordre": order,
        "changement": WORDS[story.kind][1].capitalize(),
        "champ": story.field,
        "avant": story.before,
        "apres": story.after,
    }


def _named(told: Told) -> str:
    code = getattr(told.node, "code", None)
    return f"{code} {told.title}" if code else told.title


def _book(account: Account) -> Book:
    contract = account.after.document.contract
    return Book(
        pages=[_page(account), _summary(account)],
        title=escaped(f"Ce qui a changé – {contract.title}"),
        author=escaped(settings.SITE["publisher"]),
        foot=no_break(escaped(f"{versions_of(account)}. {LICENCE}."))[:160],
    )


def _page(account: Account) -> Page:
    columns = [Column(heading, width) for heading, width in COLUMNS.values()]
    columns[0] = columns[0]._replace(style=NUMBER)
    rows = [[_cell(name, row[name]) for name in COLUMNS] for row in _rows(account)]
    return Page("Changements", columns, rows, _above(account), frozen=2)


def _cell(name: str, value: Any) -> Cell:
    if name == "ordre":
        return Cell(value, NUMBER)
    quiet = name in ("champ", "chemin", "cle")
    return Cell(shown(value), _QUIET if quiet else _STRONG if name == "changement" else PLAIN)


def _summary(account: Account) -> Page:
    rows = [[Cell(name.capitalize()), Cell(count, NUMBER)] for _, _, name, count in account.figures]
    return Page(
        "Résumé", [Column("Nature du changement", 34), Column("Nombre", 12, style=NUMBER)], rows, _above(account)
    )


def _above(account: Account) -> list[Cell]:
    bare = Style(ruled=False, wraps=False)
    return [
        Cell(shown(account.after.document.contract.title), bare._replace(size=16, bold=True)),
        Cell(shown(versions_of(account)), bare._replace(size=11)),
        Cell(shown(account.after.credit), bare._replace(size=9, color=SOFT)),
        Cell(None, bare),
    ]
