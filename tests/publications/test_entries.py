"""Search: words without accents, plurals or elisions, codes as words, harmless queries, the same on both databases."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from document import nodes
from publications.entries import entries_of, fold, having_tag, having_words, sought
from publications.models import Entry, Publication
from tests.factories import make_contract, make_document, make_publication, real_document

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Égalité FEMMES-hommes", ["egalite", "femme", "homme"]),
        ("Jeux, temps, prix", ["jeu", "temp", "pri"]),
        ("les œuvres de Lætitia, Straße", ["les", "oeuvre", "de", "laetitia", "strasse"]),
        ("l’accès d'un élève, qu’il jusqu’au", ["acce", "un", "eleve", "il", "au"]),
        ("aujourd’hui", ["aujourd", "hui"]),
        ("e\u0301te\u0301 ﬁn x² ½", ["ete", "fin", "x2", "1", "2"]),
        ("Cf. objectif 1.1.3.", ["cf", "objectif", "1x1x3"]),
        ("1.1.1.a ; 1.1.1.S, 1.10 2.3.IV", ["1x1x1xa", "1x1x1xs", "1x10", "2x3xiv"]),
        ("en 2015.Les 12,5 % de 3.5", ["en", "2015", "les", "12", "5", "de", "3x5"]),
        ("#1 A OS 2", ["1", "a", "os", "2"]),
        ("x_y __ _", ["x", "y"]),
        ("\x00' \" * & | ! : ( ) \\ 😀 -- ;", []),
        ("", []),
        ("a" * 5_000, ["a" * 60]),
        ("中文 العربية", ["中文", "العربية"]),
    ],
)
def test_fold(text, words):
    assert fold(text) == words


@pytest.mark.parametrize(
    ("query", "found", "passed_over"),
    [
        ("accès", ["accès", "acces", "ACCÈS"], ["accepter", "accélérer"]),
        ("prix", ["prix"], ["prioritaire", "principal"]),
        ("jeune", ["jeune", "jeunes", "jeunesse"], ["jeu"]),
        ("jeunes", ["jeune", "jeunes", "jeunesse"], ["jeu"]),
        ("média", ["médiation", "medias"], ["immédiat"]),
        ("1.1", ["1.1", "1.1.3", "1.1.3.a"], ["1.10", "11", "2.1.1"]),
        ("1.1.1.a", ["1.1.1.a", "1.1.1.A"], ["1.1.1.b", "1.1.1"]),
        ("203", ["203", "203.1"], ["2030"]),
    ],
)
def test_what_a_word_finds(query, found, passed_over):
    (one,) = sought(query)
    assert [text for text in found + passed_over if any(map(one.finds, fold(text)))] == found


def test_a_query_does_without_small_words_unless_it_has_no_other():
    assert [one.word for one in sought("l’accès des jeunes à la santé et aux droits")] == [
        "acce",
        "jeune",
        "sante",
        "droit",
    ]
    assert [one.word for one in sought("de la")] == ["de", "la"]


def test_a_query_looks_for_twelve_words_at_most_each_once():
    assert len(sought("mot mot " + " ".join(f"mot{rank}" for rank in range(40)))) == 12


def found_by(query: str) -> list[str]:
    return list(having_words(Entry.objects.order_by("publication", "position"), query).values_list("key", flat=True))


def test_entries_are_the_document_in_reading_order():
    document = make_document(axes=2, objectives=1)
    publication = make_publication(make_contract(document))
    listed = publication.entries.order_by("position").values_list(
        "position", "kind", "key", "objective_key", "level", "code"
    )
    assert list(listed) == [
        (0, "objective", "axe-1", "axe-1", "axe", "1"),
        (1, "objective", "1-1", "1-1", "objectif", "1.1"),
        (2, "action", "1-1-a", "1-1", "objectif", "1.1.a"),
        (3, "clause", "1-1-c1", "1-1", "objectif", None),
        (4, "indicator", "1-1-i1", "1-1", "objectif", None),
        (5, "objective", "axe-2", "axe-2", "axe", "2"),
        (6, "objective", "2-1", "2-1", "objectif", "2.1"),
        (7, "action", "2-1-a", "2-1", "objectif", "2.1.a"),
        (8, "clause", "2-1-c1", "2-1", "objectif", None),
        (9, "indicator", "2-1-i1", "2-1", "objectif", None),
    ]
    assert publication.entries.get(key="1-1").data == {
        "key": "1-1",
        "level": "objectif",
        "code": "1.1",
        "title": "Objectif 1.1",
        "description": "",
        "transversal": False,
        "tags": ["PRE"],
        "neighbourhoods": [],
        "notes": [],
        "declared": [],
        "remarks": [],
        "references": [],
        "parent": "axe-1",
        "depth": 1,
        "position": 0,
        "path": [{"key": "axe-1", "code": "1", "title": "Axe 1"}],
    }


def test_everything_that_is_printed_is_found():
    """Each field of each kind of node, by a word that stands nowhere else."""
    node = nodes.Objective(
        key="o",
        level="axe",
        code="A7",
        title="unix",
        description="dosix",
        notes=(nodes.Note(text="trisix"),),
        references=(nodes.Reference(text="quatrix"),),
        tags=("cinquix",),
        actions=(
            nodes.Action(
                key="a", code="B8", title="sixtix", description="septix", references=(nodes.Reference(text="octix"),)
            ),
        ),
        clauses=(nodes.Clause(key="c", text="novix"),),
        indicators=(nodes.Indicator(key="i", title="decix", baseline="undix", target="dodix"),),
    )
    make_publication(make_contract(replace(make_document(), objectives=(node,))))
    expected = {
        "o": "A7 unix dosix trisix quatrix cinquix",
        "a": "B8 sixtix septix octix",
        "c": "novix",
        "i": "decix undix dodix",
    }
    for key, words in expected.items():
        for word in words.split():
            assert found_by(word) == [key]


#: What readers may type, and the keys that it finds, by contract.
GOLDEN: dict[str, dict[str, list[str]]] = {
    "PRIX": {},
    "chantiers éducatifs": {},
    "numérique": {"quartiers-2030": ["1-a-3"]},
    "1.5.3": {"metz-2015-2020": ["1-5-3", "1-5-3-bis"]},
    "1.10": {"metz-2015-2020": ["1-10", "1-10-1", "1-10-2"]},
    "laicite": {
        "metz-2015-2020": ["axe-1-bien-vivre-ensemble", "1-2-3"],
        "six-thematiques": ["laicite-valeurs", "laicite-valeurs-2"],
    },
    "Œuvre": {
        "ales-2015-2020": ["2-2-4-i1", "2-3-8-a", "3-1-4-a", "3-1-5-b"],
        "six-thematiques": ["5-1-1"],
    },
    "1.1.3": {
        "ales-2015-2020": ["1-1-3", "1-1-3-a", "1-1-3-b", "1-1-3-c", "1-6-1-a", "1-6-5"],
        "metz-2015-2020": ["1-1-3"],
    },
    "l'accès aux droits": {
        "ales-2015-2020": ["1-4", "1-4-1", "1-5-1-b"],
        "metz-2015-2020": ["axe-2-acces-droits-sante-services", "2-4", "2-4-1", "2-5"],
        "quartiers-2030": ["1-a-3"],
        "six-thematiques": ["1-2-3"],
    },
    "ÉGALITÉ homme femme": {
        "metz-2015-2020": ["axe-2-discriminations-egalite", "2-1", "2-1-1", "2-1-2", "2-1-3"],
        "quartiers-2030": ["transversale-discriminations-handicap-egalite"],
        "six-thematiques": ["2-3", "egalite-et-discriminations"],
    },
    '(violence) & "conjugale" | !': {"ales-2015-2020": ["1-5-1-d", "1-5-1-e"]},
    "PRE/PEL": {"ales-2015-2020": ["1-3-1", "1-3-5", "1-3-7"]},
}


def test_both_databases_find_the_same_in_the_four_contracts():
    slugs = ("ales-2015-2020", "metz-2015-2020", "quartiers-2030", "six-thematiques")
    for slug in slugs:
        make_publication(make_contract(real_document(slug)))
    for query, expected in GOLDEN.items():
        rows = having_words(Entry.objects.order_by("publication", "position"), query)
        found: dict[str, list[str]] = {}
        for slug, key in rows.values_list("publication__contract__slug", "key"):
            found.setdefault(slug, []).append(key)
        assert found == expected, query
    for tag, number in {"npnru": 31, "PRE": 28, "EGALITE femme-homme": 8, "pr": 0, "": 0, "|": 0, "%": 0}.items():
        assert having_tag(Entry.objects.all(), tag).count() == number, tag
    _check_against_python()


def _check_against_python() -> None:
    """Every fortieth word of the contracts, and every code: the database finds what `Sought.finds` does."""
    entries = list(Entry.objects.order_by("publication", "position").values_list("key", "words"))
    words = sorted({word for _, text in entries for word in text.split()})
    codes = set(Entry.objects.exclude(code=None).values_list("code", flat=True))
    for query in (*words[::40], *sorted(codes)[::20]):
        (one,) = sought(query)
        assert found_by(query) == [key for key, text in entries if any(map(one.finds, text.split()))], query


@pytest.mark.parametrize(
    "query",
    [
        "'", '"', "*", "&", "|", "!", ":", "(", ")", "\\", "\x00", "😀", "--", ";", "%", "_", "a'b", 'a"b', "a\\b",
        "a\x00b", "a:*", "!a", "-a", "^a", "a & | b", "NEAR(a b)", "NOT a", "a OR", "words:a", "rowid:1", "' OR 1=1 --",
        "a" * 100_000, "mot " * 10_000, "\ud800", "\u2028", "İ", "ß", "½", "１", "à\u0300\u0301", "<->", "a<->b", "a:A",
    ],
)  # fmt: skip
def test_any_query_is_harmless(query):
    make_publication()
    assert isinstance(found_by(query), list)
    assert isinstance(list(having_tag(Entry.objects.all(), query.replace("\x00", ""))), list)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(max_size=60), query=st.text(max_size=20))
def test_any_words_are_found_alike(title, query):
    """Both databases cut folded words as Python does, whatever their signs."""
    title = "".join(sign for sign in title if sign.isprintable())
    node = nodes.Objective(key="o", level="axe", title=f"{title} témoin")
    document = replace(make_document(), objectives=(node,))
    publication = make_publication(make_contract(document))
    (entry,) = publication.entries.all()
    for text in (query, title, title[:3], "témoin"):
        words = sought(text)
        expected = bool(words) and all(any(map(one.finds, entry.words.split())) for one in words)
        assert having_words(publication.entries.all(), text).exists() == expected


def test_a_very_long_text_is_published_and_found_by_its_beginning():
    long_text = "début " + " ".join(f"mot{rank}" for rank in range(4_000))
    notes = tuple(nodes.Note(text=long_text.replace("mot", f"mot{serial}x")) for serial in range(30))
    node = nodes.Objective(key="o", level="axe", title="Long", notes=notes)
    make_publication(make_contract(replace(make_document(), objectives=(node,))))
    assert found_by("début mot0x5") == ["o"]


def test_the_words_of_a_search_can_be_asked_of_other_entries_at_once():
    """A find may be narrowed, counted and nested in another query."""
    publication = make_publication()
    found = having_words(Entry.objects.all(), "participants")
    assert found.count() == 2
    assert Publication.objects.filter(entries__in=found).distinct().get() == publication
    assert having_words(found, "1.2").get().key == "1-2-i1"


def test_entries_without_a_database_are_the_same():
    document = make_document()
    publication = make_publication(make_contract(document))
    made = [(one.position, one.key, one.words, one.tags) for one in entries_of(publication, document)]
    assert made == list(publication.entries.order_by("position").values_list("position", "key", "words", "tags"))


def test_entries_are_made_again_from_what_is_frozen(capsys):
    """As after a change of the way words are compared: what was indexed otherwise is indexed anew."""
    contract = make_contract()
    publications = [make_publication(contract) for _ in range(2)]
    first = publications[0]
    kept = [list(one.entries.order_by("position").values_list("position", "key", "words")) for one in publications]
    first.entries.all().delete()
    Entry.objects.bulk_create(
        Entry(publication=first, position=9, kind="action", key=key, objective_key=key, level="x", words=key, data={})
        for key in ("perime", "participant")
    )
    assert found_by("perime") == ["perime"]
    call_command("index_entries")
    assert capsys.readouterr().out == "essai, version 1 : 9 lignes.\nessai, version 2 : 9 lignes.\n"
    assert found_by("perime") == []
    assert found_by("participants") == ["1-1-i1", "1-2-i1"] * 2
    again = [list(one.entries.order_by("position").values_list("position", "key", "words")) for one in publications]
    assert again == kept
