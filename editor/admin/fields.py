"""The fields that the admin's forms are made of."""

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


def remarks_area() -> forms.CharField:
    """Remarks, one a paragraph."""
    return area("Remarques de transcription", help_text="Une remarque par paragraphe, séparées par une ligne vide.")
