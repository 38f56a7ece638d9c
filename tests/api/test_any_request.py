"""Whatever is asked, along the OpenAPI description or against it: no fault of ours, no answer that it does not tell."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import given, settings
from schemathesis import GenerationMode

from contratville.wsgi import application
from tests.api.asking import description
from tests.factories import make_contract, make_document, make_publication

#: Enough to meet each parameter with nonsense in it; a run takes seconds.
EXAMPLES = 15
PATHS = description()["paths"]
ASKED = [path for path, one in PATHS.items() if any(it["in"] == "query" for it in one["get"].get("parameters", []))]


@pytest.fixture
def _one_connection():
    """The application keeps the test's own connection, in whose transaction everything is; Django's client does so."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask(path: str, mode: GenerationMode, **named: str) -> None:
    """Asks many times, and holds every answer to the description."""
    operation = schemathesis.openapi.from_wsgi("/api/v1/schema", application)[path]["GET"]

    @settings(max_examples=EXAMPLES, deadline=None, database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask_once(case):
        for name in set(named) & set(case.path_parameters or {}):
            case.path_parameters[name] = named[name]
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    ask_once()


@pytest.mark.django_db
@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("path", PATHS)
def test_what_the_description_allows(path):
    make_publication(make_contract(make_document("essai")))
    ask(path, GenerationMode.POSITIVE, slug="essai")


@pytest.mark.django_db
@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("path", ASKED)
def test_what_the_description_forbids(path):
    make_publication(make_contract(make_document("essai")))
    ask(path, GenerationMode.NEGATIVE)
