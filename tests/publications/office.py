"""The real LibreOffice, which `script/setup test` installs."""

import shutil
import subprocess
from pathlib import Path

SOFFICE = shutil.which("soffice")


def convert(files: list[Path], ending: str, folder: Path) -> dict[str, bytes]:
    """What LibreOffice makes of the files, by their stems, with a profile of its own."""
    assert SOFFICE, "LibreOffice is needed: apt-get install libreoffice-calc-nogui libreoffice-writer-nogui"
    target = folder / f"to-{ending}"
    command = [SOFFICE, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", ending]
    subprocess.run([*command, "--outdir", target, *files], check=True, capture_output=True, timeout=300)
    return {file.stem: (target / f"{file.stem}.{ending}").read_bytes() for file in files}
