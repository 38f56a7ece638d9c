"""How the tests of the API ask, and hold every answer to the OpenAPI description that is stored with the code."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator

from accounts.models import Token, User

STORED = Path(__file__).parents[2] / "api" / "schema.yaml"
PROBLEM = "application/problem+json"


@cache
def description() -> dict[str, Any]:
    return yaml.safe_load(STORED.read_text())


def operation(path: str, method: str = "get") -> dict[str, Any]:
    return description()["paths"][path][method]


def secret_of(user: User, **limits: Any) -> str:
    """The secret of a new token of that person, which may all that they may, save `limits`; used just now."""
    _, secret = Token.objects.issue(user, label="essai", **({"writes": True, "last_used_at": timezone.now()} | limits))
    return secret


def program_of(user: User, **limits: Any) -> Client:
    """A client that signs in by a token of that person."""
    return Client(headers={"Authorization": f"Token {secret_of(user, **limits)}"})


def read(client: Client, address: str, path: str | None = None, **headers: str) -> Any:
    """The JSON of a good answer at that address; `path`: its operation, whose schema it must follow."""
    response = client.get(address, headers=headers)
    assert (response.status_code, response["Content-Type"]) == (200, "application/json"), response.content
    found = response.json()
    if path is not None:
        schema = operation(path)["responses"]["200"]["content"]["application/json"]["schema"]
        conforms(found, schema)
    return found


def refusal(response: Any) -> tuple[int, Any]:
    """The status of a refusal and its faults, (path, message) each; None when it names none."""
    assert response["Content-Type"] == PROBLEM
    found = response.json()
    conforms(found, {"$ref": "#/components/schemas/Problem"})
    assert found["status"] == response.status_code
    faults = found.get("errors")
    return response.status_code, None if faults is None else [(one["path"], one["message"]) for one in faults]


def conforms(value: Any, schema: dict[str, Any]) -> None:
    """Raises ValidationError unless the value follows the schema of the description."""
    Draft202012Validator(schema | {"components": description()["components"]}).validate(value)


DRAFT = "/api/v1/contracts/{slug}/draft/"


def tell(
    client: Client, method: str, path: str, data: Any = None, *, revision: int | None = None, **places: str
) -> Any:
    """A request to the draft of « essai », whose answer follows the description; `path`: as that names it."""
    places = {"slug": "essai"} | places
    headers = {} if revision is None else {"If-Match": f'"{revision}"'}
    content = {} if data is None else {"data": data, "content_type": "application/json"}
    address, _, query = path.partition("?")
    response = getattr(client, method)(f"{DRAFT}{path}".format(**places), headers=headers, **content)
    told = operation(f"{DRAFT}{address}", method)["responses"][str(response.status_code)]
    if response.status_code != 204:
        kind = response["Content-Type"]
        conforms(response.json(), told["content"][kind]["schema"])
    return response


def done(response: Any, status: int = 200) -> Any:
    """What a request that went well answers, which its ETag agrees with."""
    assert response.status_code == status, response.content.decode()
    if status == 204:
        return response.content
    found = response.json()
    if "revision" in found:
        assert response["ETag"] == f'"{found["revision"]}"'
    return found
