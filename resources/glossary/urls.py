"""Address of the glossary."""

from django.urls import path

from resources.glossary import views

urlpatterns = [path("glossaire/", views.glossary, name="glossary")]
