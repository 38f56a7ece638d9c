"""Reads a contract back from its PDF, which carries the exchange format as an attached file."""

import subprocess
import sys
from pathlib import Path

from document.codec import FILE_LIMIT, decode
from document.faults import DocumentError, Fault
from document.nodes import Document
from document.sources.pdf_attached import NOTHING, SECONDS, TOO_LARGE, UNREADABLE

#: The name of the file attached to the PDF of a whole contract.
ATTACHED = "contrat.json"
_PROGRAM = Path(__file__).with_name("pdf_attached.py")
_SAID = {
    UNREADABLE: "ce fichier n’est pas un PDF lisible.",
    NOTHING: "ce PDF n’a pas le contrat en pièce jointe ; seul celui d’un contrat entier, tel que téléchargé, l’a.",
    TOO_LARGE: f"le contrat joint à ce PDF pèse plus de {FILE_LIMIT // 1_000_000} Mo.",
}
_HELD_BACK = "ce PDF demande trop de temps ou de mémoire pour être lu."


def read_pdf(content: bytes) -> Document:
    """The document attached to a PDF. Raises DocumentError: no PDF, nothing attached, or faults in it."""
    if len(content) > FILE_LIMIT:
        said = f"le fichier pèse {len(content) // 1_000_000} Mo ; la limite est de {FILE_LIMIT // 1_000_000} Mo."
        raise DocumentError([Fault("", said)])
    command = [sys.executable, "-I", str(_PROGRAM), ATTACHED, str(FILE_LIMIT)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=3 * SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise DocumentError([Fault("", _HELD_BACK)]) from error
    if done.returncode:
        raise DocumentError([Fault("", _SAID.get(done.returncode, _HELD_BACK))])
    return decode(done.stdout)
