"""A flat table of one contract as a resource of django-import-export, whose rows are saved by verbs."""

from copy import copy
from types import SimpleNamespace
from typing import Any, ClassVar

import tablib
from django.core.exceptions import ValidationError
from import_export import resources
from import_export.instance_loaders import BaseInstanceLoader

from accounts.models import User
from editor.admin.sheet_files import FileRefused, neutral
from editor.reading.search import bare
from objectives.models import Contract


class SheetResource(resources.Resource):
    """A table of one contract. Rows are matched by `ID`; what the file does not hold stays as it is.

    Made anew for each import, under the contract's lock when it is for good: verbs are then given no revision.
    """

    #: In addresses; on screen.
    NAME: ClassVar[str]
    TITLE: ClassVar[str]
    #: The field by which a row is told apart, and the fields whose columns a file must have.
    ID: ClassVar[str]
    NEEDED: ClassVar[tuple[str, ...]]
    #: Templates show the class itself.
    do_not_call_in_templates = True

    class Meta:
        use_transactions = True
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True  # its colours are inline styles, which our policy refuses
        store_instance = True
        store_row_values = True
        import_id_fields = ()
        instance_loader_class = BaseInstanceLoader
        using_db = "default"

    def __init__(self, contract: Contract, by: User | None = None) -> None:
        super().__init__()
        self.contract, self.by = contract, by
        self.lines = self.read_lines()
        self.known = {getattr(line, self.ID): line for line in self.lines}
        self.met: set[str] = set()

    def read_lines(self) -> list[SimpleNamespace]:
        """What is stored, a line a row; `thing` is the row of the database."""
        raise TypeError(f"{type(self).__name__} dit lui-même comment ses lignes se lisent et s’écrivent.")

    def blank(self) -> SimpleNamespace:
        """A line about nothing yet."""
        return SimpleNamespace(thing=None, **{field.attribute: "" for field in self.fields.values()})

    def sheet(self) -> tablib.Dataset:
        """The whole table, neutral for spreadsheets."""
        dataset = self.export(self.lines)
        cells = [[neutral(str(value)) for value in row] for row in dataset]
        return tablib.Dataset(*cells, headers=dataset.headers, title=self.TITLE)

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        """Reads headers without regard to accents and capitals. Raises FileRefused for a column that is missing."""
        names = {bare(field.column_name): field.column_name for field in self.fields.values()}
        dataset.headers = [names.get(bare(header), header) for header in dataset.headers]
        needed = [self.fields[name].column_name for name in self.NEEDED]
        if missing := [name for name in needed if name not in dataset.headers]:
            raise FileRefused(f"Il manque au fichier la colonne « {' », « '.join(missing)} ».")

    def get_instance(self, instance_loader: Any, row: Any) -> SimpleNamespace | None:
        """The stored line that a row is about, or None for a new one. Raises ValidationError for one met twice."""
        name = (row.get(self.fields[self.ID].column_name) or "").strip()
        if name and name in self.met:
            raise ValidationError(f"« {name} » est deux fois dans le fichier.")
        self.met.add(name)
        return copy(self.known.get(name))

    def init_instance(self, row: Any = None) -> SimpleNamespace:
        """A new line."""
        return self.blank()

    def save_instance(self, instance: SimpleNamespace, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Calls the verb; a preview does too, in a transaction that is rolled back."""
        if is_create:
            self.add(instance)
        else:
            self.change(instance, self.known[getattr(instance, self.ID)])

    def add(self, line: SimpleNamespace) -> None:
        """Adds what the line says."""
        raise TypeError(f"{type(self).__name__} dit lui-même comment ses lignes se lisent et s’écrivent.")

    def change(self, line: SimpleNamespace, stored: SimpleNamespace) -> None:
        """Changes what the line says otherwise than the stored one."""
        raise TypeError(f"{type(self).__name__} dit lui-même comment ses lignes se lisent et s’écrivent.")
