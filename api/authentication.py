"""Who asks: a program by its token (« Authorization: Token cv_… »), or a person by the session of the browser."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import Token


class TokenAuthentication(authentication.TokenAuthentication):
    """Finds a token by the digest of its secret."""

    model = Token

    def authenticate_credentials(self, key: str) -> tuple:
        """The token's owner, who may here only what the token may, and the token. Raises AuthenticationFailed (401)."""
        token = Token.objects.find(key)
        if token is None:
            raise AuthenticationFailed("Ce jeton n’existe pas, est échu, révoqué, ou appartient à un compte fermé.")
        token.note_use()
        token.user.token = token
        return token.user, token


class SessionAuthentication(authentication.SessionAuthentication):
    """The person of the session; without its cookie the session is not even opened, so that answers can be shared."""

    def authenticate(self, request: Request) -> tuple | None:
        """The person and no token, or None."""
        return super().authenticate(request) if settings.SESSION_COOKIE_NAME in request.COOKIES else None


def bears_name(request) -> bool:
    """Whether the request says who asks, rightly or not; if it does not, the answer is everyone's."""
    return "Authorization" in request.headers or settings.SESSION_COOKIE_NAME in request.COOKIES


class TokenScheme(OpenApiAuthenticationExtension):
    """How OpenAPI says the token."""

    target_class = TokenAuthentication
    name = "jeton"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """The header."""
        said = "Le jeton d’un compte, précédé du mot « Token » : `Token cv_…`."
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": said}


class SessionScheme(OpenApiAuthenticationExtension):
    """How OpenAPI says the session."""

    target_class = SessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """The cookie."""
        said = "La session ouverte dans le navigateur."
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME, "description": said}
