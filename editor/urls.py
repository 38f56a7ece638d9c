"""The addresses of the atelier."""

from django.urls import path

from editor import preview

app_name = "editor"
urlpatterns = [
    path("<slug:slug>/apercu/", preview.preview, name="preview"),
    path("<slug:slug>/apercu/objectifs/<slug:key>/", preview.preview_objective, name="preview_objective"),
]
