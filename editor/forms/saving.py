"""Saving a page through the verbs: what one of them refuses is told on its row, and then nothing at all is saved."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from document.faults import DocumentError
from document.wording import Run, compare_wording
from editor.forms.rows import Row
from objectives.changes import Refused, Stale
from objectives.models import Change, Contract
from publications.templatetags.french import french

_PATH = re.compile(r"(\w+)(?:\[(\d+)\])?")


@dataclass(slots=True)
class Conflict:
    """What a person typed beside what someone else has stored meanwhile; `fields`: label, theirs, stored."""

    change: Change | None
    fields: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def compared(self) -> list[tuple[str, list[Run]]]:
        """Each label with the words that lead from the stored text to the one that was typed."""
        return [(label, compare_wording(stored, typed)) for label, typed, stored in self.fields]


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form sent, or None when nothing was."""
    return request.POST if request.method == "POST" else None


def words_of(error: Stale | ValidationError) -> str:
    """What a verb says when it refuses, as one text in French typography."""
    return str(french(str(error) if isinstance(error, Stale) else " ".join(error.messages)))


@contextmanager
def told_on(form: forms.Form, failed: list[forms.Form], lists: Mapping[str, list[Row]] | None = None) -> Iterator[None]:
    """Runs a verb; what it refuses becomes errors of that form (or of the rows of `lists`), which joins `failed`."""
    try:
        yield
    except Stale as error:
        form.add_error(None, french(str(error)))
        form.is_stale = True
        failed.append(form)
    except Refused as error:
        spread(error, form, lists or {})
        failed.append(form)


def spread(error: Refused, form: forms.Form, lists: Mapping[str, list[Row]]) -> None:
    """Puts what a verb refuses beside the field that it is about."""
    if hasattr(error, "error_dict"):
        for name, messages in error.message_dict.items():
            form.add_error(name if name in form.fields else None, [french(said) for said in messages])
        return
    if not isinstance(error.__cause__, DocumentError):
        form.add_error(None, [french(said) for said in error.messages])
        return
    for fault in error.__cause__.faults:
        found = _PATH.match(fault.path)
        name, rank = (found[1], found[2]) if found else ("", None)
        if name in lists and rank is not None and int(rank) < len(lists[name]):
            lists[name][int(rank)].add_error(None, french(fault.message))
        else:
            form.add_error(name if name in form.fields else None, french(fault.message))


def last_change(contract: Contract, key: str) -> Change | None:
    """Who changed that key last, and when."""
    changes = Change.objects.filter(contract=contract, key=key).select_related("by")
    return changes.order_by("-revision").first()


def put(form: forms.Form, **values: object) -> None:
    """Sets fields of a bound form, so that it is shown again with them."""
    for name, value in values.items():
        if isinstance(value, list):
            form.data.setlist(form.add_prefix(name), value)
        elif value is False:
            form.data.pop(form.add_prefix(name), None)
        else:
            form.data[form.add_prefix(name)] = "" if value is None else str(value)
