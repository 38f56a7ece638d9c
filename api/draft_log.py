"""The log of a draft, and the way back: what was deleted returns, one's last change is undone or done again."""

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.answers import page_of
from api.drafting import DraftView, find_own
from api.pages import NAMES, PARAMETERS, Pages, whole_number
from api.schema import documented, parameter
from api.state import changes_of, detail_row
from document.nodes import WORD_LENGTH

_AFTER = parameter(
    "after",
    "Seulement ce qui a changé après cette révision.",
    {"type": "integer", "minimum": 1, "maximum": 10**9 - 1},
)
_KEY = parameter(
    "key",
    "Seulement ce qui a changé sous cette clé.",
    {"type": "string", "minLength": 1, "maxLength": WORD_LENGTH, "pattern": "^[^\\x00]*$"},
)


class DraftChanges(DraftView):
    """Who changed what, when."""

    parameters = (*NAMES, "key", "after")

    @documented(
        "draft_changes",
        "Le journal d’un brouillon",
        answer=page_of("ChangeDetail"),
        parameters=[*PARAMETERS, _KEY, _AFTER],
        tag="Brouillons",
    )
    def get(self, request: Request, slug: str) -> Response:
        """De la plus récente à la première ; avec « after », ce qu’un programme n’a pas encore vu."""
        rows = changes_of(find_own(request, slug))
        if (key := _word(request, "key")) is not None:
            rows = rows.filter(key=key)
        if "after" in request.query_params:
            rows = rows.filter(revision__gt=whole_number(request, "after", 1))
        pages = Pages(request, rows)
        return pages.answer([detail_row(one) for one in pages.rows])


def _word(request: Request, name: str) -> str | None:
    """That parameter."""
    text: str | None = request.query_params.get(name)
    if text is not None and ("\x00" in text or len(text) > WORD_LENGTH):
        raise ValidationError({name: [f"Donnez un mot d’au plus {WORD_LENGTH} signes, sans caractère nul."]})
    return text
