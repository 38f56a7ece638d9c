"""Opens the zip of a workbook with bounds and reads its XML: no encryption, no entities, nothing from elsewhere."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from xml.parsers import expat

from document.codec import FILE_LIMIT
from document.faults import DocumentError, Fault

#: Octets of all the parts once unpacked; a contract of 30,000 objectives takes a third of it.
UNPACKED_LIMIT = 200_000_000
PARTS_LIMIT = 2_000
#: Filled cells, and signs in them, of the sheets that are read.
CELLS_LIMIT = 1_000_000
SIGNS_LIMIT = 50_000_000

BROKEN = "le classeur est abîmé ou n’est pas un classeur .xlsx ou .ods ; ouvrez-le dans un tableur et enregistrez-le."
LOCKED = "le classeur est protégé par un mot de passe ; enregistrez-le sans mot de passe."
OLD = "un mot de passe protège ce classeur, ou c’est un ancien .xls ; enregistrez-le en .xlsx sans mot de passe."
LARGE = "le classeur est démesuré une fois décompressé ; supprimez ce qui n’est pas du contrat."
_CHUNK = 65_536
#: What zipfile raises of a package that is damaged, by its author or by chance.
_UNPACKING = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    KeyError,
    ValueError,
    OverflowError,
    EOFError,
    OSError,
    RuntimeError,  # of a compression that is not known, and of parts that are encrypted
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: What a cell holds. `integer` is shown as its figures; `number` is any other, as dates and percentages are.
CellKind = Literal["text", "integer", "number", "truth", "formula", "error"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell; the text of a truth is « oui » or « non »."""

    kind: CellKind
    text: str


#: The filled rows of a sheet with their numbers, and their filled cells with the numbers of their columns, from 1.
Grid = list[tuple[int, dict[int, Cell]]]


def refuse(message: str) -> DocumentError:
    """The error that says so of the whole file."""
    return DocumentError([Fault("", message)])


@dataclass(slots=True)
class Budget:
    """Counts what was read, so that a small file cannot unfold into a giant."""

    cells: int = field(default=0)
    signs: int = field(default=0)

    def spend(self, cells: int, signs: int) -> None:
        """Raises DocumentError when the workbook holds more than is read."""
        self.cells += cells
        self.signs += signs
        if self.cells > CELLS_LIMIT or self.signs > SIGNS_LIMIT:
            raise refuse(LARGE)


class Package:
    """The parts of a workbook. Raises DocumentError for whatever is not one."""

    def __init__(self, content: bytes) -> None:
        if len(content) > FILE_LIMIT:
            size, limit = len(content) // 1_000_000, FILE_LIMIT // 1_000_000
            raise refuse(f"le fichier pèse {size} Mo ; la limite est de {limit} Mo.")
        if content.startswith(_OLE):
            raise refuse(OLD)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _UNPACKING as error:
            raise refuse(BROKEN) from error
        parts = self._zip.infolist()
        if any(part.flag_bits & 0x1 for part in parts):
            raise refuse(LOCKED)
        if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
            raise refuse(LARGE)
        self._names = {part.filename for part in parts}

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def parse(self, name: str, handler: "Handler") -> None:
        """Feeds a part to the handler; no more than the size it declares is ever unpacked."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = lambda tag, found: handler.start(_local(tag), _locals(found))
        parser.EndElementHandler = lambda tag: handler.end(_local(tag))
        parser.CharacterDataHandler = handler.text
        try:
            for chunk in self._chunks(name):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise refuse(BROKEN) from error

    def _chunks(self, name: str) -> Iterator[bytes]:
        """The octets of a part. Raises DocumentError where it is not there, cut short, or packed in a way unknown."""
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except DocumentError:  # itself a ValueError, of whoever takes the chunks
            raise
        except _UNPACKING as error:
            raise refuse(LOCKED if "encrypted" in str(error) else BROKEN) from error


class Handler:
    """What is told of the elements of a part, by their local names."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """A run of text."""


class Attributes(Handler):
    """Gathers the attributes of the elements of some names, in order."""

    def __init__(self, package: Package, part: str, *tags: str) -> None:
        self.found: list[dict[str, str]] = []
        self._tags = tags
        package.parse(part, self)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Keeps those of an element that is sought."""
        if tag in self._tags:
            self.found.append(attributes)


def whole(text: str | None, otherwise: int = 0) -> int:
    """The count that an attribute states. Raises DocumentError where it is none."""
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise refuse(BROKEN)
    return int(text)


def _refuse_doctype(name: str, system: str | None, public: str | None, internal: bool) -> None:
    """Entities, which unfold without end or read other files, are declared in a DOCTYPE; a workbook has none."""
    raise refuse(BROKEN)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _locals(attributes: dict[str, str]) -> dict[str, str]:
    return {_local(name): value for name, value in attributes.items()} if attributes else attributes
