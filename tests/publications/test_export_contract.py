"""`manage.py export_contract`: the very bytes of a publication, and what it prints is imported again equal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from document.codec import decode, decode_yaml, digest, encode
from drafts.read import read_draft
from drafts.write import write_draft
from objectives.models import Contract
from publications.models import Publication
from tests.factories import make_contract, make_document, make_publication, real_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(capfdbinary):
    """Runs the command and gives the bytes that it prints."""

    def run(*arguments: str) -> bytes:
        call_command("export_contract", *arguments)
        return capfdbinary.readouterr().out

    return run


@pytest.mark.parametrize("slug", ["ales-2015-2020", "metz-2015-2020", "quartiers-2030", "six-thematiques"])
def test_what_is_exported_is_imported_equal(slug, printed, tmp_path):
    contract = make_contract(real_document(slug))
    publication = make_publication(contract)
    json, yaml = printed(slug), printed(slug, "--yaml")
    assert digest(json) == publication.digest
    assert json == publication.json == printed(slug, "--draft") == printed(slug, "--publication", "1")
    write_draft(replace(make_document(slug)), by=None)
    for name, content, read in (("a.json", json, decode), ("a.yaml", yaml, decode_yaml)):
        assert read(content) == publication.document
        (tmp_path / name).write_bytes(content)
        call_command("import_contract", str(tmp_path / name))
        assert read_draft(contract) == publication.document
        write_draft(make_document(slug), by=None)


def test_which_version_is_printed(printed):
    contract = make_contract(make_document(objectives=1))
    today = timezone.localdate()
    for objectives, in_force_on in ((2, today - timedelta(days=9)), (3, today), (4, today + timedelta(days=9))):
        write_draft(make_document(objectives=objectives), by=None)
        make_publication(contract, in_force_on=in_force_on)
    write_draft(make_document(objectives=5), by=None)
    assert printed("essai") == encode(make_document(objectives=3))
    assert printed("essai", "--publication", "1") == encode(make_document(objectives=2))
    assert printed("essai", "--publication", "3") == encode(make_document(objectives=4))
    assert printed("essai", "--draft") == encode(make_document(objectives=5))


def test_a_publication_for_members_is_printed_by_its_number_alone(printed):
    contract = make_contract()
    make_publication(contract, visibility=Publication.Visibility.MEMBERS, in_force_on=date(2024, 1, 1))
    with pytest.raises(CommandError, match="n’a pas de version publiée ; --draft écrit le brouillon."):
        printed("essai")
    assert printed("essai", "--publication", "1") == encode(make_document())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["absent"], "Aucun contrat « absent ». Contrats : essai."),
        (["essai", "--publication", "7"], "« essai » n’a pas de version 7 ; --draft écrit le brouillon."),
        (["essai"], "« essai » n’a pas de version publiée ; --draft écrit le brouillon."),
    ],
)
def test_what_is_not_there(arguments, said, printed):
    make_contract()
    with pytest.raises(CommandError) as refused:
        printed(*arguments)
    assert str(refused.value) == said
    assert refused.value.returncode == 1


def test_no_contract_at_all(printed):
    with pytest.raises(CommandError, match="Aucun contrat « essai ». Contrats : aucun."):
        printed("essai")
    assert not Contract.objects.exists()
