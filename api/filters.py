"""Filters of the flat lists: every value is checked, and what cannot be a value is an error (400)."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet, TypedChoiceFilter
from django_filters.utils import translate_validation
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from api.schema import parameter
from document.nodes import WORD_LENGTH
from indicators.models import Indicator
from publications.entries import having_tag, having_words
from publications.models import Entry

WORDS_LENGTH = 200


def _word(said: str, **options: Any) -> CharFilter:
    return CharFilter(max_length=WORD_LENGTH, strip=False, help_text=said, **options)


class EntryFilter(FilterSet):
    """What the four lists share."""

    contract = _word("Identifiant du contrat (« ales-2015-2020 »).", field_name="publication__contract__slug")
    level = _word("Clé du niveau de l’objectif, ou de l’objectif qui porte la ligne (« pilier »).")
    tag = _word("Étiquette de l’objectif (« NPNRU »), sans égard aux accents ni aux capitales.", method="by_tag")
    code = _word("Code imprimé, à la lettre (« 1.1.3 »).")
    q = CharFilter(
        max_length=WORDS_LENGTH,
        strip=False,
        method="by_words",
        help_text="Mots cherchés, sans égard aux accents, aux capitales ni au pluriel ; tous doivent être présents.",
    )

    def by_tag(self, entries: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        """Those whose objective bears it."""
        return having_tag(entries, value)

    def by_words(self, entries: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        """Those that hold every word."""
        return having_words(entries, value)


class ObjectiveFilter(EntryFilter):
    """Of objectives."""

    parent = _word("Clé de l’objectif immédiatement au-dessus.", field_name="data__parent")
    transversal = TypedChoiceFilter(
        field_name="data__transversal",
        choices=[("true", "oui"), ("false", "non")],
        coerce="true".__eq__,
        help_text="Seulement les objectifs transversaux (« true »), ou seulement les autres (« false »).",
    )


class ActionFilter(EntryFilter):
    """Of actions."""

    objective = _word("Clé de l’objectif qui porte la ligne.", field_name="objective_key")


class ClauseFilter(ActionFilter):
    """Of clauses, which bear no code of their own."""

    code = _word("Code imprimé de l’objectif qui porte la ligne, à la lettre (« 1.1.3 »).", method="by_holder")

    def by_holder(self, entries: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        """Those of the objectives of that code."""
        holder = Entry.objects.filter(
            publication=OuterRef("publication"), kind=Entry.Kind.OBJECTIVE, key=OuterRef("objective_key"), code=value
        )
        return entries.filter(Exists(holder))


class IndicatorFilter(ClauseFilter):
    """Of indicators."""

    kind = ChoiceFilter(
        field_name="data__kind",
        choices=Indicator.Kind.choices,
        help_text="Nature : " + ", ".join(f"« {value} » ({said})" for value, said in Indicator.Kind.choices) + ".",
    )


def filtered(request: Request, filters: type[EntryFilter], entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The entries that pass. Raises ValidationError (400) for a value that cannot be one."""
    asked = filters(request.query_params, queryset=entries, request=request)
    if not asked.is_valid():
        raise translate_validation(asked.errors)
    return asked.qs


def parameters_of(filters: type[EntryFilter]) -> list[OpenApiParameter]:
    """The filters as OpenAPI says them, read from the form that checks them."""
    return [parameter(name, one.extra["help_text"], _schema(one.field)) for name, one in filters.base_filters.items()]


def _schema(field: Any) -> dict[str, Any]:
    if hasattr(field, "choices"):
        return {"type": "string", "enum": [value for value, _ in field.choices if value]}
    return {"type": "string", "minLength": 1, "maxLength": field.max_length, "pattern": "^[^\\x00]*$"}
