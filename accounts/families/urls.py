"""Addresses of the import, under /ecoles/<slug>/membres/importer/."""

from django.urls import path

from accounts.families.views import confirming, uploading

urlpatterns = [
    path("", uploading.import_families, name="import_families"),
    path("colonnes/", uploading.import_columns, name="import_columns"),
    path("modele.csv", uploading.import_model, name="import_model"),
    path("fait/", confirming.import_done, name="import_done"),
    path("<slug:key>/", confirming.import_preview, name="import_preview"),
    path("<slug:key>/abandonner/", confirming.give_up_import, name="give_up_import"),
]
