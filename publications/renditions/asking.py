"""What the pages of an edition may be asked in their address; anything else is a bad request."""

from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import QueryDict

from document.nodes import Document
from publications.renditions.narrowing import Narrowing

#: Longest text that is looked for.
QUERY_LENGTH = 200


class BadQuery(BadRequest):
    """A page that was asked what makes no sense; says what, in French."""


class QueryForm(forms.Form):
    """A form of query parameters: all optional, and refused as a whole when one of them makes no sense."""

    def ask(self) -> dict[str, Any]:
        """What is asked. Raises BadQuery (400)."""
        if not self.is_valid():
            faults = [f"{name} : {error}" for name, errors in self.errors.items() for error in errors]
            raise BadQuery(" ".join(faults))
        return self.cleaned_data


class WaitingForm(QueryForm):
    """What whoever waits for a PDF says again: to try anew, and of a draft which revision they asked for."""

    reessayer = forms.ChoiceField(required=False, choices=[("1", "réessayer")])
    revision = forms.IntegerField(required=False, min_value=0, max_value=2**62)


class TreeForm(QueryForm):
    """What a tree may be narrowed to."""

    mots = forms.CharField(required=False, max_length=QUERY_LENGTH)
    niveau = forms.ChoiceField(required=False)
    etiquette = forms.CharField(required=False, max_length=QUERY_LENGTH)
    remarques = forms.ChoiceField(required=False, choices=[("1", "avec remarque")])
    deplie = forms.ChoiceField(required=False, choices=[("1", "déplié")])

    def __init__(self, data: QueryDict, document: Document) -> None:
        super().__init__(data)
        self.fields["niveau"].choices = [(level.key, level.name) for level in document.levels]

    @property
    def narrowing(self) -> Narrowing:
        """What the tree is narrowed to. Raises BadQuery."""
        asked = self.ask()
        return Narrowing(
            words=asked["mots"], level=asked["niveau"], tag=asked["etiquette"], remarked=bool(asked["remarques"])
        )

    @property
    def unfolded(self) -> bool:
        """Whether the whole tree is to be open. Raises BadQuery."""
        return bool(self.ask()["deplie"])
