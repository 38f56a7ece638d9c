"""What pages may be asked in their addresses; anything else is a bad request."""

from django import forms
from django.http import QueryDict

from publications.models import Entry, Publication
from publications.renditions.asking import QUERY_LENGTH, QueryForm


class DayForm(forms.Form):
    """A day, for which the version in force is asked."""

    le = forms.DateField(
        label="Quelle version était en vigueur le",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Indiquez une date.",
            "invalid": "Cette date n’existe pas ou n’est pas complète : écrivez-la comme 31/12/2019.",
        },
    )


class SearchForm(QueryForm):
    """What may be looked for in all published contracts."""

    mots = forms.CharField(required=False, max_length=QUERY_LENGTH)
    contrat = forms.ChoiceField(required=False)
    nature = forms.ChoiceField(required=False, choices=Entry.Kind.choices)
    page = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)

    def __init__(self, data: QueryDict, publications: list[Publication]) -> None:
        super().__init__(data)
        self.fields["contrat"].choices = [(one.contract.slug, one.title) for one in publications]
