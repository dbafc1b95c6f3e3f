"""Addresses under /compte/ of what is held of me: to read, to take along, to erase."""

from django.urls import path

from portal.privacy import views

urlpatterns = [
    path("mes-donnees/", views.my_data, name="my_data"),
    path("mes-donnees/emporter/", views.take_along, name="take_along"),
    path("mes-donnees/effacer/", views.erase, name="erase_account"),
    path("mes-donnees/depart/", views.leaving, name="my_leaving"),
    path("mes-donnees/<slug:part>/", views.my_data_part, name="my_data_part"),
    path("efface/", views.erased, name="account_erased"),
]
