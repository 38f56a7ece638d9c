"""The addresses of the atelier."""

from django.urls import path

from editor import preview
from editor.atelier import (
    bulk,
    composing,
    copying,
    deleting,
    documents,
    gestures,
    history,
    home,
    listing,
    outline,
    panel,
    panel_gestures,
    panel_items,
    panel_saves,
    steps,
)

app_name = "editor"
_objective = "<slug:slug>/objectifs/<slug:key>"
urlpatterns = [
    path("", home.home_view, name="home"),
    path("<slug:slug>/", outline.outline_view, name="outline"),
    path("<slug:slug>/branches/<slug:key>/", outline.branch_view, name="branch"),
    path("<slug:slug>/constats/", outline.findings_view, name="findings"),
    path("<slug:slug>/recherche/", outline.search_view, name="search"),
    path("<slug:slug>/ajouter/", gestures.add, name="add"),
    path("<slug:slug>/coller/", listing.list_view, name="list"),
    path("<slug:slug>/renommer/", gestures.rename, name="rename"),
    path("<slug:slug>/deplacer/", gestures.move, name="move"),
    path("<slug:slug>/adapter/", gestures.fit, name="fit"),
    path("<slug:slug>/supprimer/", deleting.delete_view, name="delete"),
    path("<slug:slug>/annuler/", steps.undo_view, name="undo"),
    path("<slug:slug>/retablir/", steps.redo_view, name="redo"),
    path("<slug:slug>/lot/etiqueter/", bulk.tag, name="bulk_tag"),
    path("<slug:slug>/lot/niveau/", bulk.level, name="bulk_level"),
    path("<slug:slug>/lot/deplacer/", bulk.move, name="bulk_move"),
    path("<slug:slug>/copier/", copying.copy_view, name="copy"),
    path("<slug:slug>/historique/", history.history_view, name="history"),
    path("<slug:slug>/historique/retablir/", history.restore_view, name="restore"),
    path("<slug:slug>/documents/", documents.documents_view, name="documents"),
    path("<slug:slug>/documents/<str:name>", documents.file_view, name="document"),
    path("<slug:slug>/composer/", composing.composer_view, name="composer"),
    path("<slug:slug>/composer/apercu/", composing.preview_view, name="composed_preview"),
    path("<slug:slug>/composer/document.pdf", composing.pdf_view, name="composed_pdf"),
    path("<slug:slug>/apercu/", preview.preview, name="preview"),
    path("<slug:slug>/apercu/objectifs/<slug:key>/", preview.preview_objective, name="preview_objective"),
    path("<slug:slug>/objectifs/", panel_gestures.choices, name="objective_choices"),
    path(f"{_objective}/", panel.panel, name="objective"),
    path(f"{_objective}/etat/", panel.state, name="objective_state"),
    path(f"{_objective}/presence/", panel.presence, name="objective_presence"),
    path(f"{_objective}/champs/", panel_saves.save_own, name="objective_own"),
    path(f"{_objective}/retablir/", panel_gestures.bring_back, name="objective_bring_back"),
    path(f"{_objective}/<slug:part>/", panel_items.save_item, name="objective_item"),
    path(f"{_objective}/<slug:part>/coller/", panel_gestures.paste, name="objective_paste"),
    path(f"{_objective}/<slug:part>/<slug:item>/deplacer/", panel_gestures.move, name="objective_item_move"),
]
