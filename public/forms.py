"""What search may be asked in its address; anything else is a bad request."""

from django import forms
from django.http import QueryDict

from publications.models import Entry, Publication
from publications.renditions.asking import QUERY_LENGTH, QueryForm


class SearchForm(QueryForm):
    """What may be looked for in all published contracts."""

    mots = forms.CharField(required=False, max_length=QUERY_LENGTH)
    contrat = forms.ChoiceField(required=False)
    nature = forms.ChoiceField(required=False, choices=Entry.Kind.choices)
    page = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)

    def __init__(self, data: QueryDict, publications: list[Publication]) -> None:
        super().__init__(data)
        self.fields["contrat"].choices = [(one.contract.slug, one.title) for one in publications]
