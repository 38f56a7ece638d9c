"""The addresses of the third door. Lists and things end with a slash, documents do not."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from api.contracts import Contracts, Index, OneContract, OnePublication, Publications
from api.draft_batch import DraftBatch
from api.draft_log import DraftChanges
from api.draft_nodes import ITEMS, NODES, PLACES, DraftObjectives
from api.draft_publish import DraftPublish
from api.drafts import DraftDocument, DraftFindings
from api.entries import Actions, Clauses, Indicators, Objectives
from api.frozen import CurrentDocument, PublicationDocument
from api.guide import Docs, Schema, Trial, unknown

app_name = "api"

contract = [
    path("", OneContract.as_view(), name="contract"),
    path("document", CurrentDocument.as_view(), name="document"),
    path("publications/", Publications.as_view(), name="publications"),
    path("publications/<int:number>/", OnePublication.as_view(), name="publication"),
    path("publications/<int:number>/document", PublicationDocument.as_view(), name="publication_document"),
    path("draft/document", DraftDocument.as_view(), name="draft_document"),
    path("draft/findings", DraftFindings.as_view(), name="draft_findings"),
    path("draft/changes/", DraftChanges.as_view(), name="draft_changes"),
    path("draft/batch/", DraftBatch.as_view(), name="draft_batch"),
    path("draft/publish/", DraftPublish.as_view(), name="draft_publish"),
    path("draft/objectives/", DraftObjectives.as_view(), name="draft_objectives"),
    *(
        path(f"draft/objectives/<slug:key>/{kind.plural}/", view.as_view(), name=f"draft_{kind.plural}")
        for kind, view in ITEMS.items()
    ),
    *(
        path(f"draft/{kind.plural}/<slug:key>/", view.as_view(), name=f"draft_{kind.word}")
        for kind, view in NODES.items()
    ),
    *(
        path(f"draft/{kind.plural}/<slug:key>/move/", view.as_view(), name=f"draft_{kind.word}_move")
        for kind, view in PLACES.items()
    ),
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
