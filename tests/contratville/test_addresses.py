"""Whose failed sign-ins are counted."""

from django.test import RequestFactory

from contratville.addresses import client_address


def request(**headers: str):
    return RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", **headers)


def test_without_a_proxy_the_header_is_anybodys_and_not_believed(settings):
    settings.BEHIND_PROXY = False
    assert client_address(request(HTTP_X_FORWARDED_FOR="1.2.3.4")) == "10.0.0.1"


def test_behind_a_proxy_the_address_that_it_wrote_itself(settings):
    settings.BEHIND_PROXY = True
    assert client_address(request(HTTP_X_FORWARDED_FOR="6.6.6.6, 1.2.3.4")) == "1.2.3.4"


def test_behind_a_proxy_that_says_nothing(settings):
    settings.BEHIND_PROXY = True
    assert client_address(request()) == "10.0.0.1"
