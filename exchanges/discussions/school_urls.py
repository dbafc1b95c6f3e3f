"""Addresses of discussions, under /ecoles/<slug>/groupes/."""

from django.urls import URLPattern, re_path

from exchanges.discussions.views import acting, group, linking, own, searching, sending, topic

# Of foundation.keys: no vowel, so that no word of an address is taken for one.
LETTERS = "[bcdfghjkmnpqrstvwxz]{8}"
GROUP = f"(?P<gkey>{LETTERS})"
TOPIC = f"{GROUP}/(?P<tkey>{LETTERS})"
POST = f"{GROUP}/message/(?P<pkey>{LETTERS})"

urlpatterns: list[URLPattern] = [
    re_path(f"^{GROUP}/$", group.group, name="group"),
    re_path(f"^{GROUP}/chercher/$", searching.search_group, name="search_group"),
    re_path(f"^{GROUP}/question/$", sending.ask, name="ask"),
    re_path(f"^{POST}/modifier/$", own.edit, name="edit_post"),
    re_path(f"^{POST}/retirer/$", own.withdraw, name="withdraw_post"),
    re_path(f"^{POST}/historique/$", own.history, name="post_history"),
    re_path(f"^{POST}/merci/$", acting.thank, name="thank"),
    re_path(f"^{TOPIC}/$", topic.topic, name="topic"),
    re_path(f"^{TOPIC}/repondre/$", sending.reply, name="reply"),
    re_path(f"^{TOPIC}/suivre/$", acting.follow, name="follow_topic"),
    re_path(f"^{TOPIC}/resolu/$", acting.solved, name="solve_topic"),
    re_path(f"^{TOPIC}/epingler/$", acting.pin, name="pin_topic"),
    re_path(f"^{TOPIC}/message/(?P<number>[1-9][0-9]{{0,6}})/$", linking.post, name="post"),
]
