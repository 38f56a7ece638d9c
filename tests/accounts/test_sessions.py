"""Sessions: each says whose it is, in which browser and since when; its owner closes it from another."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.browsers import name_of_browser
from accounts.models import Session
from accounts.sessions import NOTED_EVERY, close_other_sessions, close_session, sessions_of
from tests.factories import make_contract, make_user

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def person():
    return make_user(role="reader", contract=make_contract())


def browser_of(user, header: str = FIREFOX) -> Client:
    client = Client(headers={"User-Agent": header})
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def is_signed_in(client: Client) -> bool:
    return client.get("/compte/").status_code == 200


def test_a_session_says_whose_it_is(person):
    data = {"username": person.email, "password": f"mot-de-passe-{person.email.split('-')[1].split('@')[0]}"}
    client = Client(headers={"User-Agent": FIREFOX})
    client.post("/admin/login/", data)
    session = Session.objects.get()
    assert (session.user, session.browser, session.pk) == (person, FIREFOX, client.cookies["sessionid"].value)
    assert timezone.now() - session.opened_at < timedelta(minutes=1)
    assert session.pk not in client.get("/compte/").content.decode()


def test_a_visitor_for_whom_something_is_kept_is_nobody():
    client = Client()
    session = client.session
    session["mot"] = "gardé"
    session.save()
    assert Session.objects.get().user is None


@pytest.mark.parametrize(("ago", "writes"), [(timedelta(), 0), (NOTED_EVERY, 1)])
def test_activity_is_written_at_most_every_ten_minutes(person, ago, writes):
    client, then = browser_of(person), timezone.now() - timedelta(days=1)
    Session.objects.update(seen_at=timezone.now() - ago, opened_at=then)
    with CaptureQueriesContext(connection) as queries:
        assert is_signed_in(client)
    assert sum(one["sql"].startswith("UPDATE") for one in queries) == writes
    session = Session.objects.get()
    assert session.opened_at == then
    assert timezone.now() - session.seen_at < timedelta(minutes=1)
    assert session.browser == (FIREFOX if writes else "")


def test_a_session_is_closed_from_another(person):
    here, there, third, stranger = browser_of(person), browser_of(person), browser_of(person), browser_of(make_user())
    name = Session.objects.get(pk=there.cookies["sessionid"].value).name
    assert not close_session(make_user(), name)
    assert close_session(person, name)
    assert not close_session(person, name)
    assert [is_signed_in(one) for one in (here, there, third, stranger)] == [True, False, True, True]
    close_other_sessions(person, but=here.cookies["sessionid"].value)
    assert [is_signed_in(one) for one in (here, there, third, stranger)] == [True, False, False, True]


def test_a_session_that_has_expired_is_not_listed(person):
    browser_of(person)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert list(sessions_of(person)) == []


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (FIREFOX, "Firefox sur Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge sur Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18 Safari/605.1", "Safari sur macOS"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18) CriOS/140 Safari/605", "Chrome sur iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537.36", "Chrome sur Android"),
        ("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "Firefox sur Linux"),
        ("curl/8.1", "Navigateur inconnu"),
        ("", "Navigateur inconnu"),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(header, name):
    assert name_of_browser(header) == name
