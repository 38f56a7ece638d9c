"""The OpenAPI description: stored as it is generated, exact, and read by the page of the API."""

import io
import json

import pytest
import yaml
from bs4 import BeautifulSoup
from django.core.management import call_command
from jsonschema import Draft202012Validator

from api.draft_examples import DRAFT_EXAMPLES
from api.errors import TITLES
from tests.api.asking import STORED, conforms, description, refusal

OPERATIONS = [(path, method, one) for path, item in description()["paths"].items() for method, one in item.items()]


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


@pytest.mark.parametrize(("path", "method", "one"), OPERATIONS)
def test_every_operation_tells_all_its_statuses(path, method, one):
    writes, batch = method != "get", path.endswith("/batch/")
    asked = [it for it in one.get("parameters", []) if it["name"] == "If-Match"]
    lists = ("objectives", "actions", "clauses", "indicators", "levels", "tags", "neighbourhoods")
    creates = path.endswith(tuple(f"/{one}/" for one in lists)) and "draft" in path
    statuses = {
        "204"
        if method == "delete"
        else "201"
        if writes and (creates or path.endswith(("/publish/", "/restore/")))
        else "200"
    }
    statuses |= {"400", "401", "406"} | ({"404"} if path != "/api/v1/" else set())
    statuses |= {"304"} if method == "get" and path.endswith(("document", "compare/{other}/")) else set()
    statuses |= {"403", "409"} if writes else set()
    statuses |= {"412", "428"} if asked or batch else set()
    statuses |= {"413", "415"} if "requestBody" in one else set()
    assert set(one["responses"]) == statuses
    assert [it["required"] for it in asked] == (
        [True] if writes and not creates and not batch and not path.endswith("/restore/") else []
    )
    assert one.get("requestBody", {"required": True})["required"]
    assert {"{}" if not one else next(iter(one)) for one in one["security"]} == (
        {"jeton", "session"} if "draft" in path else {"jeton", "session", "{}"}
    )


def test_only_drafts_are_written():
    assert {method for path, method, _ in OPERATIONS if "draft" not in path} == {"get"}


def test_everything_is_described_in_french_with_its_typography():
    bare = [text for text in _sentences(description()["paths"]) if not text or " :" in text or " ;" in text]
    assert bare == []
    shapes = description()["components"]["schemas"]
    lacking = [
        f"{name}.{field}"
        for name, shape in shapes.items()
        for field, one in shape.get("properties", {}).items()
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
    for _, _, operation in OPERATIONS:
        answers = [*operation["responses"].values(), operation.get("requestBody", {})]
        for content in (
            one["content"]["application/json"] for one in answers if "application/json" in one.get("content", ())
        ):
            for example in content.get("examples", {}).values():
                conforms(example["value"], content["schema"])
                checked += 1
    assert checked == 11 + len(DRAFT_EXAMPLES)
    assert description()["components"]["schemas"]["Problem"]["properties"]["status"]["enum"] == list(TITLES)


def test_the_page_of_the_api_tells_every_operation_and_every_shape(client):
    response = client.get("/api/v1/docs/")
    assert (response.status_code, response["Content-Type"]) == (200, "text/html; charset=utf-8")
    page = BeautifulSoup(response.content, "html.parser")
    assert [one.text for one in page.find_all("h1")] == ["API"]
    told = {form["action"].rsplit("/", 1)[-1]: form for form in page.select("form[data-trial]")}
    assert set(told) == {one["operationId"] for _, method, one in OPERATIONS if method == "get"}
    for path, method, one in OPERATIONS:
        section = page.find(id=one["operationId"])
        assert section.select_one(".operation__address").text == f"{method.upper()} {path}"
        if method != "get":
            assert section.select_one("pre").text.startswith(f'curl -X {method.upper()} "$SITE/api/v1/')
            continue
        asked = [it["name"] for it in one.get("parameters", []) if it["in"] != "header"]
        assert [field["name"] for field in told[one["operationId"]].select("input, select")] == asked
    shapes = [section["id"] for section in page.select("section[id^=forme-]")]
    assert shapes == [f"forme-{name}" for name in sorted(description()["components"]["schemas"])]
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {link["href"][1:] for link in page.select("main a[href^='#']")} <= set(ids)


@pytest.mark.parametrize(
    ("form", "address"),
    [
        ("index", "/api/v1/"),
        ("contract?slug=essai", "/api/v1/contracts/essai/"),
        ("publication_document?slug=essai&number=1", "/api/v1/contracts/essai/publications/1/document"),
        ("indicators?q=a%26b&kind=&page=", "/api/v1/indicators/?q=a%26b"),
        ("publications?slug=essai&on=2024-01-01&page=", "/api/v1/contracts/essai/publications/?on=2024-01-01"),
    ],
)
def test_its_forms_lead_to_the_address_that_they_fill_in(client, form, address):
    response = client.get(f"/api/v1/docs/try/{form}")
    assert (response.status_code, response["Location"]) == (302, address)


@pytest.mark.parametrize("form", ["publication?slug=essai&number=un", "publication?slug=a/b", "publication"])
def test_its_forms_say_what_cannot_be_an_address(client, form):
    status, faults = refusal(client.get(f"/api/v1/docs/try/{form}"))
    assert (status, [name for name, _ in faults]) == (400, ["slug", "number"])


@pytest.mark.parametrize("form", ["aucun", "docs", "trial", "schema"])
def test_no_form_leads_elsewhere(client, form):
    assert refusal(client.get(f"/api/v1/docs/try/{form}")) == (404, None)
