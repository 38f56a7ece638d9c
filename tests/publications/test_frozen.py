"""Law 2: publications and the change log are added to, never altered: by instance, by queryset or by raw SQL."""

import gzip
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, ProtectedError, QuerySet

from document.codec import digest, encode
from drafts.read import read_draft
from drafts.write import write_draft
from objectives.changes import changing
from objectives.frozen import Frozen
from objectives.models import Change, Contract
from publications.models import Publication
from tests.factories import make_contract, make_document, make_publication, make_user
from tests.snapshot import rows

pytestmark = pytest.mark.django_db


def execute(sql: str, *values: object) -> None:
    connection.check_constraints()  # PostgreSQL does not truncate while constraints are pending
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def publication():
    return make_publication()


def test_a_publication_is_the_draft_in_canonical_json(publication):
    document = make_document()
    assert publication.json == gzip.decompress(publication.content) == encode(document)
    assert publication.digest == digest(publication.json)
    kept = Publication.objects.get()
    assert (kept.json, kept.document, kept.digest) == (encode(document), document, digest(encode(document)))


def test_the_draft_may_change_the_publication_does_not(publication):
    kept = Publication.objects.values().get()
    write_draft(make_document(objectives=5), by=None)
    assert Publication.objects.values().get() == kept
    assert publication.document == make_document()
    assert read_draft(publication.contract) == make_document(objectives=5)


INSTANCE = [
    ("save", lambda one: one.save()),
    ("save a field", lambda one: one.save(update_fields=["label"])),
    ("delete", lambda one: one.delete()),
]
QUERYSET = [
    ("update", lambda rows, one: rows.update(contract=1)),
    ("delete", lambda rows, one: rows.all().delete()),
    ("bulk_update", lambda rows, one: rows.bulk_update([one], ["contract"])),
    ("update_or_create", lambda rows, one: rows.update_or_create(pk=one.pk, defaults={"contract_id": 1})),
]


@pytest.mark.parametrize("model", [Publication, Change])
@pytest.mark.parametrize("alter", [alter for _, alter in INSTANCE], ids=[name for name, _ in INSTANCE])
def test_an_instance_refuses(publication, model, alter):
    before = rows()
    with pytest.raises(Frozen):
        alter(model.objects.first())
    assert rows() == before


@pytest.mark.parametrize("model", [Publication, Change])
@pytest.mark.parametrize("alter", [alter for _, alter in QUERYSET], ids=[name for name, _ in QUERYSET])
def test_a_queryset_refuses(publication, model, alter):
    before = rows()
    with pytest.raises(Frozen), transaction.atomic():
        alter(model.objects, model.objects.first())
    assert rows() == before


@pytest.mark.parametrize("table", ["publications_publication", "objectives_change"])
def test_the_database_refuses(publication, table):
    number = "number" if table == "publications_publication" else "revision"
    others = f"contract_id = contract_id, {number} = {number} + 10"
    statements = [f"UPDATE {table} SET {others}", f"UPDATE {table} SET id = id", f"DELETE FROM {table}"]
    if connection.vendor == "postgresql":
        statements += [f"TRUNCATE {table} CASCADE", "TRUNCATE objectives_contract CASCADE"]
    else:
        statements += [
            f"REPLACE INTO {table} SELECT * FROM {table}",
            f"INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT DO UPDATE SET {number} = 99",
        ]
    before = rows()
    for statement in statements:
        with pytest.raises(IntegrityError, match=f"{table}|objectives_change|publications_publication"):
            execute(statement)
    assert rows() == before


def test_a_row_of_the_same_number_does_not_take_the_place_of_another(publication):
    """REPLACE of SQLite removes the row in its way without telling the triggers of deletions."""
    if connection.vendor == "postgresql":
        replace, clash = "INSERT", "publication_number_once"
    else:
        replace, clash = "REPLACE", "ne se modifie ni ne se supprime"
    columns = [field.column for field in Publication._meta.concrete_fields if not field.primary_key]
    listed = ", ".join(columns)
    before = rows()
    with pytest.raises(IntegrityError, match=clash):
        execute(f"{replace} INTO publications_publication ({listed}) SELECT {listed} FROM publications_publication")
    assert rows() == before


def test_upserts_are_refused_by_the_database(publication):
    row = Publication.objects.get()
    row.label = "Autre"
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["contract", "number"], update_fields=["label"]
        )
    assert Publication.objects.get().label == "Texte initial"


@pytest.mark.parametrize("model", [Publication, Change])
def test_what_goes_round_the_refusals_of_python_meets_those_of_the_database(publication, model):
    before = rows()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.all()._raw_delete("default")
    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet.update(model.objects.all(), contract=F("contract"))
    assert rows() == before


def test_a_contract_with_a_past_is_not_deleted(publication):
    before = rows()
    with pytest.raises(ProtectedError):
        Contract.objects.get().delete()
    with pytest.raises(ProtectedError):
        Contract.objects.all().delete()
    assert rows() == before


def test_an_account_that_has_changed_something_is_not_deleted():
    admin = make_user(admin=True)
    publication = make_publication(by=admin)
    assert (publication.published_by, Change.objects.first().by) == (admin, admin)
    with pytest.raises(ProtectedError):
        admin.delete()


def test_rows_are_added_as_ever():
    contract = make_contract()
    for number in (1, 2, 3):
        assert make_publication(contract, in_force_on=date(2024, 1, number)).number == number
    with changing(contract, "essai", by=None) as entry:
        entry.after = {"a": 1}
    assert Change.objects.first().verb == "essai"
