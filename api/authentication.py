"""Signs a program in by its token: « Authorization: Token cv_… »."""

from rest_framework.authentication import TokenAuthentication as BaseTokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from accounts.models import Token


class TokenAuthentication(BaseTokenAuthentication):
    """Finds a token by the digest of its secret."""

    model = Token

    def authenticate_credentials(self, key: str) -> tuple:
        """The token's owner and the token. Raises AuthenticationFailed (401)."""
        token = Token.objects.find(key)
        if token is None:
            raise AuthenticationFailed("Ce jeton n’existe pas, a été révoqué ou appartient à un compte fermé.")
        return token.user, token
