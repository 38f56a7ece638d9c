"""The fields that the admin's forms are made of."""

from typing import Any

from django import forms

from document.nodes import TEXT_LENGTH, WORD_LENGTH


def area(label: str, *, rows: int = 2, limit: int = TEXT_LENGTH, help_text: str = "") -> forms.CharField:
    """A text that may be long: a box that grows with it."""
    widget = forms.Textarea(attrs={"rows": rows, "cols": 80})
    return forms.CharField(label=label, required=False, max_length=limit, widget=widget, help_text=help_text)


def line(label: str, *, limit: int = WORD_LENGTH, help_text: str = "", css: str = "") -> forms.CharField:
    """A text of one line."""
    widget = forms.TextInput(attrs={"class": css} if css else None)
    return forms.CharField(label=label, required=False, max_length=limit, widget=widget, help_text=help_text)


#: No revision has this number: a form that does not say which one it saw is always stale.
NO_REVISION = -1


class RevisionField(forms.IntegerField):
    """The revision that a page was about, carried by its form."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> int:
        """The revision; one that no object has, where none is given."""
        text = str(value if value is not None else "")
        return int(text) if text.isdecimal() and len(text) < 19 else NO_REVISION


def remarks_area() -> forms.CharField:
    """Remarks, one a paragraph."""
    return area("Remarques de transcription", help_text="Une remarque par paragraphe, séparées par une ligne vide.")
