"""The portal's addresses, and those of the bare views."""

from django.urls import path

from portal.urls import handler400, handler403, handler404, handler500  # noqa: F401
from portal.urls import urlpatterns as portal_patterns
from tests.bench import views

urlpatterns = [path("banc/public/", views.public), path("banc/prive/", views.signed_in), *portal_patterns]
