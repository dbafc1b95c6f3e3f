"""Addresses of moderation that are of no school."""

from django.urls import path, re_path

from exchanges.moderation.views import notices

urlpatterns = [
    path("signaler/", notices.report_illegal, name="report_illegal"),
    re_path("^signaler/recu/(?P<receipt>[A-Z]{12})/$", notices.notice_received, name="notice_received"),
]
