"""Django's own views of passwords in the frame of the officers' pages."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import site
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect

#: What Django's validators ask for, in one sentence instead of four.
PASSWORD_HELP = (
    "Au moins douze caractères, pas seulement des chiffres ; ni votre nom, ni un mot de passe courant. "
    "Trois ou quatre mots sans rapport font un bon mot de passe."
)


def worded(form: Form) -> Form:
    """A form that asks for a new password, in our words."""
    if "new_password1" in form.fields:
        form.fields["new_password1"].help_text = PASSWORD_HELP
        form.fields["new_password2"].help_text = ""
        form.fields["new_password2"].label = "Le même, une seconde fois"
    return form


class Framed:
    """A class-based view in our frame; a form that is refused answers 400."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Labels without a colon."""
        return super().get_form_kwargs() | {"label_suffix": ""}

    def get_form(self, *args: Any) -> Form:
        """In our words."""
        return worded(super().get_form(*args))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the frame shows."""
        return site.each_context(self.request) | super().get_context_data(**kwargs)

    def form_invalid(self, form: Form) -> HttpResponse:
        """The page again, with what is wrong."""
        response = super().form_invalid(form)
        response.status_code = 400
        return response


class RedirectThen(HttpResponseRedirect):
    """A redirection that does something once it is sent: how long that takes tells the person nothing."""

    def __init__(self, address: str, then: Callable[[], Any]) -> None:
        super().__init__(address)
        self._then = then

    def close(self) -> None:
        """What the server calls when the answer is gone."""
        self._then()
        super().close()
