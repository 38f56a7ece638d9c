"""A contract comes back from its PDF; what is not such a PDF is told in French, whatever it was made to do."""

import io
import zlib

import pikepdf
import pytest

from document.codec import FILE_LIMIT
from document.faults import DocumentError
from document.sources import pdf as source
from document.sources.files import read_file
from document.sources.pdf import ATTACHED, read_pdf
from publications.renditions.pdf import render_pdf
from tests.factories import make_document
from tests.publications.pdf_reading import make_edition


def _with(content: bytes, name: str = ATTACHED) -> bytes:
    """A PDF with that file attached."""
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)
        pdf.save(made)
    return made.getvalue()


def _refused(content: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read_pdf(content)
    return str(caught.value)


def test_a_whole_contract_comes_back_equal_from_the_archival_one_and_after_another_program_saved_it():
    document = make_document()
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(render_pdf(make_edition(document), archival=True))) as pdf:
        pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert read_file("contrat.PDF", made.getvalue()) == document


@pytest.mark.parametrize("content", [b"", b"bonjour", b"%PDF-1.7\nrien", b"\x00" * 5000])
def test_what_is_no_pdf(content):
    assert _refused(content) == "ce fichier n’est pas un PDF lisible."


def test_a_pdf_cut_short_is_no_crash():
    content = _with(b"{}")
    for cut in (60, len(content) // 2):
        assert _refused(content[:cut]) in {"ce fichier n’est pas un PDF lisible.", source._SAID[source.NOTHING]}


def test_a_pdf_of_something_else():
    said = "ce PDF n’a pas le contrat en pièce jointe ; seul celui d’un contrat entier, tel que téléchargé, l’a."
    assert _refused(_with(b"{}", "photo.png")) == said


def test_what_is_attached_is_judged_as_a_file_would_be():
    assert _refused(_with(b'{"format":"autre"}')) == "format : format « autre » ; format attendu : « contratville/1 »."
    assert _refused(_with(b"{")) == "ligne 1, colonne 2 : le JSON est mal formé à cet endroit."


def test_what_unfolds_without_end_is_refused_before_it_does():
    pdf = pikepdf.open(io.BytesIO(_with(b"{}")))
    bomb = zlib.compress(b" " * (FILE_LIMIT + 10), 9)
    pdf.attachments[ATTACHED].obj.EF.F.write(bomb, filter=pikepdf.Name.FlateDecode)
    made = io.BytesIO()
    pdf.save(made, recompress_flate=False, compress_streams=False)
    assert len(made.getvalue()) < 200_000
    assert _refused(made.getvalue()) == "le contrat joint à ce PDF pèse plus de 20 Mo."


def test_a_file_that_is_too_large_is_not_opened():
    assert _refused(b"%PDF" + b" " * FILE_LIMIT) == "le fichier pèse 20 Mo ; la limite est de 20 Mo."


def test_a_process_that_is_held_back_is_told_of(monkeypatch, tmp_path):
    ended = tmp_path / "ended.py"
    ended.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    monkeypatch.setattr(source, "_PROGRAM", ended)
    assert _refused(_with(b"{}")) == "ce PDF demande trop de temps ou de mémoire pour être lu."
