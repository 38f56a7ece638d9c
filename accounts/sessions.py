"""Sessions kept in the database with the account and the browser they are of, so that a person can close their own."""

from datetime import timedelta
from typing import Any

from django.contrib.sessions import middleware
from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts.models import Session, User

#: How often the last activity of a session is written, at most.
NOTED_EVERY = timedelta(minutes=10)
_LENGTH = Session._meta.get_field("browser").max_length


class SessionStore(db.SessionStore):
    """Django's own, whose rows also say whose session it is (its documented way of extending it)."""

    #: What the browser says it is.
    browser = ""
    #: The row as it was last read or written; None: neither.
    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The rows."""
        return Session

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing for one that is closed or has expired."""
        self.row = self._get_session_from_db()
        return self.decode(self.row.session_data) if self.row else {}

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to be written: whose it is, in which browser, since when."""
        found = super().create_model_instance(data)
        account = str(data.get("_auth_user_id", ""))
        found.user_id = int(account) if account.isdecimal() else None
        found.browser = self.browser[:_LENGTH] or (self.row.browser if self.row else "")
        if self.row is not None and self.row.user_id == found.user_id:
            found.opened_at = self.row.opened_at
        self.row = found
        return found

    def note_use(self) -> None:
        """Writes that the session is of use now, unless that was written lately."""
        now = timezone.now()
        if self.row is not None and self.row.user_id and self.row.seen_at <= now - NOTED_EVERY:
            browser = self.browser[:_LENGTH] or self.row.browser
            Session.objects.filter(pk=self.row.pk).update(seen_at=now, browser=browser)


class SessionMiddleware(middleware.SessionMiddleware):
    """Django's own; it tells the session which browser asks, and has its last activity written."""

    def process_request(self, request: HttpRequest) -> None:
        """Opens the session of the cookie, when something first asks for it."""
        super().process_request(request)
        request.session.browser = request.headers.get("User-Agent", "")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Saves it if it was changed; notes that it was of use if it was read."""
        response = super().process_response(request, response)
        request.session.note_use()
        return response


def sessions_of(user: User) -> QuerySet[Session]:
    """The open sessions of that person, the last used first."""
    return user.sessions.filter(expire_date__gt=timezone.now()).order_by("-seen_at", "session_key")


def close_session(user: User, name: str) -> bool:
    """Closes the session of that person that pages call by that name; whether there was one."""
    keys = [one.pk for one in sessions_of(user) if one.name == name]
    return bool(user.sessions.filter(pk__in=keys).delete()[0])


def close_other_sessions(user: User, *, but: str | None) -> int:
    """Closes all sessions of that person but the one of that key; how many."""
    return user.sessions.exclude(pk=but or "").delete()[0]
