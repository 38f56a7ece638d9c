"""Cuts the web fonts from the packaged ones: Latin and typographic signs, WOFF2, a few kilobytes each."""

import hashlib
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

#: File written (without its ending) → package, file in it, family, style.
FACES = {
    "contratville-sans-400": ("font_source_sans_pro", "SourceSansPro-Regular.ttf", "Contratville Sans", "Regular"),
    "contratville-sans-600": ("font_source_sans_pro", "SourceSansPro-Semibold.ttf", "Contratville Sans", "SemiBold"),
    "contratville-serif-400": ("font_source_serif_pro", "SourceSerifPro-Regular.ttf", "Contratville Serif", "Regular"),
    "contratville-serif-600": (
        "font_source_serif_pro",
        "SourceSerifPro-Semibold.ttf",
        "Contratville Serif",
        "SemiBold",
    ),
}
LICENCES = {
    "contratville-sans-OFL.txt": "font_source_sans_pro",
    "contratville-serif-OFL.txt": "font_source_serif_pro",
}
#: What French legal texts are printed with; other signs come from the reader's own fonts.
SIGNS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *map(ord, "ŒœŸ‘’‚“”„†‡•…‰‹›–—−×÷€№←↑→↓≤≥≠"),
    0x2009,  # thin space
    0x2011,  # hyphen that does not break
    0x202F,  # narrow space that does not break
]
FEATURES = ["kern", "liga", "locl", "case", "tnum", "lnum", "pnum", "onum"]
STAMP = ".made-from"


class Command(BaseCommand):
    """`manage.py make_fonts`: writes settings.FONTS_DIR; does nothing when it is up to date."""

    help = "Prépare les polices du site à partir de celles des paquets Python."

    def handle(self, *args: Any, **options: Any) -> None:
        """Idempotent; the stamp, written last, says which sources the files were made from."""
        folder = Path(settings.FONTS_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        stamp = _stamp()
        written = [*(f"{name}.woff2" for name in FACES), *LICENCES]
        kept = folder / STAMP
        if kept.exists() and kept.read_text() == stamp and all((folder / name).exists() for name in written):
            return
        for name, face in FACES.items():
            make_face(folder / f"{name}.woff2", *face)
        for name, package in LICENCES.items():
            (folder / name).write_bytes(_source(package, "LICENSE.txt").read_bytes())
        kept.write_text(stamp)
        self.stdout.write(f"Polices prêtes : {', '.join(sorted(FACES))}.")


def make_face(target: Path, package: str, name: str, family: str, style: str) -> None:
    """Writes one cut face. The licence reserves the name of the original for the original: the cut bears ours."""
    with as_file(_source(package, name)) as path:
        font = TTFont(path)
    options = Options()
    options.flavor = "woff2"
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.name_languages = [0x409]
    options.hinting = False
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "FFTM", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=SIGNS)
    subsetter.subset(font)
    _rename(font, family, style)
    font.flavor = "woff2"
    font.save(target)


def _rename(font: TTFont, family: str, style: str) -> None:
    whole = f"{family} {style}"
    given = {1: whole if style != "Regular" else family, 2: "Regular", 3: f"contratville;{whole}", 4: whole}
    given |= {6: whole.replace(" ", "", 1).replace(" ", "-"), 16: family, 17: style}
    for identifier, text in given.items():
        font["name"].removeNames(nameID=identifier)
        font["name"].setName(text, identifier, 3, 1, 0x409)


def _source(package: str, name: str) -> Any:
    return files(package) / "files" / name


def _stamp() -> str:
    made = hashlib.sha256(Path(__file__).read_bytes())
    for package, name, *_ in FACES.values():
        made.update(_source(package, name).read_bytes())
    return made.hexdigest()
