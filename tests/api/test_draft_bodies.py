"""What a request to a draft brings, however bad: told in French with its place, and never a fault of ours."""

import json

import pytest

from drafts.read import read_draft
from objectives.models import Contract
from tests.api.asking import program_of, refusal
from tests.factories import make_contract, make_user

pytestmark = pytest.mark.django_db
DRAFT = "/api/v1/contracts/essai/draft/"
#: Where a body is read.
TAKING = [
    ("put", "document"),
    ("post", "objectives/"),
    ("patch", "objectives/1-1/"),
    ("post", "objectives/1-1/move/"),
    ("post", "objectives/1-1/indicators/"),
    ("patch", "actions/1-1-a/"),
    ("patch", "clauses/1-1-c1/"),
    ("patch", "indicators/1-1-i1/"),
    ("post", "batch/"),
    ("post", "restore/"),
    ("post", "publish/"),
]
CONTROL = "le texte contient un caractère de contrôle invisible\u00a0; supprimez-le."
OBJECT = "un objet (des clés et des valeurs) est attendu ici."


@pytest.fixture
def contract():
    return make_contract()


@pytest.fixture
def manager(contract):
    return program_of(make_user(role="manager", contract=contract))


def send(client, method, path, content, kind="application/json"):
    headers = {"If-Match": '"1"'}
    return getattr(client, method)(f"{DRAFT}{path}", data=content, content_type=kind, headers=headers)


#: A body, and what is said of it.
NOT_OURS = [
    (b"{", [("ligne 1, colonne 2", "le JSON est mal formé à cet endroit.")]),
    (b"\xff\xfe", [("", "le fichier n’est pas en UTF-8 (octet 0).")]),
    (b"[]", [("", OBJECT)]),
    (b"null", [("", OBJECT)]),
    (b'"x"', [("", OBJECT)]),
    (b"NaN", [("", "ce nombre n’est pas admis en JSON.")]),
    (b'{"title": 1e999}', [("title", "ce nombre n’est pas admis en JSON.")]),
    (b'{"title": "a", "title": "b"}', [("title", "cette clé est donnée deux fois dans le même objet.")]),
    (b'{"title": ' + b"9" * 5_000 + b"}", [("", "le JSON contient un nombre démesuré.")]),
    (b'{"notes": ' + b"[" * 100 + b"]" * 100 + b"}", [("", "le JSON est imbriqué trop profondément.")]),
    (b'{"notes": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", [("", "le JSON est imbriqué trop profondément.")]),
    (b'{"title": "a\\u0000b"}', [("title", CONTROL)]),
    (b'{"notes": [{"text": "\\ud800"}]}', [("notes[0].text", CONTROL)]),
    (b'{"a\\u0000": 1}', [("", CONTROL)]),
]


@pytest.mark.parametrize(("method", "path"), TAKING)
def test_what_is_not_our_json(manager, contract, method, path):
    before = read_draft(contract)
    for content, faults in NOT_OURS:
        assert refusal(send(manager, method, path, content)) == (400, faults)
    assert (read_draft(contract), Contract.objects.get().revision) == (before, 1)


@pytest.mark.parametrize(("method", "path"), TAKING)
def test_values_of_the_wrong_type_are_told_each_in_its_place(manager, method, path):
    for value in (None, 3.5, "x", [{}], {"x": []}, 10**30):
        names = ("contract", "title", "position", "notes", "operations")
        for name in names:
            response = send(manager, method, path, json.dumps({name: value}))
            assert response.status_code in (200, 201, 400, 409, 412), (name, value, response.content)
            if response.status_code >= 400:
                refusal(response)


@pytest.mark.parametrize(("method", "path"), TAKING)
def test_formats_that_there_are_not(manager, method, path):
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
    ):
        assert refusal(send(manager, method, path, b"title=x", kind)) == (415, None)


@pytest.mark.parametrize(("method", "path"), TAKING)
def test_a_body_that_is_too_large_is_not_read(manager, method, path, monkeypatch):
    monkeypatch.setattr("api.bodies.FILE_LIMIT", 1_000)
    response = send(manager, method, path, json.dumps({"title": "a" * 1_000}))
    assert refusal(response) == (413, None)
    assert response.json()["detail"] == "Le corps de la demande dépasse 20 Mo."


@pytest.mark.parametrize(("method", "path"), TAKING)
def test_no_body_is_an_empty_one(manager, method, path):
    response = manager.generic(method.upper(), f"{DRAFT}{path}", headers={"If-Match": '"1"'})
    patched = method == "patch" or path.endswith("move/")
    assert response.status_code == (200 if patched else 400)


def test_a_text_is_kept_without_what_a_paste_leaves_around_it(manager, contract):
    data = json.dumps({"title": " Un\r\ntitre ", "description": "a\r\nb\n", "code": " "})
    found = send(manager, "patch", "objectives/1-1/", data).json()
    assert (found["title"], found["description"], found["code"]) == ("Un titre", "a\nb", None)
