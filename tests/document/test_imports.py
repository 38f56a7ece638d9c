"""The contract as a value is alone: it imports neither Django nor any other room."""

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parent.parent.parent
ASK = """
import importlib, pkgutil, sys
import document
for module in pkgutil.walk_packages(document.__path__, "document."):
    importlib.import_module(module.name)
rooms = {"django", "rest_framework", "mptt", "objectives", "actions", "indicators", "drafts", "publications"}
print(sorted(rooms & {name.split(".")[0] for name in sys.modules}))
"""


def test_no_module_of_document_brings_django_in():
    asked = subprocess.run([sys.executable, "-c", ASK], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert asked.stdout == "[]\n"
