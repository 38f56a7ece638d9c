"""The worked examples of docs/api.md, typed as they are printed."""

import re
import shlex
from pathlib import Path

import pytest
from django.test import Client

from document.walk import places
from drafts.read import read_draft
from publications.models import Publication
from tests.api.asking import secret_of
from tests.factories import make_contract, make_publication, make_user, real_document

GUIDE = Path(__file__).parents[2] / "docs" / "api.md"


def commands() -> list[str]:
    return re.findall(r"```sh\n(curl .*?)```", GUIDE.read_text(), re.S)


def typed(command: str, known: dict[str, str]):
    """What a shell makes of the command, asked of the application: the method, the address, the headers, the body."""
    for name, value in known.items():
        command = command.replace(f"${name}", value)
    words = shlex.split(command.replace("\\\n", " "))
    method, address = words[2], words[3]
    given = dict(word.split(": ", 1) for flag, word in zip(words, words[1:], strict=False) if flag == "-H")
    body = next((word for flag, word in zip(words, words[1:], strict=False) if flag == "-d"), "")
    kind = given.pop("Content-Type", "")
    return Client().generic(method, address, body, kind, headers=given)


@pytest.mark.django_db
def test_the_examples_do_what_they_say():
    contract = make_contract(real_document("ales-2015-2020"))
    known = {"SITE": "", "JETON": secret_of(make_user(role="manager", contract=contract))}
    before = make_publication(contract).document
    answers = []
    for command in commands():
        response = typed(command, known)
        answers.append((response.status_code, response))
        known["REVISION"] = response["ETag"].strip('"') if "ETag" in response else ""
        known |= {"CLE": response.json()["key"]} if "key" in response.json() else {}
    assert [status for status, _ in answers] == [201, 200, 200, 200, 200, 200, 201, 200, 201, 200, 200]
    added = read_draft(contract)
    assert len(places(added)) == len(places(before)) + 1
    node = places(added)[known["CLE"]].objective
    assert (node.title, node.tags, node.notes[0].text) == (
        "Accompagner les familles monoparentales",
        ("PRE",),
        "PRIORISER LE PRE",
    )
    assert [one["verb"] for one in answers[3][1].json()["changes"]] == [
        "move_objective",
        "delete_indicator",
        "delete_action",
        "delete_objective",
    ]
    assert added.contract.end_year == 2023
    assert list(contract.tags.filter(name="Cités éducatives").values_list("contract", flat=True)) == [contract.pk]
    assert Publication.objects.get(number=2).document == added
    in_force, comparison = (response.json() for _, response in answers[-2:])
    assert (in_force["number"], in_force["label"]) == (2, "Avenant n° 1")
    assert [one["key"] for one in comparison["changes"]["added"]] == [known["CLE"]]
    assert [one["field"] for one in comparison["changes"]["changed"]] == ["contract"]
