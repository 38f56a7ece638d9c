"""The levels, tags and quartiers of a draft, one at a time, and its head: read, added, changed, moved, deleted."""

from typing import Any

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from api.answers import page_of
from api.bodies import body_of
from api.drafting import DraftView, expected, find_own, locked, revised_answer
from api.pages import NAMES, PARAMETERS, Pages
from api.rows import address
from api.schema import documented
from api.shapes import ref
from api.vocabulary import (
    WORDS,
    Word,
    add_word,
    change_head,
    change_word,
    find_word,
    head_row,
    move_word,
    word_row,
    word_rows,
)
from objectives.changes import Stale
from objectives.models import Contract

_TAG = "Mots du contrat"
_ONE = {"level": "un niveau", "tag": "une étiquette", "neighbourhood": "un quartier prioritaire"}
_MANY = {"levels": "niveaux", "tags": "étiquettes", "neighbourhoods": "quartiers prioritaires"}
_ORDER = {"levels": "Depuis le haut de l’arbre.", "tags": "Par nom.", "neighbourhoods": "Dans l’ordre du contrat."}
_ADDED = {
    "level": "À ce rang depuis le haut ; sans rang, en dernier. Sa clé se tire de son nom, une fois pour toutes.",
    "tag": "Un objectif peut ensuite la porter.",
    "neighbourhood": "À ce rang ; sans rang, en dernier. Un objectif peut ensuite le nommer.",
}
_CHANGED = {
    "level": "Sa clé reste.",
    "tag": "Elle change de nom partout où elle est portée, et son adresse avec elle.",
    "neighbourhood": "Il change partout où il est nommé ; son adresse suit son code.",
}
_DELETED = {
    "level": "Refusé (409) tant que des objectifs sont à ce niveau, ou qu’un effectif annoncé le nomme.",
    "tag": "Les objectifs qui la portaient ne la portent plus.",
    "neighbourhood": "Les objectifs qui le nommaient ne le nomment plus.",
}
#: How the address of each names one.
PLACES = {
    "level": {"key": ("Clé du niveau.", {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"})},
    "tag": {"key": ("Nom de l’étiquette.", {"type": "string", "minLength": 1})},
    "neighbourhood": {"key": ("Code du quartier.", {"type": "string", "minLength": 1})},
}


def list_view(word: Word) -> type[DraftView]:
    """Those of a draft: listed, and added to."""

    class Words(DraftView):
        def known_parameters(self) -> tuple[str, ...]:
            return NAMES if self.request.method in ("GET", "HEAD") else ()

        @documented(
            f"draft_{word.plural}",
            f"Les {_MANY[word.plural]} du brouillon",
            answer=page_of(word.shape),
            parameters=PARAMETERS,
            said=f"{_ORDER[word.plural]} Leur révision est celle du brouillon.",
            tag=_TAG,
        )
        def get(self, request: Request, slug: str) -> Response:
            with locked(find_own(request, slug)) as contract:
                pages = Pages(request, word.rows(contract))
                return pages.answer(word_rows(word, pages.rows, contract.revision))

        @documented(
            f"draft_{word.word}_add",
            f"Ajouter {_ONE[word.word]}",
            answer=ref(word.shape),
            body=ref(f"New{word.model.__name__}"),
            status=201,
            revised=True,
            said=_ADDED[word.word],
            tag=_TAG,
        )
        def post(self, request: Request, slug: str) -> Response:
            contract, data = find_own(request, slug, "edit"), body_of(request)
            with locked(contract) as contract:
                row = add_word(word, contract, data, by=request.user)
                location = address(request, f"api:draft_{word.word}", slug, getattr(row, word.named))
                return revised_answer(word_row(row), status=201, location=location)

    return Words


def one_view(word: Word) -> type[DraftView]:
    """One of them."""

    class One(DraftView):
        @documented(
            f"draft_{word.word}",
            f"{_ONE[word.word].capitalize()} du brouillon",
            answer=ref(word.shape),
            revised=True,
            said="L’ETag est la révision du brouillon.",
            places=PLACES[word.word],
            tag=_TAG,
        )
        def get(self, request: Request, slug: str, key: str) -> Response:
            with locked(find_own(request, slug)) as contract:
                return revised_answer(word_row(_found(word, contract, key)))

        @documented(
            f"draft_{word.word}_change",
            f"Modifier {_ONE[word.word]}",
            answer=ref(word.shape),
            body=ref(f"{word.model.__name__}Change"),
            revised=True,
            guarded=True,
            said=f"Les champs nommés prennent ces valeurs, les autres restent. {_CHANGED[word.word]}",
            places=PLACES[word.word],
            tag=_TAG,
        )
        def patch(self, request: Request, slug: str, key: str) -> Response:
            contract, revision, data = find_own(request, slug, "edit"), expected(request), body_of(request)
            with locked(contract) as contract:
                row = _found(word, contract, key)
                return revised_answer(word_row(change_word(word, row, data, by=request.user, revision=revision)))

        @documented(
            f"draft_{word.word}_delete",
            f"Supprimer {_ONE[word.word]}",
            answer=None,
            status=204,
            guarded=True,
            said=_DELETED[word.word],
            places=PLACES[word.word],
            tag=_TAG,
        )
        def delete(self, request: Request, slug: str, key: str) -> Response:
            contract, revision = find_own(request, slug, "edit"), expected(request)
            with locked(contract) as contract:
                word.verb("delete")(_found(word, contract, key), by=request.user, revision=revision)
            return Response(status=204)

    return One


def move_view(word: Word) -> type[DraftView]:
    """The rank of one of them."""

    class Place(DraftView):
        @documented(
            f"draft_{word.word}_move",
            f"Déplacer {_ONE[word.word]}",
            answer=ref(word.shape),
            body=ref("Rank"),
            revised=True,
            guarded=True,
            said="À un autre rang parmi ses semblables.",
            places=PLACES[word.word],
            tag=_TAG,
        )
        def post(self, request: Request, slug: str, key: str) -> Response:
            contract, revision, data = find_own(request, slug, "edit"), expected(request), body_of(request)
            with locked(contract) as contract:
                row = _found(word, contract, key)
                return revised_answer(word_row(move_word(word, row, data, by=request.user, revision=revision)))

    return Place


class DraftHead(DraftView):
    """What a draft says of the contract as a whole."""

    @documented("draft_head", "L’en-tête du brouillon", answer=ref("DraftHead"), revised=True, tag=_TAG)
    def get(self, request: Request, slug: str) -> Response:
        """Titre, territoire, années, présentation, sources, remarques et effectifs annoncés."""
        with locked(find_own(request, slug)) as contract:
            return revised_answer(head_row(contract))

    @documented(
        "draft_head_change",
        "Modifier l’en-tête",
        answer=ref("DraftHead"),
        body=ref("HeadChange"),
        revised=True,
        guarded=True,
        tag=_TAG,
    )
    def patch(self, request: Request, slug: str) -> Response:
        """Les champs nommés prennent ces valeurs. L’identifiant d’un contrat publié ne change plus."""
        contract, revision, data = find_own(request, slug, "edit"), expected(request), body_of(request)
        with locked(contract) as contract:
            try:
                return revised_answer(head_row(change_head(contract, data, by=request.user, revision=revision)))
            except Stale as error:
                error.current = head_row(contract)
                raise


def _found(word: Word, contract: Contract, key: str) -> Any:
    row = find_word(word, contract, key)
    if row is None:
        raise Http404
    return row


#: The views of each kind.
LISTS = {word: list_view(word) for word in WORDS.values()}
ONES = {word: one_view(word) for word in WORDS.values()}
RANKS = {word: move_view(word) for word in WORDS.values() if word.ordered}
