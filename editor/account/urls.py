"""The addresses of a person's own pages."""

from django.urls import path

from editor.account import invitations, passwords, token_views, views

app_name = "account"
urlpatterns = [
    path("", views.account, name="home"),
    path("sessions/fermer/", views.close_sessions, name="close_sessions"),
    path("fermer/", views.close, name="close"),
    path("jetons/nouveau/", token_views.new_token, name="new_token"),
    path("jetons/<int:pk>/revoquer/", token_views.revoke_token, name="revoke_token"),
    path("mot-de-passe/", passwords.Change.as_view(), name="password"),
    path("mot-de-passe/oublie/", passwords.Forgotten.as_view(), name="forgotten"),
    path("mot-de-passe/oublie/envoye/", passwords.Sent.as_view(), name="sent"),
    path("mot-de-passe/choisir/<str:uidb64>/<str:token>/", passwords.Choose.as_view(), name="choose"),
    path("invitation/", invitations.answer_invitation, name="invitation"),
    path("invitation/<str:secret>/", invitations.open_invitation, name="open_invitation"),
]
