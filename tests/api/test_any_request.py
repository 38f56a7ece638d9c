"""Whatever is asked, along the OpenAPI description or against it: no fault of ours, no answer that it does not tell."""

import os
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection, positive_data_acceptance

from contratville.wsgi import application
from objectives.models import Contract
from tests.api.asking import description, secret_of
from tests.factories import make_contract, make_document, make_publication, make_user

#: Enough to meet each parameter with nonsense in it, in seconds; a campaign by hand asks for thousands.
EXAMPLES = int(os.environ.get("API_EXAMPLES", 15))
WRITES = int(os.environ.get("API_EXAMPLES", 2))
#: One view serves all that hangs under an objective, and one all words: actions and levels stand for them, but in a
#: campaign.
LEFT_OUT = () if "API_EXAMPLES" in os.environ else ("/clauses/", "/indicators/", "/tags/", "/neighbourhoods/")
PATHS = [path for path, item in description()["paths"].items() if "get" in item]
ASKED = [
    path
    for path in PATHS
    if any(it["in"] == "query" for it in description()["paths"][path]["get"].get("parameters", []))
]
WRITTEN = [
    (path, method)
    for path, item in description()["paths"].items()
    for method in item
    if method != "get" and not any(part in path for part in LEFT_OUT)
]
#: Keys of the contract, by the list that they are of in an address.
KEYS = {"objectives": "1-1", "actions": "1-1-a", "clauses": "1-1-c1", "indicators": "1-1-i1", "levels": "axe"}
KEYS |= {"tags": "PRE", "neighbourhoods": "QP030001"}


@pytest.fixture
def _one_connection():
    """The application keeps the test's own connection, in whose transaction everything is; Django's client does so."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@cache
def operations() -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/schema", application)


def ask(path: str, mode: GenerationMode, **named: str) -> None:
    """Asks many times, and holds every answer to the description."""
    operation = operations()[path]["GET"]

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
    ask(path, GenerationMode.POSITIVE, slug="essai", key="1-1")


@pytest.mark.django_db
@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("path", ASKED)
def test_what_the_description_forbids(path):
    make_publication(make_contract(make_document("essai")))
    ask(path, GenerationMode.NEGATIVE)


@pytest.mark.django_db
@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
@pytest.mark.parametrize(("path", "method"), WRITTEN)
def test_what_is_written_by_a_program_that_may(path, method, mode):
    """At the revision that is there, so that a request comes as far as its values; each finds the draft as it was."""
    contract = make_contract(make_document("essai"))
    make_publication(contract)
    secret = secret_of(make_user(role="manager", contract=contract))
    operation = operations()[path][method.upper()]
    places = {"slug": "essai", "key": KEYS.get(path.split("/draft/")[1].split("/")[0], "")}
    revision = 1 if "{key}" in path else Contract.objects.get().revision
    headers = {"Authorization": f"Token {secret}", "Accept-Encoding": "identity"}
    # A document in due form may yet name a level that it has not: no schema says so.
    excluded = [ignored_auth, *([positive_data_acceptance] if method == "put" else [])]

    @settings(
        max_examples=WRITES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask_once(case):
        case.path_parameters = {name: places[name] for name in case.path_parameters}
        if "If-Match" in case.headers:
            case.headers["If-Match"] = f'"{revision}"'
        point = transaction.savepoint()
        response = case.call(headers=headers)
        transaction.savepoint_rollback(point)
        body = case.meta.components.get(ParameterLocation.BODY)
        mended = body is None or body.mode is GenerationMode.POSITIVE  # what was wrong stood where we put it right
        case.validate_response(response, excluded_checks=[*excluded, *([negative_data_rejection] if mended else [])])

    ask_once()
