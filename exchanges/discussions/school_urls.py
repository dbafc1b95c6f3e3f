"""Addresses of discussions, under /ecoles/<slug>/groupes/."""

from django.urls import URLPattern, re_path

from exchanges.discussions.views import linking

# Of foundation.keys: no vowel, so that no word of an address is taken for one.
GROUP = "(?P<gkey>[bcdfghjkmnpqrstvwxz]{8})"
TOPIC = f"{GROUP}/(?P<tkey>[bcdfghjkmnpqrstvwxz]{{8}})"

urlpatterns: list[URLPattern] = [
    re_path(f"^{TOPIC}/message/(?P<number>[1-9][0-9]{{0,6}})/$", linking.post, name="post"),
]
