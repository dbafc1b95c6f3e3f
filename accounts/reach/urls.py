"""Address of the page of reach, under /ecoles/<slug>/membres/."""

from django.urls import path

from accounts.reach import views

urlpatterns = [path("portee/", views.reach, name="reach")]
