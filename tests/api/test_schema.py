"""The OpenAPI description: stored as it is generated, exact, and read by the page of the API."""

import io
import json

import pytest
import yaml
from django.core.management import call_command
from jsonschema import Draft202012Validator

from api.errors import TITLES
from tests.api.asking import STORED, conforms, description

OPERATIONS = [(path, item["get"]) for path, item in description()["paths"].items()]


def test_the_stored_description_is_the_generated_one_without_a_warning():
    """After a change: `manage.py spectacular --validate --fail-on-warn --file api/schema.yaml`."""
    made = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=made)
    assert STORED.read_text() == made.getvalue()


@pytest.mark.parametrize(
    ("accepted", "kind"),
    [
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("application/yaml", "application/yaml"),
        ("application/vnd.oai.openapi", "application/vnd.oai.openapi"),
        ("application/vnd.oai.openapi+json", "application/vnd.oai.openapi+json"),
    ],
)
def test_the_description_is_served_as_json_or_yaml(client, accepted, kind):
    response = client.get("/api/v1/schema", headers={"Accept": accepted})
    assert (response.status_code, response["Content-Type"].partition(";")[0]) == (200, kind)
    read = json.loads if kind.endswith("json") else yaml.safe_load
    assert read(response.content) == description()


@pytest.mark.parametrize("path", [path for path, _ in OPERATIONS])
def test_every_operation_only_reads_and_tells_all_its_statuses(path):
    item = description()["paths"][path]
    statuses = {"200", "400", "401", "406"}
    statuses |= {"404"} if "{slug}" in path else set()
    statuses |= {"304"} if path.endswith("document") else set()
    assert (list(item), set(item["get"]["responses"])) == (["get"], statuses)
    assert {"{}" if not one else next(iter(one)) for one in item["get"]["security"]} == (
        {"jeton", "session"} if "draft" in path else {"jeton", "session", "{}"}
    )


def test_everything_is_described_in_french_with_its_typography():
    bare = [text for text in _sentences(description()["paths"]) if not text or " :" in text or " ;" in text]
    assert bare == []
    shapes = description()["components"]["schemas"]
    lacking = [
        f"{name}.{field}"
        for name, shape in shapes.items()
        for field, one in shape["properties"].items()
        if "description" not in one and name not in ("Index", "Step")
    ]
    assert lacking == []


def _sentences(value):
    if isinstance(value, dict):
        if isinstance(value.get("description"), str):
            yield value["description"]
        for name, one in value.items():
            if name != "examples":
                yield from _sentences(one)
    elif isinstance(value, list):
        for one in value:
            yield from _sentences(one)


def test_every_shape_is_sound_and_every_example_follows_its_own():
    for shape in description()["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)
    checked = 0
    for _, operation in OPERATIONS:
        content = operation["responses"]["200"]["content"]["application/json"]
        for example in content.get("examples", {}).values():
            conforms(example["value"], content["schema"])
            checked += 1
    assert checked == 9
    assert description()["components"]["schemas"]["Problem"]["properties"]["status"]["enum"] == list(TITLES)


def test_the_page_of_the_api_has_its_script_from_its_own_address_and_no_other(client):
    response = client.get("/api/v1/docs/")
    assert (response.status_code, response["Content-Type"]) == (200, "text/html; charset=utf-8")
    html = response.content.decode()
    assert html.count("<h1") == 1
    assert (html.count("<script "), html.count("<script>"), html.count("<style"), html.count(" style=")) == (2, 0, 0, 0)
    assert '<div id="swagger-ui" data-schema="/api/v1/schema">' in html
