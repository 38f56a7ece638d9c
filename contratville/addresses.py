"""From which address a request comes, and which account it tries, for those who count failed sign-ins."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The peer's address; behind a proxy the last one it names, since a client can write the earlier ones itself."""
    if settings.BEHIND_PROXY and (forwarded := request.META.get("HTTP_X_FORWARDED_FOR")):
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")


def account_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The account's address as it is kept, so that other capitals are no other account; "" when none is named."""
    tried = (credentials or request.POST).get(settings.AXES_USERNAME_FORM_FIELD) or ""
    return get_user_model().normalize_username(str(tried))
