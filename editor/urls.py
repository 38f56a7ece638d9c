"""The addresses of the atelier."""

from django.urls import path

from editor import preview
from editor.atelier import panel, panel_gestures, panel_items, panel_saves

app_name = "editor"
_objective = "<slug:slug>/objectifs/<slug:key>"
urlpatterns = [
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
