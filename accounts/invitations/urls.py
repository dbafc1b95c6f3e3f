"""Addresses of joining, open to visitors."""

from django.urls import path

from accounts.invitations.views import arriving, joining, joining_email

urlpatterns = [
    path("", joining.code, name="join"),
    path("vous/", joining.who, name="join_who"),
    path("email/", joining_email.email, name="join_email"),
    path("email/code/", joining_email.email_code, name="join_email_code"),
    path("fin/", arriving.done, name="join_done"),
    path("aide/", arriving.cannot, name="join_help"),
    path("invitation/<str:token>/", arriving.invitation, name="join_by_mail"),
]
