"""What an officer may see and do in the admin: what `objectives.access` says, asked once a request."""

from typing import Any

from django.contrib.admin import ModelAdmin, ShowFacets
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from objectives.access import contracts_for, has_some_right


def may_enter(request: HttpRequest) -> bool:
    """Whether the person of this request has anything to do here; asked once a request."""
    if not hasattr(request, "_may_enter"):
        request._may_enter = has_some_right(request.user)
    return bool(request._may_enter)


class ScopedAdmin(ModelAdmin):
    """Shows the rows of an officer's contracts alone; what is changed is changed on other pages, through the verbs."""

    #: From a row to its contract.
    contract_path = "contract"
    actions = None
    view_on_site = False
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = 100

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows of those contracts that the person may read; the list itself puts them in order."""
        return self.model._default_manager.filter(**{f"{self.contract_path}__in": contracts_for(request.user)})

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Without the contract where one is chosen."""
        chosen = "contract" in request.GET
        return tuple(name for name in self.list_display if not (chosen and name == "contract"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Everyone with a role somewhere."""
        return may_enter(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever reads the contract; `get_queryset` has already left out the others."""
        return may_enter(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody here, unless a page says otherwise."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody here, unless a page says otherwise."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody here, unless a page says otherwise."""
        return False

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The list, or 400 for parameters that mean nothing."""
        try:
            return super().get_changelist_instance(request)
        except IncorrectLookupParameters as error:
            raise BadRequest("Ces paramètres n’ont pas de sens pour cette liste.") from error

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404(f"{opts.verbose_name} introuvable")

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        """Refused: the log of changes is the one history."""
        raise Http404("Le journal des modifications est la seule histoire.")
