"""Without a setting the site believes itself in production, and keeps closed."""

import json
import os
import subprocess
import sys

import pytest

from tests.test_house import ROOT

ASK = """
import json
from django.conf import settings
names = [name for name in dir(settings) if name.isupper()]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""
KEY = "une-clé-de-plus-de-cinquante-signes-pour-les-tests-0123456789"


def run(*command: str, **environment: str) -> subprocess.CompletedProcess:
    """Python in a fresh process that has only these variables."""
    kept = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "contratville.settings"}
    kept |= {"DATABASE_URL": "sqlite://:memory:", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=kept | environment, capture_output=True, text=True, timeout=60
    )


def settings_with(**environment: str) -> dict:
    done = run("-c", ASK, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_production_does_not_start_without_a_key():
    done = run("manage.py", "check")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: "
        "Définissez la variable d’environnement SECRET_KEY (50 signes au hasard, gardés secrets)."
    )


def test_production_is_closed():
    closed = settings_with(SECRET_KEY=KEY, DEBUG="true")
    names = [
        "DEBUG",
        "ALLOWED_HOSTS",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        "SECURE_PROXY_SSL_HEADER",
        "AXES_ENABLED",
        "PASSWORD_HASHERS",
    ]
    assert {name: closed[name] for name in names} == {
        "DEBUG": False,
        "ALLOWED_HOSTS": [],
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_PROXY_SSL_HEADER": None,
        "AXES_ENABLED": True,
        "PASSWORD_HASHERS": closed["PASSWORD_HASHERS"],
    }
    assert closed["PASSWORD_HASHERS"][0] == "django.contrib.auth.hashers.PBKDF2PasswordHasher"


def test_letters_that_hold_links_go_to_no_log_in_production():
    done = run("manage.py", "check", SECRET_KEY=KEY, EMAIL_URL="console://")
    assert (done.returncode, "EMAIL_URL" in done.stderr.splitlines()[-1]) == (1, True)
    set_up = settings_with(SECRET_KEY=KEY, INVITATION_DAYS="3", PASSWORD_RESET_HOURS="2")
    names = ("EMAIL_BACKEND", "INVITATION_DAYS", "PASSWORD_RESET_TIMEOUT")
    assert [set_up[name] for name in names] == ["django.core.mail.backends.smtp.EmailBackend", 3, 7_200]


def test_a_mistyped_environment_is_production():
    assert settings_with(SECRET_KEY=KEY, CONTRATVILLE_ENV="devlopment")["SECURE_SSL_REDIRECT"] is True


def test_a_proxy_is_believed_only_when_told_so():
    assert settings_with(SECRET_KEY=KEY, BEHIND_PROXY="true")["SECURE_PROXY_SSL_HEADER"] == [
        "HTTP_X_FORWARDED_PROTO",
        "https",
    ]


def test_empty_mentions_of_the_example_file_keep_their_defaults():
    site = settings_with(SECRET_KEY=KEY, SITE_PUBLISHER="", SITE_ACCESSIBILITY="", ALLOWED_HOSTS=".b.fr,,a.fr")["SITE"]
    assert (site["publisher"], site["accessibility"]) == ("Collectivité non renseignée", "non conforme")
    assert site["domain"] == "a.fr"  # what printed addresses bear


def test_postgresql_keeps_connections_and_checks_them():
    database = settings_with(SECRET_KEY=KEY, DATABASE_URL="postgres://a:b@c/d", DATABASE_POOL="3")["DATABASES"][
        "default"
    ]
    kept = {"OPTIONS": database["OPTIONS"], "CONN_MAX_AGE": database["CONN_MAX_AGE"]}
    assert kept == {"OPTIONS": {"pool": {"min_size": 1, "max_size": 3, "timeout": 10}}, "CONN_MAX_AGE": 0}
    assert database["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize("environment", [{"CONTRATVILLE_ENV": "development"}, {"SECRET_KEY": KEY}])
def test_policy_of_content_lets_nothing_in_from_elsewhere(environment):
    directives = settings_with(**environment)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == directives["style-src"] == directives["font-src"] == ["'self'"]
