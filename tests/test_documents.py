"""What the documents say is so: their commands, links, variables and rooms exist."""

import os
import re
import subprocess
import tomllib

import pytest
from django.core.management import get_commands

from tests.test_house import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
SCRIPTS = sorted(path for path in (ROOT / "script").iterdir() if path.is_file())


def said() -> str:
    return "\n".join(path.read_text() for path in DOCUMENTS)


def test_scripts_that_documents_name_are_there():
    assert set(re.findall(r"\bscript/([\w-]+)", said())) <= {path.name for path in SCRIPTS}


def test_commands_that_documents_name_are_there():
    assert set(re.findall(r"\bmanage\.py (\w+)", said())) <= set(get_commands())


def test_links_between_documents_lead_somewhere():
    broken = [
        (path.name, link)
        for path in DOCUMENTS
        for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text())
        if not (path.parent / link).exists()
    ]
    assert broken == []


def test_map_of_the_rooms_is_whole():
    law = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
    map_of_rooms = re.findall(r"^(\w+)/ ", (ROOT / "README.md").read_text(), re.M)
    others = ["fixtures", "templates", "static", "tests", "script", "docs"]
    assert sorted(map_of_rooms) == sorted(law + others)


def test_every_variable_is_documented():
    read = set()
    for name in ("settings", "gunicorn", "health"):
        text = (ROOT / f"contratville/{name}.py").read_text()
        read |= set(re.findall(r"(?:env\.\w+|environ\.get)\(\s*[\"']([A-Z_]+)[\"']", text))
    table = (ROOT / "docs/production.md").read_text()
    documented = {name for row in re.findall(r"^\| (`.*?) \|", table, re.M) for name in re.findall(r"`([A-Z_]+)`", row)}
    assert documented == read


def test_example_of_env_and_compose_name_variables_that_are_read():
    documented = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs/production.md").read_text()))
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert named - {"POSTGRES_PASSWORD"} <= documented
    wanted = set(re.findall(r"\${([A-Z_]+):\?", (ROOT / "docker-compose.yml").read_text()))
    assert wanted <= named


@pytest.mark.parametrize("script", [*SCRIPTS, ROOT / ".ci/run"], ids=lambda path: path.name)
def test_scripts_run_and_say_what_they_are_for(script):
    assert os.access(script, os.X_OK)
    first, second = script.read_text().splitlines()[:2]
    assert first.startswith("#!")
    assert second.startswith(("# ", '"""'))
    if "bash" in first:
        subprocess.run(["bash", "-n", script], check=True)


def test_integration_runs_script_test_alone():
    commands = [line for line in (ROOT / ".ci/run").read_text().splitlines() if line and not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec script/test"]
