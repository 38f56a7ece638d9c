"""Python packages: what is imported is asked for, what is asked for is pinned with hashes and explained."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_house import ROOT, kept, named

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RUNNING = [Requirement(line) for line in PROJECT["dependencies"]]
TESTING = [Requirement(line) for line in PROJECT["optional-dependencies"]["test"]]


def pinned(file: str) -> dict[str, str]:
    """Name → version of a requirements file, each line of which has a hash."""
    blocks = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", (ROOT / file).read_text(), flags=re.M).strip())
    versions = {}
    for block in blocks:
        name, version = re.match(r"([\w.-]+)==([^\s;]+)", block).groups()
        assert "--hash=sha256:" in block, f"{file}: {name} has no hash"
        versions[canonicalize_name(name)] = version
    return versions


def names(requirements: list[Requirement]) -> set[str]:
    return {canonicalize_name(one.name) for one in requirements}


def test_what_is_asked_for_is_pinned():
    for file, asked in (("requirements.txt", RUNNING), ("requirements-test.txt", RUNNING + TESTING)):
        versions = pinned(file)
        lacking = [
            str(one) for one in asked if not one.specifier.contains(versions.get(canonicalize_name(one.name), ""))
        ]
        assert lacking == [], f"{file}: run script/lock"


def test_tests_run_with_the_versions_of_the_application():
    versions = pinned("requirements-test.txt")
    assert {name: versions.get(name) for name in pinned("requirements.txt")} == pinned("requirements.txt")


def test_what_runs_the_application_has_no_test_package():
    assert {"pytest", "playwright", "mypy", "ruff", "hypothesis"} & set(pinned("requirements.txt")) == set()


def test_uv_itself_is_pinned():
    assert list(pinned("requirements-uv.txt")) == ["uv"]


def test_what_is_imported_is_asked_for():
    rooms = {path.name for path in ROOT.iterdir() if path.is_dir()}
    owners = packages_distributions()
    strangers = set()
    for path in kept(".py"):
        in_tests = path.relative_to(ROOT).parts[0] == "tests"
        allowed = names(RUNNING) | (names(TESTING) | {"packaging"} if in_tests else set())
        for module in imported(path.read_text()) - rooms - set(sys.stdlib_module_names):
            if not allowed & {canonicalize_name(owner) for owner in owners.get(module, [])}:
                strangers.add((named(path), module))
    assert strangers == set()


def imported(source: str) -> set[str]:
    """The top packages that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


def test_every_package_is_explained():
    explained = set(re.findall(r"^\| `([\w-]+)`", (ROOT / "CONTRIBUTING.md").read_text(), re.M))
    assert {canonicalize_name(name) for name in explained} == names(RUNNING + TESTING)
