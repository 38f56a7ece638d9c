"""Bad files: whatever the bytes, the person reads why they are refused and where; nothing else is ever raised."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from document.codec import FILE_LIMIT, decode, decode_yaml, encode, from_plain
from document.faults import DocumentError
from document.nodes import Document
from tests.document.spoiling import SMALL, said, short


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "ligne 1, colonne 1 : le JSON est mal formé à cet endroit."),
        ('{"format": "contratville/1",\n "contract": }', "ligne 2, colonne 14 : le JSON est mal formé à cet endroit."),
        ("{'format': 1}", "ligne 1, colonne 2 : le JSON est mal formé à cet endroit."),
        ("null", "le document doit être un objet (des clés et des valeurs)."),
        ("[]", "le document doit être un objet (des clés et des valeurs)."),
        ('"contratville/1"', "le document doit être un objet (des clés et des valeurs)."),
        ("{}", "format : format absent ; format attendu : « contratville/1 »."),
        ('{"format": 1}', "format : format absent ; format attendu : « contratville/1 »."),
        ('{"format": "contratville/9"}', "format : format « contratville/9 » ; format attendu : « contratville/1 »."),
        ('{"format": "\\ud800"}', "format : format « \ufffd » ; format attendu : « contratville/1 »."),
        ('{"format": "a", "format": "b"}', "format : cette clé est donnée deux fois dans le même objet."),
        ('{"a": {"b": 1, "c": 2, "b": 1}}', "b : cette clé est donnée deux fois dans le même objet."),
        (b'{"format": "\xe9"}', "le fichier n’est pas en UTF-8 (octet 12)."),
        (b"\xff\xfe{\x00}\x00", "le fichier n’est pas en UTF-8 (octet 0)."),
        ("[" * 100_000, "le JSON est imbriqué trop profondément."),
        ('{"format":' * 100_000, "le JSON est imbriqué trop profondément."),
        ('{"format": ' + "9" * 5_000 + "}", "le JSON contient un nombre démesuré."),
        (b" " * (FILE_LIMIT + 1_000_000), "le fichier pèse 21 Mo ; la limite est de 20 Mo."),
    ],
    ids=short,
)
def test_a_file_that_is_no_json_document(content, message):
    assert said(decode, content) == [message]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "le document doit être un objet (des clés et des valeurs)."),
        ("- a\n- b", "le document doit être un objet (des clés et des valeurs)."),
        ("format: [", "ligne 1, colonne 10 : le YAML est mal formé à cet endroit."),
        ("format: a\n\tb: c", "ligne 2, colonne 1 : le YAML est mal formé à cet endroit."),
        ("format: contratville/0", "format : format « contratville/0 » ; format attendu : « contratville/1 »."),
        ("a: 1\nb: 2\na: 3", "ligne 3, colonne 1 : la clé « a » est donnée deux fois."),
        ("a: &x 1\nb: *x", "ligne 1, colonne 4 : les ancres et alias YAML ne sont pas admis."),
        ("a: *x", "ligne 1, colonne 4 : les ancres et alias YAML ne sont pas admis."),
        ("a: &x [*x]", "ligne 1, colonne 4 : les ancres et alias YAML ne sont pas admis."),
        (
            "a: !!python/object/apply:os.system [ls]",
            "ligne 1, colonne 4 : les étiquettes YAML (« ! ») ne sont pas admises.",
        ),
        ("a: !!bool peut-être", "ligne 1, colonne 4 : les étiquettes YAML (« ! ») ne sont pas admises."),
        ("a: !!int ''", "ligne 1, colonne 4 : les étiquettes YAML (« ! ») ne sont pas admises."),
        ("a: !!timestamp b", "ligne 1, colonne 4 : les étiquettes YAML (« ! ») ne sont pas admises."),
        ("? [a, b]\n: c", "ligne 1, colonne 3 : une clé doit être un mot."),
        ("a: 1\n--- \nb: 2", "ligne 2, colonne 1 : le YAML est mal formé à cet endroit."),
        ("a: " + "9" * 5_000, "le YAML contient un nombre démesuré."),
        ("a: 0x_", "le YAML contient un nombre démesuré."),
        ("a: \x00", "le fichier n’est pas du YAML lisible."),
        ("a: \ud800", "le fichier n’est pas du YAML lisible."),
        (b"a: \xe9", "le fichier n’est pas en UTF-8 (octet 3)."),
        ("[" * 100_000, "le YAML est imbriqué trop profondément."),
        ("- " * 10_000, "le YAML est imbriqué trop profondément."),
    ],
    ids=short,
)
def test_a_file_that_is_no_yaml_document(content, message):
    assert said(decode_yaml, content) == [message]


def test_a_yaml_bomb_of_aliases_is_refused_at_its_first_anchor():
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 64))
    assert said(decode_yaml, bomb) == ["ligne 1, colonne 5 : les ancres et alias YAML ne sont pas admis."]


def test_many_keys_cost_no_more_than_their_number():
    """Each of 200,000 keys compared with all before it would take minutes."""
    names = [f"k{rank}" for rank in range(200_000)]
    twice = '{"a": 1, ' + ", ".join(f'"{name}": 1' for name in names) + ', "a": 1}'
    assert said(decode, twice) == ["a : cette clé est donnée deux fois dans le même objet."]
    yaml = "\n".join(f"{name}: 1" for name in names[:20_000])
    assert said(decode_yaml, yaml) == ["format : format absent ; format attendu : « contratville/1 »."]


_names = st.sampled_from(sorted({name for node in (SMALL, *SMALL["levels"], SMALL["contract"]) for name in node}))
_leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**4_400, 10**4_500)
    | st.floats()
    | st.text()
    | st.sampled_from(["contratville/1", "axe", "o", "\ud800", "\x00"])
)
_data = st.recursive(
    _leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_names | st.text(), inner, max_size=6),
    max_leaves=20,
)


def _only_refuses(read, content) -> None:
    try:
        assert isinstance(read(content), Document)
    except DocumentError as error:
        str(error).encode()  # what is said can be sent


@settings(max_examples=300)
@given(_data)
def test_any_plain_data_is_read_or_refused(data):
    _only_refuses(from_plain, data)
    _only_refuses(from_plain, {"format": "contratville/1", **(data if isinstance(data, dict) else {})})


@st.composite
def _spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """SMALL with anything put anywhere."""
    data = deepcopy(SMALL)
    for _ in range(draw(st.integers(1, 3))):
        place: Any = data
        while True:
            steps = sorted(place) if isinstance(place, dict) else list(range(len(place)))
            if not steps:
                break
            step = draw(st.sampled_from(steps))
            if not isinstance(place[step], dict | list) or draw(st.booleans()):
                place[step] = draw(_data)
                break
            place = place[step]
    return data


@settings(max_examples=300)
@given(_spoilt())
def test_a_document_spoilt_anywhere_is_read_or_refused(data):
    _only_refuses(from_plain, data)


@settings(max_examples=300)
@given(st.text() | st.binary())
def test_any_text_is_read_or_refused(content):
    _only_refuses(decode, content)
    _only_refuses(decode_yaml, content)


@settings(max_examples=300)
@given(st.data())
def test_a_file_cut_or_hit_anywhere_is_read_or_refused(data):
    content = bytearray(encode(from_plain(SMALL)))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(content[: data.draw(st.integers(0, len(content)))])
    for spoilt in (bytes(content), cut):
        _only_refuses(decode, spoilt)
        _only_refuses(decode_yaml, spoilt)
