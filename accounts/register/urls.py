"""Addresses of consents and of the register, under /ecoles/<slug>/membres/."""

from django.urls import path

from accounts.register.views import school

urlpatterns = [
    path("accords/", school.consents, name="consents"),
    path("accords/<slug:key>/", school.export_consents, name="export_consents"),
    path("registre/", school.register_sheet, name="register_sheet"),
]
