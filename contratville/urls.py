"""The addresses of the three doors."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("api.urls")),
    path("atelier/", include("editor.urls")),
    path("compte/", include("editor.account.urls")),
    path("", include("public.urls")),
]

handler400 = "contratville.errors.bad_request"
handler403 = "contratville.errors.permission_denied"
handler404 = "contratville.errors.page_not_found"
handler500 = "contratville.errors.server_error"
