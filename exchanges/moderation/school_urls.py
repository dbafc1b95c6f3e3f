"""Addresses of moderation under /ecoles/<slug>/."""

from django.urls import URLPattern, path, re_path

from exchanges.moderation.views import concerned, queue, reported, reporting

# Of foundation.keys: no vowel, so that no word of an address is taken for one.
LETTER = "[bcdfghjkmnpqrstvwxz]"
TOPIC = f"(?P<gkey>{LETTER}{{8}})/(?P<tkey>{LETTER}{{8}})"

urlpatterns: list[URLPattern] = [
    re_path(
        f"^groupes/{TOPIC}/message/(?P<number>[1-9][0-9]{{0,6}})/signaler/$",
        reporting.report_post,
        name="report_post",
    ),
    path("a-moderer/", queue.queue, name="moderation"),
    path("a-moderer/decider/", queue.decide, name="moderation_decide"),
    path("a-moderer/masquer/", queue.hide_meanwhile, name="hide_meanwhile"),
    path("a-moderer/annuler/", queue.undo, name="moderation_undo"),
    re_path(f"^a-moderer/fichier/(?P<key>{LETTER}{{24}})/$", queue.file, name="moderation_file"),
    re_path("^decisions/(?P<number>[1-9][0-9]{0,8})/$", concerned.decision, name="decision"),
    re_path(f"^signalements/(?P<case>{LETTER}{{8}})/$", reported.what_i_reported, name="what_i_reported"),
]
