"""`manage.py import_contract`: all the files or none, and every fault said in French with its path."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from document.codec import decode, encode, encode_yaml, to_plain
from document.sources.files import READERS
from drafts.read import read_draft
from objectives.models import Contract
from tests.factories import FIXTURES, make_contract, make_document
from tests.snapshot import rows

pytestmark = pytest.mark.django_db


def run(*files: Path) -> None:
    call_command("import_contract", *map(str, files))


def plain_with(path: str, value: Any) -> dict[str, Any]:
    """A sound document as plain data, with that value at that path."""
    data: Any = to_plain(make_document())
    *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    place = data
    for step in way:
        place = place[step]
    place[last] = value
    return data


def test_a_file_becomes_a_draft(tmp_path, capsys):
    file = tmp_path / "essai.yaml"
    file.write_text(encode_yaml(make_document()))
    run(file)
    assert read_draft(Contract.objects.get()) == make_document()
    assert capsys.readouterr().out == "essai : brouillon enregistré (révision 1).\n"


def test_several_files_in_both_writings(tmp_path):
    yaml, javascript = tmp_path / "un.yml", tmp_path / "deux.json"
    yaml.write_text(encode_yaml(make_document("un")))
    javascript.write_bytes(encode(make_document("deux")))
    run(yaml, javascript)
    assert list(Contract.objects.order_by("slug").values_list("slug", "revision")) == [("deux", 1), ("un", 1)]


def test_the_four_contracts_are_imported_at_once(capsys):
    run(*sorted(FIXTURES.glob("*.yaml")))
    assert capsys.readouterr().out.splitlines() == [
        f"{slug} : brouillon enregistré (révision 1)."
        for slug in ("ales-2015-2020", "metz-2015-2020", "quartiers-2030", "six-thematiques")
    ]


#: What is wrong, the file's name, its content, and what is read.
BAD: list[tuple[str, str, bytes, str]] = [
    ("unknown ending", "essai.docx", b"", f"format de fichier inconnu ; formats lus : {', '.join(READERS)}."),
    ("empty YAML", "essai.yaml", b"", "le document doit être un objet (des clés et des valeurs)."),
    ("empty JSON", "essai.json", b"", "ligne 1, colonne 1 : le JSON est mal formé à cet endroit."),
    ("broken JSON", "essai.json", b'{"format":', "ligne 1, colonne 11 : le JSON est mal formé à cet endroit."),
    ("broken YAML", "essai.yaml", b"a: [", "ligne 1, colonne 5 : le YAML est mal formé à cet endroit."),
    ("not UTF-8", "essai.json", b'{"a": "\xe9"}', "le fichier n’est pas en UTF-8 (octet 7)."),
    ("no format", "essai.json", b"{}", "format : format absent ; format attendu : « contratville/1 »."),
    (
        "future format",
        "essai.json",
        b'{"format": "contratville/9"}',
        "format : format « contratville/9 » ; format attendu : « contratville/1 ».",
    ),
    ("alias", "essai.yaml", b"a: &x 1\nb: *x\n", "ligne 1, colonne 4 : les ancres et alias YAML ne sont pas admis."),
]


@pytest.mark.parametrize(("name", "content", "said"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
def test_an_unreadable_file_is_refused(tmp_path, name, content, said):
    file = tmp_path / name
    file.write_bytes(content)
    before = rows()
    with pytest.raises(CommandError) as refused:
        run(file)
    assert str(refused.value) == f"{file} : rien n’a été importé.\n{said}"
    assert refused.value.returncode == 1
    assert rows() == before


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("objectives/0/nom", "?", "objectives[0].nom : clé inconnue"),
        ("objectives/0/level", "pilier", "objectives[0].level : le niveau « pilier » n’est pas dans la liste"),
        ("objectives/0/children/1/key", "1-1", "objectives[0].children[1].key : la clé « 1-1 » est déjà prise par"),
        (
            "objectives/0/references",
            [{"text": "Cf. 9", "targets": ["9"]}],
            "objectives[0].references[0].targets : aucun objectif n’a la clé « 9 ».",
        ),
        (
            "contract/summary",
            "a" * 1_000_000,
            "contract.summary : texte de 1000000 caractères ; la limite est de 50000.",
        ),
        ("contract/territory", "a" * 501, "contract.territory : texte de 501 caractères ; la limite est de 500."),
        ("contract/start_year", 15, "contract.start_year : l’année 15 est hors de 1900-2199."),
        ("contract/slug", "À B", "contract.slug : une clé s’écrit en minuscules sans accent"),
        ("objectives/0/title", "nul\x00", "objectives[0].title : le texte contient un caractère de contrôle"),
        ("objectives/0/declared", [{"of": "lune", "count": 1}], "objectives[0].declared[0].of : « lune » n’est ni"),
        ("objectives/0/neighbourhoods", ["QP1"], "objectives[0].neighbourhoods[0] : le quartier « QP1 » n’est pas"),
    ],
)
def test_a_document_with_a_fault_is_refused(tmp_path, path, value, said):
    file = tmp_path / "essai.json"
    file.write_text(json.dumps(plain_with(path, value)))
    before = rows()
    with pytest.raises(CommandError) as refused:
        run(file)
    head, fault = str(refused.value).split("\n")
    assert head == f"{file} : rien n’a été importé."
    assert fault[: len(said)] == said
    assert rows() == before


def test_a_tree_too_deep_is_refused(tmp_path):
    data = to_plain(make_document(objectives=0))
    node = data["objectives"][0]
    for rank in range(200):
        node["children"] = [dict(node, key=f"n-{rank}", children=[])]
        node = node["children"][0]
    file = tmp_path / "profond.json"
    file.write_text(json.dumps(data))
    with pytest.raises(CommandError, match="l’arbre a plus de 20 niveaux de profondeur"):
        run(file)
    assert not Contract.objects.exists()


def test_what_is_not_a_file_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "absent.json"):
        with pytest.raises(CommandError, match="fichier illisible"):
            run(path)


def test_a_bad_file_among_good_ones_leaves_nothing(tmp_path):
    good, bad = tmp_path / "bon.yaml", tmp_path / "mauvais.yaml"
    good.write_text(encode_yaml(make_document("bon")))
    bad.write_text("format: autre")
    before = rows()
    with pytest.raises(CommandError):
        run(good, bad)
    assert rows() == before


@pytest.mark.django_db(transaction=True)
def test_a_write_that_fails_takes_the_first_with_it(tmp_path):
    """The second contract is locked out of the database by a row that only the database knows of."""
    from django.db import IntegrityError, connection

    first, second = tmp_path / "un.yaml", tmp_path / "deux.yaml"
    first.write_text(encode_yaml(make_document("un")))
    second.write_text(encode_yaml(make_document("deux")))
    _forbid(connection, "deux")
    try:
        before = rows()
        with pytest.raises(IntegrityError):
            run(first, second)
        assert rows() == before
    finally:
        _allow(connection)


def _forbid(connection: Any, slug: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE objectives_contract ADD CONSTRAINT refused CHECK (slug <> '{slug}')")
        else:
            cursor.execute(
                "CREATE TRIGGER refused BEFORE INSERT ON objectives_contract "
                f"WHEN NEW.slug = '{slug}' BEGIN SELECT RAISE(ABORT, 'refused'); END"
            )


def _allow(connection: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE objectives_contract DROP CONSTRAINT refused")
        else:
            cursor.execute("DROP TRIGGER refused")


def test_importing_over_a_draft_keeps_its_address_and_grows_its_revision(tmp_path, capsys):
    contract = make_contract()
    file = tmp_path / "essai.yaml"
    file.write_text(encode_yaml(make_document(objectives=3)))
    run(file)
    run(file)
    contract.refresh_from_db()
    assert contract.revision == 2
    assert capsys.readouterr().out == "essai : brouillon enregistré (révision 2).\n" * 2
    assert read_draft(contract) == decode(encode(make_document(objectives=3)))
