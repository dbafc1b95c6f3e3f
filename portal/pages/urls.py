"""Addresses of the pages a public site owes, and of help."""

from django.urls import path

from portal.pages import views

urlpatterns = [
    path("besoin-daide/", views.help_now, name="help_now"),
    path("aide/", views.guides, name="guides"),
    path("aide/<slug:role>/", views.guide, name="guide"),
    path("mentions-legales/", views.legal_notice, name="legal_notice"),
    path("donnees-personnelles/", views.personal_data, name="personal_data"),
    path("conditions/", views.terms, name="terms"),
    path("accessibilite/", views.accessibility, name="accessibility"),
]
