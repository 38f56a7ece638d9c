"""The addresses of the public site; those of a version and of a node never change."""

from django.urls import path

from public import comparing, composing, downloads, matching, places, sharing, trees, versions, views

app_name = "public"
urlpatterns = [
    path("", places.home, name="home"),
    path("contrats/<slug:slug>/", views.contract, name="contract"),
    path("contrats/<slug:slug>/objectifs/<slug:key>/", views.objective, name="objective"),
    path("contrats/<slug:slug>/versions/", versions.versions, name="versions"),
    path("contrats/<slug:slug>/en-vigueur/", versions.in_force, name="in_force"),
    path("contrats/<slug:slug>/v/<int:number>/", views.publication, name="publication"),
    path(
        "contrats/<slug:slug>/v/<int:number>/objectifs/<slug:key>/",
        views.publication_objective,
        name="publication_objective",
    ),
    path("contrats/<slug:slug>/v/<int:number>/comparer/<int:other>/", comparing.comparison, name="comparison"),
    path("contrats/<slug:slug>/v/<int:number>/arbre/", trees.project_tree, name="project_tree"),
    path("contrats/<slug:slug>/v/<int:number>/arbre.svg", trees.project_tree_svg, name="project_tree_svg"),
    path(
        "contrats/<slug:slug>/v/<int:number>/comparer/<int:other>/<str:name>",
        comparing.file,
        name="comparison_file",
    ),
    path("contrats/<slug:slug>/comparer/", comparing.choose, name="choose"),
    path("contrats/<slug:slug>/v/<int:number>/telecharger/", downloads.downloads, name="downloads"),
    path("contrats/<slug:slug>/v/<int:number>/telecharger/<str:name>", downloads.file, name="file"),
    path(
        "contrats/<slug:slug>/v/<int:number>/objectifs/<slug:key>/branche.pdf",
        downloads.branch_pdf,
        name="branch_pdf",
    ),
    path("contrats/<slug:slug>/v/<int:number>/composer/", composing.composer, name="composer"),
    path("contrats/<slug:slug>/v/<int:number>/composer/apercu/", composing.preview, name="composed_preview"),
    path("contrats/<slug:slug>/v/<int:number>/composer/document.pdf", composing.composed, name="composed_pdf"),
    path("rapprocher/", matching.choose, name="match"),
    path(
        "contrats/<slug:slug>/v/<int:number>/rapprocher/<slug:other>/<int:version>/",
        matching.side_by_side,
        name="matching",
    ),
    path("partage/<str:secret>/", sharing.enter, name="share"),
    path("recherche/", places.search, name="search"),
    path("accessibilite/", places.accessibility, name="accessibility"),
    path("mentions-legales/", places.legal, name="legal"),
    path("donnees-ouvertes/", places.open_data, name="open_data"),
    path("plan-du-site/", places.sitemap, name="sitemap"),
]
