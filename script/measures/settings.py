"""The application's own settings, with the addresses of the floors beside its own."""

from contratville.settings import *  # noqa: F403

ROOT_URLCONF = "script.measures.urls"
