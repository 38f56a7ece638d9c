"""What an import would do, row by row, as the preview page shows it."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from import_export.results import Result, RowResult

from document.wording import Run, compare_wording
from editor.admin.sheet_resource import SheetResource
from editor.forms.saving import words_of

WORDS = {"new": "ajout", "update": "modification", "skip": "inchangé", "invalid": "refusé", "error": "refusé"}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the file: what would happen to it; `cells` are words that go, come or stay, column by column."""

    number: int
    kind: str
    cells: list[list[Run]]
    error: str

    @property
    def word(self) -> str:
        """What happens, in French."""
        return WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole file: refusals about it all, then its rows that change something or are refused."""

    faults: list[str]
    headers: list[str]
    rows: list[PreviewRow]
    totals: dict[str, int]

    @property
    def is_sound(self) -> bool:
        """Whether nothing was refused."""
        return not self.faults and not self.refused

    @property
    def refused(self) -> int:
        """How many rows were refused; 0 where the whole file is."""
        if self.faults:
            return 0
        return self.totals.get("invalid", 0) + self.totals.get("error", 0)

    @property
    def changing(self) -> int:
        """How many rows would change something."""
        return self.totals.get("new", 0) + self.totals.get("update", 0)

    @property
    def is_ready(self) -> bool:
        """Whether there is something to confirm."""
        return self.is_sound and self.changing > 0


def preview_of(resource: SheetResource, result: Result) -> Preview:
    """The preview of a dry run."""
    columns = [field for field in resource.fields.values() if not field.readonly]
    faults = [_said(error.error) for error in result.base_errors]
    rows = [] if faults else [_row(resource, columns, number, row) for number, row in enumerate(result.rows, 2)]
    return Preview(
        faults=faults,
        headers=[field.column_name for field in columns],
        rows=[row for row in rows if row.kind != "skip"],
        totals=dict(result.totals),
    )


def _row(resource: SheetResource, columns: list[Any], number: int, row: RowResult) -> PreviewRow:
    error = ""
    if row.validation_error is not None:
        error = words_of(row.validation_error)
    elif row.errors:
        error = " ".join(_said(one.error) for one in row.errors)
    if row.instance is None:
        typed = [[Run("same", row.row_values.get(field.column_name) or "")] for field in columns]
        return PreviewRow(number, row.import_type, typed, error)
    before = row.original if row.original is not None else resource.blank()
    cells = [compare_wording(str(field.export(before)), str(field.export(row.instance))) for field in columns]
    return PreviewRow(number, row.import_type, cells, error)


def _said(error: Exception) -> str:
    return words_of(error) if isinstance(error, ValidationError) else str(error)
