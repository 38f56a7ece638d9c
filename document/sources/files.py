"""Reads a contract from a file, by its ending: one reader a format."""

from pathlib import PurePath

from document.codec import decode, decode_yaml
from document.faults import DocumentError, Fault
from document.nodes import Document
from document.sources.pdf import read_pdf
from document.sources.workbook import read_workbook

READERS = {
    ".json": decode,
    ".yaml": decode_yaml,
    ".yml": decode_yaml,
    ".xlsx": read_workbook,
    ".ods": read_workbook,
    ".pdf": read_pdf,
}


def read_file(name: str, content: bytes) -> Document:
    """The document of a file's content. Raises DocumentError for an ending that is not known, and for every fault."""
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise DocumentError([Fault("", f"format de fichier inconnu ; formats lus : {', '.join(READERS)}.")])
    return reader(content)
