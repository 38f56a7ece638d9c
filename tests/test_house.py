"""The house keeps its own laws: who imports whom, sizes, names, templates, addresses."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.utils import get_app_template_dirs

ROOT = Path(settings.BASE_DIR)
TOOLS = Path(sys.executable).parent
#: Names of rooms and modules that say nothing of what is in them.
EMPTY_NAMES = {"utils", "common", "core", "helpers", "services", "misc", "tools"}
#: Templates that Django asks for by these names when something goes wrong.
CONVENTIONAL = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


@cache
def kept_files() -> list[Path]:
    """What is in version control, or would be added to it."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    return sorted(path for name in names if name and (path := ROOT / name).is_file())


def kept(*endings: str) -> list[Path]:
    """Those with one of these endings; migrations, which are written once, are not looked at."""
    return [path for path in kept_files() if path.suffix in endings and "migrations" not in path.parts]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def texts() -> dict[str, str]:
    """Every kept text file by name; the transcribed sources are others' words."""
    found = {}
    for path in kept_files():
        try:
            found[named(path)] = path.read_text()
        except UnicodeDecodeError:
            continue
    return {name: text for name, text in found.items() if not name.startswith("fixtures/")}


def templates() -> dict[str, str]:
    """Every template of ours by the name that it is asked by."""
    return {str(path.relative_to(ROOT / "templates")): path.read_text() for path in (ROOT / "templates").rglob("*.*")}


def test_rooms_import_downwards():
    found = subprocess.run([TOOLS / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout


def test_no_file_is_longer_than_400_lines():
    sizes = {named(path): len(path.read_text().splitlines()) for path in kept(".py", ".js", ".css", ".html")}
    assert {name: size for name, size in sizes.items() if size > 400} == {}


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_first_line_of_a_module_says_what_it_is_for():
    silent = []
    for path in kept(".py"):
        text = path.read_text()
        document = ast.get_docstring(ast.parse(text)) if text.strip() else "An empty one."
        first = (document or "").split("\n")[0]
        if not first.endswith("."):
            silent.append(named(path))
    assert silent == []


def test_names_say_what_is_in_them():
    parts = {name: set(Path(name).with_suffix("").parts) for name in map(named, kept(".py", ".html", ".js", ".css"))}
    assert [name for name, words in parts.items() if words & EMPTY_NAMES] == []


def test_rooms_of_the_law_are_the_rooms_of_the_house():
    import tomllib

    law = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
    rooms = {path.parts[0] for path in (file.relative_to(ROOT) for file in kept(".py")) if len(path.parts) > 1}
    assert rooms - {"tests", "script"} == set(law)


def test_every_template_is_used():
    said = "\n".join(text for name, text in texts().items() if name.endswith((".py", ".html")))
    theirs = [Path(folder) for folder in get_app_template_dirs("templates") if ".venv" in Path(folder).parts]
    unused = [
        name
        for name in templates()
        if name not in CONVENTIONAL and not any((folder / name).exists() for folder in theirs) and not asked(name, said)
    ]
    assert unused == []


def asked(template: str, said: str) -> bool:
    """Whether the code names the template: "public/home.html", or f"public/{name}.html" and "home" somewhere."""
    path = Path(template)
    if re.search(rf"[\"']{re.escape(template)}[\"'#]", said):
        return True
    made = rf"f[\"']{re.escape(str(path.parent))}/{{\w+}}{re.escape(path.suffix)}[\"']"
    return bool(re.search(made, said)) and f'"{path.stem}"' in said


def test_pages_hold_no_style_and_no_script_of_their_own():
    inline = re.compile(
        r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script\b(?![^>]*\b(src=|type=[\"']application/))",
        re.I,
    )
    found = {name: found[0] for name, text in templates().items() if (found := inline.search(text))}
    # The tree on paper is placed point by point as it was measured; no browser reads it, and no policy is over it.
    placed = {"pdf/project_tree.html", "pdf/project_tree_title.html"}
    assert {name: what for name, what in found.items() if (name in placed, what.strip()) != (True, "style=")} == {}


def test_pages_load_nothing_from_elsewhere():
    foreign = re.compile(r"(<script\b[^>]*\bsrc|<link\b[^>]*\bhref|<img\b[^>]*\bsrc)=[\"'](https?:)?//", re.I)
    assert [name for name, text in templates().items() if foreign.search(text)] == []
    styles = {named(path): path.read_text() for path in kept(".css")}
    assert [name for name, text in styles.items() if re.search(r"url\([\"']?(https?:)?//|@import", text)] == []


def test_static_files_that_pages_name_are_there():
    asked = {
        (name, path)
        for name, text in templates().items()
        for path in re.findall(r"{%\s*static\s+[\"']([^\"']+)[\"']", text)
    }
    assert [(name, path) for name, path in sorted(asked) if finders.find(path) is None] == []


def test_static_files_and_templates_are_in_their_two_rooms():
    folders = {"static", "templates"}
    assert [name for name in map(named, kept_files()) if folders & set(Path(name).parts[1:-1])] == []


def test_no_address_of_a_registry_and_no_path_of_a_machine():
    registries = ["py" + "pi.org", "python" + "hosted", "npm" + "js.", "un" + "pkg.com", "js" + "delivr", "cdn" + "js."]
    homes = ["/ro" + "ot/", "/ho" + "me/", "/wo" + "rk/", "/Us" + "ers/"]
    forbidden = re.compile(
        "|".join(map(re.escape, registries)) + "|" + "|".join(rf"(?<![\w.}}]){one}" for one in homes)
    )
    assert {name: found[0] for name, text in texts().items() if (found := forbidden.search(text))} == {}


def test_nothing_is_left_undone_or_skipped():
    words = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "NotImplemented" + "Error", "mark.sk" + "ip", "mark.x" + "fail"]
    left = re.compile("|".join(rf"\b{re.escape(word)}" for word in words))
    sources = {name: text for name, text in texts().items() if name.endswith((".py", ".html", ".js", ".css"))}
    assert {name: found[0] for name, text in sources.items() if (found := left.search(text))} == {}


def test_no_signals():
    """Nothing happens behind a verb's back."""
    listening = re.compile(r"^\s*(from|import) django\.(db\.models\.signals|dispatch|contrib\.auth\.signals)", re.M)
    assert [named(path) for path in kept(".py") if listening.search(path.read_text())] == []
