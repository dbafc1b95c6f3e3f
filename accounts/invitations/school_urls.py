"""Addresses of invitations and slips, under /ecoles/<slug>/membres/."""

from django.urls import path

from accounts.invitations.views import staff_awaited, staff_invite, staff_slips, staff_waiting

urlpatterns = [
    path("fiches/", staff_slips.slips, name="slips"),
    path("fiches/imprimer/", staff_slips.print_slips, name="print_slips"),
    path("fiches/code-de-classe/", staff_slips.print_class_code, name="print_class_code"),
    path("fiches/refaire/<slug:key>/", staff_invite.reissue_slip, name="reissue_slip"),
    path("fiches/deuxieme-etape/<slug:key>/", staff_invite.repair_second_factor, name="repair_second_factor"),
    path("inviter/", staff_invite.invite_person, name="invite"),
    path("pas-encore/", staff_awaited.not_joined, name="not_joined"),
    path("pas-encore/retirer/", staff_awaited.stop_awaiting, name="stop_awaiting"),
    path("pas-encore/attendre/", staff_awaited.await_again, name="await_again"),
    path("attente/", staff_waiting.waiting_list, name="waiting_list"),
]
