"""The shapes of the levels, tags, quartiers and head of a draft: as they are told, added and changed."""

from api.shapes import Schema, properties_of, record, said
from api.vocabulary import WORDS, Rank, TagName, Word
from document import nodes
from objectives.contract_edits import CHANGEABLE

_REVISION = {
    "revision": said({"type": "integer", "minimum": 0}, "Révision du brouillon quand il a été lu ; sert d’ETag.")
}
_SAID = {"level": "Un niveau", "tag": "Une étiquette", "neighbourhood": "Un quartier prioritaire"}
_NAME = {"name": "Nom, unique dans le contrat."}
_RANK = {"position": "Rang parmi ses semblables, à partir de 0 ; nul ou absent : en dernier."}


def word_shapes() -> dict[str, Schema]:
    """The components, by name."""
    shapes = {
        "Rank": record("Où va un niveau ou un quartier.", properties_of(Rank, given=True, words=_RANK), ()),
        "DraftHead": record("L’en-tête d’un brouillon.", _head(given=False) | _REVISION),
        "HeadChange": record("L’en-tête : les champs à changer, les autres restent.", _head(given=True), ()),
    }
    for word in WORDS.values():
        shapes |= _of_word(word)
    return shapes


def _of_word(word: Word) -> dict[str, Schema]:
    name, told = word.model.__name__, _SAID[word.word]
    words = _NAME if word.node is TagName else None
    own = properties_of(word.node, words=words)
    given = {
        one: value for one, value in properties_of(word.node, given=True, words=words).items() if one in word.fields
    }
    placed = properties_of(Rank, given=True, words=_RANK) if word.ordered else {}
    return {
        word.shape: record(f"{told} du brouillon.", own | _REVISION),
        f"New{name}": record(f"{told} à ajouter.", given | placed, word.needed),
        f"{name}Change": record(f"{told} : les champs à changer, les autres restent.", given, ()),
    }


def _head(*, given: bool) -> dict[str, Schema]:
    whole = properties_of(nodes.Contract, given=given) | properties_of(nodes.Document, given=given)
    return {name: whole[name] for name in whole if name in CHANGEABLE}
