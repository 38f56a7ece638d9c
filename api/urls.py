"""The addresses of the third door. Lists and things end with a slash, documents do not."""

from collections.abc import Iterator

from django.urls import URLPattern, include, path, re_path
from django.views.generic import RedirectView

from api.comparison import Comparison
from api.contracts import Contracts, Index, InForce, OneContract, OnePublication, Publications
from api.draft_batch import DraftBatch
from api.draft_log import DraftChanges
from api.draft_nodes import ITEMS, NODES, PLACES, DraftObjectives
from api.draft_publish import DraftPublish
from api.draft_steps import DraftRedo, DraftRestore, DraftUndo
from api.draft_words import LISTS, ONES, RANKS, DraftHead
from api.drafts import DraftDocument, DraftFindings
from api.entries import Actions, Clauses, Indicators, Objectives
from api.frozen import CurrentDocument, PublicationDocument
from api.guide import Docs, Schema, Trial, unknown
from api.nodes import KINDS, OBJECTIVE, Kind
from api.vocabulary import LEVEL, WORDS, Word

app_name = "api"


def nodes(kind: Kind) -> Iterator[URLPattern]:
    """The addresses of the nodes of a draft that are of that kind."""
    whole = kind is OBJECTIVE
    held = f"draft/{kind.plural}/" if whole else f"draft/objectives/<slug:key>/{kind.plural}/"
    yield path(held, (DraftObjectives if whole else ITEMS[kind]).as_view(), name=f"draft_{kind.plural}")
    yield path(f"draft/{kind.plural}/<slug:key>/", NODES[kind].as_view(), name=f"draft_{kind.word}")
    yield path(f"draft/{kind.plural}/<slug:key>/move/", PLACES[kind].as_view(), name=f"draft_{kind.word}_move")


def words(word: Word) -> Iterator[URLPattern]:
    """The addresses of the words of a draft of that kind; a tag’s name or a quartier’s code may be any text."""
    held, key = f"draft/{word.plural}/", "<slug:key>" if word is LEVEL else "<path:key>"
    yield path(held, LISTS[word].as_view(), name=f"draft_{word.plural}")
    if word.ordered:
        yield path(f"{held}{key}/move/", RANKS[word].as_view(), name=f"draft_{word.word}_move")
    yield path(f"{held}{key}/", ONES[word].as_view(), name=f"draft_{word.word}")


contract = [
    path("", OneContract.as_view(), name="contract"),
    path("document", CurrentDocument.as_view(), name="document"),
    path("publications/", Publications.as_view(), name="publications"),
    path("publications/<int:number>/", OnePublication.as_view(), name="publication"),
    path("publications/<int:number>/compare/<int:other>/", Comparison.as_view(), name="comparison"),
    path("in-force/", InForce.as_view(), name="in_force"),
    path("publications/<int:number>/document", PublicationDocument.as_view(), name="publication_document"),
    path("draft/document", DraftDocument.as_view(), name="draft_document"),
    path("draft/findings", DraftFindings.as_view(), name="draft_findings"),
    path("draft/changes/", DraftChanges.as_view(), name="draft_changes"),
    path("draft/publish/", DraftPublish.as_view(), name="draft_publish"),
    path("draft/batch/", DraftBatch.as_view(), name="draft_batch"),
    path("draft/undo/", DraftUndo.as_view(), name="draft_undo"),
    path("draft/redo/", DraftRedo.as_view(), name="draft_redo"),
    path("draft/restore/", DraftRestore.as_view(), name="draft_restore"),
    *(one for kind in KINDS.values() for one in nodes(kind)),
    path("draft/head/", DraftHead.as_view(), name="draft_head"),
    *(one for word in WORDS.values() for one in words(word)),
]
version_1 = [
    path("", Index.as_view(), name="index"),
    path("contracts/", Contracts.as_view(), name="contracts"),
    path("contracts/<slug:slug>/", include(contract)),
    path("objectives/", Objectives.as_view(), name="objectives"),
    path("actions/", Actions.as_view(), name="actions"),
    path("clauses/", Clauses.as_view(), name="clauses"),
    path("indicators/", Indicators.as_view(), name="indicators"),
    path("schema", Schema.as_view(), name="schema"),
    path("docs/", Docs.as_view(), name="docs"),
    path("docs/try/<slug:name>", Trial.as_view(), name="trial"),
]
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api:index")),
    path("v1/", include(version_1)),
    re_path("", unknown),  # whatever it is, line breaks included
]
