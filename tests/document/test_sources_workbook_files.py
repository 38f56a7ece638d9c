"""Files that are no workbook, or a hostile one: whatever the bytes, the person reads why; nothing else is raised."""

import io
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document.codec import FILE_LIMIT
from document.faults import DocumentError
from document.sources.workbook import read_workbook
from document.sources.workbook_package import BROKEN, LARGE, LOCKED, OLD, UNPACKED_LIMIT
from tests.document.spoiling import said, short
from tests.document.workbooks import SMALL, make_ods, make_ods_of, make_xlsx, repacked

XLSX, ODS = make_xlsx(SMALL), make_ods(SMALL)
SHEET = "xl/worksheets/sheet2.xml"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
BOMB = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
OUTSIDE = "<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return file.getvalue()


def encrypted(content: bytes) -> bytes:
    """The package with the mark of encryption on every part."""
    found = bytearray(content)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = found.find(signature)
        while place >= 0:
            flags = struct.unpack_from("<H", found, place + at)[0]
            struct.pack_into("<H", found, place + at, flags | 1)
            place = found.find(signature, place + 4)
    return bytes(found)


def ods_of(rows: str) -> bytes:
    """A package whose sheet « Clauses » has those rows."""
    table = f'<table:table table:name="Clauses">{rows}</table:table>'
    return make_ods_of(f'<a xmlns:table="{TABLE}" xmlns:text="{TEXT}">{table}</a>')


ROW = "<table:table-row {}>{}</table:table-row>"
CELL = "<table:table-cell {}><text:p>{}</text:p></table:table-cell>"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", BROKEN),
        (b"Champ;Valeur\n", BROKEN),
        (b"PK\x03\x04" + b"\x00" * 200, BROKEN),
        (zipped(), BROKEN),
        (zipped(autre=b"<a/>"), BROKEN),
        (XLSX[:-100], BROKEN),
        (XLSX[: len(XLSX) // 2], BROKEN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, OLD),
        (encrypted(XLSX), LOCKED),
        (encrypted(ODS), LOCKED),
        (make_ods_of("no XML", **{"META-INF__manifest": "<m><file-entry><encryption-data/></file-entry></m>"}), LOCKED),
        (b"PK" + b" " * (FILE_LIMIT + 1_000_000), "le fichier pèse 21 Mo ; la limite est de 20 Mo."),
        (zipped(**{"content.xml": b"<a/>", "autre": b" " * (UNPACKED_LIMIT + 1)}), LARGE),
        (zipped(**{f"{rank}": b"" for rank in range(2_001)}), LARGE),
        (make_ods_of(f"{BOMB}<a>&b;</a>"), BROKEN),
        (make_ods_of(f"{OUTSIDE}<a>&a;</a>"), BROKEN),
        (make_ods_of("<a>"), BROKEN),
        (repacked(XLSX, {SHEET: f"{BOMB}<a>&b;</a>".encode()}), BROKEN),
        (repacked(XLSX, {"xl/workbook.xml": f"{OUTSIDE}<a>&a;</a>".encode()}), BROKEN),
        (repacked(XLSX, {SHEET: None}), BROKEN),
        (repacked(XLSX, {"xl/_rels/workbook.xml.rels": b"<a/>"}), BROKEN),
        (repacked(XLSX, {SHEET: b'<a><row r="x"/></a>'}), BROKEN),
        (repacked(XLSX, {SHEET: b'<a><row><c r="A0"><v>1</v></c></row></a>'}), BROKEN),
        (repacked(XLSX, {SHEET: b'<a><row><c t="s"><v>99999999</v></c></row></a>'}), BROKEN),
        (repacked(XLSX, {SHEET: b'<a><row><c t="s"><v>-1</v></c></row></a>'}), BROKEN),
        (ods_of(ROW.format('table:number-rows-repeated="1048576"', CELL.format("", "x" * 100))), LARGE),
        (ods_of(ROW.format("", CELL.format('table:number-columns-repeated="99999999"', "x"))), LARGE),
        (ods_of(ROW.format("", CELL.format("", '<text:s text:c="999999999"/>'))), LARGE),
        (ods_of(ROW.format('table:number-rows-repeated="-1"', "")), BROKEN),
    ],
    ids=short,
)
def test_a_file_that_is_no_workbook(content, message):
    assert said(read_workbook, content) == [message]


def test_empty_rows_and_cells_repeated_to_the_end_of_the_sheet_cost_nothing():
    """LibreOffice writes the emptiness of a sheet so."""
    cells = '<table:table-cell table:number-columns-repeated="16384"/>'
    end = ROW.format('table:number-rows-repeated="1048000"', cells) + "</table:table>"
    content = zipfile.ZipFile(io.BytesIO(ODS)).read("content.xml").decode().replace("</table:table>", end)
    assert read_workbook(make_ods_of(content)) == read_workbook(XLSX)


@given(st.binary(max_size=300))
def test_any_bytes(content):
    with pytest.raises(DocumentError):
        read_workbook(content)


@given(st.data())
def test_a_workbook_with_a_part_spoilt(data):
    """A part that lost a piece, or had bytes changed, is read or refused; nothing else happens."""
    content = data.draw(st.sampled_from([XLSX, ODS]))
    name = data.draw(st.sampled_from(zipfile.ZipFile(io.BytesIO(content)).namelist()))
    part = zipfile.ZipFile(io.BytesIO(content)).read(name)
    start = data.draw(st.integers(0, len(part)))
    stop = data.draw(st.integers(start, min(start + 60, len(part))))
    spoilt = part[:start] + data.draw(st.sampled_from([b"", b"<", b"9", b'"', b"\x00", b"s", b"99999"])) + part[stop:]
    with suppress(DocumentError):
        read_workbook(repacked(content, {name: spoilt}))


@given(st.sampled_from([XLSX, ODS]), st.integers(0), st.integers(0, 255))
def test_a_workbook_with_a_byte_changed(content, place, byte):
    spoilt = bytearray(content)
    spoilt[place % len(content)] = byte
    with suppress(DocumentError):
        read_workbook(bytes(spoilt))
