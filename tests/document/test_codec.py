"""The exchange format: what is written is read back equal, and what was once written stays readable."""

import json
from pathlib import Path

from hypothesis import given

from document.codec import FORMAT, decode, decode_yaml, digest, encode, encode_yaml, from_plain, plain, to_plain
from document.nodes import (
    Action,
    Clause,
    Contract,
    DeclaredCount,
    Document,
    Indicator,
    Level,
    Neighbourhood,
    Note,
    Objective,
    Reference,
)
from document.reading import read_part
from document.walk import walk
from tests.document.making import axis, document, objective
from tests.document.strategies import documents

SAMPLES = Path(__file__).parent / "samples"

#: What samples/contratville-1.json says. A format that grows gets another sample; neither this nor the file changes.
SAMPLE_1 = Document(
    contract=Contract(
        slug="ville-d-essai-2024-2030",
        title="Contrat de ville de Ville d’essai 2024-2030",
        territory="Communauté d’agglomération d’Essai",
        start_year=2024,
        end_year=2030,
        summary="Un premier paragraphe.\n\nUn second, « cité ».",
        sources=("Texte signé le 12 mars 2024", "Annexe 3"),
    ),
    levels=(
        Level(key="pilier", name="Pilier", plural="Piliers", numbering="{n}"),
        Level(key="theme", name="Thème", plural="Thèmes", numbering=None),
        Level(key="objectif", name="Objectif opérationnel", plural="Objectifs opérationnels", numbering="{parent}.{n}"),
    ),
    declared=(DeclaredCount(of="pilier", count=2), DeclaredCount(of="actions", count=2)),
    remarks=("Le sommaire annonce un troisième pilier.",),
    neighbourhoods=(
        Neighbourhood(code="QP030001", name="Les Prés"),
        Neighbourhood(code="QN03002M", name="Cœur de ville"),
    ),
    objectives=(
        Objective(
            key="pilier-1",
            level="pilier",
            code="1",
            title="Cohésion sociale",
            declared=(DeclaredCount(of="objectif", count=1),),
            children=(
                Objective(
                    key="k7f2",
                    level="objectif",
                    code="1.1",
                    title="Faciliter l’accès aux droits",
                    description="Pour tous les habitants.",
                    tags=("PRE", "jeunesse"),
                    neighbourhoods=("QN03002M", "QP030001"),
                    notes=(
                        Note(kind="funding", text="PRIORISER LES FINANCEMENTS PRE / PEL"),
                        Note(kind="scope", text="HORS APPEL A PROJET"),
                        Note(kind="other", text="À revoir en 2027"),
                    ),
                    remarks=("Sic : « acces ».",),
                    references=(
                        Reference(text="Cf. objectif 2", targets=("jeunesse",)),
                        Reference(text="Cf. le PLH", targets=()),
                    ),
                    actions=(
                        Action(
                            key="k7f2-a",
                            code="1.1.a",
                            title="Tenir une permanence",
                            description="Une fois par semaine.",
                            references=(Reference(text="Cf. jeunesse et 1", targets=("jeunesse", "pilier-1")),),
                            remarks=("Le texte dit « permanance ».",),
                        ),
                        Action(key="k7f2-b", title="Former"),
                    ),
                    clauses=(
                        Clause(key="k7f2-c1", text="L’opérateur rend compte chaque année.", remarks=("Douteux.",)),
                    ),
                    indicators=(
                        Indicator(
                            key="k7f2-i1",
                            title="Nombre de personnes reçues (F/H)",
                            kind="count",
                            unit="personnes",
                            breakdown=("F/H", "F/G"),
                            baseline="120 en 2023",
                            target="200 en 2030",
                            remarks=("Année de référence à confirmer.",),
                        ),
                    ),
                ),
            ),
        ),
        Objective(key="jeunesse", level="pilier", title="Jeunesse", transversal=True),
    ),
)


def test_the_sample_of_the_first_format_stays_readable():
    assert decode((SAMPLES / "contratville-1.json").read_bytes()) == SAMPLE_1


def test_the_sample_is_what_is_written_today():
    assert to_plain(SAMPLE_1) == json.loads((SAMPLES / "contratville-1.json").read_text())


def test_the_canonical_bytes_do_not_change():
    """Publications are known by this digest: a change of the bytes of an unchanged document would be a new version."""
    assert digest(encode(SAMPLE_1)) == "2385174cae551f223bc4364f968cb5489399b7b7f35ca9faca15bda027b5f6cd"


@given(documents())
def test_what_is_written_in_json_is_read_back_equal(drawn):
    assert decode(encode(drawn)) == drawn


@given(documents())
def test_what_is_written_in_yaml_is_read_back_equal(drawn):
    assert decode_yaml(encode_yaml(drawn)) == drawn


@given(documents())
def test_canonical_json_has_one_form(drawn):
    content = encode(drawn)
    assert encode(decode(content)) == content
    assert encode(decode_yaml(encode_yaml(drawn))) == content
    assert encode(from_plain(json.loads(content))) == content


@given(documents())
def test_a_part_is_read_back_equal(drawn):
    for place in walk(drawn):
        assert read_part(Objective, plain(place.objective)) == place.objective


def test_canonical_json_is_utf_8_without_spaces_in_the_order_of_the_format():
    small = Document(
        contract=Contract(slug="essai", title="Été", territory="Essai"),
        levels=(Level(key="axe", name="Axe", plural="Axes"),),
        objectives=(Objective(key="a", level="axe", title="Agir"),),
    )
    assert encode(small).decode() == (
        '{"format":"contratville/1",'
        '"contract":{"slug":"essai","title":"Été","territory":"Essai","start_year":null,"end_year":null,'
        '"summary":"","sources":[]},'
        '"levels":[{"key":"axe","name":"Axe","plural":"Axes","numbering":null}],'
        '"declared":[],"remarks":[],"neighbourhoods":[],'
        '"objectives":[{"key":"a","level":"axe","code":null,"title":"Agir","description":"","transversal":false,'
        '"tags":[],"neighbourhoods":[],"notes":[],"declared":[],"remarks":[],"references":[],'
        '"actions":[],"clauses":[],"indicators":[],"children":[]}]}'
    )


def test_yaml_leaves_out_what_is_empty_and_keeps_what_must_be_said():
    drawn = document(axis("1", objective("o", code="", title="", description="Un\n\nDeux", clauses=(), indicators=())))
    assert encode_yaml(drawn) == (
        "format: contratville/1\n"
        "contract:\n"
        "  slug: essai\n"
        "  title: Contrat d’essai\n"
        "  territory: Ville d’essai\n"
        "  start_year: 2024\n"
        "  end_year: 2030\n"
        "levels:\n"
        "  - key: axe\n"
        "    name: Axe\n"
        "    plural: Axes\n"
        "    numbering: '{n}'\n"
        "  - key: theme\n"
        "    name: Thème\n"
        "    plural: Thèmes\n"
        "  - key: objectif\n"
        "    name: Objectif opérationnel\n"
        "    plural: Objectifs opérationnels\n"
        "    numbering: '{parent}.{n}'\n"
        "objectives:\n"
        "  - key: axe-1\n"
        "    level: axe\n"
        "    code: '1'\n"
        "    title: Axe 1\n"
        "    children:\n"
        "      - key: o\n"
        "        level: objectif\n"
        "        code: ''\n"
        "        title: ''\n"
        "        description: |-\n"
        "          Un\n"
        "\n"
        "          Deux\n"
        "        actions:\n"
        "          - key: o-a\n"
        "            title: Action o\n"
    )
    assert decode_yaml(encode_yaml(drawn)) == drawn


def test_codes_and_dates_stay_text_in_yaml_when_quoted_and_dates_even_bare():
    text = encode_yaml(document(axis("1.10", key="axe", title="2015-06-30")))
    assert decode_yaml(text).objectives[0].code == "1.10"
    assert decode_yaml(text.replace("'2015-06-30'", "2015-06-30")).objectives[0].title == "2015-06-30"


def test_text_or_bytes_with_or_without_the_mark_that_windows_puts_first():
    content, text = encode(SAMPLE_1), encode_yaml(SAMPLE_1)
    assert decode(content.decode()) == decode(b"\xef\xbb\xbf" + content) == SAMPLE_1
    assert decode_yaml(text.encode()) == decode_yaml(b"\xef\xbb\xbf" + text.encode()) == SAMPLE_1


def test_the_digest_is_sha_256_in_hexadecimal():
    assert digest(b"contrat") == "54f605c03d201bdfcdf9544540fd445a0616910af7efd52c2121ad67a4d933eb"


def test_plain_data_says_its_format_first():
    assert next(iter(to_plain(SAMPLE_1).items())) == ("format", FORMAT)
