"""Addresses of groups, under /ecoles/<slug>/groupes/."""

from django.urls import URLPattern, path, re_path

from exchanges.groups.views import card, index, members, opening, own, running

# Of foundation.keys: no vowel, so that no word of an address is taken for one.
LETTER = "[bcdfghjkmnpqrstvwxz]"
KEY = f"(?P<key>{LETTER}{{8}})"

urlpatterns: list[URLPattern] = [
    path("", index.groups, name="groups"),
    path("ouvrir/", opening.open_group, name="open_group"),
    path("proposer/", opening.suggest_group, name="suggest_group"),
    re_path(f"^invitation/(?P<key>{LETTER}{{24}})/$", card.invitation, name="group_invitation"),
    re_path(f"^{KEY}/presentation/$", card.card, name="group_card"),
    re_path(f"^{KEY}/rejoindre/$", card.join, name="join_group"),
    re_path(f"^{KEY}/quitter/$", own.leave, name="leave_group"),
    re_path(f"^{KEY}/silence/$", own.silence, name="silence_group"),
    re_path(f"^{KEY}/journal/$", own.lines, name="group_lines"),
    re_path(f"^{KEY}/membres/$", members.members, name="group_members"),
    re_path(f"^{KEY}/membres/(?P<person>{LETTER}{{8}})/masquer/$", members.fold, name="fold_person"),
    re_path(f"^{KEY}/reglages/$", running.settings, name="group_settings"),
    re_path(f"^{KEY}/pause/$", running.pause, name="pause_group"),
    re_path(f"^{KEY}/animation/$", running.facilitators, name="group_facilitators"),
    re_path(f"^{KEY}/inviter/$", running.invite, name="invite_to_group"),
    re_path(f"^{KEY}/demandes/$", running.requests, name="group_requests"),
]
