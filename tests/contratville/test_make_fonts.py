"""The web fonts: cut to the signs of French, renamed as their licence asks, made again only when need be."""

from io import StringIO

import pytest
from django.core.management import call_command
from fontTools.ttLib import TTFont

from contratville.management.commands.make_fonts import FACES, LICENCES, STAMP
from tests.factories import FIXTURES

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    from django.conf import settings

    kept, settings.FONTS_DIR = settings.FONTS_DIR, tmp_path_factory.mktemp("fonts")
    call_command("make_fonts", stdout=StringIO())
    yield settings.FONTS_DIR
    settings.FONTS_DIR = kept


def test_files_are_small_and_come_with_their_licences(folder):
    assert sorted(one.name for one in folder.iterdir()) == sorted(
        [STAMP, *LICENCES, *(f"{name}.woff2" for name in FACES)]
    )
    assert {one.name: one.stat().st_size < 22_000 for one in folder.glob("*.woff2")} == {
        f"{name}.woff2": True for name in FACES
    }
    for name in LICENCES:
        assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / name).read_text()


@pytest.mark.parametrize("name", FACES)
def test_names_do_not_use_the_reserved_one(folder, name):
    names = TTFont(folder / f"{name}.woff2")["name"]
    given = {record.nameID: str(record) for record in names.names if record.nameID in (1, 2, 3, 4, 6, 16, 17)}
    assert [text for text in given.values() if "source" in text.lower()] == []
    assert given[16] == FACES[name][2]


@pytest.mark.parametrize("name", FACES)
def test_all_signs_of_the_real_contracts_are_there(folder, name):
    text = "".join(path.read_text() for path in FIXTURES.glob("*.yaml"))
    covered = set(TTFont(folder / f"{name}.woff2").getBestCmap())
    assert sorted({sign for sign in text if sign.isprintable() and ord(sign) not in covered}) == []


def test_a_second_call_writes_nothing(folder):
    before = {one.name: one.stat().st_mtime_ns for one in folder.iterdir()}
    said = StringIO()
    call_command("make_fonts", stdout=said)
    assert {one.name: one.stat().st_mtime_ns for one in folder.iterdir()} == before
    assert said.getvalue() == ""


def test_what_is_missing_or_stale_is_made_again(folder):
    (folder / "contratville-sans-400.woff2").unlink()
    call_command("make_fonts", stdout=StringIO())
    assert (folder / "contratville-sans-400.woff2").exists()
    (folder / STAMP).write_text("old")
    call_command("make_fonts", stdout=StringIO())
    assert (folder / STAMP).read_text() != "old"
