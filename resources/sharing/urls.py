"""Addresses of the sheet, short codes, feeds and blocks to embed."""

from django.urls import path

from resources.sharing import views

urlpatterns = [
    path("ressources/<slug:slug>/imprimer/", views.print_sheet, name="print"),
    path("ressources/<slug:slug>/<slug:key>/imprimer/", views.print_sheet, name="print_variant"),
    path("r/<slug:code>", views.short_code, name="short_code"),
    path("r/<slug:code>/", views.short_code),
    path("flux/ressources.atom", views.feed, name="feed"),
    path("flux/themes/<slug:slug>.atom", views.feed, name="theme_feed"),
    path("integrer/ressource/<slug:slug>/", views.embed_resource, name="embed_resource"),
]
